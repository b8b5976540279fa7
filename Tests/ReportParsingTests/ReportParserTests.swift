import Documents
import Reports
import Testing

@testable import ReportParsing

@Suite struct ReportParserTests {
    @Test func `a small report is read whole`() throws {
        let document = try Document.read(Array(TableText().text.utf8))
        let parsed = ReportParser.parse(document)
        #expect(parsed.isReport)
        #expect(parsed.agency == "甲县财政局")
        #expect(parsed.year?.value == 2023)
        #expect(parsed.form == .form2021)
        #expect(parsed.cells.count == 200)
        #expect(parsed.findings.isEmpty)
        #expect(
            parsed.narrative.sections.map(\.kind) == [
                .proactiveDisclosure, .requests, .reviewsAndLitigation, .issuesAndImprovements,
            ])
        #expect(parsed.narrative[.issuesAndImprovements]?.paragraphs == ["无。"])
        #expect(parsed.requests?[.newReceived, .total] == 3)
    }

    @Test func `the same figures stand in one cell a line`() throws {
        let tabs = ReportParser.parse(try Document.read(Array(TableText().text.utf8)))
        let lines = ReportParser.parse(try Document.read(Array(TableText().lines.utf8)))
        #expect(lines.requests == tabs.requests)
        #expect(lines.reviews == tabs.reviews)
        #expect(lines.proactive == tabs.proactive)
    }

    @Test(arguments: ["", "你好", "甲县财政局2023年工作报告\n\n一、总体情况\n\n很好。", "1\t2\t3\n4\t5\t6\n"])
    func `what is no report says so`(text: String) throws {
        let parsed = ReportParser.parse(try Document.read(Array(text.utf8)))
        #expect(!parsed.isReport)
        #expect(parsed.cells.isEmpty)
    }

    @Test func `the form is what the labels say, else that of the year`() throws {
        func form(_ text: String) throws -> ReportForm { ReportParser.parse(try Document.read(Array(text.utf8))).form }
        let head = "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n规章\t0\t0\t0\n"
        #expect(try form("甲县财政局2023年政府信息公开年报\n\n" + head) == .form2019)
        #expect(try form("甲县财政局2020年政府信息公开年报\n") == .form2019)
        #expect(try form("甲县财政局2016年政府信息公开年报\n") == .form2014)
        #expect(try form("甲县财政局2021年政府信息公开年报\n") == .form2021)
    }

    @Test func `title and period that differ are an error`() throws {
        let text = "甲县财政局2023年政府信息公开工作年度报告\n统计期限为2022年1月1日至2022年12月31日。\n一、总体情况\n"
        let parsed = ReportParser.parse(try Document.read(Array(text.utf8)))
        #expect(parsed.findings.map(\.check) == [.identityYear])
        #expect(parsed.findings.first?.left == 2023)
        #expect(parsed.year?.value == 2023)
    }

    @Test func `a consolidated report says so in its opening`() throws {
        let text = "甲县2023年政府信息公开工作年度报告\n本报告综合各乡镇、各部门年度报告编制。\n一、总体情况\n"
        #expect(ReportParser.parse(try Document.read(Array(text.utf8))).scope == .consolidated)
    }
}
