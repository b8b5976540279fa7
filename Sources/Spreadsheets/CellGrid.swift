/// A table with merged cells, row by row: a cell that spans rows keeps its columns in the rows below it.
///
/// The one place where the geometry of a table is stated; workbooks and pages are made of it.
public struct CellGrid: Sendable, Hashable {
    /// A cell over one or several rows and columns.
    public struct Box: Sendable, Hashable {
        /// What stands in it.
        public let cell: Cell
        /// How many rows and columns it takes.
        public let rowSpan: Int, columnSpan: Int
        /// Whether its text begins at the left edge; others are centred.
        public let isLeading: Bool

        /// Makes a box; spans are at least 1.
        public init(_ cell: Cell, rows: Int = 1, columns: Int = 1, isLeading: Bool = false) {
            precondition(rows > 0 && columns > 0, "a cell takes at least one row and one column")
            self.cell = cell
            rowSpan = rows
            columnSpan = columns
            self.isLeading = isLeading
        }

        /// Makes a box with a text.
        public init(_ text: String, rows: Int = 1, columns: Int = 1, isLeading: Bool = false) {
            self.init(.text(text), rows: rows, columns: columns, isLeading: isLeading)
        }
    }

    /// A box and where it stands; rows and columns from 0.
    struct Placed: Hashable {
        let box: Box
        let row: Int
        let column: Int
    }

    /// How wide each column is, in columns of the sheet that it stands on.
    public let widths: [Int]
    /// The boxes that begin in each row, from left to right.
    public private(set) var rows: [[Box]] = []
    /// The row below which a column is free.
    private var freeFrom: [Int]
    private(set) var placed: [Placed] = []

    /// Makes a table without rows.
    public init(widths: [Int]) {
        self.widths = widths
        freeFrom = Array(repeating: 0, count: widths.count)
    }

    /// Adds a row; its boxes take the columns that are free, from left to right, and must take all of them.
    public mutating func append(_ boxes: [Box]) {
        let row = rows.count
        var column = 0
        for box in boxes {
            while column < widths.count, freeFrom[column] > row { column += 1 }
            let end = column + box.columnSpan
            precondition(
                end <= widths.count && freeFrom[column..<end].allSatisfy { $0 <= row }, "a cell lies on another one")
            placed.append(Placed(box: box, row: row, column: column))
            for covered in column..<end { freeFrom[covered] = row + box.rowSpan }
            column = end
        }
        precondition(freeFrom.allSatisfy { $0 > row }, "a row leaves a column without a cell")
        rows.append(boxes)
    }
}

/// Tables under headings, to be printed as one page.
public struct GridPage: Sendable, Hashable {
    /// A heading and what stands below it.
    public struct Section: Sendable, Hashable {
        /// What stands below a heading.
        public enum Content: Sendable, Hashable {
            /// A table.
            case grid(CellGrid)
            /// A sentence.
            case paragraph(String)
        }

        /// The heading; empty for none.
        public let heading: String
        /// What stands below it.
        public let content: Content

        /// Makes a section.
        public init(heading: String, _ content: Content) {
            self.heading = heading
            self.content = content
        }
    }

    /// The title of the page.
    public let title: String
    /// What is said below the title, a line each.
    public let notes: [String]
    /// The tables.
    public let sections: [Section]
    /// The columns of the sheet: what the widths of each table add up to.
    public let columns: Int

    /// Makes a page; the widths of each table must add up to `columns`.
    public init(title: String, notes: [String], columns: Int, sections: [Section]) {
        for case .grid(let grid) in sections.map(\.content) {
            precondition(grid.widths.reduce(0, +) == columns, "a table is not as wide as its page")
        }
        self.title = title
        self.notes = notes
        self.columns = columns
        self.sections = sections
    }
}
