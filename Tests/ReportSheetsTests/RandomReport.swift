import Reports
import Support

/// A report with random figures, blanks, signs and money; agency and year are in its title.
func randomReport(_ form: ReportForm, seed: Int) -> AnnualReport? {
    var random = SeededGenerator(seed: seed)
    let years = [ReportForm.form2014: 2017, .form2019: 2019, .form2021: 2023]
    guard let year = years[form].flatMap({ ReportYear($0) }) else { return nil }
    var report = AnnualReport(
        agency: "镇平县人民政府", year: year, title: "镇平县人民政府\(year.value)年政府信息公开工作年度报告", form: form)
    if form == .form2014 {
        var table = Statistics2014()
        for statistic in Statistic2014.allCases { table[statistic] = random.figure(isMoney: statistic.isMoney) }
        report.statistics2014 = table
        return report
    }
    var proactive = ProactiveDisclosure()
    for line in ProactiveLine.allCases {
        for column in line.columns(in: form) {
            proactive[line, column] = random.figure(isMoney: column == .amountWan || column == .totalAmount)
            if column == .itemsChange, let change = proactive[line, column], Bool.random(using: &random) {
                // A figure has eighteen digits, its sign counted.
                proactive[line, column] = Quantity(digits: -change.digits / 10)
            }
        }
    }
    report.proactive = proactive
    var requests = RequestTable(otherIsOneRow: form == .form2019 || Int.random(in: 0..<4, using: &random) == 0)
    for line in requests.lines {
        for applicant in Applicant.allCases { requests[line, applicant] = random.figure()?.count }
    }
    report.requests = requests
    var reviews = ReviewTable()
    for route in ReviewRoute.allCases {
        for outcome in ReviewOutcome.allCases { reviews[route, outcome] = random.figure()?.count }
    }
    report.reviews = reviews
    return report
}

extension SeededGenerator {
    /// A figure of one to eighteen digits, small ones more often than not; nil for a blank.
    fileprivate mutating func figure(isMoney: Bool = false) -> Quantity? {
        switch Int.random(in: 0..<8, using: &self) {
        case 0: return nil
        case 1: return Quantity(Int.random(in: 0...99_999_999, using: &self))
        case 2: return Quantity(digits: Int64.random(in: 0...999_999_999_999_999_999, using: &self))
        case 3 where isMoney:
            let places = Int.random(in: 1...9, using: &self)
            return Quantity(digits: Int64.random(in: 0...999_999_999_999, using: &self), places: places)
        // Beside a figure of money in 万元 its own unit is not kept.
        case 4 where isMoney: return Quantity(digits: Int64.random(in: 0...9_999, using: &self), places: 2, unit: .yuan)
        case 5: return Quantity(0)
        default: return Quantity(Int.random(in: 0...99, using: &self))
        }
    }
}
