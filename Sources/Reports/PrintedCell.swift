/// Where a figure or finding stands in its document, so that a person can find it again.
public struct DocumentPlace: Sendable, Hashable {
    /// The line in the source, from 1.
    public var line: Int
    /// The character in the line, from 1, where known.
    public var column: Int?
    /// The page, from 1, of a paged format.
    public var page: Int?
    /// The number of the table in the document, from 1.
    public var table: Int?
    /// The row of the table, from 1.
    public var row: Int?
    /// The cell of the row, from 1.
    public var cell: Int?
    /// The text that stands there.
    public var text: String

    /// Makes a place.
    public init(
        line: Int, column: Int? = nil, page: Int? = nil, table: Int? = nil, row: Int? = nil, cell: Int? = nil,
        text: String
    ) {
        self.line = line
        self.column = column
        self.page = page
        self.table = table
        self.row = row
        self.cell = cell
        self.text = text
    }
}

/// One cell of a form's table as it was found in a document.
public struct PrintedCell: Sendable, Hashable {
    /// The figure that the cell states.
    public let path: FigurePath
    /// Where it stands, and its text as printed, remark and unit included.
    public let place: DocumentPlace
    /// The words beside the figure (`其中修订 16 件`); nil where there are none.
    public let remark: String?
    /// The figure; nil for a blank, a placeholder, or a cell whose figure could not be told.
    public let value: Quantity?
    /// The identities that decided where the figure belongs; nil where its place in the table says so.
    public let inferredBy: [String]?

    /// Makes a cell.
    public init(
        path: FigurePath, place: DocumentPlace, remark: String? = nil, value: Quantity?, inferredBy: [String]? = nil
    ) {
        self.path = path
        self.place = place
        self.remark = remark
        self.value = value
        self.inferredBy = inferredBy
    }
}
