import Reports
import Testing

@Suite struct ConsolidatedCheckTests {
    private func consolidated() throws -> AnnualReport {
        var report = try Example.balanced()
        report.scope = .consolidated
        return report
    }

    private func covered(_ reports: Int, _ sums: [ConsolidatedFigure: Int]) -> CoveredReports {
        var covered = CoveredReports(reports: reports)
        for (figure, sum) in sums { covered[figure] = sum }
        return covered
    }

    @Test func `a sum less than its known parts is remarked, with its coverage`() throws {
        let check = ConsolidatedCheck(try consolidated(), covered: covered(12, [.newReceived: 340]))
        let found = try #require(check.findings.first)
        #expect(check.findings.count == 1 && check.tally.failed == 1)
        #expect(found.check == .consolidatedSum)
        #expect(found.severity == .info)
        #expect(found.left == 3 && found.right == 340)
        #expect(found.paths == [.request(.newReceived, .total)])
        #expect(found.message.hasSuffix("is 3; 12 reports of agencies in its division state 340"))
        let one = ConsolidatedCheck(try consolidated(), covered: covered(1, [.newReceived: 4])).findings.first
        #expect(one?.message.hasSuffix("is 3; 1 report of an agency in its division states 4") == true)
    }

    @Test(arguments: ConsolidatedFigure.allCases, ReportForm.allCases)
    func `every figure of every form is compared`(figure: ConsolidatedFigure, form: ReportForm) throws {
        var report = AnnualReport(
            agency: "南阳市人民政府", year: try #require(ReportYear(2022)), title: "", form: form, scope: .consolidated)
        report.requests = RequestTable()
        report.reviews = ReviewTable()
        report.statistics2014 = Statistics2014()
        let paths = figure.paths(in: form)
        for path in paths { report[path] = Quantity(5) }
        #expect(figure.value(in: report) == 5 * paths.count)
        #expect(ConsolidatedCheck(report, covered: covered(2, [figure: 5 * paths.count])).findings.isEmpty)
        let found = ConsolidatedCheck(report, covered: covered(2, [figure: 5 * paths.count + 1])).findings
        #expect(found.map(\.paths) == [paths])
        report[paths[0]] = nil
        #expect(figure.value(in: report) == nil, "a part that is blank is no 0")
    }

    @Test(arguments: [(2, 3), (2, 2), (0, 0), (1, .min)])
    func `a sum that may contain its parts is none`(reports: Int, newReceived: Int) throws {
        let check = ConsolidatedCheck(try consolidated(), covered: covered(reports, [.newReceived: newReceived]))
        #expect(check.findings.isEmpty && check.tally.failed == 0)
    }

    @Test func `an own report covers none, and a blank says nothing`() throws {
        #expect(ConsolidatedCheck(try Example.balanced(), covered: covered(2, [.newReceived: 9])).findings.isEmpty)
        var report = try consolidated()
        report.requests?[.newReceived, .total] = nil
        #expect(ConsolidatedCheck(report, covered: covered(2, [.newReceived: 9])).findings.isEmpty)
        report.requests = nil
        let check = ConsolidatedCheck(report, covered: covered(2, [.newReceived: 9]))
        #expect(check.findings.isEmpty && check.tally.notAssessable >= 2)
    }

    @Test func `what is no count is not added up`() throws {
        var report = try consolidated()
        for count in [-1, 1_000_000_000_001, .max] {
            report.requests?[.newReceived, .total] = count
            #expect(ConsolidatedFigure.newReceived.value(in: report) == nil)
        }
        var covered = CoveredReports()
        covered.add(report)
        #expect(covered.reports == 1 && covered[.newReceived] == 0)
    }
}
