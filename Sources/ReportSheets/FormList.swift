public import Spreadsheets

/// A list that goes with a form: which agencies are missing, which reports fail their checks.
public struct FormList: Sendable, Hashable {
    /// What it lists.
    public let heading: String
    /// The names of the columns.
    public let columns: [String]
    /// How wide each is, in columns of the form's page: 15 in all.
    public let widths: [Int]
    /// The rows, a cell for each column.
    public let rows: [[Cell]]

    /// Makes a list.
    public init(heading: String, columns: [String], widths: [Int], rows: [[Cell]]) {
        self.heading = heading
        self.columns = columns
        self.widths = widths
        self.rows = rows
    }

    var section: GridPage.Section {
        guard !rows.isEmpty else { return GridPage.Section(heading: heading, .paragraph("（无）")) }
        var grid = CellGrid(widths: widths)
        grid.append(columns.map { .init($0) })
        for row in rows { grid.append(row.map { .init($0, isLeading: true) }) }
        return GridPage.Section(heading: heading, .grid(grid))
    }
}
