import Reports
import Testing

@Suite struct ArithmeticChecksTests {
    private func findings(
        _ form: ReportForm = .form2021, _ change: (inout AnnualReport) -> Void
    ) throws -> [Finding] {
        var report = try Example.balanced(form: form)
        change(&report)
        return ArithmeticChecks(report).findings
    }

    @Test(arguments: [(ReportForm.form2021, 25 + 21 + 3 + 1), (.form2019, 23 + 21 + 3 + 2 + 1)])
    func `a report that adds up passes every check`(form: ReportForm, passed: Int) throws {
        let checks = ArithmeticChecks(try Example.balanced(form: form))
        #expect(checks.findings.isEmpty)
        #expect(checks.tally.passed == passed)
        #expect(checks.tally.failed + checks.tally.uncertain + checks.tally.notAssessable == 0)
    }

    @Test(arguments: [ReportForm.form2019, .form2021])
    func `a row that does not add up fails, the total to blame first`(form: ReportForm) throws {
        let found = try findings(form) { $0.requests?[.newReceived, .commercialEnterprise] = 1 }
        let row = try #require(found.first { $0.check == .rowTotal })
        #expect(row.state == .fail)
        #expect(row.paths.first == .request(.newReceived, .total))
        #expect(row.left == 3)
        #expect(row.right == 4)
        #expect(
            found.contains { $0.check == .balance && $0.paths.contains(.request(.newReceived, .commercialEnterprise)) })
    }

    @Test func `outcomes that do not add up to （七） fail in their column`() throws {
        let found = try findings {
            $0.requests?[.deniedStateSecret, .naturalPerson] = 1
            $0.requests?[.deniedStateSecret, .total] = 1
        }
        #expect(found.map(\.check) == [.processedTotal, .processedTotal])
        #expect(found.allSatisfy { $0.left == 2 && $0.right == 3 })
        #expect(found.allSatisfy { $0.paths.count == 22 })
    }

    @Test func `one row of （六） counts in the 2019 form`() throws {
        let found = try findings(.form2019) {
            $0.requests?[.otherTotal, .total] = 5
            $0.requests?[.otherTotal, .naturalPerson] = 5
        }
        #expect(Set(found.map(\.check)) == [.processedTotal])
    }

    @Test func `more answered than received fails the balance and the bounds`() throws {
        let found = try findings { $0.requests?[.newReceived, .total] = 1 }
        #expect(found.contains { $0.check == .balance && $0.state == .fail && $0.left == 1 && $0.right == 3 })
        #expect(found.contains { $0.check == .bounds && $0.state == .fail && $0.left == 2 && $0.right == 1 })
    }

    @Test func `a review that does not add up fails`() throws {
        let found = try findings { $0.reviews?[.direct, .upheld] = 1 }
        #expect(found.map(\.check) == [.reviewTotal])
        #expect(found.first?.paths.first == .review(.direct, .total))
    }

    @Test func `blanks read as zero where the total is right`() throws {
        let found = try findings {
            $0.requests?[.newReceived, .commercialEnterprise] = nil
            $0.reviews?[.direct, .upheld] = nil
            $0.requests?[.deniedStateSecret, .total] = nil
        }
        #expect(found.isEmpty)
    }

    @Test func `a blank part makes a sum uncertain where the total says more`() throws {
        let found = try findings { $0.requests?[.granted, .naturalPerson] = nil }
        #expect(found.map(\.check) == [.rowTotal, .processedTotal])
        #expect(found.allSatisfy { $0.state == .uncertain && $0.severity == .warning })
    }

    @Test func `known parts above the total fail in spite of blanks`() throws {
        let found = try findings {
            $0.requests?[.granted, .commercialEnterprise] = nil
            $0.requests?[.granted, .naturalPerson] = 9
        }
        #expect(found.contains { $0.check == .rowTotal && $0.state == .fail })
    }

    @Test func `a blank total above parts is uncertain`() throws {
        let found = try findings {
            $0.reviews?[.direct, .total] = nil; $0.reviews?[.direct, .upheld] = 2
        }
        #expect(found.map(\.state) == [.uncertain])
        #expect(found.first?.left == nil)
        #expect(found.first?.right == 2)
    }

    @Test func `a blank makes the balance and the bounds uncertain`() throws {
        let found = try findings { $0.requests?[.newReceived, .total] = nil }
        #expect(found.contains { $0.check == .balance && $0.state == .uncertain })
        #expect(found.contains { $0.check == .bounds && $0.state == .uncertain })
    }

    @Test func `figures too large to add up fail and do not trap`() throws {
        let found = try findings {
            for applicant in Applicant.allCases { $0.requests?[.newReceived, applicant] = Int.max }
            $0.requests?[.carriedOver, .total] = Int.max
            $0.reviews?[.direct, .upheld] = Int.max
            $0.reviews?[.direct, .corrected] = Int.max
            $0.requests?[.granted, .total] = Int.max
            $0.requests?[.partiallyGranted, .total] = Int.max
        }
        let large = found.filter { $0.message.contains("too large") }
        #expect(Set(large.map(\.check)) == [.rowTotal, .balance, .bounds, .reviewTotal, .processedTotal])
        #expect(large.allSatisfy { $0.state == .fail })
    }

    @Test func `negative counts fail, but 本年增减 may fall`() throws {
        let found = try findings(.form2019) { $0.proactive?[.administrativeLicensing, .itemsChange] = Quantity(-4) }
        #expect(found.isEmpty)
        let negative = try findings { $0.proactive?[.rules, .issued] = Quantity(-1) }
        #expect(negative.map(\.check) == [.nonNegativeIntegers])
        #expect(negative.first?.paths == [.proactive(.rules, .issued)])
    }

    @Test func `对外公开总数 below what is new fails in the 2019 form only`() throws {
        let found = try findings(.form2019) { $0.proactive?[.rules, .newlyDisclosed] = Quantity(2) }
        #expect(found.map(\.check) == [.disclosed2019])
        #expect(found.first?.severity == .warning)
    }

    @Test func `missing tables are not assessable`() throws {
        var report = try Example.balanced()
        report.requests = nil
        report.reviews = nil
        let checks = ArithmeticChecks(report)
        #expect(checks.findings.isEmpty)
        #expect(checks.tally.notAssessable == 25 + 21 + 3)
    }

    @Test func `the 2014 form has sums of its own`() throws {
        var report = try Example.balanced()
        report.form = .form2014
        report.requests = nil
        report.reviews = nil
        #expect(ArithmeticChecks(report).tally.notAssessable == Statistic2014.sums.count)
        var table = Statistics2014()
        table[.receivedTotal] = Quantity(5)
        for statistic in [Statistic2014.receivedInPerson, .receivedFax, .receivedOnline, .receivedLetter] {
            table[statistic] = Quantity(1)
        }
        report.statistics2014 = table
        let found = ArithmeticChecks(report).findings
        #expect(found.map(\.check) == [.statistics2014Sums])
        #expect(found.first?.paths.first == .statistic(.receivedTotal))
        #expect(found.first?.left == 5 && found.first?.right == 4)
        table[.receivedLetter] = Quantity(2)
        report.statistics2014 = table
        #expect(ArithmeticChecks(report).findings.isEmpty)
    }
}
