/// A figure that a 汇总 states and that the own reports of its division add up to.
public enum ConsolidatedFigure: Int, Sendable, CaseIterable {
    /// 本年新收 (2014: 收到申请数).
    case newReceived
    /// 本年度办理结果 › 总计 (2014: 申请办结数).
    case processed
    /// 行政复议 › 总计 (2014: 行政复议数量).
    case reviews
    /// 行政诉讼 › 总计, those after a review with those without one (2014: 行政诉讼数量).
    case litigations

    /// The figures that make it up.
    public func paths(in form: ReportForm) -> [FigurePath] {
        switch (self, form) {
        case (.newReceived, .form2014): [.statistic(.receivedTotal)]
        case (.newReceived, _): [.request(.newReceived, .total)]
        case (.processed, .form2014): [.statistic(.concludedTotal)]
        case (.processed, _): [.request(.totalProcessed, .total)]
        case (.reviews, .form2014): [.statistic(.reviewTotal)]
        case (.reviews, _): [.review(.administrativeReview, .total)]
        case (.litigations, .form2014): [.statistic(.litigationTotal)]
        case (.litigations, _): [.review(.direct, .total), .review(.afterReview, .total)]
        }
    }

    /// No agency has as many; the sum of all reports that state so many is still a number.
    private static let countMax = 1_000_000_000_000

    /// What a report states of it; nil for a blank, and for what is no count.
    public func value(in report: AnnualReport) -> Int? {
        var sum = 0
        for path in paths(in: report.form) {
            guard let count = report[path]?.count, (0...Self.countMax).contains(count) else { return nil }
            sum += count
        }
        return sum
    }
}

/// What the own reports of a division add up to.
public struct CoveredReports: Sendable, Hashable {
    /// How many there are.
    public var reports: Int
    private var sums = [Int](repeating: 0, count: ConsolidatedFigure.allCases.count)

    /// A number of reports that state nothing.
    public init(reports: Int = 0) { self.reports = reports }

    /// The sum of a figure; a blank counts as 0.
    public subscript(figure: ConsolidatedFigure) -> Int {
        get { sums[figure.rawValue] }
        set { sums[figure.rawValue] = newValue }
    }

    /// Adds a report.
    public mutating func add(_ report: AnnualReport) {
        reports += 1
        for figure in ConsolidatedFigure.allCases { self[figure] += figure.value(in: report) ?? 0 }
    }
}

/// A 汇总 held against the reports that it should contain.
public struct ConsolidatedCheck: Sendable {
    /// One for each figure that is less than its known parts already add up to.
    public private(set) var findings: [Finding] = []
    /// How the figures came out.
    public private(set) var tally = CheckTally()

    /// Runs the check; on any other report than a consolidated one it says nothing.
    ///
    /// - Parameter covered: the own reports that are known of its year for agencies of its division.
    public init(_ report: AnnualReport, covered: CoveredReports) {
        guard report.scope == .consolidated else { return }
        for figure in ConsolidatedFigure.allCases {
            guard let stated = figure.value(in: report) else {
                tally.notAssessable += 1
                continue
            }
            guard stated < covered[figure] else {
                tally.passed += 1
                continue
            }
            tally.failed += 1
            findings.append(Self.finding(figure.paths(in: report.form), stated, covered.reports, covered[figure]))
        }
    }

    private static func finding(_ paths: [FigurePath], _ stated: Int, _ reports: Int, _ sum: Int) -> Finding {
        let parts =
            reports == 1
            ? "1 report of an agency in its division states" : "\(reports) reports of agencies in its division state"
        return Finding(
            .consolidatedSum,
            message: "\(paths.map(\.label).joined(separator: " + ")) is \(stated); \(parts) \(sum)", paths: paths,
            left: stated, right: sum)
    }
}
