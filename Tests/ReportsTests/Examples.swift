import Reports
import Support

/// Reports to test with.
enum Example {
    /// A report in which every identity holds: three requests received, two granted, one carried forward.
    static func balanced(form: ReportForm = .form2021) throws -> AnnualReport {
        var requests = zeros(otherIsOneRow: form == .form2019)
        for (line, count) in [(RequestLine.newReceived, 3), (.granted, 2), (.totalProcessed, 2), (.carriedForward, 1)] {
            requests[line, .naturalPerson] = count
            requests[line, .total] = count
        }
        var reviews = ReviewTable()
        for route in ReviewRoute.allCases {
            for outcome in ReviewOutcome.allCases { reviews[route, outcome] = 0 }
        }
        return AnnualReport(
            agency: "甲县财政局", year: try year(form == .form2019 ? 2019 : 2023), title: "甲县财政局年度报告", form: form,
            proactive: proactive(form), requests: requests, reviews: reviews)
    }

    static func year(_ value: Int) throws -> ReportYear {
        guard let year = ReportYear(value) else { throw ExampleError() }
        return year
    }

    static func zeros(otherIsOneRow: Bool = false) -> RequestTable {
        var table = RequestTable(otherIsOneRow: otherIsOneRow)
        for line in table.lines {
            for applicant in Applicant.allCases { table[line, applicant] = 0 }
        }
        return table
    }

    private static func proactive(_ form: ReportForm) -> ProactiveDisclosure {
        var table = ProactiveDisclosure()
        for line in ProactiveLine.allCases {
            for column in line.columns(in: form) { table[line, column] = Quantity(0) }
        }
        return table
    }

    /// A report with random figures, blanks, money and text.
    static func random(seed: Int) throws -> AnnualReport {
        var random = SeededGenerator(seed: seed)
        let form: ReportForm = Bool.random(using: &random) ? .form2021 : .form2019
        func count() -> Int? {
            let choice = Int.random(in: 0..<10, using: &random)
            return choice == 0 ? nil : choice == 1 ? Int.random(in: 0...9_999_999, using: &random) : choice
        }
        var report = try balanced(form: form)
        report.year = try year(Int.random(in: 2008...2099, using: &random))
        report.title = ["", "甲县“财政局”\n年报\u{1}\\", "a/b\"c\"", "😀"].randomElement(using: &random) ?? ""
        report.scope = ReportScope.allCases.randomElement(using: &random) ?? .own
        var requests = RequestTable(otherIsOneRow: Bool.random(using: &random))
        for line in requests.lines {
            for applicant in Applicant.allCases { requests[line, applicant] = count() }
        }
        report.requests = Int.random(in: 0..<8, using: &random) == 0 ? nil : requests
        var proactive = ProactiveDisclosure()
        for line in ProactiveLine.allCases {
            for column in line.columns(in: form) { proactive[line, column] = quantity(&random, column) }
        }
        report.proactive = Int.random(in: 0..<8, using: &random) == 0 ? nil : proactive
        var reviews = ReviewTable()
        for route in ReviewRoute.allCases {
            for outcome in ReviewOutcome.allCases { reviews[route, outcome] = count() }
        }
        report.reviews = Int.random(in: 0..<8, using: &random) == 0 ? nil : reviews
        return report
    }

    private static func quantity(_ random: inout SeededGenerator, _ column: ProactiveColumn) -> Quantity? {
        let isMoney = column == .amountWan || column == .totalAmount
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return nil
        case 1 where isMoney:
            return Quantity(digits: Int64.random(in: 0...999_999_999, using: &random), places: 6, unit: .wan)
        case 2 where isMoney: return Quantity(digits: Int64.random(in: 0...99_999, using: &random), places: 2)
        case 3 where column == .itemsChange: return Quantity(Int.random(in: -50...50, using: &random))
        default: return Quantity(Int.random(in: 0...99_999, using: &random))
        }
    }
}

struct ExampleError: Error {}

/// The report document of a report.
func document(_ report: AnnualReport, quality: Quality = Quality()) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("agency", report.agency)
    CanonicalJSON.writeMembers(of: report, to: &json)
    CanonicalJSON.writeQuality(quality, to: &json)
    json.endObject()
    return json.bytes
}

extension [UInt8] {
    /// The bytes as text.
    var text: String { String(decoding: self, as: UTF8.self) }
}
