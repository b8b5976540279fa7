/// The address of one figure in the report document, such as `requests.granted.naturalPerson`.
public enum FigurePath: Sendable, Hashable {
    /// A figure of table 二.
    case proactive(ProactiveLine, ProactiveColumn)
    /// A figure of table 三.
    case request(RequestLine, Applicant)
    /// A figure of table 四.
    case review(ReviewRoute, ReviewOutcome)
    /// A figure of the 统计表 of 2014.
    case statistic(Statistic2014)
}

extension FigurePath {
    /// Every figure that a form prints, in the order of the form.
    ///
    /// - Parameter otherIsOneRow: whether （六）其他处理 is printed as one row; nil lists both ways.
    public static func all(in form: ReportForm, otherIsOneRow: Bool?) -> [FigurePath] {
        lists[List(form: form, otherIsOneRow: otherIsOneRow)] ?? []
    }

    private struct List: Hashable {
        let form: ReportForm
        let otherIsOneRow: Bool?
    }

    /// The lists are asked for with every report, so they are made once.
    private static let lists: [List: [FigurePath]] = {
        let all = ReportForm.allCases.flatMap { form in
            [nil, true, false].map { List(form: form, otherIsOneRow: $0) }
        }
        return Dictionary(uniqueKeysWithValues: all.map { ($0, list($0.form, otherIsOneRow: $0.otherIsOneRow)) })
    }()

    private static func list(_ form: ReportForm, otherIsOneRow: Bool?) -> [FigurePath] {
        guard form != .form2014 else { return Statistic2014.allCases.map { .statistic($0) } }
        let proactive = ProactiveLine.allCases.flatMap { line in
            line.columns(in: form).map { FigurePath.proactive(line, $0) }
        }
        let lines = RequestLine.allCases.filter { line in
            guard let otherIsOneRow, line.group == .other else { return true }
            return (line == .otherTotal) == otherIsOneRow
        }
        let requests = lines.flatMap { line in Applicant.allCases.map { FigurePath.request(line, $0) } }
        let reviews = ReviewRoute.allCases.flatMap { route in
            ReviewOutcome.allCases.map { FigurePath.review(route, $0) }
        }
        return proactive + requests + reviews
    }
}

extension FigurePath {
    /// The number of figures that any form can have.
    public static let count = statisticBase + Statistic2014.allCases.count

    /// A number from 0 below ``count`` that is this figure's alone; for arrays by figure. O(1).
    public var index: Int {
        switch self {
        case .proactive(let line, let column): line.rawValue * ProactiveColumn.allCases.count + column.rawValue
        case .request(let line, let applicant):
            Self.requestBase + line.rawValue * Applicant.allCases.count + applicant.rawValue
        case .review(let route, let outcome):
            Self.reviewBase + route.rawValue * ReviewOutcome.allCases.count + outcome.rawValue
        case .statistic(let statistic): Self.statisticBase + statistic.rawValue
        }
    }

    /// The figure of a number that ``index`` gives; nil for any other. O(1).
    public init?(index: Int) {
        guard let path = Self.byIndex[index] else { return nil }
        self = path
    }

    private static let byIndex: [Int: FigurePath] = {
        let all = ReportForm.allCases.flatMap { FigurePath.all(in: $0, otherIsOneRow: nil) }
        return Dictionary(all.map { ($0.index, $0) }) { first, _ in first }
    }()

    private static let requestBase = ProactiveLine.allCases.count * ProactiveColumn.allCases.count
    private static let reviewBase = requestBase + RequestLine.allCases.count * Applicant.allCases.count
    private static let statisticBase = reviewBase + ReviewRoute.allCases.count * ReviewOutcome.allCases.count
}

extension FigurePath {
    /// The path of a text that the API writes; nil for any other. O(1).
    public init?(_ text: String) {
        guard let path = Self.byText[text] else { return nil }
        self = path
    }

    private static let byText: [String: FigurePath] = {
        let all = ReportForm.allCases.flatMap { FigurePath.all(in: $0, otherIsOneRow: nil) }
        return Dictionary(all.map { ($0.description, $0) }) { first, _ in first }
    }()
}

extension FigurePath: CustomStringConvertible {
    /// The path with dots, as the API writes it.
    public var description: String {
        switch self {
        case .proactive(let line, let column): "proactiveDisclosure.\(line.key).\(column.key)"
        case .request(let line, let applicant): "requests.\(line.path).\(applicant.key)"
        case .review(let route, let outcome): "reviewsAndLitigation.\(route.path).\(outcome.key)"
        case .statistic(let statistic): "statistics2014.\(statistic.path)"
        }
    }

    /// The form's own words, row and column.
    public var label: String {
        let words = words
        return words.column.map { "\(words.row) \($0)" } ?? words.row
    }

    /// The form's own words for the row, and for the column where the table has several.
    public var words: (row: String, column: String?) {
        switch self {
        case .proactive(let line, let column): (line.label, column.label)
        case .request(let line, let applicant): (line.label, applicant.label)
        case .review(let route, let outcome): (route.label, outcome.label)
        case .statistic(let statistic): (statistic.label, nil)
        }
    }
}
