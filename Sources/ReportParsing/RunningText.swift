import Documents
import Reports

/// Tables that a page copied without its mark-up has left as running text: cells with single spaces between them, or
/// with nothing at all.
///
/// Such a paragraph is cut at the headings of the sections; what lies under 二, 三 and 四 is cut into cells.
enum RunningText {
    /// A stretch of a paragraph.
    struct Token: Sendable {
        /// What the stretch is.
        enum Kind: Sendable {
            /// Sentences, or a heading.
            case prose
            /// One cell.
            case cell
            /// The figures of several cells, run together.
            case run
        }

        let kind: Kind
        let span: TextSpan
        /// What a cell holds, where that is known.
        var content: Piece.Content?
    }

    /// Cuts a paragraph that holds tables; nil for any other. O(length).
    ///
    /// - Parameter offset: where the paragraph begins in the document's text.
    static func split(_ bytes: ArraySlice<UInt8>, offset: Int) -> [Token]? {
        guard bytes.count <= wholeReportBytesMax else { return nil }
        if bytes.count >= wholeReportBytesMin, let head = bytes.firstOffset(of: statisticsHead) {
            return statisticsReport(bytes, head).map { $0.moved(by: offset - bytes.startIndex) }
        }
        if bytes.count >= wholeReportBytesMin, bytes.contains(tableWords) {
            return wholeReport(bytes).map { $0.moved(by: offset - bytes.startIndex) }
        }
        return (LabelledFigure.cells(bytes) ?? row(bytes))?.map { $0.moved(by: offset - bytes.startIndex) }
    }

    /// Whether a paragraph is long enough to hold a whole report.
    static func mayBeReport(_ text: TextSpan) -> Bool { text.end - text.start >= wholeReportBytesMin }

    private static let wholeReportBytesMin = 600
    /// Several times the longest report.
    private static let wholeReportBytesMax = 1 << 18
    private static let wideSpaces: Words = [" ", "\u{a0}", "\u{3000}", "\u{2002}", "\u{2003}"]
    private static let rowBytesMax = 600
    private static let labelBytesMax = 150
    /// One of the tables is enough: the others may be missing.
    private static let tableWords: Words = ["勾稽关系", "信息内容", "结果维持"]
    private static let statisticsHead = Array("统计指标".utf8)

    /// A report of the 2014 form: prose, then the 统计表 as an annex.
    private static func statisticsReport(_ bytes: ArraySlice<UInt8>, _ head: Int) -> [Token] {
        let prose = bytes[..<head].trimmedRange
        let table = bytes[head...]
        let cells = isSpaced(table) ? SpacedText.cells(table) : GluedText.cells(table)
        return (prose.isEmpty ? [] : [Token(kind: .prose, span: TextSpan(prose))]) + cells
    }

    /// One row of a table whose cells have spaces between them: labels and figures and nothing else, or the figures
    /// of at least one block of table 四.
    private static func row(_ bytes: ArraySlice<UInt8>) -> [Token]? {
        guard bytes.count <= rowBytesMax else { return nil }
        // Most sentences have no white space, or begin with more than a label.
        let first = SpacedText.firstWordCount(bytes.prefix(labelBytesMax + 1))
        guard first < bytes.count, first <= labelBytesMax else { return nil }
        guard bytes.contains(wideSpaces) else { return nil }
        let words = SpacedText.words(bytes)
        guard words.count >= 2 else { return nil }
        var tokens: [Token] = []
        var hasLabel = false
        for word in words {
            var content = SpacedText.content(bytes[word])
            // The head of a 统计表 names columns that forms do not know.
            if content == nil, case .label(.statistics2014, _) = tokens.first?.content { content = .text }
            // A line of a group's label, wrapped beside the labels of its rows, may stand before a row of table 三.
            if content == nil, !hasLabel, tokens.count < 2, words.count - tokens.count > Applicant.allCases.count + 1 {
                content = .text
            }
            // 项目, or another word, before the names of columns.
            if content == nil, tokens.isEmpty, words.count >= headWordsMin, areLabels(words.dropFirst(), bytes) {
                content = .text
            }
            guard let content else { return requestRow(words, bytes) }
            if case .label = content { hasLabel = true }
            // A figure behind words that are no label is one of a sentence.
            if !hasLabel, content.isValue, tokens.first?.content?.isText == true { return nil }
            tokens.append(Token(kind: .cell, span: TextSpan(word), content: content))
        }
        return hasLabel || words.count >= ReviewOutcome.allCases.count ? tokens : nil
    }

    /// A row of table 三, all of whose columns hold a figure, so that what stands before them can only be its label: white
    /// space or a misprint may be in it.
    private static func requestRow(_ words: [Range<Int>], _ bytes: ArraySlice<UInt8>) -> [Token]? {
        let cells = words.suffix(Applicant.allCases.count).map { (word: $0, content: SpacedText.content(bytes[$0])) }
        guard let start = words.first?.lowerBound, words.count > cells.count, let end = cells.first?.word.lowerBound,
            cells.allSatisfy({ $0.content?.isValue ?? false })
        else { return nil }
        let label = bytes[start..<end].trimmedRange
        let folded = Normalization.fold(bytes[label])
        let key = LabelKey.of(folded)
        guard let name = FormLabel.row(key) ?? FormLabel.qualified(folded) ?? FormLabel.misprinted(key) else {
            return nil
        }
        switch (name, key.ordinal) {
        case (.request, _), (.total, .group), (.other, .item): break
        default: return nil
        }
        return [Token(kind: .cell, span: TextSpan(label), content: .label(name, key.ordinal))]
            + cells.map { Token(kind: .cell, span: TextSpan($0.word), content: $0.content) }
    }

    /// Fewer words with labels behind the first may be a sentence.
    private static let headWordsMin = 5

    private static func areLabels(_ words: ArraySlice<Range<Int>>, _ bytes: ArraySlice<UInt8>) -> Bool {
        words.allSatisfy { word in
            if case .label = SpacedText.content(bytes[word]) { true } else { false }
        }
    }

    private static func wholeReport(_ bytes: ArraySlice<UInt8>) -> [Token] {
        let headings = InlineHeading.all(in: bytes)
        if headings.isEmpty { return loneTable(bytes) }
        var tokens: [Token] = []
        func prose(_ range: Range<Int>) {
            let trimmed = bytes[range].trimmedRange
            if !trimmed.isEmpty { tokens.append(Token(kind: .prose, span: TextSpan(trimmed))) }
        }
        let isSpaced = isSpaced(bytes)
        prose(bytes.startIndex..<(headings.first?.range.lowerBound ?? bytes.endIndex))
        for (index, heading) in headings.enumerated() {
            let end = index + 1 < headings.count ? headings[index + 1].range.lowerBound : bytes.endIndex
            prose(heading.range)
            let body = heading.range.upperBound..<end
            guard heading.kind.holdsTable, let head = firstTableHead(bytes[body]) else {
                prose(body)
                continue
            }
            prose(body.lowerBound..<head)
            let table = bytes[head..<body.upperBound]
            tokens += isSpaced ? SpacedText.cells(table) : GluedText.cells(table)
        }
        return tokens
    }

    /// A table that stands on a line of its own; prose where labels and figures are not most of the text.
    private static func loneTable(_ bytes: ArraySlice<UInt8>) -> [Token] {
        let prose = Token(kind: .prose, span: TextSpan(bytes.trimmedRange))
        guard let head = firstTableHead(bytes) else { return [prose] }
        let table = bytes[head...]
        let cells = isSpaced(table) ? SpacedText.cells(table) : GluedText.cells(table)
        let covered = cells.reduce(0) { $0 + ($1.kind == .prose ? 0 : $1.span.end - $1.span.start) }
        guard covered * 2 > bytes.count else { return [prose] }
        let before = bytes[..<head].trimmedRange
        return (before.isEmpty ? [] : [Token(kind: .prose, span: TextSpan(before))]) + cells
    }

    /// Cells have spaces between them where most figures stand alone.
    private static func isSpaced(_ bytes: ArraySlice<UInt8>) -> Bool {
        SpacedText.holdsFigures(bytes, atLeast: 20)
    }

    private static let tableHeads: Words = ["第二十条第", "信息内容", "（本列", "(本列", "申请人情况", "结果维持", "结果 维持"]

    private static let stop = Array("。".utf8)

    /// Where the table begins: after the last sentence before its head.
    private static func firstTableHead(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let head = bytes.firstOffset(ofAny: tableHeads) else { return nil }
        return bytes[bytes.startIndex..<head].lastOffset(of: stop).map { $0 + stop.count } ?? bytes.startIndex
    }
}

extension RunningText.Token {
    func moved(by distance: Int) -> RunningText.Token {
        RunningText.Token(
            kind: kind, span: TextSpan(start: span.start + distance, end: span.end + distance), content: content)
    }
}

extension TextSpan {
    init(_ range: Range<Int>) {
        self.init(start: range.lowerBound, end: range.upperBound)
    }
}
