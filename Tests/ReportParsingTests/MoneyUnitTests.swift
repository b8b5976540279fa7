import Documents
import Reports
import Testing

@testable import ReportParsing

@Suite struct MoneyUnitTests {
    private static let fees = FigurePath.proactive(.administrativeFees, .amountWan)

    private static func parse(_ text: String) throws -> ParsedReport {
        ReportParser.parse(try Document.read(Array(text.utf8)))
    }

    private static func scaled(_ parsed: ParsedReport) -> [FigurePath] {
        let report = parsed.report(agency: "甲县财政局", year: ReportYear(2023) ?? .earliest)
        let findings = CheckedReport(report, cells: parsed.cells).findings
        return findings.filter { $0.check == .moneyScale }.flatMap(\.paths)
    }

    @Test(
        arguments: [
            ("本年收费金额（单位：元）", "行政事业性收费"), ("本年收费金额", "行政事业性收费（元）"), ("本年收费金额(元)", "行政事业性收费"),
        ])
    func `fees under a head of 元 keep their unit`(head: String, label: String) throws {
        var table = TableText()
        table.proactive[5] = (label, ["35000"])
        let text = table.text.replacing("本年收费金额（单位：万元）", with: head)
        let parsed = try Self.parse(text)
        #expect(parsed.proactive?[.administrativeFees, .amountWan] == Quantity(digits: 35000, unit: .yuan))
    }

    @Test(
        arguments: [
            ("本年收费金额/元", "3256100", "3256100元"), ("本年收费金额（人民币元）", "3256100", "3256100元"),
            ("本年收费金额（单位：千元）", "3256.1", "3256100元"), ("本年收费金额（单位：百万元）", "3.2561", "325.61"),
            ("本年收费金额（单位：亿元）", "0.032561", "0.032561亿元"), ("本年收费金额（万）", "325.61", "325.61"),
        ])
    func `the head's unit counts, whichever it is`(head: String, figure: String, amount: String) throws {
        var table = TableText()
        table.proactive[5].cells = [figure]
        let parsed = try Self.parse(table.text.replacing("本年收费金额（单位：万元）", with: head))
        #expect(parsed.proactive?[.administrativeFees, .amountWan] == Quantity(amount))
    }

    @Test func `the unit in a line above the table counts where the head has none`() throws {
        var table = TableText()
        table.proactive[5].cells = ["35000"]
        let bare = table.text.replacing("本年收费金额（单位：万元）", with: "本年收费金额")
        let line = bare.replacing("信息内容\t本年制发件数", with: "金额单位：元\n\n信息内容\t本年制发件数")
        #expect(try Self.parse(line).proactive?[.administrativeFees, .amountWan] == Quantity("35000元"))
        let other = bare.replacing("信息内容\t本年制发件数", with: "全年节约3元\n\n信息内容\t本年制发件数")
        #expect(try Self.parse(other).proactive?[.administrativeFees, .amountWan] == Quantity("35000"))
        let head = line.replacing("本年收费金额", with: "本年收费金额（万元）")
        #expect(try Self.parse(head).proactive?[.administrativeFees, .amountWan] == Quantity("35000"))
    }

    @Test(arguments: [("本年收费金额（单位：万元）", "12.50"), ("本年收费金额", "12.50"), ("本年收费金额（单位：元）", "0")])
    func `fees in the form's unit have none`(head: String, figure: String) throws {
        var table = TableText()
        table.proactive[5].cells = [figure]
        let parsed = try Self.parse(table.text.replacing("本年收费金额（单位：万元）", with: head))
        #expect(parsed.proactive?[.administrativeFees, .amountWan] == Quantity(figure))
    }

    @Test(arguments: [("元", "2500", "2500元"), ("万元", "2500元", "2500元"), ("万元", "2.5", "2.5"), ("元", "0", "0")])
    func `the unit's cell in the 统计表 counts`(unit: String, figure: String, value: String) throws {
        let text =
            "甲县财政局2016年政府信息公开工作年度报告\n\n统计指标\t单位\t统计数\n六、举报投诉数量\t件\t1\n七、依申请公开信息收取的费用\t\(unit)\t\(figure)\n"
        #expect(try Self.parse(text).statistics2014?[.requestFeesWan] == Quantity(value))
    }
}
