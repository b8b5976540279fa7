internal import Codecs
internal import HTTPServer
internal import HTTPTypes
internal import ReportIngest
internal import ReportSheets
internal import ReportStore
internal import Reports

/// How one report is shown.
struct ReportView: Sendable {
    let format: Format
    let csv: CSVOptions

    init(_ call: Call) throws(Problem) {
        format = try Format(call, of: Self.formats)
        csv = try CSVOptions(call.query, format, headed: [.csv])
        switch call.query["include"] {
        case nil: break
        case "cells" where format == .json: break
        default: throw .parameter("include", "cells, with format=json", "cells（仅用于 format=json）")
        }
    }

    static let formats: [Format] = [.json, .csv, .ndjson, .xlsx, .html]

    /// Whether a call asks for more than what is stored.
    static func isLong(_ call: Call) -> Bool {
        if call.query["include"] != nil { return true }
        let format = try? Format(call, of: formats)
        return format == .xlsx || format == .html
    }
}

extension Reading {
    /// `GET /reports/{agency}/{year}`
    func showReport(_ call: Call) throws -> Response {
        let view = try ReportView(call)
        if view.format == .json, call.query["as_of"] == nil { return try showDocument(call) }
        return try represent(try shown(call), view, call)
    }

    /// A report as it is stored, or as a table.
    func represent(_ shown: ShownReport, _ view: ReportView, _ call: Call) throws -> Response {
        let bytes =
            switch view.format {
            case .csv: try ReportTableCSV.bytes(of: shown, view.csv)
            case .ndjson: shown.document + [UInt8(ascii: "\n")]
            case .json, .xlsx, .html: shown.document
            }
        return try shown.entity(mediaType: view.format.mediaType, bytes: bytes)
            .response(to: call.request, cacheControl: settings.cacheControl)
    }

    /// The hottest read: one statement where the agency is named as published.
    private func showDocument(_ call: Call) throws -> Response {
        let year = try service.year(call.path[1]).value
        var entity: Entity
        if let document = try store.document(agency: call.path[0], year: year) {
            entity = Entity(
                mediaType: Format.json.mediaType, tag: StableHash.hex(document.tag), lastModified: document.modifiedAt
            ) { document.bytes }
        } else {
            let shown = try shown(call)
            entity = shown.entity(mediaType: Format.json.mediaType, bytes: shown.document)
            // As under the agency's own name, whatever release made it.
            if let tag = shown.tag { entity.tag = StableHash.hex(tag) }
        }
        return try entity.response(to: call.request, cacheControl: settings.cacheControl)
    }

    /// The report in the layout of its form.
    fileprivate func form(_ shown: ShownReport, _ format: Format, _ call: Call) throws -> Response {
        let report = try AnnualReport(document: JSONDocument(shown.document))
        let bytes = format == .html ? FormHTML.bytes(report, caption: "") : try sheet(report, "")
        var entity = shown.entity(mediaType: format.mediaType, bytes: bytes)
        if format == .xlsx {
            let name = PercentEncoding.encode("\(shown.head.agencyName)-\(shown.head.year).xlsx")
            entity.fields[.contentDisposition] = "attachment; filename*=UTF-8''\(name)"
        }
        return try entity.response(to: call.request, cacheControl: settings.cacheControl)
    }

    /// `GET /reports/{agency}/{year}/source`: byte for byte, and never run as a page of this site.
    func showSource(_ call: Call) throws -> Response {
        try showSource(of: try shown(call), call)
    }

    func showSource(of shown: ShownReport, _ call: Call) throws -> Response {
        let source = try store.source(of: shown.head, revision: shown.revision)
        let ingestor = service.ingestor
        let head = shown.head
        let name = source.fileName ?? "\(head.agencyName)-\(head.year)\(Self.ending(source.mediaType))"
        var fields = shown.fields
        fields[.contentDisposition] = "attachment; filename*=UTF-8''\(PercentEncoding.encode(name))"
        fields[.contentSecurityPolicy] = "sandbox; default-src 'none'"
        let tag: UInt64
        switch source.content {
        case .deflated(let bytes), .plain(let bytes): tag = TextTag.of(bytes)
        }
        let entity = Entity(
            mediaType: source.mediaType, tag: StableHash.hex(tag), lastModified: shown.modifiedAt, fields: fields
        ) { try ingestor.bytes(of: source) }
        return try entity.response(to: call.request, cacheControl: settings.cacheControl)
    }

    private static func ending(_ mediaType: String) -> String {
        switch mediaType.prefix(while: { $0 != ";" }) {
        case "text/html": ".html"
        case "application/json": ".json"
        case "application/pdf": ".pdf"
        case "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx"
        case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx"
        default: ".txt"
        }
    }

    /// `GET /reports/{agency}/{year}/findings`
    func showFindings(_ call: Call) throws -> Response {
        try showFindings(of: try shown(call), call)
    }

    func showFindings(of shown: ShownReport, _ call: Call) throws -> Response {
        let bytes =
            try shown.pastFindings
            ?? [UInt8](#"{"items":"#.utf8) + store.findings(of: shown.head, namingOthers: true) + [UInt8(ascii: "}")]
        // The address of another report changes with its agency: this report's date does not tell of that.
        return try show(call, shown, bytes, changedAt: changedAt())
    }

    /// `GET /reports/{agency}/{year}/narrative`
    func showNarrative(_ call: Call) throws -> Response {
        try showNarrative(of: try shown(call), call)
    }

    func showNarrative(of shown: ShownReport, _ call: Call) throws -> Response {
        try show(call, shown, try store.narrative(of: shown.head, revision: shown.revision))
    }

    private func show(
        _ call: Call, _ shown: ShownReport, _ bytes: [UInt8], changedAt: Int64? = nil
    ) throws -> Response {
        _ = try Format(call, of: [.json])
        return try shown.entity(mediaType: Format.json.mediaType, bytes: bytes, changedAt: changedAt)
            .response(to: call.request, cacheControl: settings.cacheControl)
    }
}

extension Service {
    /// A report with cells, or in the layout of the form.
    ///
    /// - Parameter find: finds what the call asks for.
    func showReportAtLength(
        _ call: Call, _ find: @escaping @Sendable (Reading, Call) throws -> ShownReport
    ) async throws -> Response {
        let view = try ReportView(call)
        guard view.format == .json else {
            return try await readingLong { try $0.form(try find($0, call), view.format, call) }
        }
        let (shown, source) = try reading { reading in
            let shown = try find(reading, call)
            return (shown, try reading.store.source(of: shown.head, revision: shown.revision))
        }
        let cells = try await ingestor.cells(of: source)
        let bytes = ReportRepresentation.json(shown.document, cells: cells)
        return try shown.entity(mediaType: view.format.mediaType, bytes: bytes)
            .response(to: call.request, cacheControl: settings.cacheControl)
    }
}

extension ShownReport {
    /// Another revision may hold the same figures: the tag is made from the bytes.
    fileprivate func entity(mediaType: String, bytes: [UInt8], changedAt: Int64? = nil) -> Entity {
        Entity(mediaType: mediaType, bytes: bytes, lastModified: changedAt ?? modifiedAt, fields: fields)
    }
}
