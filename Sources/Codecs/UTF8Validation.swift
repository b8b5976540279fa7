/// What a walk over bytes says of them as UTF-8.
struct UTF8Validation {
    /// The offset of the first byte that is not part of a well-formed sequence.
    private(set) var firstInvalid: Int?
    /// How many ill-formed pieces there are; the walk ends when there are more than allowed.
    private(set) var invalidCount = 0
    /// Sequences of two bytes: also frequent in text of the Chinese standards read by mistake.
    private(set) var pairCount = 0
    /// Sequences of three or four bytes: hardly ever there by accident.
    private(set) var wideCount = 0

    /// Control characters that are no white space.
    private(set) var controlCount = 0

    /// Walks over the bytes from an offset.
    init(_ bytes: [UInt8], from start: Int, allowed: Int) {
        let text = bytes.span
        var index = start
        let end = text.count
        var wide = 0
        defer { wideCount = wide }
        while index < end {
            let byte = text[index]
            if byte < 0x80 {
                if byte < 0x20, UTF8Validation.isControl(byte) { controlCount += 1 }
                index &+= 1
                continue
            }
            // Nearly all of a Chinese text: three bytes, of which any may follow these.
            if byte >= 0xE1, byte <= 0xEF, byte != 0xED, end &- index > 2, UTF8Validation.isTail(text[index &+ 1]),
                UTF8Validation.isTail(text[index &+ 2])
            {
                wide &+= 1
                index &+= 3
                continue
            }
            switch UTF8Validation.length(bytes, index) {
            case 0:
                if firstInvalid == nil { firstInvalid = index }
                invalidCount += 1
                if invalidCount > allowed { return }
                index += UTF8Validation.brokenLength(bytes, index)
            case 2:
                pairCount += 1
                index += 2
            case let length:
                wide += 1
                index += length
            }
        }
    }

    /// The length of the well-formed sequence beyond ASCII at an offset, or 0 (Unicode, table 3-7).
    @inline(__always)
    static func length(_ bytes: [UInt8], _ index: Int) -> Int {
        let lead = bytes[index]
        let left = bytes.count - index
        if lead >= 0xE0 && lead <= 0xEF {
            guard left >= 3, isTail(bytes[index + 2]) else { return 0 }
            let low: UInt8 = lead == 0xE0 ? 0xA0 : 0x80
            let high: UInt8 = lead == 0xED ? 0x9F : 0xBF
            return bytes[index + 1] >= low && bytes[index + 1] <= high ? 3 : 0
        }
        if lead >= 0xC2 && lead <= 0xDF { return left >= 2 && isTail(bytes[index + 1]) ? 2 : 0 }
        guard lead >= 0xF0 && lead <= 0xF4, left >= 4 else { return 0 }
        guard isTail(bytes[index + 2]), isTail(bytes[index + 3]) else { return 0 }
        let low: UInt8 = lead == 0xF0 ? 0x90 : 0x80
        let high: UInt8 = lead == 0xF4 ? 0x8F : 0xBF
        return bytes[index + 1] >= low && bytes[index + 1] <= high ? 4 : 0
    }

    /// How many bytes stand for one broken character: the first, and those that could only have continued it.
    static func brokenLength(_ bytes: [UInt8], _ index: Int) -> Int {
        let most = bytes[index] >= 0xF0 ? 4 : bytes[index] >= 0xE0 ? 3 : bytes[index] >= 0xC0 ? 2 : 1
        var length = 1
        while length < most, index + length < bytes.count, isTail(bytes[index + length]) { length += 1 }
        return length
    }

    /// Whether the byte is a control character other than tab, line feed, form feed and carriage return.
    @inline(__always)
    static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != 0x0A && byte != 0x0D && byte != 0x09 && byte != 0x0C
    }

    @inline(__always)
    private static func isTail(_ byte: UInt8) -> Bool {
        byte & 0xC0 == 0x80
    }
}
