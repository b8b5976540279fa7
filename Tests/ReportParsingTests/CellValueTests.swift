import Reports
import Testing

@testable import ReportParsing

@Suite struct CellValueTests {
    @Test(arguments: [
        "", " ", "\u{3000}", "\u{a0}", "/", "／", "-", "--", "—", "——", "–", "－", "无", "不适用", "N/A", "n/a", "\\", "*",
        "空", " — ", "**/**",
        "、", "\u{200b}", "&nbsp;", "零",
        "不涉及", "无此项", "无此项业务", "本单位无此项职能", "未开展", "未发生", "无数据", "（不涉及）", "我局无行政处罚职能。", "本年度未开展", "无相关情况",
    ])
    func `nothing, or a sign for nothing, is a blank`(cell: String) {
        #expect(CellValue(cell.slice) == .blank)
    }

    @Test(arguments: [
        ("0", "0"), ("007", "7"), ("123456789012345", "123456789012345"), ("１２", "12"), (" 5 ", "5"), ("1,234", "1234"),
        ("11,398,889", "11398889"), ("1，234", "1234"), ("+1036", "1036"), ("-5", "-5"), ("−5", "-5"), ("－5", "-5"),
        ("4,068.208", "4068.208"), ("0.00", "0.00"), ("12.5", "12.5"), ("２.５", "2.5"), ("22件", "22"), ("3 个", "3"),
        ("14篇", "14"), ("2人", "2"), ("**12**", "12"), ("*3件*", "3"),
        ("7人次", "7"),
        ("251000元", "251000元"), ("9629.4922万元", "9629.4922万元"), ("1 亿元", "1亿元"), ("0万元", "0万元"), ("2 3", "23"),
        ("3户", "3"), ("1204.5（万元）", "1204.5万元"),
    ])
    func `figures are read with their unit`(cell: String, figure: String) throws {
        let quantity = try #require(Quantity(figure))
        #expect(CellValue(cell.slice) == .number(quantity, remarkLength: 0))
    }

    @Test(arguments: [
        ("22（其中修订 16 件）", 22, "(其中修订16件)"), ("55（含自然失效 29 件）", 55, "(含自然失效29件)"), ("4件[注]", 4, "[注]"),
        ("5其中3", 5, "其中3"),
        ("6*", 6, "*"), ("8含2", 8, "含2"), ("12¹", 12, "¹"), ("12①", 12, "(1)"), ("3₂", 3, "₂"),
        ("13件，其中新增2件", 13, ",其中新增2件"),
    ])
    func `words beside a figure are its remark`(cell: String, count: Int, remark: String) {
        #expect(CellValue(cell.slice) == .number(Quantity(count), remarkLength: remark.utf8.count))
        #expect(Normalization.foldedString(cell).hasSuffix(remark))
    }

    @Test(arguments: [
        "1,23", "1,2345", "1,,234", ",5", ".5", "5.", "1.2.3", "1,234.5,6", "12,34,567", "5 6件以上", "约5", "五", "5-6",
        "5/6", "+", "5%",
        "2023年", "1e5", "规章", "abc", "5万", "1.属于国家秘密", "1234567890123456789", "0.1234567890", "--5", "5\u{fffd}", "(5)",
        "1 234 abc", "零五", "不涉及3件", "无变化", "未公开", "不予公开", "本单位",
    ])
    func `anything else is text`(cell: String) {
        #expect(CellValue(cell.slice) == .text)
    }

    @Test func `a long cell is a sentence`() {
        #expect(CellValue(String(repeating: "1", count: 200).slice) == .text)
        #expect(CellValue([0xff, 0xfe, 0x31][...]) == .text)
    }
}
