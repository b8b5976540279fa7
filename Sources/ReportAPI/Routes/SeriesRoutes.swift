internal import HTTPServer
internal import HTTPTypes
internal import ReportStore
internal import Reports

/// What a call asks of the reports of one agency.
struct SeriesRequest {
    /// Every indicator, and the figures that they are made of most often.
    private static let measuresDefault: [Measure] =
        [.figure(.request(.newReceived, .total)), .figure(.request(.totalProcessed, .total))]
        + Indicator.allCases.map { .indicator($0) }

    let measures: [Measure]
    let ranksPeers: Bool
    let format: Format
    let csv: CSVOptions

    init(_ call: Call) throws(Problem) {
        measures = call.query["measure"] == nil ? Self.measuresDefault : try StatisticsRequest.measures(call.query)
        ranksPeers = try call.query.flag("peers")
        format = try Format(call, of: Self.formats)
        csv = try CSVOptions(call.query, format)
    }

    static let formats: [Format] = [.json, .csv, .ndjson, .xlsx]

    /// Whether a call asks for more than a few reads by key.
    static func isLong(_ call: Call) -> Bool {
        call.query["peers"] != nil || (try? Format(call, of: formats)) == .xlsx
    }
}

extension Reading {
    /// `GET /reports/{agency}`
    func showSeries(_ call: Call) throws -> Response {
        let request = try SeriesRequest(call)
        let agency = try namedAgency(call)
        let holder = try holderOfReports(agency)
        guard holder == agency else { throw MovedToAgency(name: holder.name) }
        let points = try store.series(of: agency, request.measures, ranksPeers: request.ranksPeers)
        let view = SeriesRepresentation(
            agency: agency, measures: request.measures, points: points, regions: service.store.regions)
        let bytes =
            switch request.format {
            case .csv: CSVWriter.bytes(view.rows(request.csv), request.csv)
            case .xlsx:
                try sheet(view.rows(request.csv)[0], named: "历年数据") { append in
                    for row in view.rows(request.csv).dropFirst() { try append(row) }
                }
            case .ndjson: view.lines
            case .json, .html: view.json
            }
        let isNamed = AgencyKey(call.path[0]) == AgencyKey(agency.name)
        let fields: HTTPFields =
            isNamed ? [:] : [.contentLocation: "/reports/" + PercentEncoding.encode(agency.name)]
        return try Entity(request.format, named: "series", bytes: bytes, lastModified: try changedAt(), fields: fields)
            .response(to: call.request, cacheControl: settings.cacheControl)
    }
}
