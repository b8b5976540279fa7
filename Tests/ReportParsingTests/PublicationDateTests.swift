import Documents
import Reports
import Testing

@testable import ReportParsing

@Suite struct PublicationDateTests {
    private static let title = "甲县教育局2023年政府信息公开工作年度报告\n\n"

    private func date(head: String = "", tail: String = "") throws -> String? {
        let text = "\(head)\n\(Self.title)一、总体情况\n\n无。\n\n六、其他需要报告的事项\n\n无。\n\n\(tail)\n"
        let parsed = ReportParser.parse(try Document.read(Array(text.utf8)))
        return parsed.published.map { "\($0.year)-\($0.month)-\($0.day)" }
    }

    @Test(
        arguments: [
            ("发布日期：2024-01-20", "2024-1-20"), ("字号：大 中 小 2024-01-20 10:22 来源：本站", "2024-1-20"),
            ("甲县教育 2024-01-20 17:33 发表于甲省", "2024-1-20"), ("日期：2024-1-5 点击：2023", "2024-1-5"),
            ("下载日期：2025-03-04\n\n2024-01-20", "2024-1-20"), ("date: 2024-01-20", "2024-1-20"),
            ("发布日期：二〇二四年一月二十日", "2024-1-20"), ("2024年1月20日", "2024-1-20"),
            ("今天是2026年11月30日 星期一", nil), ("打印时间：2026-11-30", nil), ("2026/11/30 10:22 甲县教育局年度报告", nil),
            ("批准日期：\n\n2024-01-19", nil), ("生成日期：\n\n2024-01-19", "2024-1-19"), ("发布：2024-01-20", "2024-1-20"),
            ("生成日期：2024-01-19\n\n公开日期：2024-01-23", "2024-1-23"), ("2026年11月3日", nil), ("2026-11-03 10:20:11", nil),
            ("统计截止时间：2024年1月20日", nil),
            ("http://www.a.gov.cn/art/2024/1/20/art_1.html 来源：本站", nil), ("页码：2024-13-20 来源：本站", nil),
        ] as [(String, String?)])
    func `the head says when the report was published`(head: String, expected: String?) throws {
        #expect(try date(head: head) == expected)
    }

    @Test(
        arguments: [
            ("（2024年1月20日）", "2024-1-20"), ("（2024-01-20）", "2024-1-20"), ("[2024-01-20]", "2024-1-20"),
            ("【2024-01-20】", "2024-1-20"), ("二〇二四年一月二十日", "2024-1-20"), ("2024-01-20 10:21", "2024-1-20"),
            ("甲县发布 2024年1月20日 16:20 甲省", "2024-1-20"), ("2024-01-20号文件", nil), ("发布于 2024-01-20", "2024-1-20"),
            ("Published: 2024-01-20", "2024-1-20"), ("（2024年1月20日起施行）", nil),
        ] as [(String, String?)])
    func `a date under the title may stand in brackets and with the time of the day`(line: String, expected: String?)
        throws
    {
        let text = "\(Self.title)\(line)\n\n根据要求编制。\n\n一、总体情况\n\n无。\n\n六、其他需要报告的事项\n\n无。\n"
        let published = ReportParser.parse(try Document.read(Array(text.utf8))).published
        #expect(published.map { "\($0.year)-\($0.month)-\($0.day)" } == expected)
    }

    @Test(arguments: ["统计截止时间：2023年12月31日", "上一篇：乙县财政局年报\n\n2024年2月9日", "2024-01-18", "无。\n\n2024.1.18"])
    func `other dates at the end are no dates of publication`(tail: String) throws {
        #expect(try date(tail: tail) == nil)
    }

    @Test(arguments: [
        "二〇二四年一月十八日", "二○二四年一月十八日", "2024年1月18日", "2024年元月18日", "2024.1.18", "2024-01-18", "（2024年1月18日）",
        "甲县教育局（公章）　　　2024年1月18日", "报告单位：甲县教育局　　　　　　报告日期：2024年1月18日", "甲县教育局办公室　　　2024年1月18日印发",
        "2024年1月18日\n\n甲县教育局办公室　　　2024年1月19日印发",
    ])
    func `the last line says when the report was signed`(line: String) throws {
        #expect(try date(tail: "甲县教育局\n\n　　\(line)") == "2024-1-18")
    }
}
