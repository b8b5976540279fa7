public import Reports

/// Reports as CSV (RFC 4180): one header row with stable column ids, one row a report.
public enum ReportTableCSV {
    /// How the table is written.
    struct Options: Sendable {
        /// Whether the header has the form's own words instead of ids.
        var hasChineseHeader = false
        /// Whether it begins with a byte order mark, as Excel needs it to see UTF-8.
        var hasByteOrderMark = false
    }

    /// A report as it is shown.
    ///
    /// - Throws: ``Reports/JSONError`` or ``Reports/ReportDocumentError`` when the stored document is damaged.
    static func bytes(of shown: ShownReport, _ options: Options) throws -> [UInt8] {
        let report = try AnnualReport(document: JSONDocument(shown.document))
        let mark: [UInt8] = options.hasByteOrderMark ? [0xef, 0xbb, 0xbf] : []
        return mark + bytes(of: [report], hasChineseHeader: options.hasChineseHeader)
    }

    /// Reports with the columns of all their forms.
    public static func bytes(of reports: [AnnualReport], hasChineseHeader: Bool = false) -> [UInt8] {
        let forms = ReportForm.allCases.filter { form in reports.contains { $0.form == form } }
        var paths: [FigurePath] = []
        for form in forms.reversed() {
            let known = Set(paths)
            paths += FigurePath.all(in: form, otherIsOneRow: nil).filter { !known.contains($0) }
        }
        let ids = ["agency.name", "year", "form", "scope", "title"]
        let words = ["机关名称", "年度", "格式", "范围", "标题"]
        let names = hasChineseHeader ? words + paths.map(\.label) : ids + paths.map(\.description)
        var bytes: [UInt8] = []
        row(names.map { text($0) }, to: &bytes)
        for report in reports { row(fields(report, paths), to: &bytes) }
        return bytes
    }

    private static func fields(_ report: AnnualReport, _ paths: [FigurePath]) -> [String] {
        let identity = [
            text(report.agency), "\(report.year.value)", report.form.rawValue, report.scope.rawValue,
            text(report.title),
        ]
        return identity + paths.map { path in report[path].map { $0.number + ($0.unit?.rawValue ?? "") } ?? "" }
    }

    private static func row(_ fields: [String], to bytes: inout [UInt8]) {
        bytes += fields.joined(separator: ",").utf8
        bytes += "\r\n".utf8
    }

    /// What a formula begins with, in the wide forms too, which spreadsheets of China and Japan take for the same.
    private static let formulaSigns = Set("=+-@\t\r\n＝＋－＠".unicodeScalars)
    private static let quotedSigns = Set(",\"\r\n".unicodeScalars)

    /// A text field: quoted where it must be, and never run as a formula by a spreadsheet.
    private static func text(_ text: String) -> String {
        // Scalars: a line end or a combining mark would hide the sign before it in one character.
        var text = text
        if let first = text.unicodeScalars.first, formulaSigns.contains(first) { text = "'" + text }
        guard text.unicodeScalars.contains(where: { quotedSigns.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
