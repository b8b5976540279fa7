import Documents
import Reports

/// A document as one row of ``Piece``s in reading order.
struct Tape: Sendable {
    /// The document that the pieces stand in.
    let document: Document
    /// The pieces in reading order.
    var pieces: [Piece] = []
    /// The pieces that are sentences, headings and other lines of no table, by their numbers, in order.
    private(set) var prose: [Int] = []
    /// The text of the document, and behind it the folded forms of the pieces that folding changes: every reader
    /// compares these, so each piece is folded once.
    private(set) var folded: [UInt8] = []

    /// How many stretches paragraphs were cut into.
    private var tokenCount = 0
    /// Hundreds of reports have fewer; what comes after them is prose.
    private static let tokensMax = 200_000

    /// Flattens a document. O(its length).
    init(_ document: Document) {
        self.document = document
        folded.reserveCapacity(2 * document.text.count)
        folded += document.text
        pieces.reserveCapacity(Self.pieceCount(document))
        var table = 0
        let wrapped = WrappedRows(document)
        let reviewHeads = ReviewHeadLines(document)
        var next = 0
        for (index, block) in document.blocks.enumerated() where index >= next && !wrapped.parts.contains(index) {
            if let head = reviewHeads.head(at: index) {
                table += 1
                append(head, at: index, table: table)
                next = head.end
                continue
            }
            switch block {
            case .paragraph(let paragraph):
                if let row = wrapped.rows[index] {
                    table += 1
                    append(row, of: paragraph, table: table)
                } else {
                    append(paragraph, table: &table)
                }
            case .grid(let grid):
                table += 1
                append(grid, table: table)
            }
        }
        readMisprintedLabels()
    }

    /// A short paragraph before a figure can only be a label: where it is none, it may be a misprinted one.
    private mutating func readMisprintedLabels() {
        var labels = 0
        for index in prose where index + 1 < pieces.count && standsForFigure(pieces[index + 1]) {
            let piece = pieces[index]
            pieces[index].content = content(piece.folded, of: piece.span, allowsMisprints: true)
            if !pieces[index].content.isText { labels += 1 }
        }
        if labels > 0 { prose = prose.filter { pieces[$0].content.isText } }
    }

    private func standsForFigure(_ piece: Piece) -> Bool {
        piece.table == 0 && (piece.isValue || piece.blanksBefore > 0)
    }

    private static func pieceCount(_ document: Document) -> Int {
        document.blocks.reduce(0) { count, block in
            switch block {
            case .paragraph: count + 1
            case .grid(let grid): count + grid.cells.count
            }
        }
    }

    /// The folded text of a piece.
    func folded(_ piece: Piece) -> ArraySlice<UInt8> {
        folded[piece.folded.start..<piece.folded.end]
    }

    /// The folded text of a piece as a string.
    func foldedText(_ piece: Piece) -> String {
        String(decoding: folded(piece), as: UTF8.self)
    }

    /// The last bytes of a piece's folded text, words beside a figure; nil where there are none.
    func remark(_ piece: Piece, length: Int) -> String? {
        length > 0 ? String(decoding: folded(piece).suffix(length), as: UTF8.self) : nil
    }

    /// What is printed in some slots, words beside figures included, to be compared with what others hold.
    func figures(_ slots: [Slot]) -> [Figure] {
        slots.filter { !$0.isBlank }.map { slot in
            guard case .number(_, let length) = slot.content, let piece = slot.piece else {
                return Figure(content: slot.content, remark: nil)
            }
            return Figure(content: slot.content, remark: remark(pieces[piece], length: length))
        }
    }

    /// What stands in a slot, with the words beside it.
    struct Figure: Hashable, Sendable {
        let content: Slot.Content
        let remark: String?
    }

    /// Whether a figure begins with a zero that no number has, as in `03`.
    func beginsWithZero(_ index: Int) -> Bool {
        let text = pieces[index].folded
        return text.end - text.start > 1 && folded[text.start] == UInt8(ascii: "0")
            && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(folded[text.start + 1])
    }

    /// Whether a text is made of digits and dashes alone, with no white space between them.
    func holdsOnlyFigures(_ index: Int) -> Bool {
        let piece = pieces[index]
        return piece.folded == piece.span
            && folded(piece).allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
            }
    }

    /// The text of a piece as printed.
    func text(_ piece: Piece) -> String {
        // Most cells hold one digit, or nothing: their texts are made once.
        switch piece.span.end - piece.span.start {
        case 0: return ""
        case 1:
            let byte = document.text[piece.span.start]
            return byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
                ? Self.digits[Int(byte - UInt8(ascii: "0"))] : document.string(piece.span)
        default: return document.string(piece.span)
        }
    }

    private static let digits = (0...9).map(String.init)

    /// Where a piece stands, for people.
    func place(_ piece: Piece) -> DocumentPlace { place(piece, text: text(piece)) }

    /// Where a piece stands, for people, with another text.
    func place(_ piece: Piece, text: String) -> DocumentPlace {
        DocumentPlace(
            line: piece.place.line, column: piece.place.column, page: piece.place.page,
            table: piece.table > 0 ? piece.table : nil, row: piece.table > 0 ? piece.row + 1 : nil,
            cell: piece.table > 0 ? piece.column + piece.cellsOut + 1 : nil, text: text)
    }

    private mutating func append(_ paragraph: Paragraph, table: inout Int) {
        let range = paragraph.text.start..<paragraph.text.end
        let plain = Piece.Content(plain: document.text.span.extracting(range))
        let isFolded = plain != nil || Normalization.isFolded(document.text.span.extracting(range))
        // Cells in a running text have white space or signs between them, or the text is long.
        let mayHoldCells =
            !isFolded || RunningText.mayBeReport(paragraph.text)
            || plain == nil && LabelledFigure.mayBe(document.text.span.extracting(range))
        if mayHoldCells, tokenCount < Self.tokensMax,
            let tokens = RunningText.split(document.bytes(paragraph.text), offset: paragraph.text.start)
        {
            table += 1
            tokenCount += tokens.count
            for token in tokens { append(token, of: paragraph, table: table) }
            return
        }
        let folded = isFolded ? paragraph.text : appendFolded(paragraph.text)
        let content = plain ?? content(folded, of: paragraph.text, allowsMisprints: false)
        if content.isText { prose.append(pieces.count) }
        pieces.append(
            Piece(
                span: paragraph.text, folded: folded, place: paragraph.place, table: 0, row: 0, column: 0, grid: nil,
                headingLevel: paragraph.headingLevel, blanksBefore: max(0, paragraph.emptyLinesBefore - 1),
                content: content))
    }

    private mutating func append(_ row: WrappedRows.Row, of paragraph: Paragraph, table: Int) {
        let start = folded.count
        Normalization.append(foldedFormOf: row.text[...], to: &folded)
        let text = TextSpan(start: start, end: folded.count)
        append(row.printed, text, of: paragraph, .label(row.label, row.ordinal), table: table)
        for cell in row.cells {
            append(
                cell.span, fold(cell.span), of: document.paragraph(at: cell.block) ?? paragraph, cell.content,
                table: table)
        }
    }

    private mutating func append(_ head: ReviewHeadLines.Head, at index: Int, table: Int) {
        guard let first = document.paragraph(at: index) else { return }
        for label in head.labels { append(first.text, fold(first.text), of: first, .label(label, nil), table: table) }
        for cell in head.figures {
            append(
                cell.span, fold(cell.span), of: document.paragraph(at: cell.block) ?? first, cell.content, table: table)
        }
    }

    /// Adds a cell of a row that keeps no columns.
    private mutating func append(
        _ span: TextSpan, _ folded: TextSpan, of paragraph: Paragraph, _ content: Piece.Content, table: Int
    ) {
        pieces.append(
            Piece(
                span: span, folded: folded, place: paragraph.place, table: table, row: 0, column: 0, grid: .stream,
                headingLevel: nil, blanksBefore: 0, content: content))
    }

    private mutating func append(_ token: RunningText.Token, of paragraph: Paragraph, table: Int) {
        let isCell = token.kind != .prose
        let plain = Piece.Content(plain: document.text.span.extracting(token.span.start..<token.span.end))
        let folded = plain == nil ? fold(token.span) : token.span
        var content = plain ?? token.content
        if token.kind == .run { content = .run }
        let found = content ?? self.content(folded, of: token.span, allowsMisprints: isCell)
        if !isCell, found.isText { prose.append(pieces.count) }
        pieces.append(
            Piece(
                span: token.span, folded: folded, place: paragraph.place, table: isCell ? table : 0, row: 0, column: 0,
                grid: isCell ? .stream : nil, headingLevel: nil, blanksBefore: 0, content: found))
    }

    private mutating func append(_ grid: Grid, table: Int) {
        let first = pieces.count
        var row = -1
        var column = 0
        for cell in grid.cells {
            if cell.row != row {
                row = cell.row
                column = 0
            }
            let plain = Piece.Content(plain: document.text.span.extracting(cell.text.start..<cell.text.end))
            let folded = plain == nil ? fold(cell.text) : cell.text
            pieces.append(
                Piece(
                    span: cell.text, folded: folded, place: cell.place, table: table, row: cell.row, column: column,
                    grid: grid.kind, headingLevel: nil, blanksBefore: 0,
                    content: plain ?? content(folded, of: cell.text, allowsMisprints: true)))
            column += 1
        }
        if grid.kind == .markup, document.mediaType != Self.printed { removeForeignColumns(of: grid, from: first) }
    }

    /// Where words stand on a page says less of columns than mark-up does.
    private static let printed = "application/pdf"

    /// Takes the columns out of which the head says that they are none of the form's; what is left is counted anew.
    private mutating func removeForeignColumns(of grid: Grid, from first: Int) {
        let out = ForeignColumns(grid, pieces[first...], folded).cells
        guard !out.isEmpty else { return }
        var kept: [Piece] = []
        kept.reserveCapacity(grid.cells.count)
        for (cell, piece) in pieces[first...].enumerated() where !out.contains(cell) {
            var piece = piece
            let column = kept.last.map { $0.isBeside(piece) ? $0.column + 1 : 0 } ?? 0
            (piece.column, piece.cellsOut) = (column, piece.column - column)
            kept.append(piece)
        }
        pieces.replaceSubrange(first..., with: kept)
    }

    /// Folds a stretch of the document; gives where its folded form stands in ``folded``.
    private mutating func fold(_ span: TextSpan) -> TextSpan {
        let isFolded = Normalization.isFolded(document.text.span.extracting(span.start..<span.end))
        return isFolded ? span : appendFolded(span)
    }

    private mutating func appendFolded(_ span: TextSpan) -> TextSpan {
        let start = folded.count
        Normalization.append(foldedFormOf: document.bytes(span), to: &folded)
        return TextSpan(start: start, end: folded.count)
    }

    /// What stands between the digits of a figure as printed.
    private func digitGap(_ span: TextSpan) -> Normalization.Gap? {
        Normalization.digitGap(document.bytes(span))
    }

    /// Whether white space stands between the digits of a piece, so that they are one figure only by inference.
    func joinsDigits(_ piece: Piece) -> Bool {
        piece.folded != piece.span && digitGap(piece.span) != nil
    }

    private func content(_ span: TextSpan, of printed: TextSpan, allowsMisprints: Bool) -> Piece.Content {
        let printedLength = printed.end - printed.start
        // Most labels are told without a copy.
        let label = Piece.Content(label: folded.span.extracting(span.start..<span.end), printedLength: printedLength)
        if let label { return label }
        let text = folded[span.start..<span.end]
        let content = Piece.Content.of(text, printedLength: printedLength, allowsMisprints: allowsMisprints)
        // Figures on two lines of one cell are two figures.
        guard case .number = content, span != printed, digitGap(printed) == .line else { return content }
        return .words(text, printedLength: printedLength, allowsMisprints: allowsMisprints)
    }
}

extension Document {
    /// The paragraph at a place among the blocks; nil where there is none, or a grid.
    func paragraph(at block: Int) -> Paragraph? {
        guard blocks.indices.contains(block), case .paragraph(let paragraph) = blocks[block] else { return nil }
        return paragraph
    }
}
