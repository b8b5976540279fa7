import Testing

@testable import ReportParsing

@Suite struct AgencyNameTests {
    @Test(
        arguments: [
            ("甲县财政局政府信息公开工作年度报告", "甲县财政局"), ("甲县人民政府信息公开工作年度报告", "甲县人民政府"), ("甲县人民政府政府信息公开年报", "甲县人民政府"),
            ("关于甲县财政局政府信息公开的报告", "甲县财政局"), ("甲县财政局关于政府信息公开", "甲县财政局"), ("甲县的政务公开年报", "甲县"), ("政府信息公开年报", nil),
            ("甲政务公开", nil),
            ("没有主题", nil),
        ] as [(String, String?)])
    func `the name stands before the subject`(title: String, name: String?) {
        #expect(AgencyName.beforeSubject(title.slice).map { String(decoding: $0, as: UTF8.self) } == name)
    }

    @Test(arguments: [
        "文号甲县财政局", "文号 无 甲县财政局", "甲财〔2023〕5号甲县财政局", "名称:甲县财政局", "索引号:1-2 信息名称:甲县财政局", "2023-01-20甲县财政局",
        "[2023-01-20]甲县财政局",
        "1.甲县财政局", "附件1甲县财政局", "附件:甲县财政局", "•行政强制甲县财政局", "*行政处罚名称甲县财政局", "【年报】甲县财政局", "“甲县财政局”", "..rubric::甲县财政局",
        "甲县财政局/",
    ])
    func `what pages set before a name is no part of it`(text: String) {
        let title = Normalization.foldedString(text) + "政府信息公开工作年度报告"
        #expect(AgencyName.beforeSubject(title.slice).map { String(decoding: $0, as: UTF8.self) } == "甲县财政局")
    }

    @Test(arguments: ["文号无锡市财政局", "行政许可服务中心", "12345热线中心", "附属中学", "共青团甲县青年", "规章镇人民政府", "甲县(2号)站", "“一带一路”办公室"])
    func `what may be a name's own words stays`(text: String) {
        let name = AgencyName.beforeSubject((text + "政府信息公开工作年度报告").slice)
        #expect(name.map { String(decoding: $0, as: UTF8.self) } == text.replacing("文号", with: ""))
    }

    @Test func `agencies end as agencies do`() {
        for name in ["甲县财政局", "甲县柳泉镇", "甲市人民政府办公厅", "甲经济开发区"] { #expect(AgencyName.isPlausible(name.slice)) }
        for line in [
            "", "局", "首页>财政局", "来源:财政局", "我们的工作", "本局", "本县教育局", "•[12]甲县财政局", String(repeating: "长", count: 41) + "局",
        ] {
            #expect(!AgencyName.isPlausible(line.slice))
        }
    }

    @Test func `characters are trimmed at both ends only`() {
        #expect("《甲《乙》》".slice.trimming(["《", "》"]) == "甲《乙".slice)
        #expect("《》".slice.trimming(["《", "》"]).isEmpty)
    }
}
