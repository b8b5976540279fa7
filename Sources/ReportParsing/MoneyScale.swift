import Reports

/// A unit of money that a head, a label or a line above a table names for the figures below.
enum MoneyScale: Sendable, Hashable {
    /// 元
    case yuan
    /// 千元
    case thousand
    /// 万元
    case wan
    /// 十万元
    case hundredThousand
    /// 百万元
    case million
    /// 亿元
    case yi

    /// The longest names first: one ends in another.
    private static let names: [(name: [UInt8], scale: MoneyScale)] = [
        ("百万元", million), ("十万元", hundredThousand), ("亿元", yi), ("万元", wan), ("千元", thousand), ("元", yuan),
    ].map { (Array($0.utf8), $1) }

    /// The unit that a text ends in; nil where it ends in none.
    init?(endOf text: ArraySlice<UInt8>) {
        let text = text.trimming(Self.brackets)
        guard let (name, scale) = Self.names.first(where: { text.ends(with: $0.name) }) else { return nil }
        var before = text.dropLast(name.count)
        if before.ends(with: Self.currency) { before = before.dropLast(Self.currency.count) }
        guard before.isEmpty || Self.signs.contains(where: { before.ends(with: $0) }) else { return nil }
        self = scale
    }

    private static let brackets: Words = ["(", ")", "[", "]", "【", "】", "。"]
    private static let currency = Array("人民币".utf8)
    /// What stands before the name of a unit.
    private static let signs = ["(", ":", "：", "[", "位", ",", "、", "/", "额"].map { Array($0.utf8) }

    /// A figure in this unit as an amount in 万元 without a unit, or in a unit that it names; nil for more digits than fit.
    func amount(_ value: Quantity) -> Quantity? {
        switch self {
        case .wan: value
        case .yuan: Quantity(digits: value.digits, places: value.places, unit: .yuan)
        case .yi: Quantity(digits: value.digits, places: value.places, unit: .yi)
        case .thousand: Self.shifted(value, by: 3, unit: .yuan)
        case .hundredThousand: Self.shifted(value, by: 1, unit: nil)
        case .million: Self.shifted(value, by: 2, unit: nil)
        }
    }

    /// A quantity times a power of ten.
    private static func shifted(_ value: Quantity, by power: Int, unit: Quantity.MoneyUnit?) -> Quantity? {
        var digits = value.digits
        for _ in value.places..<max(power, value.places) {
            let (next, overflows) = digits.multipliedReportingOverflow(by: 10)
            guard !overflows else { return nil }
            digits = next
        }
        return Quantity(digits: digits, places: max(0, value.places - power), unit: unit)
    }
}
