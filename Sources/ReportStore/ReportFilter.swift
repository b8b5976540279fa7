public import Reports
internal import SQLite

/// Which reports a list or a statistic is of: those for which every condition holds.
public struct ReportFilter: Sendable, Hashable {
    /// What a condition looks at.
    public enum Field: Sendable, Hashable {
        case year
        /// The number of the agency.
        case agency
        /// A division's code, or the beginning of one: it holds for all divisions below.
        case region
        case level
        case kind
        case form
        case scope
        /// A check that has a finding.
        case finding
        case measure(Measure)
    }

    /// How a field is compared.
    public enum Operator: String, Sendable, Hashable, CaseIterable {
        case eq, neq, gt, gte, lt, lte
    }

    /// What a field is compared with.
    public enum Operand: Sendable, Hashable {
        case number(Double)
        case text(String)
        case check(Check.ID)
    }

    /// What is asked of a field.
    public enum Test: Sendable, Hashable {
        case compare(Operator, Operand)
        case oneOf([Operand])
        /// Not known, or blank.
        case isNull
    }

    /// One condition. A field that is null fulfils no test but ``Test/isNull``, nor the contrary of another, as in SQL.
    public struct Condition: Sendable, Hashable {
        /// What is looked at.
        public let field: Field
        /// What is asked of it.
        public let test: Test
        /// Whether the contrary is asked.
        public let isNegated: Bool

        /// Makes a condition.
        public init(_ field: Field, _ test: Test, isNegated: Bool = false) {
            self.field = field
            self.test = test
            self.isNegated = isNegated
        }
    }

    /// The conditions.
    public var conditions: [Condition]
    /// Words that the reports have; nil for any.
    public var text: TextQuery?

    /// Makes a filter; without conditions and words it holds all reports.
    public init(_ conditions: [Condition] = [], text: TextQuery? = nil) {
        self.conditions = conditions
        self.text = text
    }

    /// The forms that reports can have, as far as single conditions tell.
    public var forms: [ReportForm] {
        ReportForm.allCases.filter { form in
            conditions.allSatisfy { condition in
                guard condition.field == .form, !condition.isNegated else { return true }
                return switch condition.test {
                case .compare(.eq, let operand): operand == .text(form.rawValue)
                case .oneOf(let operands): operands.contains(.text(form.rawValue))
                case .compare, .isNull: true
                }
            }
        }
    }
}

extension ReportFilter {
    /// The conditions on dimensions as SQL over the columns of `fact`, with its values.
    var predicate: (sql: String, values: [Value]) { predicate(year: "year") }

    /// - Parameter year: how the column of the year is written.
    func predicate(year: String) -> (sql: String, values: [Value]) {
        var values: [Value] = []
        let terms = conditions.compactMap { $0.term(year: year, &values) }
        return (terms.isEmpty ? "1" : terms.joined(separator: " AND "), values)
    }

    /// The conditions on figures and indicators, which are looked at row by row.
    var measureConditions: [Condition] {
        conditions.filter { if case .measure = $0.field { true } else { false } }
    }
}

extension ReportFilter.Condition {
    fileprivate func term(year: String, _ values: inout [Value]) -> String? {
        guard let column = field == .year ? year : column else { return nil }
        let sql =
            switch test {
            case .isNull: "\(column) IS NULL"
            case .compare(let comparison, let operand): Self.term(field, column, comparison, operand, &values)
            case .oneOf(let operands):
                operands.isEmpty
                    ? "0"
                    : "("
                        + operands.map { Self.term(field, column, .eq, $0, &values) }.joined(separator: " OR ") + ")"
            }
        return isNegated ? "NOT (\(sql))" : sql
    }

    /// The column of a dimension; nil for a figure.
    private var column: String? {
        switch field {
        case .year: "year"
        case .agency: "agency_id"
        case .region: "region"
        case .level: "level"
        case .kind: "kind"
        case .form: "form"
        case .scope: "scope"
        case .finding: "(findings | cross_findings)"
        case .measure: nil
        }
    }

    private static func term(
        _ field: ReportFilter.Field, _ column: String, _ comparison: ReportFilter.Operator,
        _ operand: ReportFilter.Operand, _ values: inout [Value]
    ) -> String {
        switch operand {
        case .check(let check):
            values.append(.integer(CheckSet(check).rawValue))
            return "\(column) & ?\(comparison == .neq ? " = 0" : " <> 0")"
        case .text(let text) where field == .region:
            let codes = RegionNumbers(below: text)
            values += [Value(codes.lowerBound), Value(codes.upperBound)]
            return comparison == .neq
                ? "NOT (\(column) >= ? AND \(column) < ?)" : "(\(column) >= ? AND \(column) < ?)"
        case .text(let text):
            values.append(.text(text))
            return "\(column) \(comparison.sql) ?"
        case .number(let number):
            values.append(Int(exactly: number).map { Value($0) } ?? .real(number))
            return "\(column) \(comparison.sql) ?"
        }
    }
}

extension ReportFilter.Operator {
    fileprivate var sql: String {
        switch self {
        case .eq: "="
        case .neq: "<>"
        case .gt: ">"
        case .gte: ">="
        case .lt: "<"
        case .lte: "<="
        }
    }

    /// Whether a number compares so with another.
    func holds(_ left: Double, _ right: Double) -> Bool {
        switch self {
        case .eq: left == right
        case .neq: left != right
        case .gt: left > right
        case .gte: left >= right
        case .lt: left < right
        case .lte: left <= right
        }
    }
}

/// The codes that begin with a prefix, as numbers: from the first one to before the second one.
struct RegionNumbers {
    let lowerBound: Int
    let upperBound: Int

    /// All codes of a division: those that begin with `code` without its pairs of zeros at the end.
    init(below code: String) {
        let prefix = RegionCodes(below: code).lowerBound.prefix(6)
        let width = (0..<(6 - prefix.utf8.count)).reduce(1) { width, _ in width * 10 }
        lowerBound = (Int(prefix) ?? 0) * width
        upperBound = lowerBound + width
    }
}
