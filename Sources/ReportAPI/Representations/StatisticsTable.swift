internal import HTTPServer
internal import ReportStore
internal import Reports
internal import Spreadsheets

/// The answer to a question over many reports whose groups are too many to be held at once: made part by part. Each part
/// is of one snapshot.
struct StatisticsTable: Sendable {
    let query: StatisticsQuery
    let format: Format
    let csv: CSVOptions
    let service: Service

    /// Makes the table: the same bytes as of a short answer.
    func write(_ send: Send) async throws {
        if format == .csv { try await send(CSVWriter.bytes([StatisticsRepresentation.header(query, csv)], csv)) }
        if format == .json { try await send(Array(#"{"groups":["#.utf8)) }
        var leftOut = LeftOut(query)
        var isFirst = true
        for part in try await service.store.longSnapshot({ try $0.parts(of: query) }) {
            let (piece, partLeftOut) = try await service.readingLong(isHeavy: true) { reading in
                let view = try reading.view(query, try reading.store.statistics(part: part), csv)
                return (view.piece(format), LeftOut(query, view.statistics, view.nested))
            }
            leftOut.add(partLeftOut)
            guard !piece.isEmpty else { continue }
            if format == .json, !isFirst { try await send([UInt8(ascii: ",")]) }
            isFirst = false
            try await send(piece)
        }
        guard format == .json else { return }
        var json = JSONWriter()
        json.array("excluded") { leftOut.write(service.store.regions, to: &$0) }
        try await send(Array("],".utf8) + json.bytes + [UInt8(ascii: "}")])
    }
}

extension StatisticsRepresentation {
    /// The groups as a part of a longer answer.
    fileprivate func piece(_ format: Format) -> [UInt8] {
        switch format {
        case .csv: CSVWriter.bytes(rows, CSVOptions())
        case .ndjson: lines
        // The line feed is the one that ends a line: within JSON it is escaped.
        case .json, .xlsx, .html: lines.dropLast().map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: ",") : $0 }
        }
    }
}

/// What an answer leaves out: reports of the other scope, and by measure those of forms that cannot be compared, and of
/// amounts without a unit.
struct LeftOut: Sendable {
    private let measures: [Measure]
    private var scope = 0
    private var incomparable: [[ReportForm: Int]]
    private var withoutUnit: [Int]
    private var nested = NestedReports()

    init(_ query: StatisticsQuery) {
        measures = query.measures
        incomparable = Array(repeating: [:], count: query.measures.count)
        withoutUnit = Array(repeating: 0, count: query.measures.count)
    }

    init(_ query: StatisticsQuery, _ statistics: Statistics, _ nested: NestedReports) {
        self.init(query)
        self.nested = nested
        scope = statistics.otherScope
        for group in statistics.groups {
            for index in incomparable.indices {
                incomparable[index].merge(group.measures[index].incomparable, uniquingKeysWith: +)
                withoutUnit[index] += group.measures[index].withoutUnit
            }
        }
    }

    mutating func add(_ other: LeftOut) {
        scope += other.scope
        nested.add(other.nested)
        for index in incomparable.indices {
            incomparable[index].merge(other.incomparable[index], uniquingKeysWith: +)
            withoutUnit[index] += other.withoutUnit[index]
        }
    }

    func write(_ regions: RegionDirectory, to json: inout JSONWriter) {
        StatisticsRepresentation.writeExcluded(scope: scope, to: &json)
        nested.write(regions, to: &json)
        for (index, measure) in measures.enumerated() {
            StatisticsRepresentation.writeExcluded(measure, incomparable[index], to: &json)
            StatisticsRepresentation.writeExcluded(measure, withoutUnit: withoutUnit[index], to: &json)
        }
    }
}

extension Reading {
    /// The answer to a question with too many groups to be held at once.
    func respondAtLength(_ query: StatisticsQuery, _ format: Format, _ csv: CSVOptions, _ call: Call) throws -> Response
    {
        switch format {
        case .json, .csv, .ndjson:
            let table = StatisticsTable(query: query, format: format, csv: csv, service: service)
            return service.streamed(format, call) { try await table.write($0) }
        case .html: throw Problem.tooLong(format)
        case .xlsx:
            let columns = StatisticsRepresentation.header(query, csv)
            let rowsMax = ReportListRequest.sheetCellsMax / columns.count
            var count = 0
            let bytes = try sheet(columns, named: "统计") { append in
                for part in try store.parts(of: query) {
                    let rows = try view(query, try store.statistics(part: part), csv).rows
                    count += rows.count
                    guard count <= rowsMax else {
                        throw Problem.workbookFull(rows: rowsMax, columns: columns.count)
                    }
                    for row in rows { try append(row) }
                }
            }
            return try Entity(format, named: "statistics", bytes: bytes, lastModified: try changedAt())
                .response(to: call.request, cacheControl: settings.cacheControl)
        }
    }
}

extension Problem {
    /// A format that cannot hold so much.
    static func tooLong(_ format: Format) -> Problem {
        .parameter("format", "csv, ndjson or json for so many groups", "csv、ndjson 或 json（分组过多，不能用 \(format.rawValue)）")
    }

    /// A workbook that would be too large.
    static func workbookFull(rows: Int, columns: Int) -> Problem {
        .parameter(
            "format",
            "csv for so large a table; a workbook has room for \(rows) rows with \(columns) columns, fewer columns or a narrower filter",
            "csv（表格过大：工作簿在 \(columns) 列时最多 \(rows) 行，可减少列或缩小范围）")
    }
}
