/// A value as SQLite stores it: one of its five storage classes (sqlite.org/datatype3.html).
public enum Value: Hashable, Sendable {
    /// SQL NULL.
    case null
    /// A signed 64-bit integer.
    case integer(Int64)
    /// A double. SQLite stores NaN as NULL.
    case real(Double)
    /// Unicode text, stored as UTF-8; it may hold NUL characters.
    case text(String)
    /// Bytes as they are.
    case blob([UInt8])
}

extension Value {
    /// An integer, or NULL for nil.
    public init(_ value: Int?) {
        self = value.map { .integer(Int64($0)) } ?? .null
    }

    /// An integer, or NULL for nil.
    public init(_ value: Int64?) {
        self = value.map { .integer($0) } ?? .null
    }

    /// A double, or NULL for nil.
    public init(_ value: Double?) {
        self = value.map { .real($0) } ?? .null
    }

    /// Text, or NULL for nil.
    public init(_ value: String?) {
        self = value.map { .text($0) } ?? .null
    }

    /// Bytes, or NULL for nil.
    public init(_ value: [UInt8]?) {
        self = value.map { .blob($0) } ?? .null
    }

    /// 1 or 0, as SQLite writes true and false.
    public init(_ value: Bool) {
        self = .integer(value ? 1 : 0)
    }
}

extension Value: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral {
    /// An integer, so that `[1, "x"]` are bindings.
    public init(integerLiteral value: Int64) {
        self = .integer(value)
    }

    /// A double.
    public init(floatLiteral value: Double) {
        self = .real(value)
    }

    /// Text.
    public init(stringLiteral value: String) {
        self = .text(value)
    }
}
