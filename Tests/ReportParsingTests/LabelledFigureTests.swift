import Documents
import Reports
import Testing

@testable import ReportParsing

@Suite struct LabelledFigureTests {
    private static let labels = ["（一）收到申请数", "1.当面申请数", "2.传真申请数", "3.网络申请数", "4.信函申请数", "七、依申请公开信息收取的费用"]

    @Test(
        arguments: [
            ("", "：", "2", "件"), ("- ", "：**", "2", "** 件"), ("", "（单位：件）——", "2", ""), ("* ", ": ", "2", ""),
        ])
    func `a line of label and figure is a row of the 统计表`(
        before: String, between: String, figure: String, after: String
    ) throws {
        let lines = Self.labels.dropLast().map { "\(before)\($0)\(between)\(figure)\(after)" }
        let text = "甲县财政局2016年政府信息公开工作年度报告\n\n附件：统计表\n\n" + lines.joined(separator: "\n") + "\n"
        let parsed = ReportParser.parse(try Document.read(Array(text.utf8)))
        #expect(parsed.statistics2014?[.receivedTotal]?.count == 2)
        #expect(parsed.statistics2014?[.receivedLetter]?.count == 2)
        #expect(parsed.findings.isEmpty)
    }

    @Test func `money keeps its unit`() throws {
        let lines = Self.labels.dropLast().map { "\($0)：2件" } + ["七、依申请公开信息收取的费用（单位：元）——250"]
        let text = "甲县财政局2016年政府信息公开工作年度报告\n\n" + lines.joined(separator: "\n") + "\n"
        let parsed = ReportParser.parse(try Document.read(Array(text.utf8)))
        #expect(parsed.statistics2014?[.requestFeesWan] == Quantity("250元"))
    }

    @Test(arguments: ["收到申请数：2起左右", "收到申请数：约2件", "全年收到申请数：2件", "（一）予以公开：2件", "收到申请数：2件，答复1件", "时间：2023", ""])
    func `other lines are none`(line: String) {
        #expect(LabelledFigure.cells(line.slice) == nil)
    }
}
