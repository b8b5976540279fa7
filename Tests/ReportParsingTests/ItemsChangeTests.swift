import Testing

@testable import ReportParsing

@Suite struct ItemsChangeTests {
    @Test(
        arguments: [
            ("减少15项", -15), ("↓15", -15), ("—15", -15), ("(2)", -2), ("增0/减2", -2), ("增加3项,减少1项", 2), ("↑4", 4),
            ("持平", 0), ("新增2", 2), ("3↑", 3), ("2↓", -2), ("减:2", -2), ("增(3)", 3), ("较上年减少2", -2), ("增(3", nil),
            ("—", nil), ("(含2项)", nil), ("15项", nil), ("减少", nil), ("减少15项左右", nil), ("", nil), ("约减少2", nil),
        ] as [(String, Int?)])
    func `a change says whether it is more or less`(text: String, value: Int?) {
        #expect(ItemsChange.value(text.slice) == value)
    }
}
