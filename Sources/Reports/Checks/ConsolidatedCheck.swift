/// A 汇总 held against the reports that it should contain.
public enum ConsolidatedCheck {
    /// A finding for a consolidated report whose 本年新收 is less than its known parts already add up to; nil for any
    /// other report, where no part is known, and where the figure is blank.
    ///
    /// - Parameter covered: how many own reports of its year are known for agencies that it covers, and the sum of their
    ///   本年新收 (2014: 收到申请数).
    public static func finding(_ report: AnnualReport, covered: (reports: Int, newReceived: Int)) -> Finding? {
        let path = path(in: report.form)
        guard report.scope == .consolidated, covered.reports > 0, let stated = newReceived(in: report),
            stated < covered.newReceived
        else { return nil }
        let parts =
            covered.reports == 1
            ? "1 report of an agency in its division states"
            : "\(covered.reports) reports of agencies in its division state"
        return Finding(
            .consolidatedSum, message: "\(path.label) is \(stated); \(parts) \(covered.newReceived)", paths: [path],
            left: stated, right: covered.newReceived)
    }
    /// 本年新收 of a report (2014: 收到申请数): what is added up; nil for a blank.
    public static func newReceived(in report: AnnualReport) -> Int? {
        report[path(in: report.form)]?.count
    }

    private static func path(in form: ReportForm) -> FigurePath {
        form == .form2014 ? .statistic(.receivedTotal) : .request(.newReceived, .total)
    }
}
