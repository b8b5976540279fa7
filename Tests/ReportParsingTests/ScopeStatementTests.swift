import Testing

@testable import ReportParsing

@Suite struct ScopeStatementTests {
    private func isConsolidated(_ text: String) -> Bool {
        var scope = ScopeStatement()
        scope.read(text.slice)
        return scope.isConsolidated
    }

    @Test(
        arguments: [
            "本报告综合各乡镇、各部门年度报告编制。", "本报告数据含市教育局机关及直属23所学校(单位)汇总数据。", "本报告汇总了丰源县教育局及所属42所学校的情况,由丰源县教育局编制。",
            "本报告汇总了全县各级行政机关的数据。", "本年度报告中的数据涵盖全市12个县(市、区)人民政府和43个市直部门。",
            "本报告汇总了全区18个街道(镇)和43个区级部门的情况。", "本报告汇总了各乡镇、各部门(不包括垂直管理单位)的数据。",
        ])
    func `figures of many agencies`(text: String) { #expect(isConsolidated(text)) }

    @Test(
        arguments: [
            "按照要求,全县各乡镇、各部门分别编制年度报告并汇总上报。现将我局2023年情况报告如下。",
            "全县(含各乡镇、各部门)汇总情况见《丰源县2023年政府信息公开工作年度报告》,本报告仅反映县政府办公室本级情况。",
            "全县政府信息公开工作年度报告(汇总)已另行公布,本报告只反映县政府办公室机关情况。", "本报告包括总体情况、主动公开政府信息情况。", "",
            "本报告不包括各县区数据。", "本报告数据为局机关数据,不含所属单位。",
        ])
    func `an agency's own figures`(text: String) { #expect(!isConsolidated(text)) }
}
