internal import HTTPServer
internal import HTTPTypes
internal import ReportIngest
internal import ReportStore
internal import Reports

/// How one report is shown.
struct ReportView: Sendable {
    static let parameters: Set<String> = ["format", "header", "bom", "include"]

    let format: Format
    let csv: ReportTableCSV.Options
    let includesCells: Bool

    init(_ call: Call) throws(Problem) {
        format = try Format(call)
        switch call.query["header"] {
        case nil, "id": csv = ReportTableCSV.Options(hasByteOrderMark: try call.query.flag("bom"))
        case "zh": csv = ReportTableCSV.Options(hasChineseHeader: true, hasByteOrderMark: try call.query.flag("bom"))
        default: throw .parameter("header", "zh or id")
        }
        switch call.query["include"] {
        case nil: includesCells = false
        case "cells" where format == .json: includesCells = true
        default: throw .parameter("include", "cells, with format=json")
        }
    }
}

extension Service {
    /// `GET /reports/{agency}/{year}`
    func showReport(_ call: Call) throws -> Response {
        let view = try ReportView(call)
        if view.format == .json, !view.includesCells { return try showDocument(call) }
        let stored = try report(call)
        let bytes =
            view.format == .csv
            ? try ReportTableCSV.bytes(of: stored, view.csv)
            : ReportRepresentation.json(stored, cells: try ingestor.cells(of: store.source(of: stored.head)))
        // Another revision may hold the same figures: the bytes tell.
        return try Entity(mediaType: view.format.mediaType, bytes: bytes, lastModified: stored.head.revisedAt)
            .response(to: call.request, cacheControl: settings.cacheControl)
    }

    /// The hottest read: one statement where the agency is named as published.
    private func showDocument(_ call: Call) throws -> Response {
        let year = try year(call.path[1]).value
        let document = try store.document(agency: call.path[0], year: year) ?? Store.Document(try report(call))
        let entity = Entity(
            mediaType: Format.json.mediaType, tag: StableHash.hex(document.tag), lastModified: document.revisedAt
        ) { document.bytes }
        return try entity.response(to: call.request, cacheControl: settings.cacheControl)
    }

    /// `GET /reports/{agency}/{year}/source`: byte for byte, and never run as a page of this site.
    func showSource(_ call: Call) throws -> Response {
        let stored = try report(call)
        let source = try store.source(of: stored.head)
        let ingestor = ingestor
        let name = source.fileName ?? "\(stored.head.agency.name)-\(stored.head.year)\(Self.ending(source.mediaType))"
        let fields: HTTPFields = [
            .contentDisposition: "attachment; filename*=UTF-8''\(PercentEncoding.encode(name))",
            .contentSecurityPolicy: "sandbox; default-src 'none'",
        ]
        var hash = StableHash()
        hash.add(stored.head.sha256)
        let entity = Entity(
            mediaType: source.mediaType, tag: hash.hex,
            lastModified: stored.head.revisedAt, fields: fields
        ) { try ingestor.bytes(of: source) }
        return try entity.response(to: call.request, cacheControl: settings.cacheControl)
    }

    private static func ending(_ mediaType: String) -> String {
        switch mediaType.prefix(while: { $0 != ";" }) {
        case "text/html": ".html"
        case "application/json": ".json"
        default: ".txt"
        }
    }

    /// `GET /reports/{agency}/{year}/findings`
    func showFindings(_ call: Call) throws -> Response {
        try part(call) { store, head in
            var json = JSONWriter()
            json.beginObject()
            json.key("items")
            json.raw(try store.findings(of: head))
            json.endObject()
            return json.bytes
        }
    }

    /// `GET /reports/{agency}/{year}/narrative`
    func showNarrative(_ call: Call) throws -> Response {
        try part(call) { store, head in try store.narrative(of: head) }
    }

    private func part(_ call: Call, _ content: (Store, ReportHead) throws -> [UInt8]) throws -> Response {
        _ = try Format(call, of: [.json])
        let head = try report(call).head
        let entity = Entity(
            mediaType: Format.json.mediaType, bytes: try content(store, head), lastModified: head.revisedAt)
        return try entity.response(to: call.request, cacheControl: settings.cacheControl)
    }

    /// The report of a call's path.
    private func report(_ call: Call) throws -> StoredReport {
        let year = try year(call.path[1])
        guard let agency = try store.agency(call.path[0]) else { throw UnknownAgency(name: call.path[0]) }
        guard let stored = try store.report(of: agency, year: year.value) else {
            let years = try store.years(of: agency)
            let list = years.map(String.init).joined(separator: ", ")
            throw Problem(
                .reportNotFound, "\(agency.name) has no report for \(year.value); there are: \(list).",
                chinese: "\(agency.name)没有 \(year.value) 年度的报告；现有年度：\(list)。",
                members: ["years": .array(years.map { .number("\($0)") })])
        }
        return stored
    }

    /// A year of a path: 2008 to next year.
    func year(_ text: String) throws(Problem) -> ReportYear {
        let last = CivilDate.year(at: settings.clock()) + 1
        guard text.utf8.count == 4, let number = Int(text), number <= last, let year = ReportYear(number) else {
            throw .year(text, last)
        }
        return year
    }
}
