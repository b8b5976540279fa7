internal import Glibc

/// A JSON text without its values: names, brackets, white space. Thousands of reports have the same, so that what tells
/// one from the other is a tenth of its text.
///
/// The way back gives the same bytes for every text, well-formed or not: each value is kept as it is written.
public struct JSONShape: Sendable, Equatable {
    /// The text with a zero byte in the place of each value.
    public let pattern: [UInt8]
    /// The same with a nought in the place of each value, and with ``JSONTextWriter/spare`` bytes behind it, so that its
    /// pieces can be copied in steps of so many.
    private let padded: [UInt8]
    /// Where the places of the values are in the pattern, and its end.
    private let ends: [Int]

    private static let patternBytesMax = 1 << 14
    private static let place: UInt8 = 0

    /// Makes a shape of a pattern. O(length).
    public init(pattern: [UInt8]) {
        self.pattern = pattern
        padded =
            pattern.map { $0 == Self.place ? UInt8(ascii: "0") : $0 }
            + [UInt8](repeating: 0, count: JSONTextWriter.spare)
        ends = pattern.indices.filter { pattern[$0] == Self.place } + [pattern.count]
    }

    /// The shape of a text; nil for one that holds a zero byte or is too long to be like others. O(length).
    public init?(of text: [UInt8]) {
        var pattern: [UInt8] = []
        let bytes = text.span
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let end = JSONText.endOfWord(bytes, from: index)
            if byte == Self.place || pattern.count >= Self.patternBytesMax { return nil }
            if end == index {
                pattern.append(byte)
                index += 1
                continue
            }
            if byte == UInt8(ascii: "\""), JSONText.isName(bytes, endingAt: end) {
                guard !text[index..<end].contains(Self.place) else { return nil }
                pattern += text[index..<end]
            } else {
                pattern.append(Self.place)
            }
            index = end
        }
        self.init(pattern: pattern)
    }
}

extension JSONShape {
    /// The values of a text that has this shape; nil for any other text. O(length), some two microseconds for a report.
    public func values(of text: [UInt8]) -> [UInt8]? {
        let (pattern, bytes) = (pattern.span, text.span)
        var values = JSONValues()
        var (start, index) = (0, 0)
        for end in ends {
            let piece = pattern.extracting(start..<end)
            guard piece.count <= bytes.count - index, bytes.holds(piece, at: index) else { return nil }
            index += piece.count
            start = end + 1
            guard end < pattern.count else { break }
            if JSONText.isDigitAlone(bytes, at: index) {
                values.append(digit: bytes[index] &- UInt8(ascii: "0"))
                index += 1
                continue
            }
            let valueEnd = JSONText.endOfWord(bytes, from: index)
            guard valueEnd > index else { return nil }
            values.append(bytes, index..<valueEnd)
            index = valueEnd
        }
        return index == bytes.count ? values.bytes : nil
    }

    /// The text that has these values. O(length), some two microseconds for a report.
    ///
    /// - Parameter count: its length, as it was before.
    /// - Throws: `damagedCompression` for what ``values(of:)`` did not give.
    public func text(values: Span<UInt8>, count: Int) throws(CodecError) -> [UInt8] {
        var fault: Int?
        // Safe: the writer is given the room there is, and the array is told of as much as has been written.
        let room = max(count, 0) + JSONTextWriter.spare
        let text = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, written in
            guard let room = UnsafeMutableRawBufferPointer(buffer).baseAddress else { return }
            var output = unsafe JSONTextWriter(room, length: max(count, 0))
            var input = JSONValueReader()
            unsafe padded.withUnsafeBytes { padded in
                var (start, place) = (0, 0)
                while true {
                    // Nearly all figures of a report are one digit, as long as the byte that holds their place, and most
                    // of them are nought: places that hold one are copied with the text around them, and the digits set
                    // into it.
                    let digits = min(input.digits(of: values), ends.count - 1 - place)
                    let end = ends[place + digits]
                    let base = output.count
                    guard unsafe output.append(UnsafeRawBufferPointer(rebasing: padded[start...]), end - start) else {
                        fault = input.index
                        return
                    }
                    for place in place..<place + digits {
                        let digit = input.digit(of: values)
                        if digit > 0 { output.set(digit: digit, at: base + ends[place] - start) }
                    }
                    guard end < pattern.count else { break }
                    guard input.next(of: values, into: &output) else {
                        fault = input.index
                        return
                    }
                    start = end + 1
                    place += digits + 1
                }
            }
            if input.index != values.count || output.count != count { fault = input.index }
            written = output.count
        }
        if let fault { throw .damagedCompression(offset: fault) }
        return text
    }
}

extension Span<UInt8> {
    /// Whether a piece stands at an index, behind which there are at least as many bytes.
    @inline(__always)
    fileprivate func holds(_ piece: Span<UInt8>, at index: Int) -> Bool {
        unsafe extracting(index..<index + piece.count).withUnsafeBytes { found in
            unsafe piece.withUnsafeBytes { piece in
                // Safe: both are as long.
                guard let first = found.baseAddress, let second = piece.baseAddress else { return true }
                return unsafe memcmp(first, second, piece.count) == 0
            }
        }
    }
}

/// The words of a JSON text: strings, numbers, `true`, `false` and `null`.
enum JSONText {
    /// Whether a value is one digit, as most figures of a report are; false as well where that takes a second look.
    @inline(__always)
    static func isDigitAlone(_ bytes: Span<UInt8>, at index: Int) -> Bool {
        guard index + 1 < bytes.count, bytes[index] &- UInt8(ascii: "0") <= 9 else { return false }
        return bytes[index + 1] == UInt8(ascii: ",") || bytes[index + 1] == UInt8(ascii: "}")
    }

    /// Where the string, number or name of a value that begins at an index ends; the index itself where none begins.
    static func endOfWord(_ bytes: Span<UInt8>, from start: Int) -> Int {
        guard start < bytes.count else { return start }
        var index = start
        guard bytes[start] == UInt8(ascii: "\"") else {
            while index < bytes.count, isWordByte(bytes[index]) { index += 1 }
            return index
        }
        index += 1
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""): return index + 1
            case UInt8(ascii: "\\"): index += 2
            default: index += 1
            }
        }
        // No string: it has no end.
        return start
    }

    /// Whether the string that ends before an index is the name of a member.
    static func isName(_ bytes: Span<UInt8>, endingAt end: Int) -> Bool {
        var index = end
        while index < bytes.count, isSpace(bytes[index]) { index += 1 }
        return index < bytes.count && bytes[index] == UInt8(ascii: ":")
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
