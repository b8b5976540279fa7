import Documents
import Reports

/// A document as one row of ``Piece``s in reading order.
struct Tape: Sendable {
    /// The document that the pieces stand in.
    let document: Document
    /// The pieces in reading order.
    private(set) var pieces: [Piece] = []

    /// Flattens a document. O(its length).
    init(_ document: Document) {
        self.document = document
        pieces.reserveCapacity(512)
        var table = 0
        for block in document.blocks {
            switch block {
            case .paragraph(let paragraph): append(paragraph, table: &table)
            case .grid(let grid):
                table += 1
                append(grid, table: table)
            }
        }
        readMisprintedLabels()
    }

    /// A short paragraph before a figure can only be a label: where it is none, it may be a misprinted one.
    private mutating func readMisprintedLabels() {
        for index in pieces.indices.dropLast() {
            let piece = pieces[index]
            let next = pieces[index + 1]
            guard piece.table == 0, piece.content == .text, next.table == 0, next.isValue || next.blanksBefore > 0
            else {
                continue
            }
            pieces[index].content = Piece.Content(document.bytes(piece.span), allowsMisprints: true)
        }
    }

    /// The text of a piece as printed.
    func text(_ piece: Piece) -> String {
        document.string(piece.span)
    }

    /// Where a piece stands, for people.
    func place(_ piece: Piece) -> DocumentPlace {
        DocumentPlace(
            line: piece.place.line, column: piece.place.column, page: piece.place.page,
            table: piece.table > 0 ? piece.table : nil, row: piece.table > 0 ? piece.row + 1 : nil,
            cell: piece.table > 0 ? piece.column + 1 : nil, text: text(piece))
    }

    private mutating func append(_ paragraph: Paragraph, table: inout Int) {
        if let tokens = RunningText.split(document.bytes(paragraph.text), offset: paragraph.text.start) {
            table += 1
            for token in tokens { append(token, of: paragraph, table: table) }
            return
        }
        let bytes = document.bytes(paragraph.text)
        pieces.append(
            Piece(
                span: paragraph.text, place: paragraph.place, table: 0, row: 0, column: 0, grid: nil, columnSpan: 1,
                headingLevel: paragraph.headingLevel, blanksBefore: max(0, paragraph.emptyLinesBefore - 1),
                content: Piece.Content(bytes, allowsMisprints: false)))
    }

    private mutating func append(_ token: RunningText.Token, of paragraph: Paragraph, table: Int) {
        let isCell = token.kind != .prose
        let content: Piece.Content =
            switch token.kind {
            case .prose: Piece.Content(document.bytes(token.span), allowsMisprints: false)
            case .cell: Piece.Content(document.bytes(token.span), allowsMisprints: true)
            case .run: .run
            }
        pieces.append(
            Piece(
                span: token.span, place: paragraph.place, table: isCell ? table : 0, row: 0, column: 0,
                grid: isCell ? .stream : nil, columnSpan: 1, headingLevel: nil, blanksBefore: 0, content: content))
    }

    private mutating func append(_ grid: Grid, table: Int) {
        var row = -1
        var column = 0
        for cell in grid.cells {
            if cell.row != row {
                row = cell.row
                column = 0
            }
            pieces.append(
                Piece(
                    span: cell.text, place: cell.place, table: table, row: cell.row, column: column, grid: grid.kind,
                    columnSpan: cell.columnSpan, headingLevel: nil, blanksBefore: 0,
                    content: Piece.Content(document.bytes(cell.text), allowsMisprints: true)))
            column += 1
        }
    }
}
