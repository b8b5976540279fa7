/// A table as it stands in the source.
public struct Grid: Sendable {
    /// How far the positions of the cells can be trusted.
    public enum Kind: Sendable, Hashable {
        /// Rows, columns and spans are stated by the mark-up (HTML, Word, Excel) or by where the words stand (PDF).
        case markup
        /// One line a row, cells separated by tabs; merged cells have left empty cells, or none.
        case tabs
        /// One line a row, cells separated by `|` (with or without outer bars, Markdown).
        case pipes
        /// Cells separated by `|` and line ends; where a row ends is lost, so all cells stand in row 0.
        case stream
    }

    /// How far the positions of the cells can be trusted.
    public let kind: Kind
    /// Row-major, empty cells included; a cell that spans several rows or columns is listed once, at its origin.
    public let cells: [Cell]
    /// The number of rows.
    public let rowCount: Int
    /// The number of columns, spans expanded.
    public let columnCount: Int

    /// Makes a grid; `cells` must be in row-major order.
    public init(kind: Kind, cells: [Cell], rowCount: Int, columnCount: Int) {
        self.kind = kind
        self.cells = cells
        self.rowCount = rowCount
        self.columnCount = columnCount
    }
}

/// One cell of a ``Grid``.
public struct Cell: Sendable {
    /// Its text without the white space around it; empty for a blank cell. Line breaks inside are one line feed.
    public let text: TextSpan
    /// The row of its origin, from 0.
    public let row: Int
    /// The column of its origin, from 0, spans of cells before it expanded.
    public let column: Int
    /// The rows it covers, at least 1.
    public let rowSpan: Int
    /// The columns it covers, at least 1.
    public let columnSpan: Int
    /// Where it begins in the source.
    public let place: Place

    /// Makes a cell.
    public init(text: TextSpan, row: Int, column: Int, rowSpan: Int = 1, columnSpan: Int = 1, place: Place) {
        self.text = text
        self.row = row
        self.column = column
        self.rowSpan = rowSpan
        self.columnSpan = columnSpan
        self.place = place
    }
}

/// A position in the source that a person can find again.
public struct Place: Sendable, Hashable {
    @usableFromInline let lineNumber: UInt32
    /// Nil is the number that no character and no page has.
    @usableFromInline let columnNumber: UInt32
    @usableFromInline let pageNumber: UInt32

    /// The line in the decoded source, from 1; of a PDF the line on its page, of a Word file the number of the paragraph
    /// (those in cells counted), of a workbook the row.
    @inlinable
    public var line: Int { Int(lineNumber) }

    /// The character (Unicode scalar) in the line, from 1, where the reader knows it; else nil.
    @inlinable
    public var column: Int? { columnNumber == .max ? nil : Int(columnNumber) }

    /// The page, from 1, of a paged format, the sheet of a workbook; else nil.
    @inlinable
    public var page: Int? { pageNumber == .max ? nil : Int(pageNumber) }

    /// Makes a place.
    @inlinable
    public init(line: Int, column: Int? = nil, page: Int? = nil) {
        lineNumber = UInt32(clamping: line)
        columnNumber = column.map { UInt32(clamping: $0) } ?? .max
        pageNumber = page.map { UInt32(clamping: $0) } ?? .max
    }
}
