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
        let sheet = HTMLStyleSheet(page: source)
        var flow = try HTMLParser.parse(source, flow: HTMLFlow(limits: limits, sheet: sheet))
        var document = try flow.finish(characterSet: characterSet)
        // Where all tables are hidden at first, the page's program shows them: WeChat's articles stand in invisible blocks.
        if flow.hasInvisibleTable, !document.blocks.contains(where: \.isGrid) {
            flow = try HTMLParser.parse(
                source, flow: HTMLFlow(limits: limits, sheet: sheet, showsInvisibleBlocks: true))
            document = try flow.finish(characterSet: characterSet)
        }
        guard flow.hasHiddenTable, !document.blocks.contains(where: \.isGrid) else { return document }
        flow = try HTMLParser.parse(source, flow: HTMLFlow(limits: limits))
        return try flow.finish(characterSet: characterSet)
    }

    /// The text as the parser counts and understands it: without NUL, which ends C strings, with line feeds as the only
    /// line ends, and without `<![if …]>`, which browsers skip and libxml2 2.9 takes for text.
    private static func plain(_ text: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(text.count)
        // What stays is copied in stretches.
        var kept = 0
        var index = nextSign(text.span, from: 0)
        while index < text.count {
            let byte = text[index]
            let bogusEnd = byte == 0x3C ? endOfBogusComment(text, index) : nil
            if byte != 0x3C || bogusEnd != nil {
                plain += text[kept..<index]
                if byte == 0x0D, index + 1 == text.count || text[index + 1] != 0x0A { plain.append(0x0A) }
                index = bogusEnd ?? index
                kept = index + 1
            }
            index = nextSign(text.span, from: index + 1)
        }
        if kept == 0 { return text }
        plain += text[kept...]
        return plain
    }

    /// The offset of the next NUL, carriage return or `<!`; the length of the text where none follows.
    private static func nextSign(_ text: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < text.count {
            let byte = text[index]
            if byte <= 0x3C {
                if byte == 0x3C, index + 1 < text.count, text[index + 1] == 0x21 { break }
                if byte == 0x0D || byte == 0 { break }
            }
            index &+= 1
        }
        return index
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

extension Block {
    fileprivate var isGrid: Bool {
        if case .grid = self { true } else { false }
    }
}
