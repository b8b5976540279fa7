/// A JSON value (RFC 8259). Numbers keep their text, so that a fee is exact.
public enum JSONValue: Sendable, Hashable {
    /// `null`
    case null
    /// `true` or `false`
    case boolean(Bool)
    /// A number, as written.
    case number(String)
    /// A string, escapes resolved.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object; of members of the same name the last one counts.
    case object([String: JSONValue])

    /// The deepest nesting that is read.
    public static let depthMax = 64

    /// Reads a text that holds one value and nothing else but white space. O(length), bounded in depth.
    ///
    /// - Throws: ``JSONError`` with the offset of the first byte that does not fit.
    public init(_ bytes: [UInt8]) throws(JSONError) {
        self.init(try JSONDocument(bytes))
    }

    /// The member of an object; nil where this is no object or has no such member.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    /// The string, if it is one.
    public var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// The whole number, if it is one.
    public var integer: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text)
    }
}
