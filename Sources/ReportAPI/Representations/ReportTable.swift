internal import ReportStore
internal import Reports
internal import Spreadsheets

/// The reports that a question is about, as a table of any length, made piece by piece in bounded memory.
struct ReportTable: Sendable {
    /// Reports in one piece.
    private static let pieceMax = 500
    /// Positions that are found at once: an order other than that of years takes a walk through all for each time.
    private static let sortedMax = 20_000

    let query: ReportListQuery
    /// The columns; nil for lines with what lists show.
    let fields: ShownFields?
    let format: Format
    let csv: CSVOptions
    let store: Store

    /// Makes the table.
    ///
    /// - Parameters:
    ///   - after: where to begin; nil for the beginning.
    ///   - limit: the most reports; nil for all.
    ///   - send: takes the next piece.
    func write(
        after: ReportListQuery.Position?, limit: Int?, _ send: ([UInt8]) async throws -> Void
    ) async throws {
        if format == .csv { try await send(CSVWriter.bytes([head], csv)) }
        try await forEachPiece(after: after, limit: limit) { try await send(bytes(of: $0)) }
    }

    /// The whole table, where it is no longer than so many bytes; else nil.
    func whole(
        after: ReportListQuery.Position?, limit: Int?, bytesMax: Int
    ) async throws -> [UInt8]? {
        struct TooLong: Error {}
        var bytes: [UInt8] = []
        do {
            try await write(after: after, limit: limit) { piece in
                bytes += piece
                guard bytes.count <= bytesMax else { throw TooLong() }
            }
        } catch is TooLong {
            return nil
        }
        return bytes
    }

    /// Makes the table a workbook.
    func workbook(
        after: ReportListQuery.Position?, limit: Int?, in folder: String
    ) async throws -> Workbook {
        let workbook = try Workbook(in: folder)
        let columns = head.map { TableSheet.Column(Cell($0).text) }
        let sheet = try TableSheet(path: workbook.path, temporaryFolder: folder, name: "报告", columns: columns)
        try await forEachPiece(after: after, limit: limit) { rows in
            for row in rows { try sheet.append(cells(of: row).map { Cell($0) }) }
        }
        try sheet.finish()
        return workbook
    }

    private func forEachPiece(
        after: ReportListQuery.Position?, limit: Int?, _ body: ([ShownFields.Row]) async throws -> Void
    ) async throws {
        let figures = ListedFigures(query.measures)
        var (last, left) = (after, limit ?? .max)
        let batchMax = query.order.isEmpty ? Self.pieceMax : Self.sortedMax
        while left > 0 {
            let (from, count) = (last, min(left, batchMax))
            let (keys, end) = try await store.longSnapshot { snapshot in
                let keys = try snapshot.keys(query, after: from, limit: count)
                return (keys, try keys.last.map { try snapshot.position(of: $0, in: query) })
            }
            var rest = keys[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Self.pieceMax)
                rest = rest.dropFirst(piece.count)
                let rows = try await store.longSnapshot { snapshot in
                    try piece.compactMap { try snapshot.report($0, figures) }.map { try shown($0, snapshot) }
                }
                try await body(rows)
            }
            guard keys.count == count, let end else { return }
            last = end
            left -= count
        }
    }

    /// A report with the passage that was looked for: in a table of cells without marks, since it is a column of texts.
    private func shown(_ report: ListedReport, _ snapshot: StoreSnapshot) throws -> ShownFields.Row {
        guard let text = query.filter.text, fields?.hasSnippet ?? true else {
            return ShownFields.Row(report: report, snippet: nil)
        }
        return ShownFields.Row(
            report: report, snippet: try snapshot.snippet(of: report.head, text, isMarked: format == .ndjson))
    }

    private var head: [CSVWriter.Field] {
        (fields?.columns ?? []).map { .text(csv.hasChineseHeader ? $0.label : $0.path) }
    }

    private func cells(of row: ShownFields.Row) -> [CSVWriter.Field] {
        fields?.cells(row, store.regions, csv) ?? []
    }

    private func bytes(of rows: [ShownFields.Row]) -> [UInt8] {
        let regions = store.regions
        guard format == .csv else {
            var bytes: [UInt8] = []
            for row in rows {
                var json = JSONWriter(reserving: 1024)
                if let fields {
                    fields.write(row, regions, to: &json)
                } else {
                    ReportRepresentation.write(row.report.head, snippet: row.snippet, regions: regions, to: &json)
                }
                bytes += json.bytes
                bytes.append(UInt8(ascii: "\n"))
            }
            return bytes
        }
        var table = CSVWriter(CSVOptions())
        for row in rows { fields?.write(row, regions, csv, to: &table) }
        return table.bytes
    }
}
