internal import ReportStore
internal import Reports

/// The reports that a question is about, as a table of any length, made piece by piece in bounded memory.
struct ReportTable: Sendable {
    /// Reports in one piece.
    private static let pieceMax = 500
    /// Positions that are found at once: an order other than that of years takes a walk through all for each time.
    private static let sortedMax = 20_000

    let query: ReportListQuery
    /// The columns; nil for lines with what lists show.
    let fields: [ReportField]?
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
        if format == .csv { try await send(head) }
        var (last, left) = (after, limit ?? .max)
        let batchMax = query.order.isEmpty ? Self.pieceMax : Self.sortedMax
        while left > 0 {
            let (from, count) = (last, min(left, batchMax))
            let positions = try await store.longSnapshot { try $0.positions(query, after: from, limit: count) }
            var rest = positions[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Self.pieceMax)
                rest = rest.dropFirst(piece.count)
                let rows = try await store.longSnapshot { snapshot in
                    try piece.compactMap { try snapshot.report(at: $0, query) }
                }
                try await send(bytes(of: rows))
            }
            guard positions.count == count, let end = positions.last else { return }
            last = end
            left -= count
        }
    }

    private var head: [UInt8] {
        var table = CSVWriter(csv)
        table.row((fields ?? []).map { .text(csv.hasChineseHeader ? $0.label : $0.path) })
        return table.bytes
    }

    private func bytes(of rows: [ListedReport]) -> [UInt8] {
        let regions = store.regions
        guard format == .csv else {
            var bytes: [UInt8] = []
            for row in rows {
                var json = JSONWriter(reserving: 1024)
                if let fields {
                    ReportField.write(row, fields, regions: regions, to: &json)
                } else {
                    ReportRepresentation.write(row.head, regions: regions, to: &json)
                }
                bytes += json.bytes
                bytes.append(UInt8(ascii: "\n"))
            }
            return bytes
        }
        var table = CSVWriter(CSVOptions())
        for row in rows {
            var measure = 0
            table.row((fields ?? []).map { $0.cell(row, &measure, regions) })
        }
        return table.bytes
    }
}
