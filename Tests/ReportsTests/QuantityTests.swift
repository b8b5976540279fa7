import Reports
import Testing

@Suite struct QuantityTests {
    @Test(
        arguments: [
            ("0", 0, 0, nil), ("12.50", 1250, 2, nil), ("-3", -3, 0, nil), ("+7", 7, 0, nil),
            ("251000元", 251_000, 0, .yuan),
            ("0.01万元", 1, 2, .wan), ("3.5亿元", 35, 1, .yi), ("-0.5", -5, 1, nil),
            ("48598.355806", 48_598_355_806, 6, nil),
            ("999999999999999999", 999_999_999_999_999_999, 0, nil), ("007", 7, 0, nil),
        ] as [(String, Int64, Int, Quantity.MoneyUnit?)])
    func `numbers are read exactly`(text: String, digits: Int64, places: Int, unit: Quantity.MoneyUnit?) {
        #expect(Quantity(text) == Quantity(digits: digits, places: places, unit: unit))
    }

    @Test(arguments: [
        "", "元", "万元", ".", "-", "+", "1.", ".5", "-.5", "1.2.3", "1,000", "１", "1e3", "0x1", " 1", "1 ", "一", "--1",
        "1-",
        "1234567890123456789", "0.1234567890", "1.-5", "1.+5", "5万", "5 元", "NaN",
    ])
    func `anything else is no number`(text: String) {
        #expect(Quantity(text) == nil)
    }

    @Test(arguments: ["0", "12.50", "-3", "0.05", "-0.5", "0.000001", "48598.355806", "100"])
    func `the number is written as it was printed`(text: String) {
        #expect(Quantity(text)?.number == text)
    }

    @Test func `only whole numbers without money are counts`() {
        #expect(Quantity(5).count == 5)
        #expect(Quantity("5.0")?.count == nil)
        #expect(Quantity("5元")?.count == nil)
        #expect(Quantity("-5")?.count == -5)
    }

    @Test func `the floating-point value is in the unit printed`() {
        #expect(Quantity("12.5万元")?.doubleValue == 12.5)
        #expect(Quantity(digits: Int64.min).number == "-9223372036854775808")
        #expect(Quantity(digits: -5, places: 9).number == "-0.000000005")
    }
}
