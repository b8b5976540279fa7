internal import CXlsx
internal import Glibc

/// libxlsxwriter's workbook: the one place where its pointers are touched.
///
/// The file comes to its path when the workbook is finished, whole or not at all.
@safe
final class WorkbookFile {
    /// One of its sheets.
    @safe
    struct Sheet {
        fileprivate let pointer: UnsafeMutablePointer<lxw_worksheet>
    }

    private static let paperA4 = 9
    private let path: String
    private let temporaryFolder: String
    private var workbook: UnsafeMutablePointer<lxw_workbook>?
    private var sheets: [Sheet] = []
    private var formats: [CellStyle: UnsafeMutablePointer<lxw_format>] = unsafe [:]

    /// Begins a workbook.
    ///
    /// - Parameter keepsRows: whether rows stay in memory until the end, so that cells may be merged and written in any
    ///   order; else each row goes to a file of the temporary folder that has no name.
    init(path: String, temporaryFolder: String, keepsRows: Bool) throws(SpreadsheetError) {
        self.path = path
        self.temporaryFolder = temporaryFolder
        let folder = unsafe strdup(temporaryFolder)
        defer { unsafe free(folder) }
        var options = unsafe lxw_workbook_options()
        unsafe options.constant_memory = keepsRows ? 0 : 1
        unsafe options.tmpdir = folder
        guard let workbook = unsafe workbook_new_opt(path, &options) else {
            throw SpreadsheetError(kind: .outOfMemory, path: path)
        }
        unsafe self.workbook = workbook
        // Equal content makes equal bytes: no time of writing.
        var properties = unsafe lxw_doc_properties()
        unsafe properties.created = 1
        unsafe workbook_set_properties(workbook, &properties)
    }

    deinit {
        guard let workbook = unsafe workbook else { return }
        // The library forgets the files of rows when a workbook is given up.
        for sheet in sheets { if let rows = unsafe sheet.pointer.pointee.optimize_tmpfile { unsafe fclose(rows) } }
        unsafe lxw_workbook_free(workbook)
    }

    /// Adds a sheet; its name must be no other's and one that Excel takes.
    func addSheet(named name: String) throws(SpreadsheetError) -> Sheet {
        errno = 0
        guard let pointer = unsafe workbook_add_worksheet(workbook, name) else {
            throw error(.cannotCreate, errno, at: temporaryFolder)
        }
        let sheet = unsafe Sheet(pointer: pointer)
        sheets.append(sheet)
        unsafe worksheet_set_paper(pointer, UInt8(Self.paperA4))
        unsafe worksheet_set_margins(pointer, 0.5, 0.5, 0.5, 0.5)
        unsafe worksheet_fit_to_pages(pointer, 1, 0)
        unsafe worksheet_center_horizontally(pointer)
        return sheet
    }

    /// Writes the whole workbook to its path.
    func finish() throws(SpreadsheetError) {
        guard let workbook = unsafe workbook else { throw SpreadsheetError(kind: .failed, path: path) }
        try checkRoom()
        unsafe self.workbook = nil
        let rows = sheets.compactMap { unsafe RowsFile($0.pointer.pointee.optimize_tmpfile) }
        defer { for file in rows { file.closeIfForgotten() } }
        errno = 0
        // It frees the workbook, come what may.
        let result = unsafe workbook_close(workbook)
        guard result == LXW_NO_ERROR else {
            let reason = errno
            unsafe unlink(path)
            throw error(result == LXW_ERROR_CREATING_XLSX_FILE ? .cannotCreate : .failed, reason, at: path)
        }
    }

    /// Throws when rows have been lost.
    func checkRows(of sheet: Sheet) throws(SpreadsheetError) {
        if let rows = unsafe sheet.pointer.pointee.optimize_tmpfile, unsafe ferror(rows) != 0 {
            throw SpreadsheetError(kind: .diskFull, path: temporaryFolder)
        }
    }

    /// The library copies each sheet's rows once more, and does not look whether there is room: so we do.
    private func checkRoom() throws(SpreadsheetError) {
        var largest = 1 << 20
        for sheet in sheets {
            guard let rows = unsafe sheet.pointer.pointee.optimize_tmpfile else { continue }
            unsafe fflush(rows)
            try checkRows(of: sheet)
            unsafe largest = max(largest, ftell(rows) + 1 << 20)
        }
        var room = statvfs()
        guard unsafe statvfs(temporaryFolder, &room) == 0 else {
            throw error(.cannotCreate, errno, at: temporaryFolder)
        }
        let (free, overflows) = UInt64(room.f_bavail).multipliedReportingOverflow(by: UInt64(room.f_frsize))
        guard overflows || free >= UInt64(largest) else {
            throw SpreadsheetError(kind: .diskFull, path: temporaryFolder)
        }
    }

    private func error(_ kind: SpreadsheetError.Kind, _ reason: Int32, at path: String) -> SpreadsheetError {
        switch reason {
        case ENOSPC, EDQUOT, EFBIG: SpreadsheetError(kind: .diskFull, path: path)
        case ENOMEM: SpreadsheetError(kind: .outOfMemory, path: path)
        default: SpreadsheetError(kind: kind, path: path)
        }
    }
}

extension WorkbookFile {
    /// Writes a cell; rows and columns from 0.
    func write(_ cell: Cell, to sheet: Sheet, row: Int, column: Int, style: CellStyle) throws(SpreadsheetError) {
        var style = style
        let row = UInt32(truncatingIfNeeded: row)
        let column = UInt16(truncatingIfNeeded: column)
        let result: lxw_error
        switch cell {
        case .empty:
            result = unsafe worksheet_write_blank(sheet.pointer, row, column, format(style))
        case .number(let text):
            if let number = StoredNumber(text) {
                style.places = number.places
                style.isWrapped = false
                result = unsafe worksheet_write_number(sheet.pointer, row, column, number.value, format(style))
            } else {
                result = unsafe worksheet_write_string(
                    sheet.pointer, row, column, CellText.ofWorkbook(text), format(style))
            }
        case .quotient(let value):
            style.isWrapped = false
            result = unsafe worksheet_write_number(sheet.pointer, row, column, value, format(style))
        case .text(let text):
            result = unsafe worksheet_write_string(sheet.pointer, row, column, CellText.ofWorkbook(text), format(style))
        }
        guard result == LXW_NO_ERROR else { throw SpreadsheetError(kind: .failed, path: path) }
    }

    /// Makes one cell of several.
    func merge(_ sheet: Sheet, rows: ClosedRange<Int>, columns: ClosedRange<Int>, style: CellStyle) {
        guard rows.count > 1 || columns.count > 1 else { return }
        unsafe worksheet_merge_range(
            sheet.pointer, UInt32(truncatingIfNeeded: rows.lowerBound),
            UInt16(truncatingIfNeeded: columns.lowerBound), UInt32(truncatingIfNeeded: rows.upperBound),
            UInt16(truncatingIfNeeded: columns.upperBound), "", format(style))
    }

    /// Sets the width of columns, in digits.
    func setWidth(_ width: Double, of columns: ClosedRange<Int>, in sheet: Sheet) {
        unsafe worksheet_set_column(
            sheet.pointer, UInt16(truncatingIfNeeded: columns.lowerBound),
            UInt16(truncatingIfNeeded: columns.upperBound), width, nil)
    }

    /// Sets the height of a row, in points.
    func setHeight(_ height: Double, ofRow row: Int, in sheet: Sheet) {
        unsafe worksheet_set_row(sheet.pointer, UInt32(truncatingIfNeeded: row), height, nil)
    }

    /// Prints the whole sheet on one page.
    func fitOnOnePage(_ sheet: Sheet) {
        unsafe worksheet_fit_to_pages(sheet.pointer, 1, 1)
    }

    /// Keeps the first row in sight and on every printed page, which lies on its side.
    func makeList(_ sheet: Sheet) {
        unsafe worksheet_freeze_panes(sheet.pointer, 1, 0)
        unsafe worksheet_repeat_rows(sheet.pointer, 0, 0)
        unsafe worksheet_set_landscape(sheet.pointer)
    }

    private func format(_ style: CellStyle) -> UnsafeMutablePointer<lxw_format>? {
        if let format = unsafe formats[style] { return unsafe format }
        guard let format = unsafe workbook_add_format(workbook) else { return nil }
        unsafe format_set_font_name(format, "宋体")
        unsafe format_set_font_size(format, style.size)
        unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        if style.isBold { unsafe format_set_bold(format) }
        if style.hasBorder { unsafe format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue)) }
        if style.isShaded { unsafe format_set_bg_color(format, 0xF2F2F2) }
        if style.isWrapped { unsafe format_set_text_wrap(format) }
        if let isLeading = style.isLeading {
            let side = isLeading ? LXW_ALIGN_LEFT : LXW_ALIGN_CENTER
            unsafe format_set_align(format, UInt8(side.rawValue))
        }
        if let places = style.places {
            let pattern = "0" + (places > 0 ? "." + String(repeating: "0", count: places) : "")
            unsafe format_set_num_format(format, pattern)
            if style.hasBorder { unsafe format_set_shrink(format) }
        }
        unsafe formats[style] = format
        return unsafe format
    }
}
