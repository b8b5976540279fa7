public import Reports

/// Reports as CSV (RFC 4180): one header row with stable column ids, one row a report.
public enum ReportTableCSV {
    /// A report as it is shown.
    ///
    /// - Throws: ``Reports/JSONError`` or ``Reports/ReportDocumentError`` when the stored document is damaged.
    static func bytes(of shown: ShownReport, _ options: CSVOptions) throws -> [UInt8] {
        let report = try AnnualReport(document: JSONDocument(shown.document))
        return bytes(of: [report], options)
    }

    /// Reports with the columns of all their forms.
    public static func bytes(of reports: [AnnualReport]) -> [UInt8] {
        bytes(of: reports, CSVOptions())
    }

    static func bytes(of reports: [AnnualReport], _ options: CSVOptions) -> [UInt8] {
        let paths = paths(of: ReportForm.allCases.filter { form in reports.contains { $0.form == form } })
        let ids = ["agency.name", "year", "form", "scope", "title"]
        let words = ["机关名称", "年度", "格式", "范围", "标题"]
        let isChinese = options.hasChineseHeader
        let rates = Indicator.allCases.flatMap { ReportField.columns(of: .indicator($0)) }
        let names =
            isChinese
            ? words + paths.map(\.label) + rates.map(\.label)
            : ids + paths.map(\.description) + rates.map(\.path)
        var table = CSVWriter(options)
        table.row(names.map { .text($0) })
        for report in reports { table.row(fields(report, paths, options)) }
        return table.bytes
    }

    /// The figures of some forms, those of the newest first, each once.
    static func paths(of forms: [ReportForm]) -> [FigurePath] {
        var paths: [FigurePath] = []
        for form in forms.reversed() {
            let known = Set(paths)
            paths += FigurePath.all(in: form, otherIsOneRow: nil).filter { !known.contains($0) }
        }
        return paths
    }

    private static func fields(
        _ report: AnnualReport, _ paths: [FigurePath], _ options: CSVOptions
    ) -> [CSVWriter.Field] {
        let identity: [CSVWriter.Field] = [
            .text(report.agency), .integer(report.year.value), options.word(report.form),
            options.word(report.scope), .text(report.title),
        ]
        return identity + paths.map { path in .number(report[path].map(\.numberWithUnit)) }
            + Indicator.allCases.flatMap { ReportField.cells(of: report.value(of: $0), options) }
    }
}
