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
}

extension Quantity {
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
        let shift =
            switch unit {
            case .yuan: 0
            case .wan: 4
            case .yi: 8
            }
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
