import Reports
import Support
import Testing

@Suite struct CompactFiguresTests {
    @Test(arguments: ReportForm.allCases, 1...8)
    func `every figure and indicator comes back as it was`(form: ReportForm, seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let report = try #require(AnnualReport.random(form, &random))
        let bytes = CompactFigures.encode(report)
        let slots = FigureSlots.of(form)
        for path in FigurePath.all(in: form, otherIsOneRow: nil) {
            let slot = try #require(slots.slot(of: path))
            #expect(slots.quantity(at: slot, in: bytes.span) == report[path], "\(path)")
        }
        for indicator in Indicator.allCases {
            let (numerator, denominator) = slots.slots(of: indicator)
            let value = report.value(of: indicator)
            #expect(slots.quantity(at: numerator, in: bytes.span)?.count == value.numerator)
            #expect(slots.quantity(at: denominator, in: bytes.span)?.count == value.denominator)
        }
    }

    @Test(arguments: ReportForm.allCases, 1...8)
    func `a report is made of its figures again`(form: ReportForm, seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let report = try #require(AnnualReport.random(form, &random))
        let again = AnnualReport(
            packed: CompactFigures.encode(report).span, form: form, year: report.year, scope: .consolidated)
        for path in FigurePath.all(in: form, otherIsOneRow: nil) { #expect(again[path] == report[path], "\(path)") }
        #expect(again.year == report.year && again.scope == .consolidated && again.form == form)
        let blank = AnnualReport(agency: "甲局", year: report.year, title: "", form: form, requests: RequestTable())
        let nothing = AnnualReport(
            packed: CompactFigures.encode(blank).span, form: form, year: report.year, scope: .own)
        #expect(nothing.requests == nil && nothing.proactive == nil && nothing.statistics2014 == nil)
    }

    @Test func `most figures take one byte`() throws {
        var table = RequestTable(otherIsOneRow: false)
        for line in RequestLine.allCases { for applicant in Applicant.allCases { table[line, applicant] = 7 } }
        let year = try #require(ReportYear(2023))
        let report = AnnualReport(agency: "甲局", year: year, title: "", form: .form2021, requests: table)
        #expect(CompactFigures.encode(report).count < 256)
    }

    @Test(arguments: 1...200)
    func `any bytes are read without a crash`(seed: Int) {
        var random = SeededGenerator(seed: seed)
        let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in UInt8.random(in: 240...255, using: &random)
        }
        for form in ReportForm.allCases {
            for slot in 0..<300 { _ = FigureSlots.of(form).quantity(at: slot, in: bytes.span) }
        }
    }

    @Test func `every slot has a number of its own in one byte`() {
        for form in ReportForm.allCases {
            #expect(FigurePath.all(in: form, otherIsOneRow: nil).count + 2 * Indicator.allCases.count <= 256)
        }
    }
}

extension AnnualReport {
    /// A report with random figures: blanks, small and large counts, negative ones, amounts of money in any unit.
    fileprivate static func random(_ form: ReportForm, _ random: inout SeededGenerator) -> AnnualReport? {
        guard let year = ReportYear(2023) else { return nil }
        var report = AnnualReport(agency: "甲局", year: year, title: "", form: form)
        report.proactive = ProactiveDisclosure()
        report.requests = RequestTable(otherIsOneRow: form == .form2019)
        report.reviews = ReviewTable()
        report.statistics2014 = Statistics2014()
        for path in FigurePath.all(in: form, otherIsOneRow: form == .form2019) {
            guard Int.random(in: 0..<4, using: &random) > 0 else { continue }
            let isSmall = Bool.random(using: &random)
            let count = Int.random(in: isSmall ? 0...260 : -9_000_000...900_000_000_000, using: &random)
            switch path {
            case .proactive(let line, let column):
                let units: [Quantity.MoneyUnit?] = [nil, .yuan, .wan, .yi]
                let unit = path.isMoney ? units[Int.random(in: 0..<4, using: &random)] : nil
                let places = path.isMoney ? Int.random(in: 0...9, using: &random) : 0
                report.proactive?[line, column] = Quantity(digits: Int64(count), places: places, unit: unit)
            case .request(let line, let applicant): report.requests?[line, applicant] = count
            case .review(let route, let outcome): report.reviews?[route, outcome] = count
            case .statistic(let statistic): report.statistics2014?[statistic] = Quantity(count)
            }
        }
        return report
    }
}
