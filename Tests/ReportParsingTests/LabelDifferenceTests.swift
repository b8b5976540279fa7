import Documents
import Reports
import Testing

@testable import ReportParsing

/// Rows of local forms whose labels are nearly the form's are not the form's.
@Suite struct LabelDifferenceTests {
    @Test(arguments: [
        "历年累计主动公开政府信息数", "（一）依申请公开政府信息数", "（一）不予公开政府信息数", "废止规范性文件总数", "备案规范性文件总数",
        "其中：分管负责同志参加新闻发布会次数", "其中：部门负责同志参加新闻发布会次数", "（二）参加各类培训班数", "3.政策解读稿件转载数",
        "2.部门网站公开政府信息数", "2.政府网站公开政府信息点击数", "5.其他方式公开政府信息数占比", "六、举报投诉办结数量", "（二）撤销政府信息公开查阅点数",
        "（一）政府信息公开工作兼职机构数", "七、依申请公开信息减免的费用", "（三）未接受培训人员数", "（三）应接受培训人员数", "非行政许可", "非行政事业性收费",
        "行政事业性收费减免", "其他对内管理服务事项", "行政处罚、行政强制", "一、上年新收政府信息公开申请数量", "二、本年结转政府信息公开申请数量",
        "1.本机关掌握相关政府信息", "4.有正当理由大量反复申请",
    ])
    func `words that the form's label has not make another row`(text: String) {
        #expect(Piece.Content(text.slice, allowsMisprints: true) == .text)
    }

    @Test(arguments: [
        ("二、上年度结转政府信息公开申请数量", FormLabel.request(.carriedOver)), ("一、本年新收申请数量", .request(.newReceived)),
        ("2.没有现成的信息需要另行制作", .request(.unavailableRequiresCreation)),
        ("5.要求行政机关确认或重新出具已获取的信息", .request(.notHandledConfirmOrReissue)),
        ("1.本机关木掌握相关政府信息", .request(.unavailableNotHeld)),
        ("1.申请人无正当理由逾期不补正、行政机关不再处理", .request(.otherOverdueCorrection)),
        ("（三）不予公开1.属于国家秘密", .request(.deniedStateSecret)), ("2.政府网站公开政府信患数", .statistic(.channelsWebsite)),
        ("一、主动公开情况（一）主动公开政府信息数", .statistic(.proactiveTotal)),
    ])
    func `a misprint and words that say nothing else do not`(text: String, label: FormLabel) {
        guard case .label(let found, _) = Piece.Content(text.slice, allowsMisprints: true) else {
            Issue.record("\(text) is no label")
            return
        }
        #expect(found == label)
    }

    private func read2014(_ rows: String) throws -> CheckedReport {
        try read(
            "甲县财政局2016年政府信息公开工作年度报告\n\n七、政府信息公开情况统计表\n\n统计指标\t单位\t统计数\n一、主动公开情况\t\t\n\(rows)"
                + "1.政府公报公开政府信息数\t条\t1\n2.政府网站公开政府信息数\t条\t2\n3.政务微博公开政府信息数\t条\t3\n"
                + "4.政务微信公开政府信息数\t条\t4\n六、举报投诉数量\t件\t5\n")
    }

    @Test(arguments: [
        "历年累计主动公开政府信息数\t条\t98765\n主动公开政府信息数\t条\t2735\n", "主动公开政府信息数\t条\t2735\n历年累计主动公开政府信息数\t条\t98765\n",
        "主动公开政府信自数\t条\t98765\n主动公开政府信息数\t条\t2735\n",
    ])
    func `the row with the form's own label is the form's`(rows: String) throws {
        let checked = try read2014(rows)
        #expect(checked.report.statistics2014?[.proactiveTotal]?.count == 2735)
        #expect(!checked.findings.contains { $0.check == .formLabels })
    }

    @Test func `a label of which two characters differ is said`() throws {
        let checked = try read2014("主动公汗政府信自数\t条\t77\n")
        let path = FigurePath.statistic(.proactiveTotal)
        #expect(checked.report[path] == nil || checked.findings.contains { $0.paths.contains(path) })
    }

    @Test func `其他情形数 outside reviews and lawsuits is neither's`() throws {
        let checked = try read2014("（三）申请答复数\t件\t9\n9.其他情形数\t件\t9\n四、行政复议数量\t件\t3\n（三）其他情形数\t件\t3\n")
        #expect(checked.report.statistics2014?[.reviewOther]?.count == 3)
        #expect(checked.report.statistics2014?.foreignRows.map(\.label).contains("9.其他情形数") == true)
    }

    @Test func `of two halves of a year and their total the total counts`() throws {
        let text =
            "甲县财政局2016年政府信息公开工作年度报告\n\n统计指标\t单位\t上半年\t下半年\t合计\n"
            + "1.政府公报公开政府信息数\t条\t1\t2\t3\n2.政府网站公开政府信息数\t条\t4\t5\t9\n"
        let table = try read(text).report.statistics2014
        #expect(table?[.channelsGazette]?.count == 3)
        let half = try read(
            text.replacing("\t下半年\t合计", with: "").replacing("\t2\t3\n", with: "\n").replacing("\t5\t9\n", with: "\n"))
        #expect(half.report.statistics2014?[.channelsGazette] == nil)
    }
}
