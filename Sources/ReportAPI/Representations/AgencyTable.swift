internal import HTTPServer
internal import ReportStore
internal import Reports
internal import Spreadsheets

/// A list of agencies as a table of any length, made page by page.
struct AgencyTable: Sendable {
    let filter: AgencyFilter
    /// The year whose reports are missing or late; nil where that was not asked.
    let dutyYear: Int?
    /// The date, `YYYY-MM-DD`.
    let today: String
    let format: Format
    let csv: CSVOptions
    let store: Store

    /// Makes the table.
    ///
    /// - Parameters:
    ///   - after: the number of the agency before the first.
    ///   - limit: the most agencies.
    func write(after: Int, limit: Int, _ send: Send) async throws {
        if format == .csv { try await send(CSVWriter.bytes([header], csv)) }
        try await forEachPage(after: after, limit: limit) { try await send(bytes(of: $0)) }
    }

    /// Makes the table a workbook.
    func workbook(after: Int, limit: Int, in folder: String) async throws -> Workbook {
        let workbook = try Workbook(in: folder)
        let columns = header.map { TableSheet.Column(Cell($0).text) }
        let sheet = try TableSheet(path: workbook.path, temporaryFolder: folder, name: "机关", columns: columns)
        try await forEachPage(after: after, limit: limit) { page in
            for summary in page { try sheet.append(row(summary).map { Cell($0) }) }
        }
        try sheet.finish()
        return workbook
    }

    /// How many columns it has.
    var columnCount: Int { header.count }

    private func forEachPage(
        after: Int, limit: Int, _ body: ([AgencySummary]) async throws -> Void
    ) async throws {
        var (last, left) = (after, limit)
        while left > 0 {
            let count = min(left, PageRequest.limitMax)
            let page = try await store.agencies(filter, after: last, limit: count)
            try await body(page)
            guard page.count == count, let end = page.last else { return }
            last = end.agency.id
            left -= count
        }
    }

    private func bytes(of page: [AgencySummary]) -> [UInt8] {
        guard format == .csv else {
            return JSONWriter.lines(page) { summary, json in
                AgencyRepresentation.write(
                    summary, regions: store.regions, dutyYear: dutyYear, today: today, to: &json)
            }
        }
        return CSVWriter.bytes(page.map(row), CSVOptions())
    }

    private var header: [CSVWriter.Field] {
        let columns =
            [
                ("id", "机关编号"), ("name", "机关名称"), ("region.code", "行政区划代码"), ("region.name", "行政区划"),
                ("level", "层级"), ("kind", "类别"), ("reports", "报告数"), ("firstYear", "最早年度"), ("lastYear", "最近年度"),
            ] + (dutyYear == nil ? [] : [("due", "应发布日期"), ("published", "发布日期"), ("overdue", "逾期")])
        return columns.map { .text(csv.hasChineseHeader ? $0.1 : $0.0) }
    }

    private func row(_ summary: AgencySummary) -> [CSVWriter.Field] {
        let head: [CSVWriter.Field] = [
            .integer(summary.agency.id), .text(summary.agency.name), .text(summary.agency.region ?? ""),
            .text(store.regions.named(summary.agency.region)?.name ?? ""), csv.word(summary.level),
            csv.word(summary.kind), .integer(summary.reports), .integer(summary.firstYear),
            .integer(summary.lastYear),
        ]
        guard let dutyYear else { return head }
        let duty = summary.duty(dutyYear, today: today)
        return head + [.text(duty.due), .text(summary.publishedOn ?? ""), csv.flag(duty.isOverdue)]
    }
}

extension AgencySummary {
    /// The day by which a report was due, and whether it went by before.
    func duty(_ year: Int, today: String) -> (due: String, isOverdue: Bool) {
        let due = DueDate(agencyNamed: agency.name, scope: scope, year: year).description
        return (due, due < publishedOn ?? today)
    }
}
