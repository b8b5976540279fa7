/// What programs leave in Markdown that they make of pages: tags around words, and backslashes before signs.
extension TextContainer {
    /// The text without the tags of a page around its words; nil where it has no more than a few.
    static func withoutInlineTags(_ text: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var copied = 0
        var tags = 0
        // Line ends within tags follow the line, so that places stay right.
        var lineEnds = 0
        var close = 0
        var index = 0
        while index < text.count {
            if text[index] == 0x0A, lineEnds > 0 {
                result += text[copied...index]
                result += repeatElement(0x0A, count: lineEnds)
                (copied, lineEnds) = (index + 1, 0)
            }
            guard text[index] == 0x3C, let end = tagEnd(text, index, &close) else {
                index += 1
                continue
            }
            tags += 1
            result += text[copied..<index]
            lineEnds += text[index..<end].count { $0 == 0x0A }
            (copied, index) = (end, end)
        }
        return tags >= tagsMin ? result + text[copied...] : nil
    }

    /// Where the tag ends that begins at an offset; nil where none of those begins.
    ///
    /// - Parameter close: the first `>` that is known behind the tags before: the text is searched once.
    private static func tagEnd(_ text: [UInt8], _ start: Int, _ close: inout Int) -> Int? {
        let name = text[(start + 1)...].drop { $0 == 0x2F }.prefix(nameBytesMax)
            .prefix { $0 > 0x20 && $0 != 0x2F && $0 != 0x3E }
        guard inlineNames.contains(where: { name.elementsEqual($0) }) else { return nil }
        if close <= start { close = text[start...].firstIndex(of: 0x3E) ?? text.count }
        return close < min(text.count, start + tagBytesMax) ? close + 1 : nil
    }

    private static let inlineNames = ["span", "font", "b", "strong", "em", "i", "u", "center", "p", "div", "o:p"]
        .map { Array($0.utf8) }
    private static let nameBytesMax = 8
    private static let tagBytesMax = 600
    private static let tagsMin = 10

    /// The text without the backslashes that Markdown puts before signs; nil where it has no more than a few.
    static func withoutEscapes(_ text: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var copied = 0
        var escapes = 0
        for index in text.indices.dropLast() where text[index] == 0x5C && escaped.contains(text[index + 1]) {
            // The second of two backslashes is a sign.
            guard index == 0 || text[index - 1] != 0x5C else { continue }
            result += text[copied..<index]
            copied = index + 1
            escapes += 1
        }
        return escapes >= escapesMin ? result + text[copied...] : nil
    }

    private static let escaped = Set(".-+()[]{}*_#!>~<`".utf8)
    private static let escapesMin = 3
}
