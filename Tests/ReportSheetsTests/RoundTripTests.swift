import Documents
import Foundation
import ReportParsing
import ReportSheets
import Reports
import Support
import Testing

/// What is written is read back by our own reader, every figure the same.
struct RoundTripTests {
    @Test(arguments: ReportForm.allCases)
    func `a page is read back`(form: ReportForm) throws {
        for seed in 0..<40 {
            let report = try #require(randomReport(form, seed: seed * 1_000))
            let bytes = FormHTML.bytes(report, caption: "汇总 64 个单位的年度报告")
            expectSame(ReportParser.parse(try Document.read(bytes, name: "r.html")), report, "seed \(seed)") { $0 }
        }
    }

    @Test(arguments: ReportForm.allCases)
    func `a workbook is read back`(form: ReportForm) throws {
        let folder = try TemporaryFolder()
        for seed in 0..<20 {
            let report = try #require(randomReport(form, seed: seed * 1_000))
            let path = folder.path("\(seed).xlsx")
            try FormSheet.write(report, caption: "汇总 64 个单位的年度报告", to: path, temporaryFolder: folder.url.path)
            let bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
            // A number has no zeros behind its last digit: the cell's format shows them.
            expectSame(ReportParser.parse(try Document.read(bytes, name: "r.xlsx")), report, "seed \(seed)") {
                $0?.withoutZeros
            }
        }
    }

    private func expectSame(
        _ parsed: ParsedReport, _ report: AnnualReport, _ comment: Comment, as normal: (Quantity?) -> Quantity?
    ) {
        #expect(parsed.agency == report.agency, comment)
        #expect(parsed.year == report.year, comment)
        #expect(parsed.form == report.form, comment)
        let read = parsed.report(agency: report.agency, year: report.year)
        #expect(read.figurePaths == report.figurePaths, comment)
        for path in report.figurePaths where normal(read[path]) != normal(report[path]) {
            Issue.record("\(comment) \(path): \(read[path]?.number ?? "nil") ≠ \(report[path]?.number ?? "nil")")
        }
        #expect(parsed.findings == [], comment)
    }
}

extension Quantity {
    fileprivate var withoutZeros: Quantity {
        var digits = digits
        var places = places
        while places > 0, digits % 10 == 0 {
            digits /= 10
            places -= 1
        }
        return Quantity(digits: digits, places: places, unit: unit)
    }
}
