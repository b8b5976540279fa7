/// Reads a page: its blocks become paragraphs, its tables grids.
enum HTML {
    /// Reads valid UTF-8.
    ///
    /// - Throws: `limitExceeded`, `parserUnavailable`.
    static func read(
        _ text: [UInt8], characterSet: String, limits: DocumentLimits
    ) throws(DocumentError) -> Document {
        let source = plain(text)
        try HTMLCost.check(source, limits: limits)
        var flow = try HTMLParser.parse(source, flow: HTMLFlow(limits: limits))
        return try flow.finish(characterSet: characterSet)
    }

    /// The text as the parser counts and understands it: without NUL, which ends C strings, with line feeds as the only
    /// line ends, and without `<![if …]>`, which browsers skip and libxml2 2.9 takes for text.
    private static func plain(_ text: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == 0x3C, let end = endOfBogusComment(text, index) {
                index = end
            } else if byte == 0x0D {
                if index + 1 == text.count || text[index + 1] != 0x0A { plain.append(0x0A) }
            } else if byte != 0 {
                plain.append(byte)
            }
            index += 1
        }
        return plain
    }

    /// The offset of the `>` that ends `<![`; nil where it belongs to the end of a comment, as in `<![endif]-->`.
    private static func endOfBogusComment(_ text: [UInt8], _ start: Int) -> Int? {
        guard start + 2 < text.count, text[start + 1] == 0x21, text[start + 2] == 0x5B else { return nil }
        for index in start + 3..<min(text.count, start + 200) where text[index] == 0x3E {
            return text[index - 1] == 0x2D ? nil : index
        }
        return nil
    }
}
