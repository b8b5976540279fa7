internal import Reports
internal import SQLite

/// Reads what a report is ordered by. What is not among the facts costs a point read for each report.
struct KeyReader {
    private let query: ReportListQuery
    private let keys: [ReportListQuery.Key]
    private let facts: FactReader
    private let regions: RegionDirectory
    /// The columns of `report` that the keys need; nil where the facts have everything.
    private let sql: SQL?

    init(_ query: ReportListQuery, _ regions: RegionDirectory) {
        self.query = query
        keys = query.order.map(\.key)
        let measures = keys.compactMap { key in if case .measure(let measure) = key { measure } else { nil } }
        facts = FactReader(query.filter, measures: measures)
        self.regions = regions
        let columns = keys.compactMap(\.column)
        sql = columns.isEmpty ? nil : SQL("SELECT \(columns.joined(separator: ", ")) FROM report WHERE id = ?1")
    }

    /// Where a report stands in the list; nil where the conditions on figures do not hold.
    func sortKey(_ row: borrowing Row, _ connection: Connection) throws(SQLiteError) -> SortKey? {
        guard let values = try values(row, connection) else { return nil }
        return SortKey(bytes: query.bytes(of: values), report: FactReader.key(row))
    }

    /// The values of a report's keys; nil where it is not in the list.
    func values(
        of report: ReportKey, _ connection: Connection
    ) throws(SQLiteError) -> [ReportListQuery.KeyValue?]? {
        let found = try connection.queryOne(Self.fact, [Value(report.year), Value(report.report)]) {
            row throws(SQLiteError) in try values(row, connection)
        }
        return found ?? nil
    }

    private static let fact = SQL("SELECT \(FactReader.columns) FROM fact WHERE year = ?1 AND report_id = ?2")

    /// The values of the keys; nil where the conditions on figures do not hold.
    func values(
        _ row: borrowing Row, _ connection: Connection
    ) throws(SQLiteError) -> [ReportListQuery.KeyValue?]? {
        let form = try FactReader.form(row)
        guard facts.holds(row, form) else { return nil }
        var stored: ArraySlice<Value> = []
        if let sql {
            stored =
                try connection.queryOne(sql, [Value(FactReader.id(row))]) { row in
                    (0..<keys.count { $0.column != nil }).map { row.value($0) }[...]
                } ?? []
        }
        var measure = 0
        return keys.map { key in
            switch key {
            case .year: return .number(Double(FactReader.year(row)))
            case .agency: return .number(Double(FactReader.agency(row)))
            case .region: return FactReader.region(row).map { .number(Double($0)) }
            case .regionName:
                return FactReader.region(row).map { .text(name(of: $0, in: FactReader.year(row))) }
            case .level: return Self.place(FactReader.level(row))
            case .kind: return Self.place(FactReader.kind(row))
            case .form: return Self.place(form)
            case .scope: return .number(FactReader.isOwn(row) ? 0 : 1)
            case .measure:
                defer { measure += 1 }
                return facts.number(measure, row, form).map { .number($0) }
            case .agencyName, .title, .published, .errors, .warnings, .revision, .revisedAt:
                return stored.popFirst().flatMap { Self.value($0) }
            }
        }
    }

    private func name(of region: Int, in year: Int) -> String {
        let digits = String(region)
        let code = String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
        return regions.fullName(of: code, in: year)
    }

    private static func place<Word: CaseIterable & Equatable>(_ word: Word?) -> ReportListQuery.KeyValue? {
        guard let word else { return nil }
        return Word.allCases.enumerated().first { $0.element == word }.map { .number(Double($0.offset)) }
    }

    private static func value(_ value: Value) -> ReportListQuery.KeyValue? {
        switch value {
        case .integer(let number): .number(Double(number))
        case .text(let text):
            .text(String(String.UnicodeScalarView(text.unicodeScalars.prefix(ReportListQuery.KeyValue.scalarsMax))))
        default: nil
        }
    }
}

extension ReportListQuery.Key {
    /// The column of `report`; nil for what stands among the facts.
    fileprivate var column: String? {
        switch self {
        case .agencyName: "agency_name"
        case .title: "title"
        case .published: "published_on"
        case .errors: "errors"
        case .warnings: "warnings"
        case .revision: "revision"
        case .revisedAt: "revised_at"
        case .year, .agency, .region, .regionName, .level, .kind, .form, .scope, .measure: nil
        }
    }
}
