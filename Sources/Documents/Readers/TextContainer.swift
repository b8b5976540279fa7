/// What carries a text that is pasted into another: the marks of quoted mail, of Word's cells and of Markdown's line breaks,
/// comma-separated rows among paragraphs, line ends that no editor counts.
enum TextContainer {
    /// The text without its container; nil where it has none, as nearly all. O(length).
    static func unpacked(_ text: [UInt8]) -> [UInt8]? {
        let signs = signs(text)
        guard signs != 0 else { return nil }
        var result: [UInt8]?
        func apply(_ step: ([UInt8]) -> [UInt8]?) { result = step(result ?? text) ?? result }
        if signs & Sign.otherLineEnds != 0 { apply(withPlainLineEnds) }
        if signs & Sign.cellMark != 0 { apply(withoutCellMarks) }
        if signs & Sign.close != 0 { apply(withoutQuotation) }
        if signs & Sign.open != 0 {
            apply(withoutInlineTags)
            apply(withoutBreaksInCells)
        }
        if signs & Sign.backslash != 0 { apply(withoutEscapes) }
        if signs & Sign.comma != 0, signs & Sign.tab == 0 { apply(withoutCommas) }
        return result
    }

    /// The number of the marks with which Word ends its cells.
    static func cellMarkCount(_ text: [UInt8]) -> Int { text.count { $0 == cellMark } }

    private enum Sign {
        static let cellMark: UInt8 = 1, open: UInt8 = 2, close: UInt8 = 4, comma: UInt8 = 8, tab: UInt8 = 16
        static let otherLineEnds: UInt8 = 32, backslash: UInt8 = 64
    }

    /// The signs that a text holds.
    private static func signs(_ text: [UInt8]) -> UInt8 {
        let ofBytes = signsOfBytes
        var signs: UInt8 = 0
        var before = lineFeed
        for byte in text {
            let sign = ofBytes[Int(byte)]
            // Nearly all of a text: the rest is looked at with the byte before it, where that tells more.
            if sign != 0, !(sign & Sign.close != 0 && before != lineFeed), !(byte == 0xA8 && before != 0x80) {
                signs |= sign
            }
            before = byte
        }
        return signs
    }

    /// For each byte the sign that it is, or may be the end of: one look each, where a compiler makes many comparisons of one.
    private static let signsOfBytes: [UInt8] = {
        var signs = [UInt8](repeating: 0, count: 256)
        let known: [(UInt8, UInt8)] = [
            (cellMark, Sign.cellMark), (0x3C, Sign.open), (0x3E, Sign.close), (0x2C, Sign.comma), (0x09, Sign.tab),
            (0xA8, Sign.otherLineEnds), (0xC2, Sign.otherLineEnds), (0x5C, Sign.backslash),
        ]
        for (byte, sign) in known { signs[Int(byte)] = sign }
        return signs
    }()

    private static let cellMark: UInt8 = 0x07
    private static let lineFeed: UInt8 = 0x0A

    /// U+2028 and U+0085 are line ends.
    private static func withPlainLineEnds(_ text: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var copied = 0
        for index in text.indices.dropFirst() {
            let length: Int
            if text[index] == 0xA8, index > 1, text[index - 1] == 0x80, text[index - 2] == 0xE2 {
                length = 3
            } else if text[index] == 0x85, text[index - 1] == 0xC2 {
                length = 2
            } else {
                continue
            }
            result += text[copied..<index + 1 - length]
            result.append(lineFeed)
            copied = index + 1
        }
        return copied > 0 ? result + text[copied...] : nil
    }

    /// Word ends each cell with a mark and each row with another; where no line ends follow, each cell is a line.
    private static func withoutCellMarks(_ text: [UInt8]) -> [UInt8] {
        let isRow = text.indices.dropLast().contains { text[$0] == cellMark && isLineEnd(text[$0 + 1]) }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        for (index, byte) in text.enumerated() {
            guard byte == cellMark else {
                result.append(byte)
                continue
            }
            // The mark of the row stands behind that of its last cell.
            let behind = text[(index + 1)...].prefix(2)
            let endsRow = isLineEnd((behind.first == cellMark ? behind.dropFirst() : behind).first ?? lineFeed)
            if !isRow { result.append(lineFeed) } else if !endsRow { result.append(0x09) }
        }
        return result
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    /// A mail that quotes another text has `>` before most of its lines, several deep.
    private static func withoutQuotation(_ text: [UInt8]) -> [UInt8]? {
        let lines = text.split(separator: lineFeed, omittingEmptySubsequences: false)
        let quoted = lines.count { $0.first == 0x3E }
        guard quoted >= quotedLinesMin, 2 * quoted > lines.count else { return nil }
        return Array(
            lines.map { line in
                var line = line
                while line.first == 0x3E {
                    line.removeFirst()
                    if line.first == 0x20 { line.removeFirst() }
                }
                return line
            }.joined(separator: [lineFeed]))
    }

    private static let quotedLinesMin = 10

    /// Markdown's cells hold `<br>` where the text of a cell was wrapped: within Chinese text it stands for nothing.
    private static func withoutBreaksInCells(_ text: [UInt8]) -> [UInt8]? {
        guard lineBreak(text[...]) != nil else { return nil }
        var hasChanged = false
        let lines = text.split(separator: lineFeed, omittingEmptySubsequences: false).map { line in
            guard line.contains(0x7C), lineBreak(line) != nil else { return line }
            hasChanged = true
            return withoutBreaks(line)
        }
        return hasChanged ? Array(lines.joined(separator: [lineFeed])) : nil
    }

    private static func withoutBreaks(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var result: [UInt8] = []
        var rest = line
        while let found = lineBreak(rest) {
            result += rest[..<found.lowerBound]
            let next = rest[found.upperBound...].first { $0 != 0x20 } ?? 0
            // Between figures it separates them.
            if (result.last { $0 != 0x20 } ?? 0) < 0x80, next < 0x80 { result += rest[found] }
            rest = rest[found.upperBound...]
        }
        return (result + rest)[...]
    }

    /// Where the first `<br>`, `<br/>` or `<br />` stands.
    private static func lineBreak(_ text: ArraySlice<UInt8>) -> Range<Int>? {
        var from = text.startIndex
        while let open = text[from...].firstIndex(of: 0x3C) {
            from = open + 1
            let tag = text[open...].prefix(breakBytesMax)
            guard let close = tag.firstIndex(of: 0x3E) else { continue }
            let name = tag[(open + 1)..<close].filter { $0 != 0x20 && $0 != 0x2F }.map { $0 | 0x20 }
            if name == [0x62, 0x72] { return open..<close + 1 }
        }
        return nil
    }

    private static let breakBytesMax = 8
}
