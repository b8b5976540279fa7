/// Writes tables with merged cells as a workbook that prints on A4, a sheet for each page: on one sheet of paper where that
/// can be read.
public enum GridSheet {
    /// Writes pages to a path; a file that is there already is replaced.
    ///
    /// - Parameters:
    ///   - pages: each with the name of its sheet, at most 31 characters without `[]:*?/\`, and no other's.
    ///   - temporaryFolder: a folder with room for a mebibyte; the files in it have no name.
    /// - Throws: ``SpreadsheetError``; no part of the workbook is at the path then.
    public static func write(
        _ pages: [(name: String, page: GridPage)], to path: String, temporaryFolder: String
    ) throws(SpreadsheetError) {
        let file = try WorkbookFile(path: path, temporaryFolder: temporaryFolder, keepsRows: true)
        for (name, page) in pages {
            var writer = GridSheetWriter(file: file, sheet: try file.addSheet(named: name), columns: page.columns)
            try writer.write(page)
            if writer.height <= GridSheetWriter.pageHeightMax { file.fitOnOnePage(writer.sheet) }
        }
        try file.finish()
    }
}

private struct GridSheetWriter {
    let file: WorkbookFile
    let sheet: WorkbookFile.Sheet
    let columns: Int
    private var row = 0
    /// In points, before the sheet is made as small as the page.
    private(set) var height = 0.0

    /// The width of a page on A4 in digits, at a size that can be read.
    private var columnWidth: Int { 98 / columns }
    /// Fits on A4 at three quarters of its size.
    static let pageHeightMax = 1_026.0
    private static let lineHeight = 13.0

    init(file: WorkbookFile, sheet: WorkbookFile.Sheet, columns: Int) {
        self.file = file
        self.sheet = sheet
        self.columns = columns
    }

    mutating func write(_ page: GridPage) throws(SpreadsheetError) {
        file.setWidth(Double(columnWidth), of: 0...columns - 1, in: sheet)
        try line(page.title, CellStyle(size: 16, isBold: true, isWrapped: true, isLeading: false))
        for note in page.notes { try line(note, CellStyle(isWrapped: true, isLeading: false)) }
        for section in page.sections {
            setLines(1)
            if !section.heading.isEmpty {
                try line(section.heading, CellStyle(size: 12, isBold: true, isWrapped: true, isLeading: true))
            }
            switch section.content {
            case .paragraph(let text): try line(text, CellStyle(isWrapped: true, isLeading: true))
            case .grid(let grid): try write(grid)
            }
        }
    }

    /// A text over the whole width.
    private mutating func line(_ text: String, _ style: CellStyle) throws(SpreadsheetError) {
        file.merge(sheet, rows: row...row, columns: 0...columns - 1, style: style)
        try file.write(.text(text), to: sheet, row: row, column: 0, style: style)
        let scale = style.size / 10
        let width = Int(Double(columns * columnWidth) / scale)
        setLines(CellText.lines(text, width: width), scale: scale)
    }

    /// Sets the height of the row and goes on to the next one.
    private mutating func setLines(_ count: Int, scale: Double = 1) {
        let points = Double(count) * Self.lineHeight * scale + 2
        file.setHeight(points, ofRow: row, in: sheet)
        height += points
        row += 1
    }

    private mutating func write(_ grid: CellGrid) throws(SpreadsheetError) {
        var lines = Array(repeating: 1, count: grid.rows.count)
        for placed in grid.placed {
            let box = placed.box
            let first = grid.widths[..<placed.column].reduce(0, +)
            let across = grid.widths[placed.column..<placed.column + box.columnSpan].reduce(0, +)
            let style = CellStyle(hasBorder: true, isWrapped: true, isLeading: box.isLeading)
            let top = row + placed.row
            file.merge(
                sheet, rows: top...top + box.rowSpan - 1, columns: first...first + across - 1, style: style)
            try file.write(box.cell, to: sheet, row: top, column: first, style: style)
            // Excel finds no height for merged cells by itself.
            if box.rowSpan == 1, case .text(let text) = box.cell {
                lines[placed.row] = max(lines[placed.row], CellText.lines(text, width: across * columnWidth - 1))
            }
        }
        for count in lines { setLines(count) }
    }
}
