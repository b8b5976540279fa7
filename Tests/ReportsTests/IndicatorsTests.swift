import Reports
import Testing

@Suite struct IndicatorsTests {
    /// 40 received, 10 carried over, 45 answered, 5 left.
    private func report() throws -> AnnualReport {
        var report = try Example.balanced()
        var table = Example.zeros()
        let counts: [(RequestLine, Int)] = [
            (.newReceived, 40), (.carriedOver, 10), (.granted, 20), (.partiallyGranted, 5), (.deniedStateSecret, 2),
            (.deniedAdministrativeInquiry, 3), (.unavailableNotHeld, 6), (.notHandledRepeated, 4), (.otherOther, 5),
            (.totalProcessed, 45), (.carriedForward, 5),
        ]
        for (line, count) in counts { table[line, .total] = count }
        table[.newReceived, .naturalPerson] = 30
        report.requests = table
        return report
    }

    @Test(arguments: [
        (Indicator.disclosureRate, 25, 45), (.fullGrantRate, 20, 45), (.partialGrantRate, 5, 45), (.refusalRate, 5, 45),
        (.unavailableRate, 6, 45), (.notHandledRate, 4, 45), (.otherRate, 5, 45), (.clearanceRate, 45, 50),
        (.carryForwardRate, 5, 50), (.naturalPersonShare, 30, 40),
    ])
    func `rates of requests`(indicator: Indicator, numerator: Int, denominator: Int) throws {
        let value = try report().value(of: indicator)
        #expect(value.numerator == numerator)
        #expect(value.denominator == denominator)
        #expect(value.value == Double(numerator) / Double(denominator))
        #expect(!value.smallN)
    }

    @Test func `rates of reviews and lawsuits`() throws {
        var report = try report()
        report.reviews?[.administrativeReview, .total] = 9
        report.reviews?[.administrativeReview, .pending] = 1
        report.reviews?[.administrativeReview, .corrected] = 2
        report.reviews?[.direct, .total] = 4
        report.reviews?[.afterReview, .total] = 5
        report.reviews?[.direct, .corrected] = 3
        #expect(report.value(of: .reviewRate).value == 20)
        #expect(report.value(of: .litigationRate).value == 20)
        #expect(report.value(of: .reviewCorrectionRate).value == 0.25)
        #expect(report.value(of: .litigationCorrectionRate).value == 3.0 / 9)
        #expect(report.value(of: .pendingShare).value == 1.0 / 18)
        #expect(report.value(of: .pendingShare).smallN)
    }

    @Test func `a denominator of zero gives null and small n`() throws {
        let zero = AnnualReport(
            agency: "", year: try Example.year(2023), title: "", form: .form2021, requests: Example.zeros())
        for indicator in Indicator.allCases {
            let value = zero.value(of: indicator)
            #expect(value.value == nil, "\(indicator)")
            #expect(value.smallN)
        }
    }

    @Test func `a blank part gives null, unless the column adds up without it`() throws {
        var report = try report()
        report.requests?[.unavailableStillUnclear, .total] = nil
        #expect(report.value(of: .unavailableRate).numerator == 6)
        report.requests?[.granted, .total] = nil
        #expect(report.value(of: .disclosureRate).value == nil)
        #expect(report.value(of: .disclosureRate).numerator == nil)
        #expect(report.value(of: .clearanceRate).value == 0.9)
        report.requests?[.totalProcessed, .total] = nil
        #expect(report.value(of: .refusalRate).value == nil)
    }

    @Test func `29 cases are few, 30 are not`() throws {
        var report = try report()
        report.requests?[.newReceived, .total] = 29
        #expect(report.value(of: .naturalPersonShare).smallN)
        report.requests?[.newReceived, .total] = 30
        #expect(!report.value(of: .naturalPersonShare).smallN)
    }

    @Test func `net change may be negative and has no denominator`() throws {
        var report = try report()
        report.proactive?[.normativeDocuments, .repealed] = Quantity(3)
        let value = report.value(of: .normativeDocumentsNetChange)
        #expect(value.value == -3)
        #expect(value.denominator == nil)
        report.proactive?[.normativeDocuments, .issued] = nil
        #expect(report.value(of: .normativeDocumentsNetChange).value == nil)
    }

    @Test func `extreme figures do not trap`() throws {
        var report = try report()
        for line in RequestLine.allCases { report.requests?[line, .total] = Int.max }
        for route in ReviewRoute.allCases {
            for outcome in ReviewOutcome.allCases { report.reviews?[route, outcome] = Int.max }
            report.reviews?[route, .pending] = Int.min
        }
        for indicator in Indicator.allCases { _ = report.value(of: indicator) }
        #expect(report.value(of: .disclosureRate).value == nil)
    }

    @Test(arguments: Indicator.allCases)
    func `every indicator has a formula and a label`(indicator: Indicator) {
        #expect(!indicator.formula.isEmpty)
        #expect(!indicator.label.isEmpty)
    }
}
