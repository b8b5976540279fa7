/// An exact decimal number as printed, with the money unit where one is printed.
///
/// Counts have no places after the point; fees have up to six (`48598.355806` 万元 is exact to the 分).
public struct Quantity: Sendable, Hashable {
    /// A unit of money that a cell names.
    public enum MoneyUnit: String, Sendable, Hashable {
        /// 元
        case yuan = "元"
        /// 万元, ten thousand yuan
        case wan = "万元"
        /// 亿元, a hundred million yuan
        case yi = "亿元"
    }

    /// The digits without the decimal point: the value times 10 to the power of `places`.
    public let digits: Int64
    /// The number of digits after the decimal point, 0 to 9.
    public let places: Int
    /// The unit that the cell names; nil where the form's own unit applies.
    public let unit: MoneyUnit?

    /// Makes a quantity of `digits` × 10^−`places`; `places` must lie in 0…9.
    public init(digits: Int64, places: Int = 0, unit: MoneyUnit? = nil) {
        precondition((0...9).contains(places), "a quantity has at most nine decimal places")
        self.digits = digits
        self.places = places
        self.unit = unit
    }

    /// Makes a whole count.
    public init(_ count: Int) {
        self.init(digits: Int64(count))
    }

    /// Reads `-12.50`, `12.50万元`; nil for anything else or more than 18 digits.
    public init?(_ text: some StringProtocol) {
        var text = Substring(text)
        var unit: MoneyUnit?
        for candidate in [MoneyUnit.wan, .yi, .yuan] where text.hasSuffix(candidate.rawValue) {
            unit = candidate
            text.removeLast(candidate.rawValue.count)
            break
        }
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let places = parts.count == 2 ? parts[1].utf8.count : 0
        let joined = parts.joined()
        let hasEmptyPart = parts.contains { $0.isEmpty || $0 == "-" || $0 == "+" }
        guard !hasEmptyPart, places <= 9, joined.utf8.count <= 18, let digits = Int64(joined) else { return nil }
        self.init(digits: digits, places: places, unit: unit)
    }

    /// The number as printed, without its unit.
    public var number: String {
        guard places > 0 else { return String(digits) }
        let all = String(digits.magnitude)
        let padded = String(repeating: "0", count: max(0, places + 1 - all.count)) + all
        return (digits < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
    }

    /// The number as printed, with its unit of money where one is printed.
    public var numberWithUnit: String { number + (unit?.rawValue ?? "") }

    /// The count, where there is no fraction and no unit of money.
    public var count: Int? {
        places == 0 && unit == nil ? Int(exactly: digits) : nil
    }

    /// The value as a floating-point number, in the unit printed.
    public var doubleValue: Double {
        var value = Double(digits)
        for _ in 0..<places { value /= 10 }
        return value
    }
}
