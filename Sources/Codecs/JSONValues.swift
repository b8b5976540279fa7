internal import Glibc

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

    /// The signs of numbers.
    static let signs = Array("0123456789-+.eE".utf8)
    /// The place of each byte among the signs; 255 for all others.
    static let signNumbers: [UInt8] = (0...255).map { byte in
        signs.firstIndex(of: UInt8(byte)).map { UInt8($0) } ?? 255
    }
    static let hexDigits = Array("0123456789abcdef".utf8)

    /// The word that a code stands for.
    static func word(_ code: UInt8) -> StaticString? {
        switch code {
        case null: "null"
        case `true`: "true"
        case `false`: "false"
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
        guard let word = JSONCode.word(code), word.utf8CodeUnitCount == range.count else { return nil }
        // Safe: a literal's bytes are never freed, and the count is its own.
        let bytes = unsafe Span(_unsafeStart: word.utf8Start, count: word.utf8CodeUnitCount)
        for index in 0..<bytes.count where bytes[index] != text[range.lowerBound + index] { return nil }
        return code
    }

    private mutating func appendNumber(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard range.count <= 255 else { return false }
        for index in range where JSONCode.signNumbers[Int(text[index])] == 255 { return false }
        bytes.append(JSONCode.number)
        bytes.append(UInt8(range.count))
        var index = range.lowerBound
        while index < range.upperBound {
            let high = JSONCode.signNumbers[Int(text[index])]
            let low = index + 1 < range.upperBound ? JSONCode.signNumbers[Int(text[index + 1])] : 0
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

    /// Writes the next value.
    ///
    /// - Returns: false where there is none, or no room for it.
    mutating func next(of bytes: Span<UInt8>, into text: inout JSONTextWriter) -> Bool {
        guard let code = byte(bytes) else { return false }
        if code < 10 { return text.append(UInt8(ascii: "0") + code) }
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
        default:
            guard let word = JSONCode.word(code) else { return false }
            // Safe: a literal's bytes are never freed, and the count is its own.
            return unsafe text.append(UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        }
    }

    private mutating func number(_ bytes: Span<UInt8>, _ text: inout JSONTextWriter) -> Bool {
        guard let count = byte(bytes) else { return false }
        var left = Int(count)
        while left > 0 {
            guard let pair = byte(bytes), text.append(sign: pair >> 4), left == 1 || text.append(sign: pair & 15) else {
                return false
            }
            left -= 2
        }
        return true
    }

    private mutating func hexadecimal(_ bytes: Span<UInt8>, _ text: inout JSONTextWriter) -> Bool {
        let start = text.count
        guard let count = byte(bytes), text.append(UInt8(ascii: "\"")) else { return false }
        for _ in 0..<count {
            guard let pair = byte(bytes), text.append(hex: pair >> 4), text.append(hex: pair & 15) else { return false }
        }
        guard text.append(UInt8(ascii: "\"")) else { return false }
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
        guard length <= bytes.count - index else { return false }
        defer { index += length }
        return unsafe bytes.extracting(index..<index + length).withUnsafeBytes { unsafe text.append($0) }
    }

    private mutating func byte(_ bytes: Span<UInt8>) -> UInt8? {
        guard index < bytes.count else { return nil }
        defer { index += 1 }
        return bytes[index]
    }
}

/// Writes a text into room that was taken for it, and no further.
@safe struct JSONTextWriter {
    private let room: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    /// The bytes of a step of ``append(_:_:)``: most of what stands between two values of a report is no longer.
    static let stride = 32

    init(_ room: UnsafeMutableRawBufferPointer) {
        unsafe self.room = unsafe room
    }

    mutating func append(_ byte: UInt8) -> Bool {
        guard unsafe count < room.count else { return false }
        unsafe room[count] = byte
        count += 1
        return true
    }

    /// A number from 10 to 239.
    mutating func append(small number: UInt8) -> Bool {
        if number >= 100, !append(UInt8(ascii: "0") + number / 100) { return false }
        return append(UInt8(ascii: "0") + number / 10 % 10) && append(UInt8(ascii: "0") + number % 10)
    }

    mutating func append(sign: UInt8) -> Bool {
        Int(sign) < JSONCode.signs.count && append(JSONCode.signs[Int(sign)])
    }

    mutating func append(hex digit: UInt8) -> Bool { append(JSONCode.hexDigits[Int(digit & 15)]) }

    mutating func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard unsafe bytes.count <= room.count - count else { return false }
        // Nothing has no address.
        guard let from = bytes.baseAddress, let to = unsafe room.baseAddress else { return unsafe bytes.isEmpty }
        unsafe memcpy(to + count, from, bytes.count)
        count += bytes.count
        return true
    }

    /// Writes the first bytes of what has ``stride`` more behind them. Where there is room, it writes whole steps, the rest
    /// of the last of which is written over by what follows: a call of `memcpy` takes longer than most pieces.
    mutating func append(_ bytes: UnsafeRawBufferPointer, _ length: Int) -> Bool {
        guard length >= 0, bytes.count - length >= Self.stride, unsafe length <= room.count - count else {
            return false
        }
        guard unsafe room.count - count - length >= Self.stride, let to = unsafe room.baseAddress else {
            return unsafe append(UnsafeRawBufferPointer(rebasing: bytes[..<length]))
        }
        var index = 0
        while index < length {
            let step = unsafe bytes.loadUnaligned(fromByteOffset: index, as: SIMD32<UInt8>.self)
            unsafe (to + count + index).storeBytes(of: step, as: SIMD32<UInt8>.self)
            index += Self.stride
        }
        count += length
        return true
    }

    /// Writes again what stands further ahead.
    mutating func `repeat`(_ start: Int, _ length: Int) -> Bool {
        guard start >= 0, length >= 0, start + length <= count else { return false }
        return unsafe append(UnsafeRawBufferPointer(rebasing: room[start..<start + length]))
    }
}
