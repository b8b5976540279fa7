public import Reports
public import Spreadsheets

/// A report's figures as the page of the official form: titles, tables and merged cells as printed, blanks blank.
public enum FormPage {
    /// The page of a report, or of the sum of many that is stated as a report. A table that the report does not have is
    /// told of in words.
    ///
    /// - Parameter caption: a line below the title that says what the figures are of; empty for none.
    public static func page(of report: AnnualReport, caption: String) -> GridPage {
        let title = report.title.isEmpty ? "\(report.agency)\(report.year.value)年政府信息公开工作年度报告" : report.title
        return GridPage(
            title: title, notes: caption.isEmpty ? [] : [caption], columns: columns, sections: sections(report))
    }

    /// The columns of the sheet: those of table 四, which the other tables take several of.
    static let columns = 15

    private static func sections(_ report: AnnualReport) -> [GridPage.Section] {
        guard report.form != .form2014 else {
            return [section("政府信息公开情况统计表", report.statistics2014.map { StatisticsGrid.grid($0) })]
        }
        return [
            section(
                SectionKind.proactiveDisclosure.label,
                report.proactive.map { ProactiveGrid.grid($0, form: report.form) }),
            section(SectionKind.requests.label, report.requests.map { RequestGrid.grid($0) }),
            section(SectionKind.reviewsAndLitigation.label, report.reviews.map { ReviewGrid.grid($0) }),
        ]
    }

    private static func section(_ heading: String, _ grid: CellGrid?) -> GridPage.Section {
        GridPage.Section(heading: heading, grid.map { .grid($0) } ?? .paragraph("（无此表）"))
    }
}

extension Cell {
    /// A count; blank for nil.
    public init(_ count: Int?) {
        self = count.map { .integer($0) } ?? .empty
    }

    /// A figure as printed: a number, or a text where its unit stands beside it; blank for nil.
    public init(_ quantity: Quantity?) {
        guard let quantity else {
            self = .empty
            return
        }
        self = quantity.unit.map { .text(quantity.number + $0.rawValue) } ?? .number(quantity.number)
    }
}
