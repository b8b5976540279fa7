internal import HTTPServer
internal import HTTPTypes
internal import ReportStore
internal import Reports
internal import Spreadsheets

/// What a call asks of many reports.
struct StatisticsRequest {
    /// The parameters beside those of the filter.
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

    init(_ call: Call, _ service: Service) throws {
        shape = try call.query.word("shape") ?? .groups
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
                throw .parameter("group", "some of \(Self.dimensions.joined(separator: ", ")), with commas between")
            }
            let isRegion = if case .region = dimension { true } else { false }
            let isTwice = dimensions.contains { known in
                if case .region = known { isRegion } else { known == dimension }
            }
            guard !isTwice else { throw .parameter("group", "each of them once, and one size of region") }
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
                throw .parameter(
                    "measure", "paths of figures and indicators, as GET /forms and GET /indicators list them")
            }
            if !measures.contains(measure) { measures.append(measure) }
        }
        guard measures.count <= measuresMax else { throw .parameter("measure", "at most \(measuresMax) paths") }
        return measures
    }
}

extension Reading {
    /// `GET /statistics` where the answer is at hand; nil where it takes long.
    func showStatisticsQuickly(_ call: Call) throws -> Response? {
        let request = try StatisticsRequest(call, service)
        // Workbooks take their time, and so do long lists of agencies.
        guard try Format(call, of: Self.statisticsFormats) != .xlsx,
            let statistics = try store.quickStatistics(request.query)
        else { return nil }
        guard request.shape == .form else { return try respond(statistics, request.query, call) }
        let named = (statistics.missing ?? []).count + statistics.groups.reduce(0) { $0 + $1.failing.count }
        return named <= Self.quickNamesMax ? try respond(form: statistics, request.query, call) : nil
    }

    /// `GET /statistics`
    func showStatistics(_ call: Call) throws -> Response {
        let request = try StatisticsRequest(call, service)
        let statistics = try store.statistics(request.query)
        return request.shape == .form
            ? try respond(form: statistics, request.query, call) : try respond(statistics, request.query, call)
    }

    private func respond(_ statistics: Statistics, _ query: StatisticsQuery, _ call: Call) throws -> Response {
        let view = StatisticsRepresentation(
            query: query, statistics: statistics, names: try names(in: statistics.groups.map(\.key)))
        let format = try Format(call, of: Self.statisticsFormats)
        let options = try CSVOptions(call.query)
        let bytes =
            switch format {
            case .csv: view.csv(options)
            case .xlsx: try sheet(view.rows(options), named: "统计")
            case .html: Self.page(view.rows(options), title: "政府信息公开统计")
            case .json, .ndjson: view.json
            }
        return try Entity(format, named: "statistics", bytes: bytes)
            .response(to: call.request, cacheControl: settings.cacheControl)
    }

    /// The most agencies and reports that are looked up on the event loop.
    private static let quickNamesMax = 200

    static let statisticsFormats: [Format] = [.json, .csv, .xlsx, .html]

    /// A table as a page, to be pasted.
    private static func page(_ rows: [[CSVWriter.Field]], title: String) -> [UInt8] {
        let columns = rows.first?.count ?? 0
        var grid = CellGrid(widths: Array(repeating: 1, count: columns))
        for row in rows { grid.append(row.map { .init(Cell($0)) }) }
        return GridHTML.bytes(
            GridPage(
                title: title, notes: [], columns: columns, sections: [.init(heading: "", .grid(grid))]))
    }

    /// A small table as a workbook.
    func sheet(_ rows: [[CSVWriter.Field]], named name: String) throws -> [UInt8] {
        let folder = settings.uploadFolder
        let workbook = try Workbook(in: folder)
        let columns = (rows.first ?? []).map { TableSheet.Column(Cell($0).text) }
        let table = try TableSheet(path: workbook.path, temporaryFolder: folder, name: name, columns: columns)
        for row in rows.dropFirst() { try table.append(row.map { Cell($0) }) }
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
