/// Reads a page: its blocks become paragraphs, its tables grids.
enum HTML {
    /// Reads valid UTF-8.
    ///
    /// - Throws: `limitExceeded`, `parserUnavailable`.
    static func read(
        _ text: [UInt8], characterSet: String, limits: DocumentLimits
    ) throws(DocumentError) -> Document {
        let source = plainLineEnds(text)
        try HTMLCost.check(source, limits: limits)
        var flow = try HTMLParser.parse(source, flow: HTMLFlow(limits: limits))
        return try flow.finish(characterSet: characterSet)
    }

    /// The text without NUL, which ends C strings, and without carriage returns, which the parser counts as no lines.
    private static func plainLineEnds(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(where: { $0 == 0x0D || $0 == 0 }) else { return text }
        var plain: [UInt8] = []
        plain.reserveCapacity(text.count)
        for index in text.indices where text[index] != 0 {
            if text[index] != 0x0D {
                plain.append(text[index])
            } else if index + 1 == text.count || text[index + 1] != 0x0A {
                plain.append(0x0A)
            }
        }
        return plain
    }
}
