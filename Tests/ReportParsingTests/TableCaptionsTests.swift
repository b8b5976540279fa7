import Documents
import Reports
import Testing

@testable import ReportParsing

@Suite struct TableCaptionsTests {
    private static let heading = "三、收到和处理政府信息公开申请情况\n\n"
    private static let next = "\n四、政府信息公开行政复议、行政诉讼情况\n\n"

    private static func parse(_ text: String) throws -> ParsedReport {
        ReportParser.parse(try Document.read(Array(text.utf8)))
    }

    /// Table 三 with its only figures changed.
    private static func table(_ count: String) -> String {
        var table = TableText()
        table.set(.newReceived, [count, "0", "0", "0", "0", "0", count])
        let text = table.text
        let start = text.range(of: heading)?.upperBound ?? text.startIndex
        return String(text[start...].prefix { $0 != "\u{0}" }.split(separator: next, maxSplits: 1)[0])
    }

    @Test(
        arguments: [
            "2022年：", "2022年（上年）情况如下：", "政府信息公开申请情况统计表（2022年度）", "（2022年）",
        ])
    func `a table under the caption of another year is not taken`(caption: String) throws {
        let text = TableText().text.replacing(Self.heading, with: Self.heading + caption + "\n\n")
        let parsed = try Self.parse(text)
        #expect(parsed.requests?[.newReceived, .total] == nil)
        #expect(parsed.reviews?[.direct, .total] == 0)
        let missing = Set(parsed.findings.flatMap(\.paths))
        #expect(missing.contains(.request(.newReceived, .total)))
        #expect(missing.count == RequestTable().lines.count * Applicant.allCases.count)
    }

    @Test(
        arguments: [
            "附：2023年度收到和处理政府信息公开申请情况", "2022年度结转情况", "2022年，收到申请5件。", "2022年、2023年情况对比表", "2024年1月26日",
            "甲县财政局2022年政府信息公开工作年度报告",
        ])
    func `a line that is no caption of another year changes nothing`(line: String) throws {
        let text = TableText().text.replacing(Self.heading, with: Self.heading + line + "\n\n")
        #expect(try Self.parse(text).requests == Self.parse(TableText().text).requests)
    }

    @Test func `the year of the caption decides which of two tables is the report's`() throws {
        let (old, own) = (Self.table("9"), Self.table("3"))
        for tables in ["2022年：\n\n\(old)\n2023年：\n\n\(own)", "2023年：\n\n\(own)\n2022年：\n\n\(old)"] {
            let text = TableText().text.replacing(Self.heading + own, with: Self.heading + tables)
            let parsed = try Self.parse(text)
            #expect(parsed.requests == (try Self.parse(TableText().text).requests))
            #expect(parsed.reviews?[.direct, .total] == 0)
            #expect(parsed.findings.map(\.paths) == [[]])
        }
    }

    @Test(arguments: [("更正前：", "更正后："), ("（修改前）", "（修改后）"), ("更正前数据", "更正后数据")])
    func `of a table before and after it was put right the one after counts`(before: String, after: String) throws {
        let both = "\(before)\n\n\(Self.table("9"))\n\(after)\n\n"
        let parsed = try Self.parse(TableText().text.replacing(Self.heading, with: Self.heading + both))
        #expect(parsed.requests?[.newReceived, .total] == 3)
        // The other way about.
        let last = "\(Self.table("3"))\n\(before)\n\n\(Self.table("9"))"
        let text = TableText().text.replacing(Self.table("3"), with: "\(after)\n\n\(last)")
        #expect(try Self.parse(text).requests?[.newReceived, .total] == 3)
    }

    @Test func `an annex in the midst of a report ends at its next chapter`() throws {
        let own = Self.table("3")
        let annex = "附：2022年度收到和处理政府信息公开申请情况\n\n" + Self.table("9")
        let parsed = try Self.parse(TableText().text.replacing(own, with: own + annex))
        #expect(parsed.requests?[.newReceived, .total] == 3)
        #expect(parsed.reviews?[.direct, .total] == 0)
        #expect(parsed.findings.map(\.severity) == [.info])
    }

    @Test func `a 统计表 of last year is not taken`() throws {
        let text = "甲县财政局2016年政府信息公开工作年度报告\n\n附件：政府信息公开情况统计表（2015年度）\n\n统计指标\t单位\t统计数\n（一）收到申请数\t件\t9\n1.当面申请数\t件\t9\n"
        let parsed = try Self.parse(text)
        #expect(parsed.statistics2014 != nil)
        #expect(parsed.statistics2014?[.receivedTotal] == nil)
        #expect(parsed.findings.map(\.check) == [.formLabels, .formTables])
        #expect(Set(parsed.findings.flatMap(\.paths)).count == Statistic2014.allCases.count)
    }
}
