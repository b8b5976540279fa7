/// A media type with its parameters: `text/csv; header=present; charset=utf-8` (RFC 9110 §8.3.1).
public struct MediaType: Sendable, Hashable, CustomStringConvertible {
    /// The type in lower case.
    public let type: String
    /// The subtype in lower case.
    public let subtype: String
    /// The parameters: names in lower case, values as sent.
    public let parameters: [String: String]

    /// A media type of these parts; the case of the first two does not matter.
    public init(_ type: String, _ subtype: String, parameters: [String: String] = [:]) {
        self.type = type.lowercased()
        self.subtype = subtype.lowercased()
        self.parameters = parameters
    }

    /// Reads the value of a `Content-Type` field; `nil` when it is malformed.
    public init?(_ bytes: ArraySlice<UInt8>) {
        var scanner = FieldValueScanner(bytes)
        guard let parsed = MediaType(&scanner), scanner.isAtEnd else { return nil }
        self = parsed
    }

    /// Reads a media type or range where the scanner stands.
    init?(_ scanner: inout FieldValueScanner) {
        scanner.skipSpace()
        guard let type = scanner.token(), scanner.take(Byte.slash), let subtype = scanner.token(),
            let parameters = scanner.parameters()
        else { return nil }
        self.init(type, subtype, parameters: Dictionary(parameters.map { ($0.name, $0.value) }) { first, _ in first })
    }

    /// Type and subtype: `text/csv`.
    public var essence: String { "\(type)/\(subtype)" }

    /// The media type as it stands in a field, parameters in the order of their names.
    public var description: String {
        parameters.sorted { $0.key < $1.key }.reduce(essence) { $0 + "; \($1.key)=\(Self.quoted($1.value))" }
    }

    private static func quoted(_ value: String) -> String {
        if !value.isEmpty, value.utf8.allSatisfy(Byte.isToken) { return value }
        return "\"" + value.reduce("") { $0 + ($1 == "\"" || $1 == "\\" ? "\\\($1)" : "\($1)") } + "\""
    }
}

/// The `Accept` field: which media types the client wants, and how much (RFC 9110 §12.5.1).
public struct Accept: Sendable {
    private struct Range {
        let media: MediaType
        let weight: Int
    }

    private var ranges: [Range] = []

    /// Reads the field value; no field, or one without a well-formed member, accepts everything.
    public init(_ bytes: ArraySlice<UInt8>?) {
        var scanner = FieldValueScanner(bytes ?? [])
        while !scanner.isAtEnd {
            if let media = MediaType(&scanner), let weight = Weight.parse(media.parameters["q"]) {
                let parameters = media.parameters.filter { $0.key != "q" }
                let range = MediaType(media.type, media.subtype, parameters: parameters)
                ranges.append(Range(media: range, weight: weight))
            }
            scanner.skipToNextMember()
        }
    }

    /// The best of what is on offer, listed in the server's order of preference; `nil` when none is acceptable.
    public func best(of offers: [MediaType]) -> MediaType? {
        guard !ranges.isEmpty else { return offers.first }
        var best: (offer: MediaType, weight: Int)?
        for offer in offers {
            let weight = weight(of: offer)
            if weight > best?.weight ?? 0 { best = (offer, weight) }
        }
        return best?.offer
    }

    /// The weight of a media type in thousandths: that of the most specific range that takes it in; 0 is "not acceptable".
    public func weight(of offer: MediaType) -> Int {
        var best: (precision: Int, weight: Int) = (-1, 0)
        for range in ranges {
            guard let precision = precision(of: range.media, for: offer), precision > best.precision else { continue }
            best = (precision, range.weight)
        }
        return ranges.isEmpty ? 1000 : best.weight
    }

    private func precision(of range: MediaType, for offer: MediaType) -> Int? {
        if range.type == "*" { return range.subtype == "*" ? 0 : nil }
        guard range.type == offer.type else { return nil }
        if range.subtype == "*" { return 1 }
        guard range.subtype == offer.subtype else { return nil }
        let agrees = range.parameters.allSatisfy { name, value in
            // Common clients ask for JSON in UTF-8, which has no such parameter and is in nothing else (RFC 8259 §11).
            (offer.parameters[name] ?? (name == "charset" ? "utf-8" : nil))?.lowercased() == value.lowercased()
        }
        return agrees ? 2 + range.parameters.count : nil
    }
}
