/// A table while its rows come in.
struct HTMLTable {
    /// What was being collected when the table began, and where the text stood.
    let outer: (run: HTMLText.Run, end: Int)
    /// Whether the table holds another one: its content is flow, not a grid.
    var isLayout = false
    /// The attributes of the open cell.
    var openCell: HTMLAttributes?
    /// The line of the open cell's tag.
    var openLine = 0
    private(set) var cells: [Cell] = []
    private var rowCount = 0
    private var isRowOpen = false
    private var nextColumn = 0
    private var columnCount = 0
    /// For each column the first row that no cell from above reaches into.
    private var freeFrom: [Int] = []
    private var sectionStart = 0

    init(outer: (run: HTMLText.Run, end: Int)) {
        self.outer = outer
    }

    /// Whether any cell holds text.
    var hasText: Bool { cells.contains { !$0.text.isEmpty } }

    /// Begins a row.
    mutating func openRow() {
        isRowOpen = true
        rowCount += 1
        nextColumn = 0
    }

    /// Ends a row; a cell that comes without `tr` begins one.
    mutating func closeRow() {
        isRowOpen = false
    }

    /// Begins or ends a `thead`, `tbody` or `tfoot`: no cell reaches out of one (HTML, 4.9.12).
    mutating func closeSection() {
        isRowOpen = false
        for index in sectionStart..<cells.count {
            let cell = cells[index]
            guard cell.rowSpan > rowCount - cell.row else { continue }
            cells[index] = Cell(
                text: cell.text, row: cell.row, column: cell.column, rowSpan: rowCount - cell.row,
                columnSpan: cell.columnSpan, place: cell.place)
        }
        sectionStart = cells.count
        freeFrom.removeAll(keepingCapacity: true)
    }

    /// Adds a cell in the first free column.
    ///
    /// - Throws: `limitExceeded` when rows times columns come to more than `room`.
    mutating func add(
        _ text: TextSpan, _ attributes: HTMLAttributes, line: Int, room: Int, _ limits: DocumentLimits
    ) throws(DocumentError) {
        if !isRowOpen { openRow() }
        let row = rowCount - 1
        while nextColumn < freeFrom.count, freeFrom[nextColumn] > row { nextColumn += 1 }
        let end = nextColumn + attributes.columnSpan
        columnCount = max(columnCount, end)
        guard columnCount * rowCount <= room else {
            throw .limitExceeded(.expandedCells, maximum: limits.expandedCellsMax)
        }
        while freeFrom.count < end { freeFrom.append(0) }
        for column in nextColumn..<end { freeFrom[column] = row + attributes.rowSpan }
        cells.append(
            Cell(
                text: text, row: row, column: nextColumn, rowSpan: attributes.rowSpan,
                columnSpan: attributes.columnSpan, place: Place(line: line)))
        nextColumn = end
    }

    /// Forgets the cells, which went elsewhere.
    mutating func becomeLayout() {
        isLayout = true
        openCell = nil
        cells = []
        sectionStart = 0
    }

    /// The grid, when no row is to come.
    mutating func grid() -> Grid {
        closeSection()
        return Grid(kind: .markup, cells: cells, rowCount: rowCount, columnCount: columnCount)
    }
}
