import Reports
import Testing

@testable import ReportParsing

/// Columns and rows that the form does not have and that hold no figure of it.
@Suite struct FurtherColumnsTests {
    private func html(_ row: (Int, String, [String]) -> [String]) -> String {
        let rows = TableText().rows.enumerated().map { index, line in
            "<tr>" + row(index, line.label, line.cells).map { "<td>\($0)</td>" }.joined() + "</tr>"
        }
        return "<h1>甲县财政局2023年政府信息公开工作年度报告</h1><p>三、收到和处理政府信息公开申请情况</p><table>\(rows.joined())</table>"
    }

    @Test func `numbers of rows between label and figures are no figures`() throws {
        let page = html { index, label, cells in [label, "\(index + 1)"] + cells }
        let checked = try read(page, name: "report.html")
        #expect(checked.report.requests?[.newReceived, .naturalPerson] == 3)
        #expect(checked.report.requests?[.carriedForward, .total] == 1)
    }

    @Test func `blank columns between the others need no inference`() throws {
        let page = html { _, label, cells in [label] + cells.flatMap { [$0, ""] } }
        let checked = try read(page, name: "report.html")
        #expect(checked.report.requests?[.newReceived, .total] == 3)
        #expect(!checked.findings.contains { $0.check == .inferredCells })
    }

    @Test(arguments: ["2\t1\t0\t0\t0\t3", "\t3\t0\t0\t0\t3"])
    func `a column that is left out moves no figure where spans have left blanks`(figures: String) throws {
        let checked = try read(
            """
            甲县财政局2023年政府信息公开工作年度报告

            三、收到和处理政府信息公开申请情况

            \t\t\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t总计
            一、本年新收政府信息公开申请数量\t\t\t\(figures)
            三、本年度办理结果\t（一）予以公开\t\t\(figures)
            \t（七）总计\t\t\(figures)
            四、结转下年度继续办理\t\t\t0\t0\t0\t0\t0\t0
            """)
        // Where tabs alone say that a cell is blank, blanks may have gone.
        let isOpen = figures.first == "\t"
        for line in [RequestLine.newReceived, .granted, .totalProcessed] {
            #expect(checked.report.requests?[line, .naturalPerson] == (isOpen ? nil : 2))
            #expect(checked.report.requests?[line, .commercialEnterprise] == (isOpen ? nil : 1))
            #expect(checked.report.requests?[line, .otherOrganization] == nil)
            #expect(checked.report.requests?[line, .total] == (isOpen ? nil : 3))
        }
    }

    private func reviews(_ rows: String) throws -> CheckedReport {
        let head = Array(repeating: "结果维持\t结果纠正\t其他结果\t尚未审结\t总计", count: 3).joined(separator: "\t")
        return try read(
            "甲县财政局2023年政府信息公开工作年度报告\n\n四、政府信息公开行政复议、行政诉讼情况\n\n行政复议\t行政诉讼\n\(head)\n\(rows)\n五、存在的主要问题及改进情况\n\n无。\n")
    }

    private static let figures = "5\t0\t0\t0\t5" + String(repeating: "\t0", count: 10)

    @Test(arguments: [
        (1...15).map(String.init).joined(separator: "\t") + "\n" + figures, "2023\t" + figures,
        "2022\t" + figures.replacing("5", with: "1") + "\n2023\t" + figures,
    ])
    func `the numbers of columns and a year without its sign are no figures of table 四`(rows: String) throws {
        let checked = try reviews(rows)
        #expect(checked.report.reviews?[.administrativeReview, .upheld] == 5)
        #expect(checked.report.reviews?[.direct, .total] == 0)
    }

    @Test func `a blank row above the figures of table 四 is none`() throws {
        let blank = "<tr>" + String(repeating: "<td></td>", count: 15) + "</tr>"
        let head = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"].map { "<td>\($0)</td>" }.joined()
        let cells = Self.figures.split(separator: "\t").map { "<td>\($0)</td>" }.joined()
        let page = "<h1>甲县财政局2023年政府信息公开工作年度报告</h1><p>四、政府信息公开行政复议、行政诉讼情况</p><table><tr>\(head)\(head)\(head)</tr>"
        let read = try read(page + blank + "<tr>\(cells)</tr></table>", name: "report.html")
        #expect(read.report.reviews?[.administrativeReview, .upheld] == 5)
        let empty = try ReportParsingTests.read(page + blank + "</table>", name: "report.html")
        #expect(empty.report.reviews?.isBlank == true)
    }
}
