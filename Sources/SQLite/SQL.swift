/// The text of one statement, to be prepared.
///
/// A literal becomes one without a copy and is found in the statement cache by its address. Text put together at run
/// time must be named as such, `SQL(text)`, and an interpolated literal does not compile: values belong in bindings.
public struct SQL: Sendable, ExpressibleByStringLiteral {
    let source: Source

    enum Source: Sendable {
        case literal(StaticString)
        case built(String)
    }

    /// Takes a literal, whose bytes live as long as the program.
    public init(stringLiteral value: StaticString) {
        source = value.hasPointerRepresentation ? .literal(value) : .built(value.description)
    }

    /// Takes text put together from parts that are all the program's own; never from what a client sent.
    public init(_ text: String) {
        source = .built(text)
    }

    /// The text itself.
    public var text: String {
        switch source {
        case .literal(let literal): literal.description
        case .built(let text): text
        }
    }
}

extension SQL {
    /// What the statement cache finds a statement by: for a literal its address, which is hashed in nanoseconds.
    enum Key: Hashable, Sendable {
        case address(Int, count: Int)
        case text(String)
    }

    var key: Key {
        switch source {
        // Safe: the address serves as a number and is not followed.
        case .literal(let literal):
            unsafe .address(Int(bitPattern: literal.utf8Start), count: literal.utf8CodeUnitCount)
        case .built(let text): .text(text)
        }
    }

    /// Lends the UTF-8 bytes.
    func withBytes<R>(_ body: (Span<UInt8>) throws(SQLiteError) -> R) throws(SQLiteError) -> R {
        switch source {
        case .literal(let literal):
            // Safe: a literal's bytes are never freed, and the count is its own.
            let bytes = unsafe Span(_unsafeStart: literal.utf8Start, count: literal.utf8CodeUnitCount)
            return try body(bytes)
        case .built(let text):
            return try body(text.utf8Span.span)
        }
    }
}
