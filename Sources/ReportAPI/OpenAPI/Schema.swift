/// What a JSON value looks like (JSON Schema 2020-12), as far as the API's description uses it.
struct Schema: Sendable, Hashable {
    /// The keywords.
    var tree: JSONTree

    init(_ tree: JSONTree) { self.tree = tree }

    /// Anything.
    static let anything = Schema([:])
    static let string = Schema(["type": "string"])
    static let integer = Schema(["type": "integer"])
    static let number = Schema(["type": "number"])
    static let boolean = Schema(["type": "boolean"])
    static let null = Schema(["type": "null"])
    /// A time as RFC 3339 writes it.
    static let time = Schema(["type": "string", "format": "date-time"])
    /// A date: `2026-01-31`.
    static let date = Schema(["type": "string", "format": "date"])
    /// An address within the API.
    static let href = Schema(["type": "string", "format": "uri-reference"])
    /// A count of things that the server made.
    static let count = integer(0...)

    /// A text that a pattern (ECMA-262) describes.
    static func string(pattern: String) -> Schema { Schema(["type": "string", "pattern": .string(pattern)]) }

    static func integer(_ bounds: ClosedRange<Int>) -> Schema {
        Schema(["type": "integer", "minimum": .integer(bounds.lowerBound), "maximum": .integer(bounds.upperBound)])
    }

    static func integer(_ bounds: PartialRangeFrom<Int>) -> Schema {
        Schema(["type": "integer", "minimum": .integer(bounds.lowerBound)])
    }

    /// One of some words.
    static func words(_ words: [String]) -> Schema {
        Schema(["type": "string", "enum": .array(words.map { .string($0) })])
    }

    /// One of the words of an enum.
    static func words<Word: RawRepresentable<String> & CaseIterable>(of type: Word.Type) -> Schema {
        words(type.allCases.map(\.rawValue))
    }

    /// A schema with a name.
    static func component(_ component: Component) -> Schema {
        Schema(["$ref": .string("#/components/schemas/\(component.rawValue)")])
    }

    static func array(of items: Schema) -> Schema { Schema(["type": "array", "items": items.tree]) }

    static func any(of schemas: Schema...) -> Schema { Schema(["anyOf": .array(schemas.map(\.tree))]) }

    static func one(of schemas: Schema...) -> Schema { Schema(["oneOf": .array(schemas.map(\.tree))]) }

    /// An object whose members are all there but for the optional ones. Others may come with a later release.
    static func object(_ members: KeyValuePairs<String, Schema>, optional: Set<String> = []) -> Schema {
        object(members.map { ($0.key, $0.value) }, optional: optional)
    }

    static func object(_ members: [(String, Schema)], optional: Set<String> = []) -> Schema {
        let properties = members.map { JSONTree.Member(name: $0.0, value: $0.1.tree) }
        let required = members.map(\.0).filter { !optional.contains($0) }
        let tree: JSONTree = ["type": "object", "properties": .object(properties)]
        return Schema(required.isEmpty ? tree : tree.with("required", .array(required.map { .string($0) })))
    }

    /// An object whose members have values of one kind.
    static func map(of values: Schema) -> Schema {
        Schema(["type": "object", "additionalProperties": values.tree])
    }

    /// `{"items": [...]}`
    static func list(of items: Schema) -> Schema { object(["items": array(of: items)]) }

    /// A page of a list.
    static func page(of items: Schema) -> Schema {
        object(
            [
                "items": array(of: items),
                "next": href.orNull.described("The address of the next page; null on the last one."),
                "count": count.described("How many there are in all, with `count=exact`."),
            ], optional: ["count"])
    }

    /// An object without any other member.
    var closed: Schema { with("additionalProperties", false) }

    /// The same without any member that must be there.
    var withoutRequired: Schema { Schema(.object(tree.members.filter { $0.name != "required" })) }

    /// The schema, or null.
    var orNull: Schema {
        guard let type = tree["type"], type.text != nil, tree["$ref"] == nil else { return .any(of: self, .null) }
        var schema = with("type", [type, "null"])
        if let words = tree["enum"] { schema = schema.with("enum", .array(words.items + [.null])) }
        return schema
    }

    /// The schema with a sentence for people.
    func described(_ text: String) -> Schema { with("description", .string(text)) }

    func with(_ keyword: String, _ value: JSONTree) -> Schema { Schema(tree.with(keyword, value)) }
}
