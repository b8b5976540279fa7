import Documents
import Reports
import Testing

@testable import ReportParsing

/// Tables whose heads, captions and notes say that their figures are of another period.
@Suite struct TablePeriodTests {
    private static let heading = "三、收到和处理政府信息公开申请情况\n\n"
    private static let next = "\n四、政府信息公开行政复议、行政诉讼情况\n\n"
    private static let head = "申请人情况\t\t\t\t\t\t\t\n"

    private static func parse(_ text: String) throws -> ParsedReport {
        ReportParser.parse(try Document.read(Array(text.utf8)))
    }

    private static func isForeign(_ text: String, of path: FigurePath = .request(.newReceived, .total)) throws -> Bool {
        let parsed = try parse(text)
        let isTaken = parsed.requests?[.newReceived, .total] != nil
        return !isTaken && parsed.findings.flatMap(\.paths).contains(path)
    }

    @Test(
        arguments: [
            ("申请人情况（2022年）", true), ("上年申请人情况", true), ("申请人情况（2008年以来累计）", true), ("申请人情况（上半年）", true),
            ("2022年", true),
            ("申请人情况", false), ("申请人情况（2023年）", false), ("本年申请人情况", false),
            ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", false),
        ])
    func `the head of table 三 says of which period it is`(cell: String, isForeign: Bool) throws {
        let names = "\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n"
        let head = "\(cell)\t申请人情况\t\t\t\t\t\t\n" + names
        let text = TableText().text.replacing(Self.heading, with: Self.heading + head)
        #expect(try Self.isForeign(text) == isForeign)
        #expect(try Self.parse(text).reviews?[.direct, .total] == 0)
    }

    @Test(
        arguments: [
            ("2019年以来累计办理情况", true), ("上年情况：", true), ("去年同期数据", true), ("上年度", true), ("2022年第四季度情况表", true),
            ("2023年办理情况表", false),
            ("上年度问题整改情况：", false), ("上年结转情况：", false), ("本年与上年对比情况", false), ("单位：件", false), ("2023年累计办理情况", false),
        ])
    func `a caption says of which period its table is`(caption: String, isForeign: Bool) throws {
        let text = TableText().text.replacing(Self.heading, with: Self.heading + caption + "\n\n")
        #expect(try Self.isForeign(text) == isForeign)
        #expect(try Self.parse(text).reviews?[.direct, .total] == 0)
    }

    @Test(
        arguments: [
            ("注：上表为2022年数据，2023年数据正在核定。", true), ("备注：本表数据为上年数据。", true), ("以上数据系2019年以来累计数。", true),
            ("注：上表为2023年数据。", false), ("注：本表数据较2022年增加。", false), ("注：表中上年结转数为2022年结转数。", false),
            ("注：上表为截至2024年1月数据。", false),
            ("注：本表按2021年格式填报。", false),
        ])
    func `a note below a table says of which period it is`(note: String, isForeign: Bool) throws {
        let text = TableText().text.replacing(Self.next, with: "\n\(note)\n\(Self.next)")
        #expect(try Self.isForeign(text) == isForeign)
        #expect(try Self.parse(text).reviews?[.direct, .total] == 0)
        #expect(try Self.parse(text).proactive?[.administrativeLicensing, .decisions]?.count == 47)
    }

    @Test(arguments: [("（2022年）", true), ("（上年）", true), ("（2023年）", false), ("", false)])
    func `the head of table 四 says of which period it is`(words: String, isForeign: Bool) throws {
        let text = TableText().text.replacing("行政复议\t行政诉讼\n", with: "行政复议\(words)\t行政诉讼\(words)\n")
        let parsed = try Self.parse(text)
        #expect((parsed.reviews?[.direct, .total] == nil) == isForeign)
        #expect(parsed.findings.flatMap(\.paths).contains(.review(.direct, .total)) == isForeign)
        #expect(parsed.requests?[.newReceived, .total] == 3)
    }

    @Test(arguments: [("\t", ".txt"), ("</td><td>", ".html")])
    func `a column of the 统计表 is taken where it is the year's`(gap: String, name: String) throws {
        func received(_ names: String, _ figures: String) throws -> Int? {
            let rows = ["统计指标,单位,\(names)", "（一）收到申请数,件,\(figures)", "1.当面申请数,件,\(figures)"]
            let cells = rows.map { $0.replacing(",", with: gap) }
            let table =
                name == ".html"
                ? "<table><tr><td>" + cells.joined(separator: "</td></tr><tr><td>") + "</td></tr></table>"
                : cells.joined(separator: "\n")
            let title = "甲县财政局2016年政府信息公开工作年度报告"
            let text =
                name == ".html" ? "<html><body><h1>\(title)</h1>\(table)</body></html>" : "\(title)\n\n\(table)\n"
            let parsed = ReportParser.parse(try Document.read(Array(text.utf8), name: "a" + name))
            let count = parsed.statistics2014?[.receivedTotal]?.count
            #expect((count == nil) == parsed.findings.flatMap(\.paths).contains(.statistic(.receivedTotal)))
            return count
        }
        for name in ["上年统计数", "上年数", "2015年", "2017年计划数", "历年累计", "第四季度", "目标值", "比上年增长（%）"] {
            #expect(try received(name, "9") == nil, "\(name)")
        }
        for name in ["统计数", "数量", "2016年", "本年度", "本年数"] { #expect(try received(name, "9") == 9, "\(name)") }
        for names in ["本年度,2008年以来累计", "统计数,下年计划", "本年数,上年数", "统计数,比上年增长（%）", "2016年,2015年"] {
            #expect(try received(names, "9,20") == 9, "\(names)")
        }
        #expect(try received("2008年以来累计,本年度", "20,9") == 9)
        #expect(try received("上年数,本年数,增减", "20,9,3") == 9)
        #expect(try received("区政府,区直单位,乡镇街道,总计", "1,2,3,6") == 6)
        for names in ["区政府,区直单位", "本期实际,本年累计", "本年度,合计", "上年数,2014年"] {
            #expect(try received(names, "9,20") == nil, "\(names)")
        }
        if name == ".html" { #expect(try received("统计数,备注", "9,其中微信12条") == 9) }
    }
}
