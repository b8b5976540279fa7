internal import HTTPServer
internal import ReportSheets
internal import ReportStore
internal import Reports

extension Reading {
    /// `GET /statistics?shape=form`
    func respond(form statistics: Statistics, _ request: StatisticsRequest, _ call: Call) throws -> Response {
        let total = try total(statistics, request.query, call)
        let regions = service.store.regions
        let bytes: [UInt8]
        switch request.format {
        case .csv: bytes = CSVWriter.bytes(total.rows(request.csv), request.csv)
        case .xlsx: bytes = try sheet(total.report, total.caption("“名单”表"), total.lists(regions))
        case .html: bytes = FormHTML.bytes(total.report, caption: total.caption("下表"), lists: total.lists(regions))
        case .json: bytes = total.json(regions)
        case .ndjson: bytes = total.json(regions) + [UInt8(ascii: "\n")]
        }
        let (title, name) = total.selection.fileName(total.group.years)
        return try Entity(request.format, named: name, title: title, bytes: bytes, lastModified: try changedAt())
            .response(to: call.request, cacheControl: settings.cacheControl)
    }

    /// A report as a workbook in the layout of its form.
    func sheet(_ report: AnnualReport, _ caption: String, _ lists: [FormList] = []) throws -> [UInt8] {
        let folder = settings.temporaryFolder
        let workbook = try Workbook(in: folder)
        try FormSheet.write(report, caption: caption, lists: lists, to: workbook.path, temporaryFolder: folder)
        return try workbook.bytes()
    }

    private func total(_ statistics: Statistics, _ query: StatisticsQuery, _ call: Call) throws -> FormTotal {
        guard let group = statistics.groups.first, let summary = group.form else { throw FormTotal.Missing() }
        // Of a check whose findings are errors there are others, too: what cannot be said for certain is a warning.
        let failing = try store.heads(of: group.suspect).filter { $0.errors > 0 }
        let named = try failing.prefix(FormTotal.namedMax).map { (head: $0, checks: try store.failedChecks(of: $0)) }
        let missing = try statistics.missing.map { missing in
            (
                count: missing.count,
                agencies: try missing.prefix(FormTotal.namedMax).compactMap { try store.agency(id: $0) }
            )
        }
        return FormTotal(
            selection: try selection(query, call), group: group, summary: summary, otherScope: statistics.otherScope,
            missing: missing, failing: (failing.count, named), nested: try nested(statistics.nested))
    }
}
