import Reports
import Testing

@Suite struct FigurePathTests {
    @Test(arguments: [
        (ReportForm.form2021, false, 200), (.form2021, true, 186), (.form2019, true, 198), (.form2014, false, 58),
    ])
    func `a form prints a known number of figures`(form: ReportForm, otherIsOneRow: Bool, count: Int) {
        let paths = FigurePath.all(in: form, otherIsOneRow: otherIsOneRow)
        #expect(paths.count == count)
        #expect(Set(paths.map(\.description)).count == count)
        #expect(Set(paths.map(\.label)).count == count)
    }

    @Test(arguments: ReportForm.allCases)
    func `amounts of money are in 万元 or as printed, and counts in neither`(form: ReportForm) {
        for path in FigurePath.all(in: form, otherIsOneRow: nil) {
            #expect((path.unit == "万元" || path.unit == nil) == path.isMoney, "\(path)")
        }
    }

    @Test(arguments: [
        (FigurePath.request(.granted, .total), "件"), (.proactive(.administrativePenalty, .itemsChange), "项"),
        (.statistic(.trainingParticipants), "人次"), (.statistic(.responsesPolicyInterpretations), "篇"),
    ])
    func `a figure has the unit of its form`(path: FigurePath, unit: String) {
        #expect(path.unit == unit)
    }

    @Test func `a path names its figure in the report`() throws {
        var report = try Example.balanced()
        report.reviews?[.afterReview, .pending] = 7
        #expect(report[.request(.granted, .naturalPerson)] == Quantity(2))
        #expect(report[.review(.afterReview, .pending)] == Quantity(7))
        #expect(
            FigurePath.review(.afterReview, .pending).description
                == "reviewsAndLitigation.litigation.afterReview.pending")
        report.requests = nil
        #expect(report[.request(.granted, .naturalPerson)] == nil)
    }
}
