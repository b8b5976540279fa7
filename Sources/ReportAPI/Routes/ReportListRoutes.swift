internal import HTTPServer
internal import HTTPTypes
internal import ReportStore
internal import Reports

/// What a call asks of the list of reports.
struct ReportListRequest: Sendable {
    static let keysMax = 4

    let query: ReportListQuery
    /// What is shown of each report; nil for the usual.
    let fields: ShownFields?
    let after: ReportListQuery.Position?
    /// The most reports; nil for a table without one.
    let limit: Int?
    let counts: Bool
    let format: Format
    let csv: CSVOptions

    init(_ call: Call, _ service: Service) throws {
        format = try Format(call, of: Self.formats)
        csv = try CSVOptions(call.query, format)
        let filter = try FilterParameters.filter(call, service)
        let fields =
            try ReportField.list(call.query["fields"], filter)
            ?? (format == .csv || format == .xlsx ? ReportField.all(filter) : nil)
        self.fields = fields.map { ShownFields($0) }
        let query = ReportListQuery(
            filter: filter, order: try Self.order(call.query["sort"]), measures: self.fields?.measures ?? [])
        self.query = query
        limit = try call.query.integer("limit", 1...(format == .json ? PageRequest.limitMax : Int.max))
        counts = try call.query.countsExactly
        guard !counts || format == .json else { throw Problem.parameter("count", besides: "format=\(format.rawValue)") }
        after = try call.query["cursor"].map { text throws(Problem) in
            guard let position = ReportListQuery.Position(cursor: text, keys: query.order.count) else {
                throw .cursor
            }
            return position
        }
    }

    /// The formats of lists.
    static let formats: [Format] = [.json, .csv, .ndjson, .xlsx]

    /// The most cells of a workbook: some 500 MB on the disk while it is made.
    static let sheetCellsMax = 5_000_000

    /// Refuses a workbook that would be too large.
    ///
    /// - Parameter reports: how many there are.
    func requireRoom(for reports: Int) throws(Problem) {
        let columns = max(1, fields?.columns.count ?? 0)
        guard min(reports, limit ?? .max) > Self.sheetCellsMax / columns else { return }
        throw .workbookFull(rows: Self.sheetCellsMax / columns, columns: columns)
    }

    /// Whether a call asks for the whole table and not for a page; also where it asks for what there is not.
    static func isTable(_ call: Call) -> Bool {
        let format = try? Format(call, of: formats)
        return format != .json
    }

    /// What reports can be ordered by beside figures and indicators.
    static let sortKeys: [(path: String, key: ReportListQuery.Key)] = [
        ("year", .year), ("agency.id", .agency), ("agency.name", .agencyName), ("agency.region.code", .region),
        ("agency.region.name", .regionName), ("agency.level", .level), ("agency.kind", .kind), ("title", .title),
        ("form", .form), ("scope", .scope), ("published", .published), ("findings.error", .errors),
        ("findings.warning", .warnings), ("revision.number", .revision), ("revision.at", .revisedAt),
    ]

    private static func order(_ text: String?) throws(Problem) -> [ReportListQuery.Order] {
        guard let text else { return [] }
        var order: [ReportListQuery.Order] = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            let isDescending = name.hasPrefix("-")
            let path = String(isDescending ? name.dropFirst() : name)
            guard let key = sortKeys.first(where: { $0.path == path })?.key ?? Measure(path).map({ .measure($0) })
            else { throw .path("sort", path, sortKeys.map(\.path)) }
            order.append(ReportListQuery.Order(key, isDescending: isDescending))
        }
        guard order.count <= keysMax else { throw .most("sort", keysMax) }
        return order
    }
}

extension ReportListQuery.Position {
    /// Reads what ``cursor`` wrote.
    init?(cursor: String, keys: Int) {
        let parts = cursor.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == keys + 2, let year = Int(parts[keys]), let report = Int(parts[keys + 1]) else {
            return nil
        }
        var values: [ReportListQuery.KeyValue?] = []
        for part in parts.prefix(keys) {
            if part.isEmpty {
                values.append(nil)
            } else if part.first == "~" {
                guard let text = try? PercentEncoding.decodeText(Array(part.dropFirst().utf8)[...]) else { return nil }
                values.append(.text(text))
            } else {
                guard let number = Double(part), number.isFinite else { return nil }
                values.append(.number(number))
            }
        }
        self.init(values: values, report: ReportKey(year: year, report: report))
    }

    /// The position as it stands in an address: the keys, the year and the number, with _ between; ~ before a text.
    var cursor: String {
        let keys = values.map { value in
            switch value {
            case nil: ""
            case .number(let number): "\(number)"
            case .text(let text): "~" + text.replacing("%", with: "%25").replacing("_", with: "%5F")
            }
        }
        return (keys + ["\(report.year)", "\(report.report)"]).joined(separator: "_")
    }
}

extension Reading {
    /// `GET /reports`
    func listReports(_ call: Call) throws -> Response {
        let request = try ReportListRequest(call, service)
        let limit = request.limit ?? PageRequest.limitDefault
        let rows = try store.reports(request.query, after: request.after, limit: limit + 1)
        let count = request.counts ? try store.reportCount(request.query.filter) : nil
        let regions = service.store.regions
        let text = request.fields?.hasSnippet ?? true ? request.query.filter.text : nil
        let items = try rows.map { row in
            ShownFields.Row(report: row, snippet: try text.flatMap { try store.snippet(of: row.head, $0) })
        }
        return try service.list(
            call, limit: limit, items, cursor: { try store.position(of: $0.report.head.key, in: request.query).cursor },
            count: count, lastModified: try changedAt()
        ) { item, json in
            if let fields = request.fields {
                fields.write(item, regions, to: &json)
            } else {
                ReportRepresentation.write(item.report.head, snippet: item.snippet, regions: regions, to: &json)
            }
        }
    }
}

extension Service {
    /// `GET /reports` as a table: all reports that the filter holds, made while the client reads. Each piece is of one
    /// snapshot; a report that comes or goes meanwhile may be in it or not, and none is twice.
    func streamReports(_ call: Call) async throws -> Response {
        let request = try ReportListRequest(call, self)
        let table = ReportTable(
            query: request.query, fields: request.fields, format: request.format, csv: request.csv, store: store)
        let (after, limit) = (request.after, request.limit)
        let changedAt = try changedAt()
        if request.format == .xlsx {
            try request.requireRoom(for: try await store.reportCount(request.query.filter))
            let workbook = try await table.workbook(after: after, limit: limit, in: settings.temporaryFolder)
            if let bytes = try workbook.bytes(noMoreThan: settings.wholeTableBytesMax) {
                return try Entity(.xlsx, named: "reports", bytes: bytes, lastModified: changedAt)
                    .response(to: call.request, cacheControl: settings.cacheControl)
            }
            return try workbook.response(fields: [
                .contentType: Format.xlsx.mediaType, .cacheControl: settings.cacheControl, .vary: "Accept",
                .contentDisposition: "attachment; filename=\"reports.xlsx\"",
            ])
        }
        if let whole = try await table.whole(after: after, limit: limit, bytesMax: settings.wholeTableBytesMax) {
            return try Entity(request.format, named: "reports", bytes: whole, lastModified: changedAt)
                .response(to: call.request, cacheControl: settings.cacheControl)
        }
        return streamed(request.format, call) { send in
            try await table.write(after: after, limit: limit, send)
        }
    }
}
