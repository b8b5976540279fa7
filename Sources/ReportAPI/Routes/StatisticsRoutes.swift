internal import HTTPServer
internal import HTTPTypes
internal import ReportStore
internal import Reports
internal import Spreadsheets

/// What a call asks of many reports.
struct StatisticsRequest {
    /// Those of the filter, beside figures and indicators.
    static let filters = FilterParameters.names.subtracting(["scope"])
    static let measuresMax = 60
    private static let measuresDefault: [Measure] = [
        .figure(.request(.newReceived, .total)), .figure(.request(.totalProcessed, .total)),
        .indicator(.disclosureRate),
    ]

    /// What is answered.
    enum Shape: String, CaseIterable {
        /// Groups, with what they add up to.
        case groups
        /// The form, with every figure added up.
        case form
    }

    let query: StatisticsQuery
    let shape: Shape
    let format: Format
    let csv: CSVOptions

    init(_ call: Call, _ service: Service) throws {
        shape = try call.query.word("shape") ?? .groups
        format = try Format(call, of: Self.formats)
        // In the layout of the form there are no names of columns.
        csv = try CSVOptions(call.query, format, headed: shape == .form ? [.csv] : [.csv, .xlsx, .html])
        if shape == .form {
            for name in ["group", "measure"] where call.query[name] != nil {
                throw Problem.parameter(name, besides: "shape=form")
            }
        }
        let filter = try FilterParameters.filter(call, service)
        query = StatisticsQuery(
            filter: filter, scope: try call.query.word("scope") ?? .own,
            dimensions: try Self.dimensions(
                call.query["group"], call.query.conditions.first { $0.name == "region" }?.value),
            measures: shape == .form ? [] : try Self.measures(call.query), addsForms: shape == .form)
    }

    static let formats: [Format] = [.json, .csv, .ndjson, .xlsx, .html]

    /// What `group` may name. `region` is what lies directly below the region that the filter names.
    static let dimensions = ["year", "region", "province", "prefecture", "county", "level", "kind", "form", "agency"]

    /// Each once, and one size of division.
    static let dimensionsMax = 6

    private static func dimensions(_ text: String?, _ region: String?) throws(Problem) -> [StatisticsQuery.Dimension] {
        guard let text else { return [] }
        var dimensions: [StatisticsQuery.Dimension] = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            let dimension: StatisticsQuery.Dimension
            switch word {
            case "year": dimension = .year
            case "region": dimension = .region(digits: digits(below: region))
            case "province": dimension = .region(digits: 2)
            case "prefecture": dimension = .region(digits: 4)
            case "county": dimension = .region(digits: 6)
            case "level": dimension = .level
            case "kind": dimension = .kind
            case "form": dimension = .form
            case "agency": dimension = .agency
            default:

                let known = Self.dimensions.joined(separator: ", ")
                throw .parameter("group", "some of \(known), with commas between", "\(known) 中的若干项，以逗号分隔")
            }
            let isRegion = if case .region = dimension { true } else { false }
            let isTwice = dimensions.contains { known in
                if case .region = known { isRegion } else { known == dimension }
            }
            guard !isTwice else {
                throw .parameter("group", "each of them once, and one size of region", "各项至多一次，且区划层级只能有一种")
            }
            dimensions.append(dimension)
        }
        return dimensions
    }

    /// 2 for the provinces of all, 4 for the prefectures of a province, 6 for the counties of a prefecture.
    static func digits(below region: String?) -> Int {
        guard let region, region.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return 2 }
        var code = region[...]
        while code.utf8.count > 2, code.hasSuffix("00") { code = code.dropLast(2) }
        return min(6, code.utf8.count + 2)
    }

    static func measures(_ query: Query) throws(Problem) -> [Measure] {
        guard let text = query["measure"] else { return measuresDefault }
        var measures: [Measure] = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let measure = Measure(String(name)) else {
                throw .path("measure", String(name), [])
            }
            if !measures.contains(measure) { measures.append(measure) }
        }
        guard measures.count <= measuresMax else { throw .most("measure", measuresMax) }
        return measures
    }
}

extension Reading {
    /// `GET /statistics` where the answer is at hand; nil where it takes long.
    func showStatisticsQuickly(_ call: Call) throws -> Response? {
        let request = try StatisticsRequest(call, service)
        // Workbooks take their time, and so do long lists of agencies.
        guard request.format != .xlsx, let statistics = try store.quickStatistics(request.query) else { return nil }
        guard request.shape == .form else { return try respond(statistics, request, call) }
        let named =
            (statistics.missing ?? []).count + statistics.nested.count
            + statistics.groups.reduce(0) { $0 + $1.suspect.count }
        return named <= Self.quickNamesMax ? try respond(form: statistics, request, call) : nil
    }

    /// `GET /statistics`
    func showStatistics(_ call: Call) throws -> Response {
        let request = try StatisticsRequest(call, service)
        if try store.isLong(request.query) {
            return try respondAtLength(request.query, request.format, request.csv, call)
        }
        let statistics = try store.statistics(request.query)
        return request.shape == .form
            ? try respond(form: statistics, request, call) : try respond(statistics, request, call)
    }

    private func respond(_ statistics: Statistics, _ request: StatisticsRequest, _ call: Call) throws -> Response {
        let view = try view(request.query, statistics, request.csv)
        let header = StatisticsRepresentation.header(request.query, request.csv)
        let bytes =
            switch request.format {
            case .csv: CSVWriter.bytes([header] + view.rows, request.csv)
            case .xlsx: try sheet(header, named: "统计") { append in for row in view.rows { try append(row) } }
            case .html: Self.page([header] + view.rows, title: "政府信息公开统计")
            case .ndjson: view.lines
            case .json: view.json
            }
        return try Entity(request.format, named: "statistics", bytes: bytes, lastModified: try changedAt())
            .response(to: call.request, cacheControl: settings.cacheControl)
    }

    /// An answer with the names of what its groups are made by.
    func view(
        _ query: StatisticsQuery, _ statistics: Statistics, _ csv: CSVOptions
    ) throws -> StatisticsRepresentation {
        StatisticsRepresentation(
            query: query, statistics: statistics, names: try names(in: statistics.groups.map(\.key)), csv: csv,
            nested: try nested(statistics.nested), regions: service.store.regions)
    }

    /// The most agencies and reports that are looked up on the event loop.
    private static let quickNamesMax = 200

    /// A table as a page, to be pasted.
    private static func page(_ rows: [[CSVWriter.Field]], title: String) -> [UInt8] {
        let columns = rows.first?.count ?? 0
        var grid = CellGrid(widths: Array(repeating: 1, count: columns))
        for row in rows { grid.append(row.map { .init(Cell($0)) }) }
        return GridHTML.bytes(
            GridPage(
                title: title, notes: [], columns: columns, sections: [.init(heading: "", .grid(grid))]))
    }

    /// A table as a workbook.
    ///
    /// - Parameter rows: hands on row after row.
    func sheet(
        _ header: [CSVWriter.Field], named name: String, _ rows: (([CSVWriter.Field]) throws -> Void) throws -> Void
    ) throws -> [UInt8] {
        let folder = settings.temporaryFolder
        let workbook = try Workbook(in: folder)
        let columns = header.map { TableSheet.Column(Cell($0).text) }
        let table = try TableSheet(path: workbook.path, temporaryFolder: folder, name: name, columns: columns)
        try rows { row in try table.append(row.map { Cell($0) }) }
        try table.finish()
        return try workbook.bytes()
    }

    /// The names of what groups are made by.
    func names(in keys: [StatisticsKey]) throws -> StatisticsNames {
        let regions = service.store.regions
        var names = StatisticsNames()
        for key in keys {
            if let code = key.region, names.regions[code] == nil {
                let whole = code + String(repeating: "0", count: max(0, 6 - code.utf8.count))
                names.regions[code] = regions[whole].map { regions.fullName(of: $0) }
            }
            if let id = key.agency { names.agencies[id] = try store.agency(id: id)?.name }
        }
        return names
    }
}
