import Documents

/// A line that is one row of the 统计表: `1.当面申请数：2件`, `- 1.当面申请数：**2** 件`, `1.当面申请数（单位：件）——2`.
enum LabelledFigure {
    /// Label, figure and unit of such a line; nil for any other, most of which are told by their last bytes.
    static func cells(_ bytes: ArraySlice<UInt8>) -> [RunningText.Token]? {
        guard bytes.count <= bytesMax, endsWithDigits(bytes.span), bytes.contains(signWords),
            let sign = signs.compactMap({ sign in bytes.lastOffset(of: sign).map { ($0, $0 + sign.count) } })
                .max(by: { $0.1 < $1.1 })
        else { return nil }
        let label = withoutMarks(bytes[..<sign.0])
        let figure = withoutMarks(bytes[sign.1...])
        let digits = figure.prefix { $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
        guard !digits.isEmpty, let content = statistic(label), let number = SpacedText.content(digits) else {
            return nil
        }
        let name = RunningText.Token(kind: .cell, span: span(label), content: content)
        let unit = withoutMarks(figure[digits.endIndex...])
        if unit.isEmpty { return [name, RunningText.Token(kind: .cell, span: span(digits), content: number)] }
        if let content = SpacedText.content(unit), case .label(.unit, _) = content {
            return [
                name, RunningText.Token(kind: .cell, span: span(digits), content: number),
                RunningText.Token(kind: .cell, span: span(unit), content: content),
            ]
        }
        guard let whole = SpacedText.content(figure), whole.isValue else { return nil }
        return [name, RunningText.Token(kind: .cell, span: span(figure), content: whole)]
    }

    /// Whether a paragraph without white space and full-width signs may be such a line.
    static func mayBe(_ text: Span<UInt8>) -> Bool {
        guard endsWithDigits(text), let last = text.indices.last, text[last] != stop[2] else { return false }
        return (max(0, last - endBytesMax)..<last).contains { at in
            text[at] == UInt8(ascii: ":") || text[at] == 0xa6 || text[at] == 0xb7
                || text[at] == UInt8(ascii: ".") && text[at + 1] == UInt8(ascii: ".")
        }
    }

    /// Whether a digit stands where the figure must: most labels have none. All places are looked at, many at once.
    private static func endsWithDigits(_ text: Span<UInt8>) -> Bool {
        let end = text.extracting(last: endBytesMax)
        var digits: UInt8 = 0
        for index in 0..<end.count { digits |= end[index] &- UInt8(ascii: "0") < 10 ? 1 : 0 }
        return digits != 0
    }

    /// What a text is that is a label of the 统计表, its unit in brackets behind it or not.
    private static func statistic(_ text: ArraySlice<UInt8>) -> Piece.Content? {
        let folded = Normalization.fold(text)
        let end = folded.last == UInt8(ascii: ")") ? folded.lastOffset(of: unitStart) : nil
        let key = LabelKey.of(end.map { folded[..<$0] } ?? folded)
        guard let label = FormLabel.exact(key) else { return nil }
        switch label {
        case .statistic, .statisticCorrected, .statisticOther: return .label(label, key.ordinal)
        default: return nil
        }
    }

    /// A text without white space at its ends, and without the marks of bold and of lists.
    private static func withoutMarks(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let trimmed = text[text.trimmedRange].trimming(marks)
        return trimmed[trimmed.trimmedRange]
    }

    private static func span(_ text: ArraySlice<UInt8>) -> TextSpan { TextSpan(text.startIndex..<text.endIndex) }

    private static let bytesMax = 300
    /// A few figures, a unit, and what makes them bold.
    private static var endBytesMax: Int { 30 }
    private static let stop = Array("。".utf8)
    private static let signs = signWords.patterns
    private static let signWords: Words = ["：", ":", "—", "…", "..", "··"]
    private static let marks: Words = ["*", "-", "•", "·", "●", "—", "…", "：", ":", "."]
    private static let unitStart = Array("(单位".utf8)
}
