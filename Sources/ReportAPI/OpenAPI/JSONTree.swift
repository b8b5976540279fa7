internal import Reports

/// JSON as it is written down in code, members in their order.
indirect enum JSONTree: Sendable, Hashable {
    case null
    case boolean(Bool)
    case integer(Int)
    case string(String)
    case array([JSONTree])
    case object([Member])
    /// JSON that was written already.
    case raw([UInt8])

    /// A member of an object.
    struct Member: Sendable, Hashable {
        let name: String
        let value: JSONTree
    }

    /// The member of an object; nil where there is none.
    subscript(name: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The string, if it is one.
    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The items of an array; empty for anything else.
    var items: [JSONTree] {
        guard case .array(let items) = self else { return [] }
        return items
    }

    /// The members of an object; empty for anything else.
    var members: [Member] {
        guard case .object(let members) = self else { return [] }
        return members
    }

    /// The object with a member more, or with another value for it.
    func with(_ name: String, _ value: JSONTree) -> JSONTree {
        let member = Member(name: name, value: value)
        guard members.contains(where: { $0.name == name }) else { return .object(members + [member]) }
        return .object(members.map { $0.name == name ? member : $0 })
    }

    /// The value as it stands in an address.
    var plain: String { text ?? String(decoding: bytes, as: UTF8.self) }

    /// The JSON text.
    var bytes: [UInt8] {
        var json = JSONWriter()
        json.tree(self)
        return json.bytes
    }
}

extension JSONTree: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .boolean(value) }
    init(nilLiteral: ()) { self = .null }
    init(arrayLiteral elements: JSONTree...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSONTree)...) {
        self = .object(elements.map { Member(name: $0.0, value: $0.1) })
    }
}

extension JSONWriter {
    /// Writes a tree.
    mutating func tree(_ tree: JSONTree) {
        switch tree {
        case .null: null()
        case .boolean(let flag): boolean(flag)
        case .integer(let number): integer(number)
        case .string(let text): string(text)
        case .array(let items):
            beginArray()
            for item in items { self.tree(item) }
            endArray()
        case .object(let members):
            beginObject()
            for member in members {
                key(member.name)
                self.tree(member.value)
            }
            endObject()
        case .raw(let bytes): raw(bytes)
        }
    }
}
