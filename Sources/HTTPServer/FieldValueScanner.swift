/// Walks through a structured field value: lists, tokens, quoted strings (RFC 9110 §5.6).
struct FieldValueScanner {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    var isAtEnd: Bool { rest.isEmpty }
    var next: UInt8? { rest.first }

    mutating func skipSpace() {
        rest = rest.drop { $0 == Byte.space || $0 == Byte.tab }
    }

    /// Takes the byte if it comes next.
    mutating func take(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// Takes a token; `nil` when none comes next.
    mutating func token() -> String? {
        let token = rest.prefix(while: Byte.isToken)
        rest = rest[token.endIndex...]
        return token.isEmpty ? nil : String(decoding: token, as: UTF8.self)
    }

    /// Takes a token or a quoted string, the latter without its quotes and escapes.
    mutating func tokenOrQuotedString() -> String? {
        guard take(Byte.quote) else { return token() }
        var text: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case Byte.quote: return String(decoding: text, as: UTF8.self)
            case Byte.backslash:
                guard let escaped = rest.popFirst() else { return nil }
                text.append(escaped)
            default: text.append(byte)
            }
        }
        return nil
    }

    /// Takes everything up to a byte of the set, or to the end.
    mutating func take(until isEnd: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let taken = rest.prefix { !isEnd($0) }
        rest = rest[taken.endIndex...]
        return taken
    }

    /// Goes to behind the next comma that stands in no quoted string.
    mutating func skipToNextMember() {
        var isQuoted = false
        while let byte = rest.popFirst() {
            if byte == Byte.quote { isQuoted.toggle() }
            if isQuoted, byte == Byte.backslash { _ = rest.popFirst() }
            if !isQuoted, byte == Byte.comma { return }
        }
    }

    /// Takes `; name=value` parameters; `nil` when they are malformed.
    mutating func parameters() -> [(name: String, value: String)]? {
        var parameters: [(name: String, value: String)] = []
        skipSpace()
        while take(Byte.semicolon) {
            skipSpace()
            guard let name = token() else { continue }
            guard take(Byte.equals), let value = tokenOrQuotedString() else { return nil }
            parameters.append((name.lowercased(), value))
            skipSpace()
        }
        return parameters
    }
}
