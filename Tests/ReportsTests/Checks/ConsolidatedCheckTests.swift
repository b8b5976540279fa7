import Reports
import Testing

@Suite struct ConsolidatedCheckTests {
    private func consolidated() throws -> AnnualReport {
        var report = try Example.balanced()
        report.scope = .consolidated
        return report
    }

    @Test func `a sum less than its known parts is remarked, with its coverage`() throws {
        let found = ConsolidatedCheck.finding(try consolidated(), covered: (reports: 12, newReceived: 340))
        #expect(found?.check == .consolidatedSum)
        #expect(found?.severity == .info)
        #expect(found?.left == 3 && found?.right == 340)
        #expect(found?.paths == [.request(.newReceived, .total)])
        #expect(found?.message.hasSuffix("is 3; 12 reports of agencies in its division state 340") == true)
        let one = ConsolidatedCheck.finding(try consolidated(), covered: (reports: 1, newReceived: 4))
        #expect(one?.message.hasSuffix("is 3; 1 report of an agency in its division states 4") == true)
    }

    @Test(arguments: [(2, 3), (2, 2), (0, 340), (1, .min)])
    func `a sum that may contain its parts is none`(reports: Int, newReceived: Int) throws {
        #expect(
            ConsolidatedCheck.finding(try consolidated(), covered: (reports: reports, newReceived: newReceived)) == nil)
    }

    @Test func `an own report covers none, and a blank says nothing`() throws {
        #expect(ConsolidatedCheck.finding(try Example.balanced(), covered: (reports: 2, newReceived: 9)) == nil)
        var report = try consolidated()
        report.requests?[.newReceived, .total] = nil
        #expect(ConsolidatedCheck.finding(report, covered: (reports: 2, newReceived: 9)) == nil)
        report.requests = nil
        #expect(ConsolidatedCheck.finding(report, covered: (reports: 2, newReceived: 9)) == nil)
    }

    @Test func `the form of 2014 counts 收到申请数`() throws {
        var report = try consolidated()
        report.form = .form2014
        report.statistics2014 = Statistics2014()
        report.statistics2014?[.receivedTotal] = Quantity(5)
        let found = ConsolidatedCheck.finding(report, covered: (reports: 2, newReceived: 9))
        #expect(found?.paths == [.statistic(.receivedTotal)])
    }
}
