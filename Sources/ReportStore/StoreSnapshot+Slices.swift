internal import Reports
internal import SQLite

// Questions whose answers are too long to be held at once, in parts that come one after another.

extension StatisticsQuery {
    /// The most groups that an answer holds at once: each takes one to three kilobytes.
    static let groupsMax = 4_000
    /// The agencies in one part of a question.
    private static let agenciesMax = 500

    /// The most groups that there can be, as far as the dimensions tell.
    fileprivate var groupsMost: Int {
        dimensions.reduce(1) { most, dimension in
            let (product, isOver) = most.multipliedReportingOverflow(by: dimension.valuesMost)
            return isOver ? .max : product
        }
    }

    /// The same question about a part of the reports.
    fileprivate func part(_ conditions: [ReportFilter.Condition]) -> StatisticsQuery {
        var part = self
        part.filter.conditions += conditions
        return part
    }

    /// The conditions that make parts by a dimension, in the order of its values; each report fulfils those of one part.
    fileprivate static func parts(
        by dimension: Dimension, _ bounds: StoreSnapshot.Bounds
    ) -> [[ReportFilter.Condition]] {
        switch dimension {
        case .year: bounds.years.map { [.init(.year, .compare(.eq, .number(Double($0))))] }
        case .region:
            bounds.provinces.map { [.init(.region, .compare(.eq, .text($0)))] } + [[.init(.region, .isNull)]]
        case .level: parts(by: .level, AgencyLevel.allCases.map(\.rawValue)) + [[.init(.level, .isNull)]]
        case .kind: parts(by: .kind, AgencyKind.allCases.map(\.rawValue)) + [[.init(.kind, .isNull)]]
        case .form: parts(by: .form, ReportForm.allCases.map(\.rawValue))
        case .agency:
            stride(from: 1, through: bounds.lastAgency, by: agenciesMax).map { first in
                [
                    .init(.agency, .compare(.gte, .number(Double(first)))),
                    .init(.agency, .compare(.lt, .number(Double(first + agenciesMax)))),
                ]
            }
        }
    }

    private static func parts(by field: ReportFilter.Field, _ words: [String]) -> [[ReportFilter.Condition]] {
        words.map { [.init(field, .compare(.eq, .text($0)))] }
    }
}

extension StatisticsQuery.Dimension {
    /// How many values it has at most.
    fileprivate var valuesMost: Int {
        switch self {
        case .year: 32
        case .region(let digits): digits == 2 ? 35 : digits == 4 ? 400 : 4_000
        case .level: AgencyLevel.allCases.count + 1
        case .kind: AgencyKind.allCases.count + 1
        case .form: ReportForm.allCases.count
        case .agency: .max
        }
    }

    /// Whether parts by it hold one value each, so that they can be parted further in the order of the next dimension.
    fileprivate var isWhole: Bool {
        switch self {
        case .year, .level, .kind, .form, .region(digits: 2): true
        case .region, .agency: false
        }
    }
}

extension StoreSnapshot {
    /// What parts of questions are made of.
    fileprivate struct Bounds {
        let years: ClosedRange<Int>
        let lastAgency: Int
        /// The first two digits of the divisions' codes.
        let provinces: [String]
    }

    /// Whether the answer to a question may be too long to be held at once. A look at ``StatisticsQuery/groupsMax``
    /// facts at most.
    public func isLong(_ query: StatisticsQuery) throws(StoreError) -> Bool {
        try StoreError.mapping {
            guard query.groupsMost > StatisticsQuery.groupsMax else { return false }
            let (predicate, values) = query.filter.predicate
            let count = try connection.queryOne(
                SQL(
                    "SELECT count(*) FROM (SELECT 1 FROM fact WHERE \(predicate) LIMIT \(StatisticsQuery.groupsMax + 1))"
                ), values
            ) { row in row.int(0) }
            return (count ?? 0) > StatisticsQuery.groupsMax
        }
    }

    /// The parts of a question: their answers one after another are its answer, and each is short. O(number of facts).
    public func parts(of query: StatisticsQuery) throws(StoreError) -> [StatisticsQuery] {
        try StoreError.mapping {
            let bounds = try bounds()
            var parts = [query]
            for dimension in query.dimensions {
                let conditions = StatisticsQuery.parts(by: dimension, bounds)
                parts = parts.flatMap { part in conditions.map { part.part($0) } }
                guard dimension.isWhole, query.dimensions.contains(.agency) else { break }
            }
            return parts
        }
    }

    /// The answer to a part of a question, which is not kept.
    public func statistics(part: StatisticsQuery) throws(StoreError) -> Statistics {
        try statistics(part, changesMax: .max, isKept: false) ?? Statistics(groups: [], otherScope: 0)
    }

    private func bounds() throws(SQLiteError) -> Bounds {
        let (first, last, agency) =
            try connection.queryOne(
                SQL(
                    "SELECT (SELECT min(year) FROM fact), (SELECT max(year) FROM fact), (SELECT max(agency_id) FROM fact)"
                )
            ) { row in (row.int(0), row.int(1), row.int(2)) } ?? (0, 0, 0)
        let provinces = try connection.query(
            SQL("SELECT DISTINCT region / 10000 FROM fact WHERE region IS NOT NULL ORDER BY 1")
        ) { row in row.int(0) }
        return Bounds(years: first...max(first, last), lastAgency: agency, provinces: provinces.map { String($0) })
    }
}
