public import Reports

/// A question over many reports: which, in what groups, and what is added up.
public struct StatisticsQuery: Sendable, Hashable {
    /// What groups are made by.
    public enum Dimension: Sendable, Hashable {
        case year
        /// The first so many digits of the division's code: 2 for provinces, 4 for prefectures, 6 for counties.
        case region(digits: Int)
        case level
        case kind
        case form
        case agency
    }

    /// Which reports. Those of another scope than asked are left out and counted.
    public var filter: ReportFilter
    /// Whether consolidated reports are added up in place of agencies' own: never both.
    public var scope: ReportScope
    /// What groups are made by, in the order of the answer; none makes one group of all.
    public var dimensions: [Dimension]
    /// What is added up.
    public var measures: [Measure]
    /// Whether every figure of the form is added up too, for ``StatisticsGroup/form``.
    public var addsForms: Bool

    /// Makes a question.
    public init(
        filter: ReportFilter = ReportFilter(), scope: ReportScope = .own, dimensions: [Dimension] = [],
        measures: [Measure] = [], addsForms: Bool = false
    ) {
        self.filter = filter
        self.scope = scope
        self.dimensions = dimensions
        self.measures = measures
        self.addsForms = addsForms
    }
}

/// What the reports of a group have in common: a value for each dimension that groups were made by.
public struct StatisticsKey: Sendable, Hashable {
    /// The year.
    public var year: Int?
    /// The code's first digits, as many as the groups are made by; the whole code of a division above those, whose
    /// agencies belong to none of them; nil also where an agency is not placed.
    public var region: String?
    /// The level; nil also where it is not known.
    public var level: AgencyLevel?
    /// The kind; nil also where it is not known.
    public var kind: AgencyKind?
    /// The form.
    public var form: ReportForm?
    /// The number of the agency.
    public var agency: Int?

    /// Makes a key of nothing.
    public init() {}
}

/// What the reports of a group add up to.
public struct StatisticsGroup: Sendable, Hashable {
    /// What they have in common.
    public let key: StatisticsKey
    /// How many there are.
    public let reports: Int
    /// How many agencies they are of.
    public let agencies: Int
    /// How many agencies have reports for any year and are expected to have them for the group's; nil where nobody can say,
    /// since the reports are chosen by what stands in them.
    public let expectedAgencies: Int?
    /// The reports by form.
    public let forms: [ReportForm: Int]
    /// What is known of each measure of the question, in its order.
    public let measures: [MeasureSummary]
    /// Every figure of the form added up, where the question asks for it.
    public let form: FormSummary?
    /// The years that there are reports for, where forms are added up.
    public let years: [Int]
    /// The numbers of the reports that have a finding of a check whose findings can be errors, where forms are added up.
    public let suspect: [Int]
}

/// What the reports of a group say of a measure.
public struct MeasureSummary: Sendable, Hashable {
    /// What is added up: counts, or money.
    public struct Amounts: Sendable, Hashable {
        /// The sum, exact.
        public let sum: Quantity
        /// The sum divided by the number of reports.
        public let mean: Double
    }

    /// The forms whose figures were taken: those that may be compared with the newest.
    public let forms: [ReportForm]
    /// The reports that state a value; of a rate, both of its parts, the lower of which may be 0.
    public let reported: Int
    /// The reports of forms that print no figure which may be added to these, by form.
    public let incomparable: [ReportForm: Int]
    /// The reports that print an amount of money to which neither the cell nor the form gives a unit: it is left out.
    public let withoutUnit: Int
    /// The sum of a figure; nil for a rate.
    public let amounts: Amounts?
    /// The sums that a rate is made of; nil for a figure. Only reports that state both are in them.
    public let rate: IndicatorValue?
    /// The values of single reports, in the middle and at the ends.
    public let distribution: Distribution?

    /// How the values of single reports lie. The p-th percentile is the least value that p in a hundred do not exceed; the
    /// median of an even number is half way between the two in the middle.
    public struct Distribution: Sendable, Hashable {
        /// The least value.
        public let minimum: Double
        /// The tenth percentile.
        public let p10: Double
        /// The median.
        public let median: Double
        /// The ninetieth percentile.
        public let p90: Double
        /// The greatest value.
        public let maximum: Double
    }
}

/// The answer to a question over many reports.
public struct Statistics: Sendable, Hashable {
    /// The groups, ordered by their keys; what is not known comes last.
    public let groups: [StatisticsGroup]
    /// How many reports that the filter holds are of the other scope, and so left out.
    public let otherScope: Int
    /// The numbers of the consolidated reports that are left out of a group since another one of it, for the same year and a
    /// division above theirs, has their figures in it already.
    public var nested: [Int] = []
    /// The numbers of the agencies that are expected to have a report for the year that the question is about, and have
    /// none, where forms are added up; nil where the question is not about one year, or not about all reports of its
    /// agencies.
    public var missing: [Int]?
}
