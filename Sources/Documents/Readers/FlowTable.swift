/// What the mark-up says of a cell.
struct FlowCell {
    /// The columns it covers.
    var columnSpan = 1
    /// The rows it covers.
    var rowSpan = 1
    /// Whether it goes on with the cell above it: Word states the rows of a merged cell one by one.
    var continuesAbove = false
    /// Whether it holds a picture, or something else that shows no text.
    var hasObject = false
}

/// A table while its rows come in.
struct FlowTable {
    /// What was being collected when the table began, and where the text stood.
    let outer: (run: FlowText.Run, end: Int)
    /// Whether the table holds another one: its content is flow, not a grid.
    var isLayout = false
    /// What the mark-up says of the open cell.
    var openCell: FlowCell?
    /// The line of the open cell's tag.
    var openLine = 0
    private(set) var cells: [Cell] = []
    /// The cells that hold no text but an object.
    private(set) var objectCells: [Int] = []
    private var rowCount = 0
    private var isRowOpen = false
    private var nextColumn = 0
    private var columnCount = 0
    /// For each column the first row that no cell from above reaches into.
    private var freeFrom: [Int] = []
    /// For each column the cell that begins there and can go on below, and the last row it reaches.
    private var open: [(cell: Int, row: Int)?] = []
    private var sectionStart = 0

    init(outer: (run: FlowText.Run, end: Int)) {
        self.outer = outer
    }

    /// Whether any cell holds text.
    var hasText: Bool { cells.contains { !$0.text.isEmpty } }

    /// The cell of a table that has no other.
    var onlyCell: Cell? { cells.count == 1 ? cells[0] : nil }

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
        _ text: TextSpan, _ cell: FlowCell, place: Place, room: Int, _ limits: DocumentLimits
    ) throws(DocumentError) {
        if !isRowOpen { openRow() }
        let row = rowCount - 1
        while nextColumn < freeFrom.count, freeFrom[nextColumn] > row { nextColumn += 1 }
        let column = nextColumn
        nextColumn = column + cell.columnSpan
        columnCount = max(columnCount, nextColumn)
        guard columnCount * rowCount <= room else {
            throw .limitExceeded(.expandedCells, maximum: limits.expandedCellsMax)
        }
        if cell.continuesAbove, extendCell(above: column, to: row) { return }
        while freeFrom.count < nextColumn { freeFrom.append(0) }
        for column in column..<nextColumn { freeFrom[column] = row + cell.rowSpan }
        while open.count <= column { open.append(nil) }
        open[column] = (cells.count, row)
        if cell.hasObject, text.isEmpty { objectCells.append(cells.count) }
        cells.append(
            Cell(
                text: text, row: row, column: column, rowSpan: cell.rowSpan, columnSpan: cell.columnSpan,
                place: place))
    }

    /// Makes the cell above reach one row further; false where there is none, so that the content is not lost.
    private mutating func extendCell(above column: Int, to row: Int) -> Bool {
        guard column < open.count, let above = open[column], above.row == row - 1 else { return false }
        let cell = cells[above.cell]
        cells[above.cell] = Cell(
            text: cell.text, row: cell.row, column: cell.column, rowSpan: row - cell.row + 1,
            columnSpan: cell.columnSpan, place: cell.place)
        open[column]?.row = row
        return true
    }

    /// Forgets the cells, which went elsewhere.
    mutating func becomeLayout() {
        isLayout = true
        openCell = nil
        cells = []
        objectCells = []
        sectionStart = 0
    }

    /// The grid, when no row is to come.
    ///
    /// - Parameter objectMark: the text of cells that hold nothing but an object.
    mutating func grid(objectMark: TextSpan? = nil) -> Grid {
        closeSection()
        for index in objectCells {
            guard let objectMark else { break }
            let cell = cells[index]
            cells[index] = Cell(
                text: objectMark, row: cell.row, column: cell.column, rowSpan: cell.rowSpan,
                columnSpan: cell.columnSpan, place: cell.place)
        }
        return Grid(kind: .markup, cells: cells, rowCount: rowCount, columnCount: columnCount)
    }
}
