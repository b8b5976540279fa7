import Reports
import Testing

@testable import ReportParsing

/// Labels that a narrow column has wrapped, as text copied from a PDF has them.
@Suite struct WrappedRowsTests {
    private static let spaced = TableText().text.replacing("\t", with: " ")

    @Test(arguments: [
        ("行政规范性文件 3 1 28", "行政规范性\n文件 3 1 28"), ("行政规范性文件 3 1 28", "行政规范性 3 1 28\n文件"),
        ("行政规范性文件 3 1 28", "行政规范性\n3 1 28\n文件"), ("行政事业性收费 12.50", "行政事业性\n收费 12.50"),
        ("一、本年新收政府信息公开申请数量 3 0", "一、本年新收政府信息\n公开申请数量 3 0"),
        ("新收政府信息公开申请数量 3 0", "新收政府信息公开申请\n数量 3 0"), ("申请数量 3 0 0 0 0 0 3", "申请\n3 0 0 0 0 0 3\n数量"),
        ("已获取信息 0 0 0 0 0 0 0", "已\n获取信息 0 0 0 0 0 0 0"),
        ("再处理其政府信息公开申请 0 0 0 0 0 0 0", "再处\n理其政府信息\n公开申请 0 0 0 0 0 0 0"),
        ("再处理其政府信息公开申请 0 0 0 0 0 0 0", "再处 0 0 0 0 0 0 0\n理其政府信息\n公开申请"),
        ("（一）予以公开 2 0", "三、本年度办理结果 （一）予 2 0"),
    ])
    func `a label goes on on the next line, before its figures or behind them`(line: String, wrapped: String) throws {
        var text = Self.spaced
        #expect(text.contains(line))
        let whole = try read(text)
        text = text.replacing(line, with: wrapped)
        if wrapped.hasPrefix("三、") { text = text.replacing("（一）予 2 0 0 0 0 0 2", with: "（一）予 2 0 0 0 0 0 2\n以公开") }
        let checked = try read(text)
        #expect(checked.report.requests == whole.report.requests)
        #expect(checked.report.proactive == whole.report.proactive)
        #expect(checked.report.reviews == whole.report.reviews)
        #expect(checked.report.narrative == whole.report.narrative)
    }

    /// As a narrow cell has them: the label whole above its figures, in as many lines as it takes, and below them.
    @Test(arguments: [
        ("已获取信息 0 0 0 0 0 0 0", "已\n获取信息\n0 0 0 0 0 0 0"),
        ("2.其他法律行政法规禁止公开 0 0 0 0 0 0 0", "2.其他\n法律行\n政法规\n禁止公\n开\n0 0 0 0 0 0 0"),
        ("2.其他法律行政法规禁止公开 0 0 0 0 0 0 0", "2.其他 0 0 0 0 0 0 0\n法律行\n政法规\n禁止公\n开"),
    ])
    func `a label in many lines is whole above its figures, or goes on below them`(
        line: String, wrapped: String
    ) throws {
        #expect(Self.spaced.contains(line))
        let whole = try read(Self.spaced)
        #expect(try read(Self.spaced.replacing(line, with: wrapped)).report.requests == whole.report.requests)
    }

    @Test func `a unit and a figure below a label in two lines are its own`() throws {
        let head = "甲县财政局2016年政府信息公开工作年度报告\n统计指标 单位 统计数\n"
        let text = "\(head)（一）主动公开政府信息数（不同渠道和\n方式公开相同信息计1条）\n条 4905\n其中：主动公开规范性文件数 条 1\n"
        #expect(try read(text).report.statistics2014?[.proactiveTotal] == Quantity(4905))
    }

    @Test func `names of columns that are wrapped name their columns`() throws {
        let head = "申请人情况\n自然\n人\n法人或其他组织\n总计\n商业\n企业\n科研机构\n社会\n公益\n组织\n法律服\n务机构\n其他\n"
        let tape = try tape(head + "一、本年新收政府信息公开申请数量 3 0 0 0 0 0 3\n")
        let named = tape.pieces.compactMap { piece in
            if case .applicant(let applicant) = piece.label { applicant } else { nil }
        }
        #expect(named == Array(Applicant.allCases.prefix(5)))
        #expect(
            try read(Self.spaced.replacing("一、本年新收", with: head + "一、本年新收")).report.requests?[.newReceived, .total] == 3
        )
    }

    @Test(arguments: [
        // Figures on several lines, and the label, too; a part of a group's label beside the row's.
        ("一、本年新收政府信息公开申请数量 3 0 0 0 0 0 3", "一、本年新收政府信息公开申请数量\n3 0 0\n0\n0 0 3"),
        ("1.属于国家秘密 0 0 0 0 0 0 0", "1.属于国家秘密 0 0\n0\n0 0 0 0"),
        ("再处理其政府信息公开申请 0 0 0 0 0 0 0", "再处 0 0\n0 0 0 0\n0\n理其政府信息公开申请"),
        ("1.属于国家秘密 0", "公开 1.属于国家秘密 0"), ("1.属于国家秘密 0", "办理结果 不予 1.属于国家秘密 0"),
        ("再处理其政府信息公开申请 0 0 0 0 0 0 0", "再处\n处理 理其政府信息公开申请 0 0 0 0 0 0 0"),
    ])
    func `figures go on on the next lines, beside the label or below it`(line: String, wrapped: String) throws {
        #expect(Self.spaced.contains(line))
        let whole = try read(Self.spaced)
        let checked = try read(Self.spaced.replacing(line, with: wrapped))
        #expect(checked.report.requests == whole.report.requests)
        #expect(checked.report.reviews == whole.report.reviews)
    }

    @Test func `a label is wrapped in a table with a cell on each line`() throws {
        let whole = try read(TableText().lines)
        let lines = TableText().lines.replacing("再处理其政府信息公开申请", with: "再处\n理其政府信息公开申请")
        #expect(try read(lines).report.requests == whole.report.requests)
    }

    @Test(arguments: [
        // The number of a page is no figure of the row above; figures that stand before the first label are not those of the label above them.
        "一、本年新收政府信息公开申请数量 3 0 0 0 0 3\n5\n",
        "3 0 0\n0\n0 0 3\n一、本年新收政府信息公开申请数量\n1 0 0\n0\n0 0 1\n二、上年结转政府信息公开申请数量\n",
    ])
    func `figures on further lines are not anybody's`(text: String) throws {
        let rows = TableRows(try tape(text), headings: [])
        #expect(!rows.requests.contains { $0.slots.count == Applicant.allCases.count })
    }

    @Test func `a row of the 统计表 goes on behind its unit and figure`() throws {
        let text = "（一）主动公开政府信息数（不同渠 条 3904\n道和方式公开相同信息计1条）\n其中：主动公开规范性文件数 条 1\n"
        let rows = TableRows(try tape("统计指标 单位 统计数\n\(text)"), headings: [])
        #expect(rows.statistics.map(\.line) == [.proactiveTotal, .proactiveNormativeDocuments])
        #expect(rows.statistics.map { $0.slots.compactMap { Reading($0).count } } == [[3904], [1]])
    }

    @Test(arguments: [
        // Which label the figures are of is not said; the parts make no label; the figures are too few; a sentence.
        "2 0 0 0 0 0 2\n（二）部分公开（区分处理的，只计这一\n情形，不计其他情形）\n1 0 0 0 0 0 1\n",
        "/ / / / / / /\n（二）部分公开（区分处理的，只计这一\n情形，不计其他情形）\n1 0 0 0 0 0 1\n", "本局的工作\n见下 3 0 0 0 0 0 3\n",
        "一、本年新收政府信息\n公开申请数量 3 0 0\n", "关于行政规范性\n文件 3 1 28\n", "行政规范性。\n文件 3 1 28\n",
        "行政规范性\n\n文件 3 1 28\n",
    ])
    func `lines that make no label stay as they are`(text: String) throws {
        #expect(try tape(text).pieces.allSatisfy { $0.label?.isRow != true })
    }

    @Test func `a figure on a line of its own is not of a label that stands whole below it`() throws {
        let text = "统计指标\n单位\n统计数\n2.政府网站在线访谈次数\n次\n2\n其中：主要负责同志参加政府网站在\n线访谈次数\n次\n3\n"
        let rows = TableRows(try tape(text), headings: [])
        let figures = rows.statistics.map { row in (row.line, row.slots.compactMap { Reading($0).count }) }
        #expect(figures.contains { $0 == (.responsesOnlineInterviews, [2]) })
        #expect(!figures.contains { $0 == (.responsesOnlineInterviewsByPrincipal, [2]) })
    }

    @Test(arguments: ["1. 属于国家秘密", "（三）不予公开 1. 属于国家秘密", "1.属于国家秘蜜", "1 . 属 于 国 家 秘 密"])
    func `a row of seven figures may have white space or a misprint in its label`(label: String) throws {
        let tape = try tape("\(label) 6 0 0 0 0 0 6\n")
        #expect(tape.pieces.contains { $0.label == .request(.deniedStateSecret) })
        #expect(tape.pieces.suffix(Applicant.allCases.count).allSatisfy { $0.isValue })
        #expect(try ReportParsingTests.tape("\(label) 6 0 0 6\n").pieces.count == 1)
    }
}
