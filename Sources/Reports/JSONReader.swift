/// What is wrong with a text that is no JSON.
public struct JSONError: Error, Sendable, Hashable {
    /// The offset of the byte that does not fit.
    public let offset: Int
    /// What was expected there.
    public let expected: String
}

/// The one pass over a JSON text that finds its values.
struct JSONReader: ~Copyable {
    private let bytes: [UInt8]
    private var at = 0
    private var nodes: [JSONDocument.Node] = []

    /// The values of a text, each followed by what it holds: names and values of members in turn, or items.
    static func nodes(of bytes: [UInt8]) throws(JSONError) -> [JSONDocument.Node] {
        guard bytes.count < UInt32.max else { throw JSONError(offset: 0, expected: "less than 4 GiB") }
        var reader = JSONReader(bytes)
        try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.at == bytes.count else { throw reader.error("end of text") }
        return reader.nodes
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        nodes.reserveCapacity(bytes.count / 10 + 8)
    }

    private mutating func value(depth: Int) throws(JSONError) {
        guard depth < JSONValue.depthMax else { throw error("less nesting") }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): try object(depth: depth)
        case UInt8(ascii: "["): try array(depth: depth)
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try word("true", .true)
        case UInt8(ascii: "f"): try word("false", .false)
        case UInt8(ascii: "n"): try word("null", .null)
        default: try number()
        }
    }

    private mutating func object(depth: Int) throws(JSONError) {
        let index = open(.object)
        skipSpace()
        if !take(UInt8(ascii: "}")) {
            repeat {
                skipSpace()
                try string()
                skipSpace()
                guard take(UInt8(ascii: ":")) else { throw error(":") }
                try value(depth: depth + 1)
                skipSpace()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "}")) else { throw error("} or ,") }
        }
        close(index)
    }

    private mutating func array(depth: Int) throws(JSONError) {
        let index = open(.array)
        skipSpace()
        if !take(UInt8(ascii: "]")) {
            repeat {
                try value(depth: depth + 1)
                skipSpace()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "]")) else { throw error("] or ,") }
        }
        close(index)
    }

    private mutating func string() throws(JSONError) {
        guard take(UInt8(ascii: "\"")) else { throw error("a string") }
        let start = at
        var hasEscapes = false
        var isASCII = true
        while true {
            isASCII = passPlainText() && isASCII
            guard let byte = peek else { throw error("\"") }
            at += 1
            switch byte {
            case UInt8(ascii: "\""):
                if !isASCII { try requireUTF8(start..<at - 1) }
                return append(.string, start..<at - 1, hasEscapes: hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try escape()
            default: throw error("an escaped control character")
            }
        }
    }

    /// Passes over what stands for itself in a string.
    ///
    /// - Returns: whether it was ASCII alone.
    private mutating func passPlainText() -> Bool {
        let text = bytes
        let bytes = text.span
        var index = at
        var all: UInt8 = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            all |= byte
            index += 1
        }
        at = index
        return all < 0x80
    }

    private func requireUTF8(_ range: Range<Int>) throws(JSONError) {
        do {
            _ = try UTF8Span(validating: bytes.span.extracting(range))
        } catch {
            throw JSONError(offset: range.upperBound + 1, expected: "UTF-8")
        }
    }

    private mutating func escape() throws(JSONError) {
        guard let byte = peek else { throw error("an escape") }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            break
        case UInt8(ascii: "u"):
            // Two of them for a scalar beyond the basic plane.
            let high = try hexadecimal()
            if (0xd800..<0xdc00).contains(high) {
                guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")), case let low = try hexadecimal(),
                    (0xdc00..<0xe000).contains(low)
                else { throw error("a Unicode scalar value") }
            } else if Unicode.Scalar(high) == nil {
                throw error("a Unicode scalar value")
            }
        default: throw error("an escape")
        }
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        guard at + 4 <= bytes.count, let value = JSONEscapes.hexadecimal(bytes.span.extracting(at..<at + 4)) else {
            throw error("four hexadecimal digits")
        }
        at += 4
        return value
    }

    private mutating func number() throws(JSONError) {
        let start = at
        _ = take(UInt8(ascii: "-"))
        let leadingZero = peek == UInt8(ascii: "0")
        let whole = digits()
        guard whole > 0, !(leadingZero && whole > 1) else { throw error("a value") }
        if take(UInt8(ascii: ".")), digits() == 0 { throw error("a digit") }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard digits() > 0 else { throw error("a digit") }
        }
        append(.number, start..<at)
    }

    private mutating func digits() -> Int {
        let start = at
        while let byte = peek, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { at += 1 }
        return at - start
    }

    private mutating func word(_ word: StaticString, _ kind: JSONDocument.Kind) throws(JSONError) {
        let start = at
        for byte in "\(word)".utf8 where !take(byte) { throw error("\(word)") }
        append(kind, start..<at)
    }

    private mutating func open(_ kind: JSONDocument.Kind) -> Int {
        append(kind, at..<at)
        at += 1
        return nodes.count - 1
    }

    private mutating func close(_ index: Int) {
        nodes[index].next = UInt32(truncatingIfNeeded: nodes.count)
        nodes[index].end = UInt32(truncatingIfNeeded: at)
    }

    private mutating func append(_ kind: JSONDocument.Kind, _ range: Range<Int>, hasEscapes: Bool = false) {
        nodes.append(
            JSONDocument.Node(
                kind: kind, hasEscapes: hasEscapes, start: UInt32(truncatingIfNeeded: range.lowerBound),
                end: UInt32(truncatingIfNeeded: range.upperBound), next: UInt32(truncatingIfNeeded: nodes.count + 1)))
    }

    private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        at += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { at += 1 }
    }

    private func error(_ expected: String) -> JSONError {
        JSONError(offset: at, expected: expected)
    }
}

/// The escapes of JSON strings (RFC 8259 §7).
enum JSONEscapes {
    /// The bytes that a string with well-formed escapes stands for.
    static func resolved(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let letter = rest.popFirst() else {
                result.append(byte)
                continue
            }
            switch letter {
            case UInt8(ascii: "b"): result.append(8)
            case UInt8(ascii: "f"): result.append(12)
            case UInt8(ascii: "n"): result.append(10)
            case UInt8(ascii: "r"): result.append(13)
            case UInt8(ascii: "t"): result.append(9)
            case UInt8(ascii: "u"): result.append(contentsOf: scalar(&rest).utf8)
            default: result.append(letter)
            }
        }
        return result
    }

    private static func scalar(_ rest: inout ArraySlice<UInt8>) -> String {
        let high = unit(&rest)
        guard (0xd800..<0xdc00).contains(high) else { return text(high) }
        rest = rest.dropFirst(2)
        return text(0x10000 + ((high - 0xd800) << 10) + (unit(&rest) &- 0xdc00))
    }

    private static func unit(_ rest: inout ArraySlice<UInt8>) -> UInt32 {
        let digits = Array(rest.prefix(4))
        rest = rest.dropFirst(4)
        return hexadecimal(digits.span) ?? 0xfffd
    }

    private static func text(_ value: UInt32) -> String {
        String(Character(Unicode.Scalar(value) ?? "\u{fffd}"))
    }

    /// The value of hexadecimal digits, at most eight; nil for anything else.
    static func hexadecimal(_ digits: Span<UInt8>) -> UInt32? {
        var value: UInt32 = 0
        for index in 0..<digits.count {
            let byte = digits[index]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
