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

    /// The first rows in the order of years for which `body` gives something, and what it took to find them.
    func first<T>(
        _ limit: Int, _ connection: Connection, _ body: (borrowing Row) throws(SQLiteError) -> T?
    ) throws(SQLiteError) -> (found: [T], operations: Int) {
        var found: [T] = []
        let statement = try connection.prepare(rows(isOrdered: true))
        try statement.bind(values)
        _ = statement.takeOperationCount()
        defer { statement.reset() }
        while found.count < limit {
            let next = try statement.next { row throws(SQLiteError) -> T? in
                try holds(row, connection) ? try body(row) : nil
            }
            guard let next else { break }
            if let next { found.append(next) }
        }
        return (found, statement.takeOperationCount())
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
        let plain = plain(filter, after)
        guard let text = filter.text else { return [plain] }
        if filter.namesAgencies {
            let few = try connection.queryOne(
                SQL("SELECT count(*) FROM (SELECT 1 FROM fact WHERE \(predicate) LIMIT \(fewMax + 1))"), values
            ) { row in row.int(0) }
            if let few, few <= fewMax { return [plain] }
        }
        let years = filter.yearBounds
        let bounds = [
            Value(max(ReportText.key(year: years.lowerBound, report: 0), after.map { $0.report.textKey + 1 } ?? 0)),
            Value(ReportText.key(year: years.upperBound + 1, report: 0)),
        ]
        let indexed = FactSource(
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
        return [indexed, pending]
    }

    /// All rows that the filter's dimensions hold, behind a position.
    private static func plain(_ filter: ReportFilter, _ after: ReportListQuery.Position?) -> FactSource {
        let key = "year, report_id"
        let years = filter.yearBounds
        if let index = filter.index {
            let (predicate, values) = filter.predicate
            return FactSource(
                from: "FROM fact INDEXED BY \(index) WHERE \(predicate)"
                    + (after == nil ? "" : " AND (year, report_id) > (?, ?)"),
                values: values + (after.map { [Value($0.report.year), Value($0.report.report)] } ?? []),
                text: filter.text, key: key)
        }
        guard after != nil || years != ReportFilter.anyYear else {
            let (predicate, values) = filter.predicate
            return FactSource(from: "FROM fact WHERE \(predicate)", values: values, text: filter.text, key: key)
        }
        // In the order of the table from the position to the last year. The conditions on years alone, with a plus that
        // keeps SQLite from starting there, would begin each page where the year begins.
        let (predicate, values) = filter.predicate(year: "+year")
        var start = (year: years.lowerBound, report: 0)
        if let after, after.report.year >= start.year {
            start = (after.report.year, after.report.report)
        }
        return FactSource(
            from: "FROM fact WHERE (year, report_id) > (?, ?) AND year <= ? AND \(predicate)",
            values: [Value(start.year), Value(start.report), Value(years.upperBound)] + values, text: filter.text,
            key: key)
    }
}

extension ReportKey {
    fileprivate var textKey: Int {
        ReportText.key(year: min(max(0, year), 9999), report: min(max(0, report), 0xffff_ffff))
    }
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

    /// The index of `fact` by which the rows are found sooner than by years: for some agencies, or the agencies of a
    /// prefecture or county.
    fileprivate var index: String? {
        func names(_ field: Field, _ isNarrow: (Operator, Operand) -> Bool) -> Bool {
            conditions.contains { condition in
                guard condition.field == field, !condition.isNegated else { return false }
                return switch condition.test {
                case .compare(let comparison, let operand): isNarrow(comparison, operand)
                case .oneOf(let operands): !operands.isEmpty && operands.allSatisfy { isNarrow(.eq, $0) }
                case .isNull: false
                }
            }
        }
        if names(.agency, { comparison, _ in comparison == .eq || comparison == .gte }) { return "fact_agency" }
        let isNarrow = names(.region) { comparison, operand in
            guard comparison == .eq, case .text(let code) = operand else { return false }
            return code.utf8.count >= 4
        }
        return isNarrow ? "fact_region" : nil
    }

    fileprivate static let anyYear = 0...9_999

    /// The years that the conditions leave, as far as single ones tell.
    fileprivate var yearBounds: ClosedRange<Int> {
        var (first, last) = (Self.anyYear.lowerBound, Self.anyYear.upperBound)
        for condition in conditions where condition.field == .year && !condition.isNegated {
            guard case .compare(let comparison, .number(let number)) = condition.test, let year = Int(exactly: number)
            else { continue }
            if [.eq, .gt, .gte].contains(comparison) { first = max(first, year) }
            if [.eq, .lt, .lte].contains(comparison) { last = min(last, year) }
        }
        return first...max(first, last)
    }
}
