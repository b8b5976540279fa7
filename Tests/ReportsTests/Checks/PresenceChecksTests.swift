import Reports
import Testing

/// Through ``CheckedReport``, the only way to them.
@Suite struct PresenceChecksTests {
    private let place = DocumentPlace(line: 3, text: "1")

    private func cells(_ report: AnnualReport) -> [PrintedCell] {
        report.figurePaths.map { PrintedCell(path: $0, place: place, value: report[$0]) }
    }

    @Test func `a complete report has no findings`() throws {
        let report = try Example.balanced()
        #expect(CheckedReport(report, cells: cells(report)).findings.isEmpty)
        #expect(CheckedReport(report).findings.isEmpty)
    }

    @Test func `each missing table is named`() throws {
        var report = try Example.balanced()
        report.proactive = nil
        report.requests = nil
        report.reviews = nil
        let found = CheckedReport(report).findings.filter { $0.check == .formTables }
        #expect(found.map(\.message) == ["二", "三", "四"].map { "table \($0) was not found" })
        #expect(found.allSatisfy { $0.severity == .error })
    }

    @Test func `cells that were not found are named by their paths`() throws {
        let report = try Example.balanced()
        let lost: [FigurePath] = [.request(.granted, .total), .review(.direct, .upheld)]
        let found = CheckedReport(report, cells: cells(report).filter { !lost.contains($0.path) }).findings
        #expect(found.map(\.paths) == [lost])
        #expect(found.map(\.check) == [.formTables])
    }

    @Test(arguments: [
        (ReportForm.form2021, true, 21), (.form2021, false, 0), (.form2019, true, 0), (.form2019, false, 7),
    ])
    func `rows of other handling that were read as the other form has them are named where they are blank`(
        form: ReportForm, isOneRow: Bool, missing: Int
    ) throws {
        var report = try Example.balanced(form: form)
        let isOther: (FigurePath) -> Bool = { $0.description.contains("requests.other") }
        report.requests = Example.zeros(otherIsOneRow: isOneRow)
        let blank = cells(report).map { cell in
            isOther(cell.path) ? PrintedCell(path: cell.path, place: place, value: nil) : cell
        }
        let found = CheckedReport(report, cells: blank).findings.filter { $0.check == .formTables }
        #expect(found.flatMap(\.paths).filter(isOther).count == missing)
        let none = CheckedReport(report, cells: blank.filter { !isOther($0.path) }).findings
        #expect(none.filter { $0.check == .formTables }.flatMap(\.paths).count == 28)
    }

    @Test(arguments: [
        (2023, ReportForm.form2019, true), (2023, .form2021, false), (2020, .form2019, false), (2018, .form2021, true),
        (2018, .form2014, false), (2021, .form2019, true),
    ])
    func `a form that was not in force is a warning`(year: Int, form: ReportForm, isFound: Bool) throws {
        var report = try Example.balanced(form: form == .form2014 ? .form2021 : form)
        report.form = form
        report.year = try Example.year(year)
        let found = CheckedReport(report).findings.filter { $0.check == .formFamily }
        #expect(found.isEmpty == !isFound)
        #expect(found.allSatisfy { $0.severity == .warning })
    }

    @Test func `missing sections and sections out of order are found`() throws {
        var report = try Example.balanced()
        let kinds: [SectionKind] = [.requests, .overview]
        report.narrative.sections = kinds.map { Section(kind: $0, heading: $0.label, paragraphs: []) }
        let found = CheckedReport(report).findings.filter { $0.check == .formSections }
        #expect(found.count == 2)
        #expect(found.contains { $0.message.contains("六、其他需要报告的事项") })
    }

    @Test func `sections of a page that holds the report twice stand in order`() throws {
        var report = try Example.balanced()
        let kinds = SectionKind.allCases + SectionKind.allCases
        report.narrative.sections = kinds.map { Section(kind: $0, heading: $0.label, paragraphs: []) }
        #expect(!CheckedReport(report).findings.contains { $0.check == .formSections })
    }

    @Test func `blank, inferred and remarked cells are told`() throws {
        let report = try Example.balanced()
        var all = cells(report)
        all[0] = PrintedCell(path: all[0].path, place: place, value: nil)
        all[1] = PrintedCell(path: all[1].path, place: place, value: Quantity(0), inferredBy: ["requests.row_total"])
        all[2] = PrintedCell(path: all[2].path, place: place, remark: "（含1件）", value: Quantity(0))
        let checked = CheckedReport(report, cells: all)
        #expect(Set(checked.findings.map(\.check)) == [.blankCells, .inferredCells, .remarkedCells])
        #expect(checked.findings.first { $0.check == .inferredCells }?.state == .fail)
        #expect(checked.findings.first { $0.check == .blankCells }?.state == .notice)
        #expect(checked.quality.blankCells == 1)
        #expect(checked.quality.inferredCells == 1)
    }

    @Test func `the 2014 form says that it is not read yet`() throws {
        var report = try Example.balanced()
        report.form = .form2014
        report.year = try Example.year(2016)
        #expect(CheckedReport(report).findings.map(\.check) == [.formTables])
    }
}
