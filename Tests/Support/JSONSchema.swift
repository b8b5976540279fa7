import Foundation
import Reports

/// Holds JSON values to the schemas of a document (JSON Schema 2020-12), as far as the API's description uses them.
///
/// Stricter than the standard: a member that an object's schema does not name is a fault, and so is a keyword that is
/// not known here, since nothing would be checked of it.
public struct JSONSchema: Sendable {
    /// The document that references lead into.
    private let document: JSONValue

    /// - Parameter document: what references lead into.
    public init(document: JSONValue) {
        self.document = document
    }

    private static let known: Set<String> = [
        "$ref", "type", "properties", "required", "items", "enum", "const", "oneOf", "anyOf", "minimum", "maximum",
        "minLength", "maxLength", "minItems", "maxItems", "maxProperties", "pattern", "format", "additionalProperties",
        "description", "default",
    ]

    /// What is wrong with a value, each fault with its place; empty where nothing is.
    public func faults(of value: JSONValue, _ schema: JSONValue, at place: String = "$") -> [String] {
        guard case .object(let keywords) = schema else { return ["\(place): the schema is no object"] }
        var faults = Set(keywords.keys).subtracting(Self.known).sorted().map { "\(place): unknown keyword \($0)" }
        if let target = keywords["$ref"]?.string {
            guard let schema = resolved(target) else { return faults + ["\(place): \(target) leads nowhere"] }
            faults += self.faults(of: value, schema, at: place)
        }
        if let type = keywords["type"], !types(type).contains(where: { has(value, type: $0) }) {
            return faults + ["\(place): \(type) expected, not \(value)"]
        }
        if let words = keywords["enum"], !items(words).contains(value) {
            faults.append("\(place): \(value) is none of \(words)")
        }
        if let constant = keywords["const"], constant != value { faults.append("\(place): \(constant) expected") }
        for (keyword, isExact) in [("anyOf", false), ("oneOf", true)] {
            guard let choices = keywords[keyword] else { continue }
            let tried = items(choices).map { self.faults(of: value, $0, at: place) }
            let fitting = tried.count { $0.isEmpty }
            if fitting == 0 || isExact && fitting > 1 {
                faults.append("\(place): \(fitting) of \(keyword) fit; \(tried.map { $0.first ?? "fits" })")
            }
        }
        switch value {
        case .object(let members): faults += self.faults(of: members, keywords, at: place)
        case .array(let values): faults += self.faults(of: values, keywords, at: place)
        case .string(let text): faults += self.faults(of: text, keywords, at: place)
        case .number(let text):
            let number = Double(text) ?? .nan
            if let least = bound(keywords["minimum"]), number < least { faults.append("\(place): \(text) < \(least)") }
            if let most = bound(keywords["maximum"]), number > most { faults.append("\(place): \(text) > \(most)") }
        case .null, .boolean: break
        }
        return faults
    }

    private func faults(
        of members: [String: JSONValue], _ keywords: [String: JSONValue], at place: String
    ) -> [String] {
        let missing = items(keywords["required"]).compactMap(\.string).filter { members[$0] == nil }
        var faults = missing.map { "\(place): \($0) is missing" }
        if let most = keywords["maxProperties"]?.integer, members.count > most {
            faults.append("\(place): over \(most) members")
        }
        var properties: [String: JSONValue] = [:]
        if case .object(let named)? = keywords["properties"] { properties = named }
        // What only says that there is an object, or is a part of a choice, says nothing of members.
        guard keywords["properties"] != nil || keywords["additionalProperties"] != nil else { return faults }
        for (name, value) in members {
            if let schema = properties[name] {
                faults += self.faults(of: value, schema, at: "\(place).\(name)")
            } else if case .object? = keywords["additionalProperties"], let schema = keywords["additionalProperties"] {
                faults += self.faults(of: value, schema, at: "\(place).\(name)")
            } else if keywords["additionalProperties"] != .boolean(true) {
                faults.append("\(place): \(name) is not described")
            }
        }
        return faults
    }

    private func faults(of values: [JSONValue], _ keywords: [String: JSONValue], at place: String) -> [String] {
        var faults: [String] = []
        if let most = keywords["maxItems"]?.integer, values.count > most {
            faults.append("\(place): over \(most) items")
        }
        if let least = keywords["minItems"]?.integer, values.count < least {
            faults.append("\(place): under \(least) items")
        }
        guard let schema = keywords["items"] else { return faults }
        for (index, value) in values.enumerated() { faults += self.faults(of: value, schema, at: "\(place)[\(index)]") }
        return faults
    }

    private func faults(of text: String, _ keywords: [String: JSONValue], at place: String) -> [String] {
        var faults: [String] = []
        let count = text.unicodeScalars.count
        if let least = keywords["minLength"]?.integer, count < least { faults.append("\(place): under \(least) signs") }
        if let most = keywords["maxLength"]?.integer, count > most { faults.append("\(place): over \(most) signs") }
        if let pattern = keywords["pattern"]?.string, text.range(of: pattern, options: .regularExpression) == nil {
            faults.append("\(place): “\(text)” does not match \(pattern)")
        }
        if let format = keywords["format"]?.string {
            guard let isFine = Self.formats[format] else { return faults + ["\(place): unknown format \(format)"] }
            if !isFine(text) { faults.append("\(place): “\(text)” is no \(format)") }
        }
        return faults
    }

    private static let formats: [String: @Sendable (String) -> Bool] = [
        "date-time": { CivilDate.seconds(timestamp: $0) != nil && $0.contains("T") },
        "date": { CivilDate.seconds(timestamp: $0) != nil && $0.utf8.count == 10 },
        "uri": { URL(string: $0, encodingInvalidCharacters: false)?.scheme != nil },
        "uri-reference": { URL(string: $0, encodingInvalidCharacters: false) != nil },
    ]

    private func resolved(_ reference: String) -> JSONValue? {
        guard reference.hasPrefix("#/") else { return nil }
        return reference.dropFirst(2).split(separator: "/").reduce(document as JSONValue?) { $0?[String($1)] }
    }

    private func types(_ type: JSONValue) -> [String] { type.string.map { [$0] } ?? items(type).compactMap(\.string) }

    private func items(_ value: JSONValue?) -> [JSONValue] {
        if case .array(let items)? = value { return items }
        return []
    }

    private func bound(_ value: JSONValue?) -> Double? {
        if case .number(let text)? = value { return Double(text) }
        return nil
    }

    private func has(_ value: JSONValue, type: String) -> Bool {
        switch value {
        case .null: type == "null"
        case .boolean: type == "boolean"
        case .string: type == "string"
        case .array: type == "array"
        case .object: type == "object"
        case .number(let text): type == "number" || type == "integer" && Int(text) != nil
        }
    }
}
