internal import Codecs

/// Tells HTML from text, and finds the character set that a page declares in itself.
enum MarkupSniffer {
    /// Whether the text is HTML: a word of mark-up at the start, or an unmistakable one further on.
    static func isHTML(_ text: [UInt8], name: String?) -> Bool {
        let end = min(text.count, 65_536)
        guard var index = angle(in: text, from: 0, to: end) else { return false }
        let name = name?.lowercased() ?? ""
        // Only mark-up that opens the text, or has the right file name, is believed at less than a table.
        // Markdown keeps a page's `<div>` around its own tables.
        let isMarkdown = name.hasSuffix(".md") || name.hasSuffix(".markdown")
        let isPage = name.hasSuffix(".html") || name.hasSuffix(".htm")
        let isLikely = !isMarkdown && (isPage || text[..<index].allSatisfy { $0 <= 0x20 })
        while true {
            if sure.contains(where: { matches(text, index + 1, $0) }) { return true }
            if isLikely, likely.contains(where: { isTag(text, index + 1, $0) }) { return true }
            guard let next = angle(in: text, from: index + 1, to: end) else { return false }
            index = next
        }
    }

    /// Whether all of a text that holds mark-up is a page: it begins with mark-up, or is called one.
    static func isPage(_ text: [UInt8], name: String?) -> Bool {
        let name = name?.lowercased() ?? ""
        if name.hasSuffix(".html") || name.hasSuffix(".htm") { return true }
        let first = text.first { $0 > 0x20 }
        return first == 0x3C && !name.hasSuffix(".md") && !name.hasSuffix(".markdown")
    }

    /// The character set that a `meta` element or an XML declaration names, when it is a known one.
    static func declaredEncoding(_ bytes: [UInt8]) -> TextEncoding? {
        let end = min(bytes.count, 8192)
        var index = 0
        while let next = angle(in: bytes, from: index, to: end) {
            if matches(bytes, next + 1, metaTag), let label = label(bytes, next, after: charsetWord) {
                return try? TextEncoding(label: label)
            }
            if matches(bytes, next + 1, xmlTag), let label = label(bytes, next, after: encodingWord) {
                return try? TextEncoding(label: label)
            }
            index = next + 1
        }
        return nil
    }

    /// The offset of the next `<`.
    private static func angle(in text: [UInt8], from start: Int, to end: Int) -> Int? {
        start < end ? text.span.firstIndex(of: 0x3C, in: start..<end) : nil
    }

    private static let sure = ["!doctype html", "html", "table"].map { Array($0.utf8) }
    private static let likely = [
        "head", "body", "div", "p", "span", "h1", "h2", "h3", "br", "meta", "title", "font", "center", "section",
        "article", "ul", "ol", "style", "script", "!--", "a", "b", "strong", "?xml", "tr", "td", "tbody",
    ].map { Array($0.utf8) }
    private static let metaTag = Array("meta".utf8)
    private static let xmlTag = Array("?xml".utf8)
    private static let charsetWord = Array("charset".utf8)
    private static let encodingWord = Array("encoding".utf8)

    /// Whether the lower-case word stands at an offset, in any case.
    private static func matches(_ text: [UInt8], _ offset: Int, _ word: [UInt8]) -> Bool {
        guard offset + word.count <= text.count else { return false }
        for (index, letter) in word.enumerated() {
            let byte = text[offset + index]
            guard byte == letter || (0x41...0x5A).contains(byte) && byte | 0x20 == letter else { return false }
        }
        return true
    }

    private static func isTag(_ text: [UInt8], _ offset: Int, _ word: [UInt8]) -> Bool {
        guard matches(text, offset, word), offset + word.count < text.count else { return false }
        let next = text[offset + word.count] | 0x20
        return word.first == 0x21 || !(0x61...0x7A).contains(next)
    }

    /// The value after a word and an equals sign inside the tag that begins at an offset.
    private static func label(_ bytes: [UInt8], _ start: Int, after word: [UInt8]) -> String? {
        var index = start
        let end = min(bytes.count, start + 512)
        while index < end, bytes[index] != 0x3E, !matches(bytes, index, word) { index += 1 }
        guard index < end, bytes[index] != 0x3E else { return nil }
        index += word.count
        while index < end, bytes[index] == 0x20 || bytes[index] == 0x3D || bytes[index] == 0x22 || bytes[index] == 0x27
        {
            index += 1
        }
        let rest = bytes[index..<end].prefix { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x2D || byte == 0x5F
        }
        return rest.isEmpty ? nil : String(decoding: rest, as: UTF8.self)
    }
}
