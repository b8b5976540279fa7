import Testing

@testable import ReportParsing

@Suite struct ChineseNumeralTests {
    @Test(
        arguments: [
            ("三", 3), ("十", 10), ("十八", 18), ("二十", 20), ("二十六", 26), ("一百零五", 105), ("两千三百", 2300), ("一百二十", 120),
            ("零", 0),
            ("一千零三十", 1030), ("二四", nil), ("一百五", nil), ("百", nil), ("十十", nil), ("三年", nil), ("", nil), ("abc", nil),
        ] as [(String, Int?)])
    func `numbers are read as they are spoken`(text: String, value: Int?) {
        #expect(ChineseNumeral.value(text.slice) == value)
    }
}
