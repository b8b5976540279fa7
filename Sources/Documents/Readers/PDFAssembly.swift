/// Puts the pages of a PDF together: paragraphs and tables that go on over the end of a page.
struct PDFAssembly {
    private enum Part {
        case paragraph(Int)
        case table(PDFTable, page: Int)
    }

    private let limits: DocumentLimits
    private var prose = PDFProse()
    private var parts: [Part] = []
    private var text: [UInt8] = []
    private var blocks: [Block] = []
    private var cellCount = 0
    private var expandedCells = 0

    /// A page with more words than this is no form: its lines are read as text.
    private static let tableWordsMax = 6000

    init(limits: DocumentLimits) {
        self.limits = limits
    }

    /// Adds a page, of which some lines may have been left out.
    mutating func add(_ page: PDFPage, _ lines: [PDFLine]) throws(DocumentError) {
        let isForm = page.words.count <= PDFAssembly.tableWordsMax
        let follows = if case .table = parts.last { true } else { false }
        let chunks = isForm ? PDFRegions.chunks(lines, followsTable: follows) : [.prose(lines)]
        // Tables may reach into the margins: full lines of text say where those are.
        let text = chunks.flatMap(\.prose)
        let left = text.map(\.box.x0).min() ?? 0
        let right = text.map(\.box.x1).max() ?? 0
        for (index, chunk) in chunks.enumerated() {
            switch chunk {
            case .prose(let lines): addProse(lines, page.number, left, right)
            case .table(let lines): addTable(lines, page.number, left, right, isFirst: index == 0)
            }
        }
        guard parts.count <= limits.blocksMax else { throw .limitExceeded(.blocks, maximum: limits.blocksMax) }
    }

    private mutating func addProse(_ lines: [PDFLine], _ page: Int, _ left: Double, _ right: Double) {
        let known = prose.paragraphs.count
        prose.add(lines, page: page, left: left, right: right)
        for index in known..<prose.paragraphs.count { parts.append(.paragraph(index)) }
    }

    private mutating func addTable(
        _ lines: [PDFLine], _ page: Int, _ left: Double, _ right: Double, isFirst: Bool
    ) {
        var above: PDFTable?
        if isFirst, case .table(let table, let before) = parts.last, before == page - 1 { above = table }
        guard var table = PDFTable(lines, inherited: above?.columns) else {
            return addProse(lines, page, left, right)
        }
        prose.close()
        if above != nil { joinSplitRow(&table) }
        if !table.rows.isEmpty { parts.append(.table(table, page: page)) }
    }

    /// Joins the first row, below a head that is repeated, to the last of the page before when its label goes on there.
    private mutating func joinSplitRow(_ table: inout PDFTable) {
        guard case .table(var above, let page) = parts.last, let last = above.rows.indices.last, table.hasRows else {
            return
        }
        let first = table.rows[table.headCount]
        guard above.columns.values.count == table.columns.values.count,
            let upper = above.rows[last].lastIndex(where: { $0.isLabel(in: above.columns) }),
            let lowest = first.lastIndex(where: { $0.isLabel(in: table.columns) }), last >= above.headCount
        else { return }
        // Beside the rest of the label others may stand, a unit say.
        let isLike = above.columns.labelCount == table.columns.labelCount
        let column = above.rows[last][upper].column
        let same = first.firstIndex { $0.column == column && $0.isLabel(in: table.columns) }
        let lower = isLike ? same ?? lowest : lowest
        let upperFigures = above.rows[last].filter { $0.column >= above.columns.labelCount }
        let lowerFigures = first.filter { $0.column >= table.columns.labelCount }
        let ordinal = above.rows[last][upper].texts.first?.ordinal
        let goesOn = first[lower].texts.first?.ordinal == nil && (ordinal == .chapter || ordinal == .item)
        let isSplit = upperFigures.allSatisfy(\.texts.isEmpty) || lowerFigures.allSatisfy(\.texts.isEmpty)
        guard goesOn, isSplit, upperFigures.count == lowerFigures.count else { return }
        above.rows[last][upper].texts += first[lower].texts
        for cell in first[(lower + 1)...] where cell.isLabel(in: table.columns) && cell.column > column && isLike {
            above.rows[last][upper].columnSpan = min(above.rows[last][upper].columnSpan, cell.column - column)
            above.rows[last].removeAll { $0.column == cell.column }
            let place = above.rows[last].firstIndex { $0.column > cell.column } ?? above.rows[last].count
            above.rows[last].insert(cell, at: place)
        }
        for (index, cell) in above.rows[last].indices.suffix(lowerFigures.count).enumerated() {
            above.rows[last][cell].texts += lowerFigures[index].texts
        }
        table.rows.remove(at: table.headCount)
        parts[parts.count - 1] = .table(above, page: page)
    }

    /// All pages as a document.
    mutating func finish(title: String?) throws(DocumentError) -> Document {
        for part in parts {
            switch part {
            case .paragraph(let index): append(prose.paragraphs[index])
            case .table(let table, let page): try append(table, page)
            }
        }
        let metadata = title.map { [Metadata(name: "title", value: $0)] } ?? []
        return Document(text: text, blocks: blocks, metadata: metadata, mediaType: PDF.mediaType)
    }

    private mutating func append(_ paragraph: PDFProse.Paragraph) {
        let place = Place(line: paragraph.line, page: paragraph.page)
        blocks.append(.paragraph(Paragraph(text: span(paragraph.text.text), place: place)))
    }

    private mutating func append(_ table: PDFTable, _ page: Int) throws(DocumentError) {
        cellCount += table.rows.reduce(0) { $0 + $1.count }
        expandedCells += table.rows.count * table.columns.count
        guard cellCount <= limits.cellsMax else { throw .limitExceeded(.cells, maximum: limits.cellsMax) }
        guard expandedCells <= limits.expandedCellsMax else {
            throw .limitExceeded(.expandedCells, maximum: limits.expandedCellsMax)
        }
        var cells: [Cell] = []
        for (index, row) in table.rows.enumerated() {
            for cell in row {
                cells.append(
                    Cell(
                        text: span(cell.text), row: index, column: cell.column,
                        rowSpan: min(cell.rowSpan, table.rows.count - index), columnSpan: cell.columnSpan,
                        place: Place(line: cell.line, page: page)))
            }
        }
        let grid = Grid(kind: .markup, cells: cells, rowCount: table.rows.count, columnCount: table.columns.count)
        blocks.append(.grid(grid))
    }

    private mutating func span(_ string: String) -> TextSpan {
        let start = text.count
        text += string.utf8
        return TextSpan(start: start, end: text.count)
    }
}

extension PDFRegions.Chunk {
    /// Its lines, if they are running text.
    fileprivate var prose: [PDFLine] {
        if case .prose(let lines) = self { lines } else { [] }
    }
}

extension PDFTable.Cell {
    /// Whether the cell is a label with a text.
    fileprivate func isLabel(in columns: PDFColumns) -> Bool {
        column < columns.labelCount && !texts.isEmpty
    }
}
