internal import Codecs

/// Tells HTML from text, and finds the character set that a page declares in itself.
enum MarkupSniffer {
    /// Whether the text is HTML: a word of mark-up at the start, or an unmistakable one further on.
    static func isHTML(_ text: [UInt8], name: String?) -> Bool {
        let end = min(text.count, 65_536)
        var isFirst = true
        let hasName = name.map { $0.lowercased() }.map { $0.hasSuffix(".html") || $0.hasSuffix(".htm") } ?? false
        for index in 0..<end {
            let byte = text[index]
            if byte != 0x3C {
                // The first thing that is no white space decides whether a text opens with mark-up.
                if byte > 0x20 { isFirst = false }
                continue
            }
            if sure.contains(where: { matches(text, index + 1, $0) }) { return true }
            if isFirst || hasName, likely.contains(where: { isTag(text, index + 1, $0) }) { return true }
        }
        return false
    }

    /// The character set that a `meta` element or an XML declaration names, when it is a known one.
    static func declaredEncoding(_ bytes: [UInt8]) -> TextEncoding? {
        let end = min(bytes.count, 8192)
        for index in 0..<end where bytes[index] == 0x3C {
            if matches(bytes, index + 1, metaTag), let label = label(bytes, index, after: charsetWord) {
                return try? TextEncoding(label: label)
            }
            if matches(bytes, index + 1, xmlTag), let label = label(bytes, index, after: encodingWord) {
                return try? TextEncoding(label: label)
            }
        }
        return nil
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
        while index < end, bytes[index] == 0x20 || bytes[index] == 0x3D || bytes[index] == 0x22 || bytes[index] == 0x27 {
            index += 1
        }
        let rest = bytes[index..<end].prefix { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x2D || byte == 0x5F
        }
        return rest.isEmpty ? nil : String(decoding: rest, as: UTF8.self)
    }
}
