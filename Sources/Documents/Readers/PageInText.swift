/// Tables of a page among the lines of a text, as programs write them that recognise scanned pages: a line outside of
/// tables is a paragraph, and one that begins with `#` a heading.
enum PageInText {
    /// The text with the tags of a page around its lines. O(length).
    static func withParagraphs(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count + text.count / 16)
        var tables = 0
        var isInTag = false
        var heading: UInt8?
        var isLineStart = true
        for (index, byte) in text.enumerated() {
            if isLineStart, !isInTag, tables == 0 {
                heading = level(text, index)
                if let heading {
                    result += openHeading + [heading, 0x3E]
                } else if beginsParagraph(text, index) {
                    result += paragraph
                }
            }
            isLineStart = byte == 0x0A
            if isLineStart, let level = heading {
                result += closeHeading + [level, 0x3E]
                heading = nil
            }
            // The signs of a heading are none of its text.
            if heading != nil, byte == 0x23, result.last == 0x3E { continue }
            result.append(byte)
            if byte == 0x3E {
                isInTag = false
            } else if byte == 0x3C, !isInTag {
                let name = text[(index + 1)...].prefix(tagNameMax).map { $0 | 0x20 }
                isInTag = name.first.map { 0x61...0x7A ~= $0 || $0 == 0x2F || $0 == 0x21 } ?? false
                if name.starts(with: table) { tables += 1 }
                if name.starts(with: tableEnd) { tables = max(0, tables - 1) }
            }
        }
        return result
    }

    private static let paragraph = Array("<p>".utf8)
    private static let openHeading = Array("<h".utf8), closeHeading = Array("</h".utf8)
    private static let table = Array("table".utf8), tableEnd = Array("/table".utf8)
    private static let tagNameMax = 8

    /// The digit of the level of the heading that a line is.
    private static func level(_ text: [UInt8], _ start: Int) -> UInt8? {
        let marks = text[start...].prefix(7).prefix { $0 == 0x23 }.count
        guard (1...6).contains(marks), start + marks < text.count, text[start + marks] == 0x20 else { return nil }
        return 0x30 + UInt8(marks)
    }

    /// Whether a line begins with text, or with a tag around words.
    private static func beginsParagraph(_ text: [UInt8], _ start: Int) -> Bool {
        guard let first = text[start...].firstIndex(where: { $0 != 0x20 && $0 != 0x09 }) else { return false }
        switch text[first] {
        case 0x0A, 0x0D: return false
        case 0x3C:
            let name = text[(first + 1)...].prefix(tagNameMax).prefix { 0x61...0x7A ~= $0 | 0x20 }.map { $0 | 0x20 }
            return inlineNames.contains(name)
        default: return true
        }
    }

    private static let inlineNames = Set(["span", "font", "b", "strong", "em", "i", "u", "a"].map { Array($0.utf8) })
}
