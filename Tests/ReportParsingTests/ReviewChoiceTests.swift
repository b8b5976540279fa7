import Reports
import Testing

@testable import ReportParsing

@Suite struct ReviewChoiceTests {
    private let head = Array(repeating: "结果维持\t结果纠正\t其他结果\t尚未审结\t总计", count: 3).joined(separator: "\t")

    /// A row of table 四 with a name, its reviews upheld a number of times.
    private func row(_ name: String, _ upheld: Int) -> String {
        (name.isEmpty ? "" : name + "\t") + "\(upheld)\t0\t0\t0\t\(upheld)" + String(repeating: "\t0", count: 10) + "\n"
    }

    private func read(_ rows: [(String, Int)]) throws -> CheckedReport {
        let table = "行政复议\t行政诉讼\n\(head)\n" + rows.map { row($0.0, $0.1) }.joined()
        return try ReportParsingTests.read(
            "甲县财政局2023年政府信息公开工作年度报告\n\n四、政府信息公开行政复议、行政诉讼情况\n\n\(table)\n五、存在的主要问题及改进情况\n\n无。\n")
    }

    @Test(arguments: [
        [("2022年", 1), ("2023年", 5)], [("2023年度", 5), ("2022年度", 1)], [("局机关", 2), ("县图书馆", 3), ("合计", 5)],
        [("上年", 1), ("本年", 5)], [("2022年合计", 1), ("2023年局机关", 2), ("2023年合计", 5)], [("", 5), ("上年同期", 1)],
        [("局机关", 5), ("局机关", 5)], [("件数", 5)], [("2022年", 1), ("2023年", 5), ("同比增减", 4)],
    ])
    func `of several rows the one of the report's year counts, or that of all units`(rows: [(String, Int)]) throws {
        let checked = try read(rows)
        #expect(checked.report.reviews?[.administrativeReview, .upheld] == 5)
        #expect(!checked.findings.contains { $0.check == .formLabels })
    }

    @Test(arguments: [
        [("局机关", 2), ("县图书馆", 3)], [("2021年", 2), ("2022年", 3)], [("2022年", 3)], [("", 2), ("", 3)],
        [("2023年局机关", 2), ("2023年图书馆", 3)],
    ])
    func `rows of which none is the report's leave the table open`(rows: [(String, Int)]) throws {
        let checked = try read(rows)
        #expect(checked.report.reviews?.isBlank == true)
        #expect(checked.findings.contains { $0.check == .formLabels && $0.paths.count == 15 })
    }

    @Test func `as many figures as two blocks are not theirs in a row of three`() throws {
        let table = "行政复议\t行政诉讼\n未经复议直接起诉\t复议后起诉\n结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n"
        let checked = try ReportParsingTests.read(
            "四、政府信息公开行政复议、行政诉讼情况\n\n\(table)1\t6\t2\t1\t10\t1\t\t\t1\t2\t1\t\t\t\t1\n\n五、存在的主要问题及改进情况\n")
        #expect(checked.report.reviews?[.direct, .total] == nil)
        #expect(checked.report.reviews?[.direct, .corrected] == nil)
    }

    @Test func `two rows without names are none's where rows are not kept`() throws {
        let rows = ["行政复议\t行政诉讼\n", head + "\n", row("", 1), row("", 5)].joined().replacing("\t", with: " ")
        let checked = try ReportParsingTests.read("四、政府信息公开行政复议、行政诉讼情况\n\n\(rows)\n五、存在的主要问题及改进情况\n")
        #expect(checked.report.reviews?.isBlank == true)
    }

    @Test func `rows of five columns are blocks one below the other`() throws {
        let five = "结果维持\t结果纠正\t其他结果\t尚未审结\t总计"
        let table = "类别\t\(five)\n行政复议\t1\t0\t0\t0\t1\n未经复议直接起诉\t0\t2\t0\t0\t2\n复议后起诉\t0\t0\t3\t0\t3\n"
        let checked = try ReportParsingTests.read("四、政府信息公开行政复议、行政诉讼情况\n\n\(table)\n")
        #expect(checked.report.reviews?[.administrativeReview, .upheld] == 1)
        #expect(checked.report.reviews?[.direct, .corrected] == 2)
        #expect(checked.report.reviews?[.afterReview, .other] == 3)
    }

    @Test func `years in lines of their own are names of rows`() throws {
        let cells = head.replacing("\t", with: "\n")
        let figures = { (count: Int) in row("", count).replacing("\t", with: "\n") }
        let checked = try ReportParsingTests.read(
            "甲县财政局2023年政府信息公开工作年度报告\n\n四、政府信息公开行政复议、行政诉讼情况\n\n行政复议\n行政诉讼\n\(cells)\n2022年\n"
                + figures(1) + "2023年\n" + figures(5) + "\n五、存在的主要问题及改进情况\n\n无。\n")
        #expect(checked.report.reviews?[.administrativeReview, .upheld] == 5)
    }
}
