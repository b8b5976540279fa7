/// White space in UTF-8 bytes: ASCII controls and space, no-break and ideographic spaces, and what has no width at all.
enum WhiteSpace {
    /// The range without the white space at its ends.
    static func trim(_ text: [UInt8], _ start: Int, _ end: Int) -> TextSpan {
        // Most texts have none at their ends, or spaces.
        var (start, end) = (start, end)
        while start < end, text[start] == 0x20 { start += 1 }
        while end > start, text[end - 1] == 0x20 { end -= 1 }
        if start < end, isInk(text[start]) || isChinese(text[start]) {
            let last = text[end - 1]
            if isInk(last) || last >= 0x80 && end - start >= 3 && isChinese(text[end - 3]) {
                return TextSpan(start: start, end: end)
            }
        }
        var from = start
        while from < end, let width = leading(text, from, end) { from += width }
        var to = end
        while to > from, let width = trailing(text, from, to) { to -= width }
        return TextSpan(start: from, end: to)
    }

    /// Whether anything but white space stands in a range.
    static func holdsText(_ text: [UInt8], _ start: Int, _ end: Int) -> Bool {
        var from = start
        while from < end {
            guard let width = leading(text, from, end) else { return true }
            from += width
        }
        return false
    }

    /// Whether a byte is a visible ASCII character.
    @inline(__always)
    private static func isInk(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }

    /// Whether a byte begins a character of U+4000…9FFF, three bytes long: nearly all of Chinese.
    @inline(__always)
    private static func isChinese(_ byte: UInt8) -> Bool { byte >= 0xE4 && byte <= 0xE9 }

    /// The length of the white-space scalar that begins at `index`, or nil.
    @inline(__always)
    static func leading(_ text: [UInt8], _ index: Int, _ end: Int) -> Int? {
        let byte = text[index]
        if byte <= 0x20 || byte == 0x7F { return 1 }
        // Four lead bytes begin all others; ordinary letters leave here.
        guard byte == 0xE3 || byte == 0xC2 || byte == 0xE2 || byte == 0xEF else { return nil }
        if byte == 0xC2 { return index + 1 < end && isLatinSpace(text[index + 1]) ? 2 : nil }
        guard index + 2 < end, isWideSpace(byte, text[index + 1], text[index + 2]) else { return nil }
        return 3
    }

    /// The length of the white-space scalar that ends before `index`, or nil.
    @inline(__always)
    static func trailing(_ text: [UInt8], _ start: Int, _ index: Int) -> Int? {
        let byte = text[index - 1]
        if byte <= 0x20 || byte == 0x7F { return 1 }
        guard byte & 0xC0 == 0x80, index - 2 >= start else { return nil }
        if text[index - 2] == 0xC2 { return isLatinSpace(byte) ? 2 : nil }
        guard index - 3 >= start, isWideSpace(text[index - 3], text[index - 2], byte) else { return nil }
        return 3
    }

    /// NEXT LINE and NO-BREAK SPACE, after the byte C2.
    private static func isLatinSpace(_ byte: UInt8) -> Bool {
        byte == 0xA0 || byte == 0x85
    }

    private static func isWideSpace(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
        switch (first, second) {
        case (0xE3, 0x80): third == 0x80  // U+3000
        // U+2000…200F, 2028, 2029, 202F
        case (0xE2, 0x80): third <= 0x8F || third == 0xA8 || third == 0xA9 || third == 0xAF
        case (0xE2, 0x81): third == 0x9F || third == 0xA0  // U+205F, 2060
        case (0xEF, 0xBB): third == 0xBF  // U+FEFF
        default: false
        }
    }
}
