public import Reports

/// A report among the facts: by year, then by number.
public struct ReportKey: Sendable, Hashable {
    /// The year of the report.
    public let year: Int
    /// The number of the report.
    public let report: Int

    /// Makes it.
    public init(year: Int, report: Int) {
        self.year = year
        self.report = report
    }
}

extension ReportKey: Comparable {
    /// By year, then by number.
    public static func < (left: ReportKey, right: ReportKey) -> Bool {
        (left.year, left.report) < (right.year, right.report)
    }
}

extension ReportHead {
    /// Where the report is among the facts.
    public var key: ReportKey { ReportKey(year: year, report: id) }
}

/// Which reports a list holds, and in what order.
public struct ReportListQuery: Sendable, Hashable {
    /// What reports are ordered by.
    public enum Key: Sendable, Hashable {
        case year
        /// The number of the agency.
        case agency
        /// The agency's name in the report's year.
        case agencyName
        /// The division's code.
        case region
        /// The division's full name.
        case regionName
        /// The agency's level, the central government's first.
        case level
        case kind
        case title
        case form
        case scope
        /// The day of publication.
        case published
        /// The number of findings that are errors.
        case errors
        case warnings
        /// The number of the current revision.
        case revision
        /// When it was stored.
        case revisedAt
        case measure(Measure)
    }

    /// The value of a key. Texts are ordered by the numbers of their characters.
    public enum KeyValue: Sendable, Hashable {
        case number(Double)
        case text(String)

        /// Texts are compared as far as so many Unicode scalars.
        static let scalarsMax = 200
    }

    /// One key of the order. What is not known, or blank, comes last either way.
    public struct Order: Sendable, Hashable {
        /// What is looked at.
        public let key: Key
        /// Whether the greatest comes first.
        public let isDescending: Bool

        /// Makes it.
        public init(_ key: Key, isDescending: Bool = false) {
            self.key = key
            self.isDescending = isDescending
        }
    }

    /// Where a page ends: the keys of its last report. The next page begins behind it, whatever has come meanwhile.
    public struct Position: Sendable, Hashable {
        /// The values of the keys; nil for what is not known.
        public let values: [KeyValue?]
        /// The report.
        public let report: ReportKey

        /// Makes it.
        public init(values: [KeyValue?], report: ReportKey) {
            self.values = values
            self.report = report
        }
    }

    /// Which reports.
    public var filter: ReportFilter
    /// The keys; where they are equal, and where there are none, reports are ordered by year and number.
    public let order: [Order]
    /// The measures whose values come with each report.
    public var measures: [Measure]

    /// Makes a question.
    public init(filter: ReportFilter = ReportFilter(), order: [Order] = [], measures: [Measure] = []) {
        self.filter = filter
        // Where the keys are equal the year decides anyway.
        let end = order.lastIndex { $0 != Order(.year) }
        self.order = Array(order[..<((end ?? -1) + 1)])
        self.measures = measures
    }
}

/// One report of a list.
public struct ListedReport: Sendable {
    /// What is known of it without its figures.
    public let head: ReportHead
    /// The level of the agency; nil where it is not known.
    public let level: AgencyLevel?
    /// What the agency is; nil where it is not known.
    public let kind: AgencyKind?
    /// The figures asked for; nil for a blank, and for an indicator.
    public let figures: [Quantity?]
    /// The indicators asked for; nil for a figure.
    public let indicators: [IndicatorValue?]
}
