/// 政府信息公开工作年度报告: what one agency published for one year, as printed.
///
/// A value without identity, date or place. A report that does not balance is still a report: what the checks say of
/// it travels beside it as ``Finding``s.
public struct AnnualReport: Sendable, Hashable {
    /// The agency's name as the report states it.
    public var agency: String
    /// The year the figures are for.
    public var year: ReportYear
    /// The title as printed, white space folded; empty where there is none.
    public var title: String
    /// The form whose labels the report carries.
    public var form: ReportForm
    /// Whose figures they are.
    public var scope: ReportScope
    /// Table 二; nil when the report has no such table.
    public var proactive: ProactiveDisclosure?
    /// Table 三; nil when the report has no such table.
    public var requests: RequestTable?
    /// Table 四; nil when the report has no such table.
    public var reviews: ReviewTable?
    /// The 统计表 of the 2014 form; nil when the report has no such table.
    public var statistics2014: Statistics2014?
    /// The text of the sections.
    public var narrative: Narrative

    /// Makes a report.
    public init(
        agency: String, year: ReportYear, title: String, form: ReportForm, scope: ReportScope = .own,
        proactive: ProactiveDisclosure? = nil, requests: RequestTable? = nil, reviews: ReviewTable? = nil,
        statistics2014: Statistics2014? = nil, narrative: Narrative = Narrative()
    ) {
        self.agency = agency
        self.year = year
        self.title = title
        self.form = form
        self.scope = scope
        self.proactive = proactive
        self.requests = requests
        self.reviews = reviews
        self.statistics2014 = statistics2014
        self.narrative = narrative
    }

    /// The figure at a path; nil when it is blank or its table is missing. What is set in a table that is missing is lost,
    /// and so is what no count can be. O(1).
    public subscript(path: FigurePath) -> Quantity? {
        get {
            switch path {
            case .proactive(let line, let column): proactive?[line, column]
            case .request(let line, let applicant): requests?[line, applicant].map { Quantity($0) }
            case .review(let route, let outcome): reviews?[route, outcome].map { Quantity($0) }
            case .statistic(let statistic): statistics2014?[statistic]
            }
        }
        set {
            switch path {
            case .proactive(let line, let column): proactive?[line, column] = newValue
            case .request(let line, let applicant): requests?[line, applicant] = newValue?.count
            case .review(let route, let outcome): reviews?[route, outcome] = newValue?.count
            case .statistic(let statistic): statistics2014?[statistic] = newValue
            }
        }
    }

    /// The figures that the report's form prints, in order, tables that are missing included.
    public var figurePaths: [FigurePath] {
        FigurePath.all(in: form, otherIsOneRow: requests?.otherIsOneRow ?? (form == .form2019))
    }
}
