internal import ReportStore
internal import Reports

/// A report as CSV (RFC 4180): one header row with stable column ids, one row of figures.
enum ReportTableCSV {
    /// How the table is written.
    struct Options: Sendable {
        /// Whether the header has the form's own words instead of ids.
        var hasChineseHeader = false
        /// Whether it begins with a byte order mark, as Excel needs it to see UTF-8.
        var hasByteOrderMark = false
    }

    /// Writes a report.
    ///
    /// - Throws: ``Reports/JSONError`` or ``Reports/ReportDocumentError`` when the stored document is damaged.
    static func bytes(_ stored: StoredReport, _ options: Options) throws -> [UInt8] {
        let report = try AnnualReport(document: JSONValue(stored.document))
        let paths = FigurePath.all(in: report.form, otherIsOneRow: nil)
        let head = stored.head
        var bytes: [UInt8] = options.hasByteOrderMark ? [0xef, 0xbb, 0xbf] : []
        let ids = ["agency.id", "agency.name", "year", "form", "scope", "title", "revision.number"]
        let words = ["机关编号", "机关名称", "年度", "格式", "范围", "标题", "版本"]
        let names = options.hasChineseHeader ? words + paths.map(\.label) : ids + paths.map(\.description)
        row(names.map { text($0) }, to: &bytes)
        let identity = [
            "\(head.agency.id)", text(head.agency.name), "\(head.year)", head.form.rawValue, head.scope.rawValue,
            text(head.title), "\(head.revision)",
        ]
        row(identity + paths.map { path in report[path].map { $0.number + ($0.unit?.rawValue ?? "") } ?? "" }, to: &bytes)
        return bytes
    }

    private static func row(_ fields: [String], to bytes: inout [UInt8]) {
        bytes += fields.joined(separator: ",").utf8
        bytes += "\r\n".utf8
    }

    /// A text field: quoted where it must be, and never run as a formula by a spreadsheet.
    private static func text(_ text: String) -> String {
        var text = text
        if let first = text.first, "=+-@\t\r".contains(first) { text = "'" + text }
        guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
