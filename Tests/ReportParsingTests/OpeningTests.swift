import Testing

@testable import ReportParsing

@Suite struct OpeningTests {
    private func opening(_ paragraphs: String..., last: [String] = []) -> Opening {
        Opening(paragraphs: paragraphs.map(\.slice), last: last.map(\.slice))
    }

    @Test(arguments: [
        ("根据《条例》要求,甲县财政局编制了2021年度报告。", "甲县财政局", 2021), ("现向社会公布甲县财政局2021年政府信息公开工作年度报告。", "甲县财政局", 2021),
        ("甲县财政局2019年度政府信息公开工作情况报告如下", "甲县财政局", 2019),
        ("甲县财政局根据《中华人民共和国政府信息公开条例》（2019年修订）要求，编制甲县财政局2023年度政府信息公开工作年度报告。", "甲县财政局", 2023),
    ])
    func `the opening sentence names agency and year`(sentence: String, agency: String, year: Int) {
        #expect(opening(sentence).agency == agency)
        #expect(opening(sentence).year?.value == year)
    }

    @Test func `a sentence that the edge of the page has broken goes on in the next line`() {
        let opening = opening("根据《中华人民共和国政府信息公开条例》要求，现向社会公布甲县教", "育局2022年政府信息公开工作年度报告。")
        #expect(opening.agency == "甲县教育局")
        #expect(self.opening("2022年政府信息公开工作年度报告", "乙县教育局2022年度政府信息公开工作情况报告如下").agency == "乙县教育局")
    }

    @Test(
        arguments: [
            ("甲县财政局按照要求编制本报告。", "甲县财政局"), ("各乡镇按照要求编制本报告。", nil), ("县财政局按照要求编制本报告。", nil),
            ("甲县财政局按照要求开展工作。", nil), ("根据要求编制本报告。", nil), ("我局按照要求编制本报告。", nil),
            ("本报告由甲县财政局编制,全文包括六个部分。", "甲县财政局"), ("本报告是甲县财政局根据《条例》编制的2023年度报告。", "甲县财政局"),
            ("为做好政府信息公开工作,甲县财政局按照有关规定编制本报告。", "甲县财政局"), ("根据《条例》要求,由甲县财政局编制本年度报告。", "甲县财政局"),
            ("甲县财政局(以下简称“县财政局”)根据《条例》编制本报告。", "甲县财政局"), ("根据《条例》规定,特向社会公布甲县财政局2023年政府信息公开工作年度报告。", "甲县财政局"),
            ("制定甲县财政局2023年政府信息公开工作年度报告。", "甲县财政局"), ("2023年,甲县财政局认真贯彻落实《条例》,现将情况报告如下。", "甲县财政局"),
            ("2023年,甲县认真贯彻落实《条例》,现将情况报告如下。", nil), ("按照甲县人民政府办公室编制的格式,编制本报告。", nil),
            ("中国(甲省)自由贸易试验区管委会根据《条例》编制本报告。", "中国(甲省)自由贸易试验区管委会"),
        ] as [(String, String?)])
    func `who stands before the reason of the report writes it`(sentence: String, agency: String?) {
        #expect(opening(sentence).agency == agency)
    }

    @Test(
        arguments: [
            ("如有疑问,请与甲县财政局联系(地址:人民路1号)。", "甲县财政局"), ("请与甲县财政局办公室联系(电话:1)。", "甲县财政局"),
            ("请与甲县人民政府办公室联系(电话:1)。", nil), ("请与县财政局联系(电话:1)。", nil), ("本报告由甲县财政局办公室负责解释。", "甲县财政局"),
        ] as [(String, String?)])
    func `a bureau that answers for the report is named`(line: String, agency: String?) {
        #expect(opening(line).contact == agency)
    }

    @Test func `laws and we are no agencies`() {
        #expect(opening("根据《中华人民共和国政府信息公开条例》编制。").agency == nil)
        #expect(opening("要求，我局编制了报告。").agency == nil)
    }

    @Test(
        arguments: [
            ("统计期限为2022年1月1日至2022年12月31日。", 2022), ("数据统计期限自2023年1月1日起至12月31日止。", 2023), ("2007年1月1日起施行。", nil),
            ("无。", nil),
        ] as [(String, Int?)])
    func `the period is that of the statistics`(sentence: String, year: Int?) {
        #expect(opening(sentence).period?.value == year)
    }

    @Test func `consolidated reports say so of the report`() {
        #expect(opening("本报告由县政府办公室综合各乡镇、县直部门年度报告编制。").isConsolidated)
        #expect(!opening("各乡镇报告另行公布。").isConsolidated)
        #expect(!opening("我县汇总各部门工作。").isConsolidated)
    }

    @Test func `the line before a closing date signs`() {
        #expect(opening(last: ["完。", "甲县财政局", "2022年1月19日"]).signature == "甲县财政局")
        #expect(opening(last: ["2022年1月19日"]).signature == nil)
        #expect(opening(last: ["甲县财政局(印章)", "(2022年1月19日)"]).signature == "甲县财政局")
        #expect(opening(last: ["甲县财政局", "2022.1.19", "附件:1", "2022-01-20"]).signature == "甲县财政局")
    }
}
