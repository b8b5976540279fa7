/// Writes a long table as a workbook (`.xlsx`), row by row in constant memory.
///
/// The first row names the columns and stays in sight. What a sheet cannot hold goes on in further ones. Texts are
/// texts, whatever they begin with: no formula is ever written. A table is confined to whoever made it: it is not
/// `Sendable`.
public final class TableSheet {
    /// A column of the table.
    public struct Column: Sendable, Hashable {
        /// Its name.
        public let title: String
        /// How wide it is, in digits; a Chinese character takes two.
        public let width: Int

        /// Makes a column, as wide as its name unless a width is given; 255 at most.
        public init(_ title: String, width: Int? = nil) {
            self.title = title
            self.width = min(width ?? min(max(CellText.width(title) + 2, 8), 40), 255)
        }
    }

    /// The rows that a sheet of Excel has, the one with the names included.
    public static let rowsPerSheetMax = 1_048_576

    private let file: WorkbookFile
    private let name: String
    private let columns: [Column]
    private let rowsPerSheet: Int
    private var sheet: WorkbookFile.Sheet
    private var sheetCount = 1
    private var row = 1

    /// Begins a table; nothing is at its path until it is finished, and nothing stays when it is given up.
    ///
    /// - Parameters:
    ///   - path: where the workbook is to be; a file that is there already is replaced.
    ///   - temporaryFolder: a folder with room for twice the rows as XML, a hundred bytes a cell; the files have no name.
    ///   - name: the name of the sheet, at most 25 characters without `[]:*?/\`.
    public convenience init(
        path: String, temporaryFolder: String, name: String, columns: [Column]
    ) throws(SpreadsheetError) {
        try self.init(
            path: path, temporaryFolder: temporaryFolder, name: name, columns: columns,
            rowsPerSheet: Self.rowsPerSheetMax)
    }

    init(
        path: String, temporaryFolder: String, name: String, columns: [Column], rowsPerSheet: Int
    ) throws(SpreadsheetError) {
        precondition(columns.count <= 16_384, "a sheet has at most 16384 columns")
        file = try WorkbookFile(path: path, temporaryFolder: temporaryFolder, keepsRows: false)
        self.name = name
        self.columns = columns
        self.rowsPerSheet = rowsPerSheet
        sheet = try file.addSheet(named: name)
        try beginSheet()
    }

    /// Adds a row: a cell for each column from the left; what is missing at the end is blank.
    ///
    /// - Throws: ``SpreadsheetError`` when the row cannot be kept; the table is to be given up then.
    public func append(_ cells: [Cell]) throws(SpreadsheetError) {
        precondition(cells.count <= columns.count, "a row has more cells than the table has columns")
        if row == rowsPerSheet {
            sheetCount += 1
            sheet = try file.addSheet(named: "\(name) \(sheetCount)")
            row = 1
            try beginSheet()
        }
        for (column, cell) in cells.enumerated() where cell != .empty {
            try file.write(cell, to: sheet, row: row, column: column, style: CellStyle())
        }
        row += 1
        try file.checkRows(of: sheet)
    }

    /// Writes the workbook to its path.
    ///
    /// - Throws: ``SpreadsheetError``; no part of the workbook is at the path then.
    public func finish() throws(SpreadsheetError) {
        try file.finish()
    }

    private func beginSheet() throws(SpreadsheetError) {
        file.makeList(sheet)
        let style = CellStyle(isBold: true, hasBorder: true, isShaded: true, isWrapped: true, isLeading: false)
        for (index, column) in columns.enumerated() {
            file.setWidth(Double(column.width), of: index...index, in: sheet)
            try file.write(.text(column.title), to: sheet, row: 0, column: index, style: style)
        }
    }
}
