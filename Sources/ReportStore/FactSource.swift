internal import Reports
internal import SQLite

/// Rows of `fact` that a filter may hold, as SQL. With words to look for there are two: what the index finds, and what
/// waits to be indexed; or a few reports that are quicker looked through.
struct FactSource {
    /// From `FROM` on.
    private let from: String
    private let values: [Value]
    /// What is to be looked for in the text of each report.
    let text: TextQuery?
    private let key: String

    /// The rows, in the order of years where that is wanted.
    func rows(isOrdered: Bool) -> SQL {
        SQL("SELECT \(FactReader.columns) \(from)\(isOrdered ? " ORDER BY \(key)" : "")")
    }

    /// Their number.
    var count: SQL { SQL("SELECT count(*) \(from)") }

    func forEachRow(
        _ connection: Connection, _ body: (borrowing Row) throws(SQLiteError) -> Void
    ) throws(SQLiteError) {
        try connection.forEachRow(rows(isOrdered: false), values) { row throws(SQLiteError) in
            if try holds(row, connection) { try body(row) }
        }
    }

    /// The first rows in the order of years for which `body` gives something.
    func first<T>(
        _ limit: Int, _ connection: Connection, _ body: (borrowing Row) throws(SQLiteError) -> T?
    ) throws(SQLiteError) -> [T] {
        var found: [T] = []
        let statement = try connection.prepare(rows(isOrdered: true))
        try statement.bind(values)
        defer { statement.reset() }
        while found.count < limit {
            let next = try statement.next { row throws(SQLiteError) -> T? in
                try holds(row, connection) ? try body(row) : nil
            }
            guard let next else { break }
            if let next { found.append(next) }
        }
        return found
    }

    func countRows(_ connection: Connection) throws(SQLiteError) -> Int {
        try connection.queryOne(count, values) { row in row.int(0) } ?? 0
    }

    private func holds(_ row: borrowing Row, _ connection: Connection) throws(SQLiteError) -> Bool {
        guard let text else { return true }
        return try ReportText.current(FactReader.id(row), connection).map { text.holds($0.tokens) } ?? false
    }
}

extension FactSource {
    /// So many texts are looked through sooner than the index finds a common word and its reports are sifted.
    private static let fewMax = 200

    /// Where the reports of a filter are, behind a position.
    static func all(
        _ filter: ReportFilter, after: ReportListQuery.Position? = nil, _ connection: Connection
    ) throws(SQLiteError) -> [FactSource] {
        let (predicate, values) = filter.predicate
        // A few agencies of one year are found by the agencies sooner than by the year.
        let agencies = filter.hasAgencyRange ? " INDEXED BY fact_agency" : ""
        let plain = FactSource(
            from: "FROM fact\(agencies) WHERE \(predicate)" + (after == nil ? "" : " AND (year, report_id) > (?, ?)"),
            values: values + (after.map { [Value($0.year), Value($0.report)] } ?? []), text: filter.text,
            key: "year, report_id")
        guard let text = filter.text else { return [plain] }
        if filter.namesAgencies {
            let few = try connection.queryOne(
                SQL("SELECT count(*) FROM (SELECT 1 FROM fact WHERE \(predicate) LIMIT \(fewMax + 1))"), values
            ) { row in row.int(0) }
            if let few, few <= fewMax { return [plain] }
        }
        let years = filter.yearBounds
        let bounds = [
            Value(max(ReportText.key(year: years.lowerBound, report: 0), after.map { $0.key + 1 } ?? 0)),
            Value(ReportText.key(year: years.upperBound + 1, report: 0)),
        ]
        let index = FactSource(
            from: """
                FROM report_text CROSS JOIN fact
                ON year = report_text.rowid >> 32 AND report_id = report_text.rowid & 4294967295
                WHERE report_text MATCH ? AND report_text.rowid >= ? AND report_text.rowid < ?
                    AND report_text.rowid NOT IN (SELECT key FROM text_pending) AND \(predicate)
                """, values: [.text(text.expression)] + bounds + values, text: nil, key: "report_text.rowid")
        let pending = FactSource(
            from: """
                FROM text_pending CROSS JOIN fact ON year = key >> 32 AND report_id = key & 4294967295
                WHERE key >= ? AND key < ? AND \(predicate)
                """, values: bounds + values, text: text, key: "key")
        return [index, pending]
    }
}

extension ReportListQuery.Position {
    fileprivate var key: Int { ReportText.key(year: min(max(0, year), 9999), report: min(max(0, report), 0xffff_ffff)) }
}

extension ReportFilter {
    /// Whether a condition is on what an index of `fact` leads to.
    fileprivate var namesAgencies: Bool {
        conditions.contains { condition in
            guard condition.field == .agency || condition.field == .region, !condition.isNegated else { return false }
            return switch condition.test {
            case .compare(.eq, _), .oneOf: true
            case .compare, .isNull: false
            }
        }
    }

    /// Whether it is about agencies from one number to another.
    fileprivate var hasAgencyRange: Bool {
        conditions.contains { condition in
            guard condition.field == .agency, case .compare(.gte, _) = condition.test else { return false }
            return true
        }
    }

    /// The years that the conditions leave, as far as single ones tell.
    fileprivate var yearBounds: ClosedRange<Int> {
        var (first, last) = (0, 9_999)
        for condition in conditions where condition.field == .year && !condition.isNegated {
            guard case .compare(let comparison, .number(let number)) = condition.test, let year = Int(exactly: number)
            else { continue }
            if [.eq, .gt, .gte].contains(comparison) { first = max(first, year) }
            if [.eq, .lt, .lte].contains(comparison) { last = min(last, year) }
        }
        return first...max(first, last)
    }
}
