import Reports
import Testing

@Suite struct QuantityDifferenceTests {
    private static let fees = FigurePath.proactive(.administrativeFees, .amountWan)
    private static let purchases = FigurePath.proactive(.centralizedProcurement, .totalAmount)
    private static let count = FigurePath.request(.granted, .total)

    @Test(
        arguments: [
            (count, "2", "6", "4"), (count, "6", "2", "-4"), (fees, "1.25", "2.5", "1.25"), (fees, "2.5", "2.50", "0"),
            (fees, "0.000001", "0.1", "0.099999"), (fees, "1.05", "1", "-0.05"), (fees, "1.5万元", "2.5", "1"),
            (fees, "1.5万元", "2.5万元", "1万元"), (fees, "1.5", "20000元", "5000元"), (fees, "20000元", "1.5", "-5000元"),
            (purchases, "1.23456万元", "12346.1元", "0.5元"), (purchases, "1亿元", "1万元", "-99990000元"),
            (purchases, "12元", "13元", "1元"), (purchases, "12", "13", "1"), (purchases, "12", "13元", nil),
            (purchases, "12万元", "13", nil), (purchases, "0.00000001亿元", "1元", "0元"),
            (purchases, "999999999999999999亿元", "1元", nil), (purchases, "1元", "999999999999999亿元", nil),
        ] as [(FigurePath, String, String, String?)])
    func `a difference is exact, in the unit of both or in 元`(
        path: FigurePath, from: String, to: String, change: String?
    ) throws {
        let difference = try #require(Quantity(to)).difference(from: try #require(Quantity(from)), at: path)
        #expect(difference.map { $0.number + ($0.unit?.rawValue ?? "") } == change)
    }

    @Test func `what is too large has no difference`() {
        #expect(Quantity(.max).difference(from: Quantity(-1), at: Self.count) == nil)
        #expect(Quantity(.min).difference(from: Quantity(1), at: Self.count) == nil)
        #expect(Quantity(.max).difference(from: Quantity(digits: 1, places: 9), at: Self.count) == nil)
    }
}
