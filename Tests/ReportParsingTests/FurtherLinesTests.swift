import Reports
import Testing

@testable import ReportParsing

/// Figures on the line below a row, as a narrow cell that is copied leaves them: `11398` above `889` is no 11,398.
@Suite struct FurtherLinesTests {
    @Test(arguments: ["\t", " "])
    func `a figure of table 二 with digits on the next line is open, with a finding`(separator: String) throws {
        let table = TableText()
        let text = table.text.replacing("行政许可\t47\n", with: "行政许可\t11398\n889\n").replacing("\t", with: separator)
        let checked = try read(text)
        #expect(checked.report.proactive?[.administrativeLicensing, .decisions] == nil)
        let findings = checked.findings.filter { $0.paths.contains(.proactive(.administrativeLicensing, .decisions)) }
        #expect(findings.contains { $0.check == .formLabels })
        #expect(checked.report.proactive?[.administrativePenalty, .decisions]?.count == 2)
    }

    @Test func `rows of table 三 and 四 with figures on the next line are open`() throws {
        var table = TableText()
        table.set(.newReceived, ["120", "0", "0", "0", "0", "0", "120"])
        table.reviews[0] = "102"
        table.reviews[4] = "102"
        let plain = try read(table.text)
        #expect(plain.report.requests?[.newReceived, .total] == 120)
        #expect(plain.report.reviews?[.administrativeReview, .upheld] == 102)
        let received = "120\t0\t0\t0\t0\t0\t120\n"
        let reviews = table.reviews.joined(separator: "\t") + "\n"
        let wrapped = table.text.replacing(received, with: received + "3\t\t\t\t\t\t3\n")
            .replacing(reviews, with: reviews + "4\t\t\t\t4\n")
        let checked = try read(wrapped)
        for path in [FigurePath.request(.newReceived, .total), .review(.administrativeReview, .upheld)] {
            #expect(checked.report[path] == nil, "\(path)")
            #expect(checked.findings.contains { $0.paths.contains(path) }, "\(path)")
        }
    }

    @Test func `the number of a page below a row of many figures is none of its own`() throws {
        let table = TableText()
        let row = "3\t0\t0\t0\t0\t0\t3\n"
        let checked = try read(table.text.replacing(row, with: row + "4\n"))
        #expect(checked.report.requests?[.newReceived, .total] == 3)
    }

    @Test func `a cell that cannot be read costs no other figure of table 四`() throws {
        var table = TableText()
        table.reviews = ["#REF!", "0", "1", "0", "1"] + Array(repeating: "0", count: 10)
        let html = table.reviews.map { "<td>\($0)</td>" }.joined()
        let head = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"].map { "<td>\($0)</td>" }.joined()
        let page = """
            <h1>甲县财政局2023年政府信息公开工作年度报告</h1><p>四、政府信息公开行政复议、行政诉讼情况</p>
            <table><tr><td colspan=5>行政复议</td><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>
            <tr>\(head)\(head)\(head)</tr><tr>\(html)</tr></table>
            """
        let checked = try read(page, name: "report.html")
        #expect(checked.report.reviews?[.administrativeReview, .upheld] == nil)
        #expect(checked.report.reviews?[.administrativeReview, .other] == 1)
        #expect(checked.report.reviews?[.administrativeReview, .total] == 1)
    }

    @Test func `below blocks with names of their own the sum of all is of none`() throws {
        let five = "结果维持\t结果纠正\t其他结果\t尚未审结\t总计"
        let table = """
            类别\t\(five)\n行政复议\t1\t0\t0\t0\t1\n未经复议直接起诉\t0\t2\t0\t0\t2\n复议后起诉\t0\t0\t3\t0\t3
            行政诉讼合计\t0\t2\t3\t0\t5\n
            """
        let checked = try read("四、政府信息公开行政复议、行政诉讼情况\n\n\(table)\n")
        let other = checked.report.reviews?[.afterReview, .other]
        #expect(other == 3 || other == nil && !checked.findings.isEmpty)
        #expect(checked.report.reviews?[.afterReview, .corrected] != 2)
    }
}
