extension FigurePath {
    /// The unit of money that the form names for the figure; nil for a count, and where the cell has to name it
    /// (采购总金额).
    public var moneyUnit: Quantity.MoneyUnit? {
        switch self {
        case .proactive(.administrativeFees, .amountWan): .wan
        case .statistic(let statistic) where statistic.isMoney: .wan
        default: nil
        }
    }

    /// Whether the figure is an amount of money.
    public var isMoney: Bool { moneyUnit != nil || self == .proactive(.centralizedProcurement, .totalAmount) }
}

extension Quantity {
    /// How many parts, ``wanParts`` of which are 万元, the amount is: exact for every amount that a cell can print.
    ///
    /// - Parameter unit: that of an amount without one of its own.
    /// - Returns: nil where neither has one, or the amount is too large.
    public func parts(_ unit: MoneyUnit?) -> Int128? {
        guard let unit = self.unit ?? unit else { return nil }
        var parts = Int128(digits)
        for _ in 0..<(unit.power + 9 - places) {
            let (product, overflow) = parts.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            parts = product
        }
        return parts
    }

    /// The amount of so many parts of 万元, without a unit of its own; nil where it has more digits or places than a
    /// quantity can.
    public init?(parts: Int128) {
        var (digits, places) = (parts, 13)
        while places > 0, digits.isMultiple(of: 10) { (digits, places) = (digits / 10, places - 1) }
        guard places <= 9, let digits = Int64(exactly: digits) else { return nil }
        self.init(digits: digits, places: places)
    }

    /// The parts of 万元: a 元 with nine decimal places is a whole number of them.
    public static let wanParts: Int128 = 10_000_000_000_000

    /// The unit of money that the quantity is in as a figure at a path: the one printed, else the form's.
    func unit(in path: FigurePath) -> MoneyUnit? { unit ?? path.moneyUnit }

    /// This less another, exact, as figures at one path: in their unit where both have the same, in 元 where both have
    /// one; nil where only one of them has a unit, or the result is too large. Zeros at the end of a fraction are left
    /// out. O(1).
    public func difference(from other: Quantity, at path: FigurePath) -> Quantity? {
        switch (unit(in: path), other.unit(in: path)) {
        case (let own, let its) where own == its:
            subtracting(other)?.with(unit == other.unit ? unit : nil)
        case (let own?, let its?):
            inYuan(own).flatMap { left in other.inYuan(its).flatMap { left.subtracting($0) } }?.with(.yuan)
        default: nil
        }
    }

    private func with(_ unit: MoneyUnit?) -> Quantity { Quantity(digits: digits, places: places, unit: unit) }

    /// The amount in 元, read in the unit given; nil when it overflows.
    private func inYuan(_ unit: MoneyUnit) -> Quantity? {
        let shift = unit.power
        guard shift > places else { return Quantity(digits: digits, places: places - shift) }
        return Self.scaled(digits, by: shift - places).map { Quantity(digits: $0) }
    }

    /// The difference of the numbers alone.
    private func subtracting(_ other: Quantity) -> Quantity? {
        var places = max(self.places, other.places)
        guard let left = Self.scaled(digits, by: places - self.places),
            let right = Self.scaled(other.digits, by: places - other.places)
        else { return nil }
        var (difference, overflow) = left.subtractingReportingOverflow(right)
        guard !overflow else { return nil }
        while places > 0, difference.isMultiple(of: 10) {
            difference /= 10
            places -= 1
        }
        return Quantity(digits: difference, places: places)
    }

    /// Digits times a power of ten; nil when it overflows.
    private static func scaled(_ digits: Int64, by power: Int) -> Int64? {
        var digits = digits
        for _ in 0..<power {
            let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            digits = product
        }
        return digits
    }
}

extension Quantity.MoneyUnit {
    /// The power of ten that makes 元 of it.
    fileprivate var power: Int {
        switch self {
        case .yuan: 0
        case .wan: 4
        case .yi: 8
        }
    }
}
