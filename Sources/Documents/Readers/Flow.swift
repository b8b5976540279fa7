/// Paragraphs, tables and their nesting while a document of mark-up comes in: what pages and Word files have in common.
///
/// It keeps only what is open: no tree is built, so depth costs no stack.
struct Flow {
    let limits: DocumentLimits
    var text = FlowText()
    /// The level that paragraphs are given.
    var headingLevel: Int?
    /// The tables that are open, the innermost last.
    var tables: [FlowTable] = []
    var cellCount = 0
    var expandedCells = 0
    private(set) var blocks: [Block] = []

    init(limits: DocumentLimits) {
        self.limits = limits
    }

    /// The document ends.
    mutating func finish() throws(DocumentError) {
        while !tables.isEmpty { try endTable() }
        try boundary()
    }

    /// Text before and after this point stands apart: a line feed in a cell, otherwise a new paragraph.
    mutating func boundary() throws(DocumentError) {
        if tables.last?.openCell != nil { return text.breakLine() }
        guard let (span, line) = text.endRun() else { return }
        try becomeLayout()
        try append(paragraph: span, line: line ?? 1)
    }

    /// Adds a paragraph.
    mutating func append(paragraph span: TextSpan, line: Int) throws(DocumentError) {
        let paragraph = Paragraph(text: span, place: Place(line: line), headingLevel: headingLevel)
        try append(.paragraph(paragraph))
    }

    /// Adds a block.
    mutating func append(_ block: Block) throws(DocumentError) {
        guard blocks.count < limits.blocksMax else { throw .limitExceeded(.blocks, maximum: limits.blocksMax) }
        blocks.append(block)
    }

    /// Adds what another flow has collected, which must have finished; nothing may be open here.
    mutating func append(_ other: Flow) throws(DocumentError) {
        let offset = text.append(finished: other.text)
        for block in other.blocks { try append(block.moved(by: offset)) }
    }
}

extension Block {
    /// The block with its text so many bytes further on.
    fileprivate func moved(by offset: Int) -> Block {
        switch self {
        case .paragraph(let paragraph):
            return .paragraph(
                Paragraph(
                    text: paragraph.text.moved(by: offset), place: paragraph.place,
                    headingLevel: paragraph.headingLevel))
        case .grid(let grid):
            let cells = grid.cells.map { cell in
                Cell(
                    text: cell.text.moved(by: offset), row: cell.row, column: cell.column, rowSpan: cell.rowSpan,
                    columnSpan: cell.columnSpan, place: cell.place)
            }
            return .grid(
                Grid(kind: grid.kind, cells: cells, rowCount: grid.rowCount, columnCount: grid.columnCount))
        }
    }
}

extension TextSpan {
    fileprivate func moved(by offset: Int) -> TextSpan {
        TextSpan(start: start + offset, end: end + offset)
    }
}
