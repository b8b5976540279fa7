import Testing

@testable import ReportParsing

@Suite struct LabelKeyTests {
    @Test(
        arguments: [
            ("一、本年新收", "本年新收", .chapter(1)), ("十、其他", "其他", .chapter(10)), ("（七）总计", "总计", .group(7)),
            ("(二) 部分公开", "部分公开", .group(2)), ("1.属于国家秘密", "属于国家秘密", .item(1)), ("1、属于国家秘密", "属于国家秘密", .item(1)),
            ("12．其他", "其他", .item(12)), ("(3)其他", "其他", .item(3)), ("一,总体情况", "总体情况", .chapter(1)),
            ("一般情况", "一般情况", nil), ("（一般）", "一般", nil), ("3.5万元", "35万元", nil), ("2023年", "2023年", nil),
            ("规章", "规章", nil),
            ("本年增/减", "本年增减", nil), ("危及“三安全一稳定”", "危及三安全一稳定", nil), ("危及\"三安全一稳定\"", "危及三安全一稳定", nil), ("", "", nil),
            ("(", "", nil), ("1", "1", nil), ("(1", "1", nil), ("一", "一", nil),
        ] as [(String, String, LabelKey.Ordinal?)])
    func `ordinals and punctuation are taken off`(label: String, text: String, ordinal: LabelKey.Ordinal?) {
        let key = LabelKey(label)
        #expect(String(decoding: key.text, as: UTF8.self) == text)
        #expect(key.ordinal == ordinal)
        #expect(key.characterCount == text.count)
    }
}
