internal import Reports
internal import SQLite

extension ConsolidatedFigure {
    /// The column of `report` and of `region_total` that holds it.
    var column: String {
        switch self {
        case .newReceived: "new_received"
        case .processed: "processed"
        case .reviews: "reviews"
        case .litigations: "litigations"
        }
    }

    /// What a report states, in the order of the figures.
    static func values(in report: AnnualReport) -> [Value] { allCases.map { Value($0.value(in: report)) } }
}

extension CoveredReports {
    /// Reads a row of the number of reports and of their sums, in the order of the figures.
    init(_ row: borrowing Row) {
        self.init(reports: row.int(0))
        for figure in ConsolidatedFigure.allCases { self[figure] = row.int(1 + figure.rawValue) }
    }
}
