/// How each value begins. What is below ``JSONCode/smallEnd`` is a whole number itself.
enum JSONCode {
    static let smallEnd: UInt8 = 240
    static let null: UInt8 = 240
    static let `true`: UInt8 = 241
    static let `false`: UInt8 = 242
    /// A number: the count of its signs, and half a byte for each.
    static let number: UInt8 = 243
    /// A string of lower-case hexadecimal digits: half their count, and a byte for two.
    static let hexadecimal: UInt8 = 244
    /// Anything: its length, and its bytes.
    static let text: UInt8 = 245
    /// A string that begins like the one before: how much of it, the length of the rest, and the rest, the closing mark
    /// with it.
    static let continued: UInt8 = 246

    /// Up to eight signs of numbers in a word, the first at the right end; nil where one is none. Reckoned, as is what is
    /// below: to look into a table that is made at its first use takes longer.
    @inline(__always)
    static func signs(_ bytes: Span<UInt8>, at index: Int, count: Int) -> UInt64? {
        let halves = halves(bytes, at: index, count: (count + 1) / 2) & UInt64.max >> UInt64(64 - 8 * count)
        let others = tens(halves)
        let digits = halves &+ 0x3030_3030_3030_3030
        // A point is twelve, and what most numbers have of signs that are no digits.
        if (halves ^ 0x0c0c_0c0c_0c0c_0c0c) & (others &* 0x0f) == 0 {
            return digits &- others &* (12 + UInt64(UInt8(ascii: "0") - UInt8(ascii: ".")))
        }
        var word = digits
        for place in stride(from: UInt64(0), to: 64, by: 8) {
            let half = halves >> place & 0x0f
            guard half >= 10 else { continue }
            guard half < 15 else { return nil }
            // "-+.eE", the first at the right end.
            let sign = UInt64(0x45_652e_2b2d) >> ((half - 10) * 8) & 0xff
            word = word & ~(0xff << place) | sign << place
        }
        return word
    }

    /// Up to eight lower-case hexadecimal digits in a word, the first at the right end.
    @inline(__always)
    static func hexDigits(_ bytes: Span<UInt8>, at index: Int, count: Int) -> UInt64 {
        let halves = halves(bytes, at: index, count: count)
        return halves &+ 0x3030_3030_3030_3030 &+ tens(halves) &* UInt64(UInt8(ascii: "a") - 10 - UInt8(ascii: "0"))
    }

    /// The halves of up to four bytes, each in a byte of its own, the first at the right end.
    @inline(__always)
    private static func halves(_ bytes: Span<UInt8>, at index: Int, count: Int) -> UInt64 {
        var word: UInt64 = 0
        for place in 0..<count { word |= UInt64(bytes[index + place]) << UInt64(16 * place) }
        return word >> 4 & 0x000f_000f_000f_000f | (word & 0x000f_000f_000f_000f) << 8
    }

    /// A one for each half that is ten or more.
    @inline(__always)
    private static func tens(_ halves: UInt64) -> UInt64 {
        (halves &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    }

    /// The half byte that stands for a sign; nil for what is no sign of a number.
    @inline(__always)
    static func half(_ sign: UInt8) -> UInt8? {
        switch sign {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): sign &- UInt8(ascii: "0")
        case UInt8(ascii: "-"): 10
        case UInt8(ascii: "+"): 11
        case UInt8(ascii: "."): 12
        case UInt8(ascii: "e"): 13
        case UInt8(ascii: "E"): 14
        default: nil
        }
    }

    /// The bytes of the word that a code stands for, the first at the right end, and their number.
    @inline(__always)
    static func word(_ code: UInt8) -> (bytes: UInt64, count: Int)? {
        switch code {
        case null: (0x6c_6c75_6e, 4)
        case `true`: (0x65_7572_74, 4)
        case `false`: (0x65_736c_6166, 5)
        default: nil
        }
    }
}

/// Writes values, one behind the other.
struct JSONValues {
    private(set) var bytes: [UInt8] = []
    /// Where the last value of any length is in the text.
    private var last = 0..<0

    init() { bytes.reserveCapacity(1_024) }

    /// Adds a whole number below ten.
    mutating func append(digit: UInt8) { bytes.append(digit) }

    /// Adds a value of a text.
    mutating func append(_ text: Span<UInt8>, _ range: Range<Int>) {
        let first = text[range.lowerBound]
        if first == UInt8(ascii: "\"") { return appendString(text, range) }
        if let small = Self.small(text, range) { return bytes.append(small) }
        if let word = Self.word(text, range) { return bytes.append(word) }
        if appendNumber(text, range) { return }
        appendText(text, range)
    }

    private static func small(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt8? {
        let first = text[range.lowerBound] &- UInt8(ascii: "0")
        // A zero in front would be lost.
        guard first <= 9, range.count <= 3, first > 0 || range.count == 1 else { return nil }
        var value = Int(first)
        for index in range.dropFirst() {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value < Int(JSONCode.smallEnd) ? UInt8(value) : nil
    }

    private static func word(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt8? {
        let code: UInt8
        switch text[range.lowerBound] {
        case UInt8(ascii: "n"): code = JSONCode.null
        case UInt8(ascii: "t"): code = JSONCode.true
        case UInt8(ascii: "f"): code = JSONCode.false
        default: return nil
        }
        guard let word = JSONCode.word(code), word.count == range.count else { return nil }
        let bytes = range.reversed().reduce(0) { $0 << 8 | UInt64(text[$1]) }
        return bytes == word.bytes ? code : nil
    }

    private mutating func appendNumber(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard range.count <= 255 else { return false }
        for index in range where JSONCode.half(text[index]) == nil { return false }
        bytes.append(JSONCode.number)
        bytes.append(UInt8(range.count))
        var index = range.lowerBound
        while index < range.upperBound {
            let high = JSONCode.half(text[index]) ?? 0
            let low = index + 1 < range.upperBound ? JSONCode.half(text[index + 1]) ?? 0 : 0
            bytes.append(high << 4 | low)
            index += 2
        }
        return true
    }

    private mutating func appendString(_ text: Span<UInt8>, _ range: Range<Int>) {
        if appendHexadecimal(text, range) { return }
        var shared = 0
        let most = min(last.count, range.count)
        while shared < most, text[last.lowerBound + shared] == text[range.lowerBound + shared] { shared += 1 }
        guard shared > 8 else { return appendText(text, range) }
        last = range
        bytes.append(JSONCode.continued)
        VariableLength.append(shared, to: &bytes)
        VariableLength.append(range.count - shared, to: &bytes)
        for index in (range.lowerBound + shared)..<range.upperBound { bytes.append(text[index]) }
    }

    private mutating func appendHexadecimal(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let digits = (range.lowerBound + 1)..<(range.upperBound - 1)
        guard digits.count >= 16, digits.count.isMultiple(of: 2), digits.count <= 510 else { return false }
        for index in digits where Self.hexDigit(text[index]) == nil { return false }
        last = range
        bytes.append(JSONCode.hexadecimal)
        bytes.append(UInt8(digits.count / 2))
        var index = digits.lowerBound
        while index < digits.upperBound {
            bytes.append((Self.hexDigit(text[index]) ?? 0) << 4 | (Self.hexDigit(text[index + 1]) ?? 0))
            index += 2
        }
        return true
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    private mutating func appendText(_ text: Span<UInt8>, _ range: Range<Int>) {
        last = range
        bytes.append(JSONCode.text)
        VariableLength.append(range.count, to: &bytes)
        for index in range { bytes.append(text[index]) }
    }
}

/// Reads values that ``JSONValues`` wrote, into a text.
struct JSONValueReader {
    /// How much has been read.
    private(set) var index = 0
    /// Where the last value of any length is in the text.
    private var last = 0..<0

    /// How many of the next values are one digit each.
    @inline(__always)
    func digits(of bytes: Span<UInt8>) -> Int {
        var end = index
        // Eight at a time: what is no digit has its highest bit, or gets it when the rest up to there is added.
        while bytes.count - end >= 8 {
            let word = unsafe bytes.extracting(end..<end + 8).withUnsafeBytes { bytes in
                // Safe: there are eight.
                unsafe UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
            }
            let others = (word & 0x7f7f_7f7f_7f7f_7f7f &+ 0x7676_7676_7676_7676 | word) & 0x8080_8080_8080_8080
            guard others == 0 else { return end - index + others.trailingZeroBitCount / 8 }
            end += 8
        }
        while end < bytes.count, bytes[end] < 10 { end += 1 }
        return end - index
    }

    /// Takes the next value, which is one digit.
    @inline(__always)
    mutating func digit(of bytes: Span<UInt8>) -> UInt8 {
        defer { index += 1 }
        return bytes[index]
    }

    /// Writes the next value.
    ///
    /// - Returns: false where there is none, or no room for it.
    mutating func next(of bytes: Span<UInt8>, into text: inout JSONTextWriter) -> Bool {
        guard let code = byte(bytes) else { return false }
        if code < JSONCode.smallEnd { return text.append(small: code) }
        switch code {
        case JSONCode.number: return number(bytes, &text)
        case JSONCode.hexadecimal: return hexadecimal(bytes, &text)
        case JSONCode.text:
            let start = text.count
            guard let length = VariableLength.read(bytes, at: &index), copy(bytes, length, &text) else { return false }
            last = start..<text.count
            return true
        case JSONCode.continued: return continued(bytes, &text)
        default: return JSONCode.word(code).map { text.append($0.bytes, count: $0.count) } ?? false
        }
    }

    private mutating func number(_ bytes: Span<UInt8>, _ text: inout JSONTextWriter) -> Bool {
        guard let count = byte(bytes).map(Int.init), let pairs = take((count + 1) / 2, bytes) else { return false }
        return text.append(signs: bytes.extracting(pairs), count: count)
    }

    private mutating func hexadecimal(_ bytes: Span<UInt8>, _ text: inout JSONTextWriter) -> Bool {
        let start = text.count
        guard let count = byte(bytes).map(Int.init), let pairs = take(count, bytes),
            text.append(UInt64(UInt8(ascii: "\"")), count: 1), text.append(hex: bytes.extracting(pairs)),
            text.append(UInt64(UInt8(ascii: "\"")), count: 1)
        else { return false }
        last = start..<text.count
        return true
    }

    private mutating func continued(_ bytes: Span<UInt8>, _ text: inout JSONTextWriter) -> Bool {
        let start = text.count
        guard let shared = VariableLength.read(bytes, at: &index), shared <= last.count,
            let rest = VariableLength.read(bytes, at: &index),
            text.repeat(last.lowerBound, shared), copy(bytes, rest, &text)
        else { return false }
        last = start..<text.count
        return true
    }

    private mutating func copy(_ bytes: Span<UInt8>, _ length: Int, _ text: inout JSONTextWriter) -> Bool {
        guard let taken = take(length, bytes) else { return false }
        return unsafe bytes.extracting(taken).withUnsafeBytes { unsafe text.append($0) }
    }

    /// Where the next bytes are; nil where there are not so many.
    private mutating func take(_ count: Int, _ bytes: Span<UInt8>) -> Range<Int>? {
        guard count <= bytes.count - index else { return nil }
        defer { index += count }
        return index..<index + count
    }

    private mutating func byte(_ bytes: Span<UInt8>) -> UInt8? {
        guard index < bytes.count else { return nil }
        defer { index += 1 }
        return bytes[index]
    }
}
