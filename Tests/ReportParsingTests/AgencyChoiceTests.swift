import Documents
import Reports
import Testing

@testable import ReportParsing

@Suite struct AgencyChoiceTests {
    private static let title = "2023年政府信息公开工作年度报告"
    private static let signed = "<p>丰源县教育局</p><p>2024年1月19日</p>"

    /// What is made of a page whose title names no agency.
    private static func parse(
        above: String = "", below: String = "", head: String = "", tail: String = ""
    ) throws -> ParsedReport {
        let body = "\(above)<h1>\(title)</h1>\(below)<p>一、总体情况</p><p>无。</p><p>六、其他需要报告的事项</p><p>无。</p>\(tail)"
        let text = "<html><head><meta charset=utf-8><title>\(title)</title>\(head)</head><body>\(body)</body></html>"
        return ReportParser.parse(try Document.read(Array(text.utf8), mediaType: "text/html"))
    }

    private static func conflicts(_ parsed: ParsedReport) -> Int {
        parsed.findings.count { $0.check == .identityAgency }
    }

    @Test(arguments: [
        "<div>丰源县人民政府</div><div>当前位置：首页</div>", "<div>丰源县人民政府办公室主办</div>", "<div>政府信息公开平台</div><div>丰源县</div>",
        "<ul><li>丰源县民政局TITLE</li><li>丰源县财政局TITLE</li></ul>", "<p>发布机构：丰源县人民政府办公室</p>",
    ])
    func `the site and its links go behind the signature and the opening`(above: String) throws {
        let above = above.replacing("TITLE", with: Self.title)
        let signed = try Self.parse(above: above, below: "<p>根据《条例》要求编制本报告。</p>", tail: Self.signed)
        #expect(signed.agency == "丰源县教育局")
        #expect(Self.conflicts(signed) == 0)
        #expect(try Self.parse(above: above, below: "<p>丰源县教育局根据《条例》编制本报告。</p>").agency == "丰源县教育局")
    }

    @Test func `two agencies are a finding`() throws {
        let other = "<p>信息来源：丰源县财政局</p>"
        #expect(Self.conflicts(try Self.parse(below: other, tail: Self.signed)) == 1)
        #expect(Self.conflicts(try Self.parse(below: other.replacing("财政局", with: "教体局"), tail: Self.signed)) == 1)
        #expect(Self.conflicts(try Self.parse(below: "<p>信息来源：县教育局</p>", tail: Self.signed)) == 0)
        let site = try Self.parse(above: "<p>丰源县人民政府</p>", below: "<p>发布机构：丰源县教育局</p>")
        #expect(site.agency == "丰源县教育局")
        #expect(Self.conflicts(site) == 1)
    }

    @Test func `a government is not its office, and a bureau not a county`() throws {
        let office = "<p>丰源县人民政府办公室</p><p>2024年1月19日</p>"
        #expect(try Self.parse(above: "<p>丰源县人民政府</p>", tail: office).agency == "丰源县人民政府")
        #expect(try Self.parse(tail: office).agency == "丰源县人民政府办公室")
        #expect(try Self.parse(above: "<p>丰源县教育局</p>", tail: "<p>县教育局</p><p>2024年1月19日</p>").agency == "丰源县教育局")
    }

    @Test(arguments: [
        "<table><tr><td>发布机构：</td><td>丰源县教育局</td><td>发布日期：</td><td>2024-01-19</td></tr></table>",
        "<table><tr><td>公开机构</td><td>丰源县教育局</td></tr></table>", "<p>来源：丰源县教育局　发布时间：2024-01-19</p>",
        "<p>丰源县教育局</p><p>（2024年1月19日）</p>", "<p>请与丰源县教育局办公室联系（电话：1）。</p>", "<p>索引号：1 发布机构：丰源县教育局 公开日期：2024-01-19</p>",
        "<p>填报单位：丰源县教育局（盖章）</p><p>填报日期：2024年1月8日</p>", "<p>填报单位（盖章）：丰源县教育局</p>", "<p>单位：丰源县教育局</p>",
        "<table><tr><td>单位名称</td><td>丰源县教育局</td><td>填报人</td><td>李明</td></tr></table>", "<p>——丰源县教育局</p>",
        "<p>（丰源县教育局）</p>",
    ])
    func `the head names the agency where nothing else does`(below: String) throws {
        let parsed = try Self.parse(below: below)
        #expect(parsed.agency == "丰源县教育局")
        #expect(Self.conflicts(parsed) == 0)
    }

    @Test(arguments: [
        "<p>来源：丰源县融媒体中心</p>", "<p>来源：丰源县人民政府</p>", "<p>来源：本站</p>", "<p>丰源县人民政府</p><p>根据要求编制。</p>",
        "<p>请与丰源县人民政府办公室联系（电话：1）。</p>", "<p>信息来源：丰源县人民政府门户网站</p>",
    ])
    func `who publishes for others is no agency of the report`(below: String) throws {
        #expect(try Self.parse(below: below).agency == nil)
    }

    @Test func `the source is the agency's in the page's data, too, the site's name is not`() throws {
        #expect(try Self.parse(head: "<meta name=ContentSource content=丰源县教育局>").agency == "丰源县教育局")
        #expect(try Self.parse(head: "<meta name=SiteName content=丰源县教育局>").agency == nil)
    }

    @Test(arguments: [
        "政府信息公开工作\n年 度 报 告\n（2023年）\n丰源县教育局", "丰源县教育局2023年“政府信息公开”工作年度报告",
        "丰源县教育局2023年法治政府建设暨政府信息公开工作年度报告", "丰源县教育局2023年度政府信息主动公开工作年度报告",
    ])
    func `titles of several lines, in quotation marks and of two subjects`(title: String) throws {
        let text = "\(title)\n\n一、总体情况\n\n无。\n"
        #expect(ReportParser.parse(try Document.read(Array(text.utf8))).agency == "丰源县教育局")
    }
}
