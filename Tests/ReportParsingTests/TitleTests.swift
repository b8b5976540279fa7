import Reports
import Testing

@testable import ReportParsing

@Suite struct TitleTests {
    @Test(
        arguments: [
            ("清禾县人民政府办公室2021年政府信息公开工作年度报告", "清禾县人民政府办公室", 2021), ("甲县教育局2023年度政府信息公开工作年度报告", "甲县教育局", 2023),
            ("2025年甲市人民政府办公厅政府信息公开工作年度报告", "甲市人民政府办公厅", 2025), ("甲县财政局2023年政府信息公开年度报告", "甲县财政局", 2023),
            ("甲县财政局政务信息公开年度报告(2022年)", "甲县财政局", 2022), ("甲县财政局2022年政务公开年报", "甲县财政局", 2022),
            ("甲县财政局关于2020年政府信息公开工作年度报告", "甲县财政局", 2020),
            ("甲县财政局关于2年度政府信息公开工作年度报告", "甲县财政局", nil), ("甲县财政局政府信息公开2019年年报", "甲县财政局", 2019),
            ("甲县人民政府信息公开工作2018年度报告", "甲县人民政府", 2018), ("甲县财政局二○二一年政府信息公开工作年度报告", "甲县财政局", 2021),
            ("甲县财政局二〇二二年度政府信息公开工作年度报告", "甲县财政局", 2022), ("甲县2024年政府信息公开工作年度报告(图片版)", "甲县", 2024),
            ("甲县2024年政府信息公开工作年度报告（超链版）", "甲县", 2024), ("甲县财政局2021政府信息公开年度报告", "甲县财政局", 2021),
            ("甲县财政局2021-2022年政府信息公开工作年度报告", "甲县财政局", nil),
            ("【年报】甲县财政局2021年政府信息公开年度报告", "甲县财政局", 2021), ("附件2:甲县财政局2021年政府信息公开年度报告", "甲县财政局", 2021),
            ("甲县人民医院2022年院务公开年度报告", "甲县人民医院", 2022), ("甲县第一中学2022年度校务(信息)公开工作报告", "甲县第一中学", 2022),
            ("甲縣財政局2021年政府信息公開工作年度報告", "甲縣財政局", 2021), ("《甲县财政局2024年政府信息公开工作年度报告》", "甲县财政局", 2024),
            ("甲县财政局《2024年政府信息公开工作年度报告》", "甲县财政局", 2024), ("**甲县财政局2024年政府信息公开工作年度报告**", "甲县财政局", 2024),
            ("甲县财政局二O二四年政府信息公开工作年度报告", "甲县财政局", 2024), ("甲县第一中学2023-2024学年信息公开年度报告", "甲县第一中学", nil),
            ("•[3]2012年度政府信息公开工作年度报告", nil, nil), ("行政强制甲区财政局年政府信息公开工作年度报告", "甲区财政局", nil),
        ] as [(String, String?, Int?)])
    func `titles name agency and year`(line: String, agency: String?, year: Int?) {
        let title = Title(line: line.slice)
        #expect(title?.agency == agency)
        #expect(title?.year?.value == year)
    }

    @Test(arguments: [
        "政府信息公开年报", "本报告根据《条例》编制。", "首页>政府信息公开>甲县2023年政府信息公开工作年度报告", "当前位置：甲县2023年政府信息公开年报", "短", "甲县财政工作报告",
        "甲县政府信息公开指南", "",
    ])
    func `other lines are no title of their own`(line: String) {
        #expect(Title(line: line.slice)?.agency == nil)
    }

    @Test(arguments: [
        ("甲县财政局\n2023年政府信息公开工作年度报告\n\n一、总体情况\n", "甲县财政局", 2023),
        ("\n\n甲县财政局 2023 年政府信息公开工作年度报告\n\n一、总体情况\n", "甲县财政局", 2023),
        ("标题: 甲县财政局2023年政府信息公开工作年度报告\n发布机构: 乙县\n\n一、总体情况\n", "甲县财政局", 2023),
        ("甲县财政局2023年\n政府信息公开工作年度报告\n\n一、总体情况\n", "甲县财政局", 2023),
        ("2023年\n甲县财政局\n政府信息公开工作年度报告\n\n一、总体情况\n", "甲县财政局", 2023),
        ("甲县财政局2023年政府信息公开工作年度报告 " + String(repeating: "正文。", count: 60) + "\n一、总体情况\n", "甲县财政局", 2023),
        ("甲县财政局\n2023年政府信息公开\n工作年度报告\n\n一、总体情况\n", "甲县财政局", 2023),
        ("甲县财政局(甲县金融局)\n2023年政府信息公开工作年度报告\n\n一、总体情况\n", "甲县财政局(甲县金融局)", 2023),
        ("公开专区\n财政局2023年政府信息公开工作年度报告\n\n一、总体情况\n", "财政局", 2023),
        ("甲县\n财政局2023年政府信息公开工作年度报告\n\n一、总体情况\n", "甲县财政局", 2023),
        ("甲县财政局政府信息公开工作年度报告\n（2023年）\n\n一、总体情况\n", "甲县财政局", 2023),
        ("甲县高新区管委会政府\n信息公开工作2023年度报告\n\n一、总体情况\n", "甲县高新区管委会", 2023),
        ("《甲县财政局2022年政府信息公开工作年度报告》\n甲县财政局政府信息公开工作2023年度报告\n\n一、总体情况\n", "甲县财政局", 2023),
        ("政府信息公开年报\n甲县财政局2023年政府信息公开工作年度报告\n一、总体情况\n", "甲县财政局", 2023),
        ("甲县高新技术开发区财政局 2023 年政府信息公开工作年度报\n告\n现向社会公布甲县财\n政局2023年政府信息公开工作年度报告。\n", "甲县高新技术开发区财政局", 2023),
    ])
    func `the title is found among the first lines`(text: String, agency: String, year: Int) throws {
        let tape = try tape(text)
        let title = Title(tape, before: NarrativeReader(tape).firstHeading)
        #expect(title.agency == agency)
        #expect(title.year?.value == year)
    }

    @Test func `a page's title element serves where the page has no other`() throws {
        let page = "<html><head><title>甲县财政局2023年政府信息公开工作年度报告_甲县门户网站</title></head><body><h2>一、总体情况</h2></body></html>"
        let tape = try tape(page, name: "a.html")
        let title = Title(tape, before: NarrativeReader(tape).firstHeading)
        #expect(title.agency == "甲县财政局")
        #expect(title.year?.value == 2023)
    }

    @Test(
        arguments: [
            ("甲2023年度报告", "甲度报告", 2023), ("甲2023年度政府", "甲政府", 2023), ("甲二零二三年报", "甲报", 2023), ("甲1999年", "甲1999年", nil),
            ("2023", "2023", nil), ("", "", nil),
        ] as [(String, String, Int?)])
    func `the first year is taken out of a text`(text: String, rest: String, year: Int?) {
        let removed = YearText.remove(from: text.slice)
        #expect(removed.text == rest.slice)
        #expect(removed.year?.value == year)
    }

    @Test func `all years before 年 are found`() {
        #expect(YearText.all(in: "2021年1月1日至2022年，二○二三年".slice).map(\.value) == [2021, 2022, 2023])
    }
}
