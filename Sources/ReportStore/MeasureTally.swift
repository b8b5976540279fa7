public import Reports

/// What reports say of a measure, so that one can be added and taken away again exactly.
struct MeasureTally {
    private(set) var reported = 0
    private var sum: Int128 = 0
    private var numerator = 0
    private var denominator = 0
    /// How many reports have each value.
    private var values: [MeasureNumber: Int] = [:]

    /// A value as it is counted: an amount, or the bits of a rate.
    private enum MeasureNumber: Hashable {
        case amount(Int128)
        case rate(Double)
    }

    var isEmpty: Bool { reported == 0 }
    /// How many different values there are: what the tally takes in memory.
    var size: Int { values.count }

    /// - Parameter times: 1 adds the value of one report, −1 takes it away.
    mutating func add(_ value: MeasureValue, times: Int) {
        reported += times
        let number: MeasureNumber?
        switch value {
        case .amount(let amount):
            sum &+= Int128(times) * amount
            number = .amount(amount)
        case .rate(let numerator, let denominator, let value):
            self.numerator &+= times * numerator
            self.denominator &+= times * denominator
            number = value.map { .rate($0) }
        }
        guard let number else { return }
        let count = values[number, default: 0] + times
        values[number] = count == 0 ? nil : count
    }

    func summary(
        of measure: Measure, forms: [ReportForm], incomparable: [ReportForm: Int]
    ) -> MeasureSummary {
        let isMoney = measure.isMoney
        var amounts: MeasureSummary.Amounts?
        var rate: IndicatorValue?
        if measure.isRate {
            rate =
                reported > 0
                ? IndicatorValue(numerator, over: denominator, per: measure.per) : IndicatorValue(nil, over: nil)
        } else {
            let exact = isMoney ? Quantity(parts: sum) : Int64(exactly: sum).map { Quantity(digits: $0) }
            let mean = reported == 0 ? 0 : MeasureReader.number(of: sum, isMoney: isMoney) / Double(reported)
            amounts = exact.map { MeasureSummary.Amounts(sum: $0, mean: mean) }
        }
        return MeasureSummary(
            forms: forms, reported: reported, incomparable: incomparable, amounts: amounts, rate: rate,
            distribution: distribution(isMoney: isMoney))
    }

    private func distribution(isMoney: Bool) -> MeasureSummary.Distribution? {
        var counted = values.map { entry in
            switch entry.key {
            case .amount(let amount): (value: MeasureReader.number(of: amount, isMoney: isMoney), count: entry.value)
            case .rate(let rate): (value: rate, count: entry.value)
            }
        }
        counted.sort { $0.value < $1.value }
        guard let first = counted.first, let last = counted.last else { return nil }
        let total = counted.reduce(0) { $0 + $1.count }
        func value(at rank: Int) -> Double {
            var passed = 0
            for entry in counted {
                passed += entry.count
                if passed >= rank { return entry.value }
            }
            return last.value
        }
        return MeasureSummary.Distribution(
            minimum: first.value, p10: value(at: (total + 9) / 10),
            median: (value(at: (total + 1) / 2) + value(at: total / 2 + 1)) / 2, p90: value(at: (total * 9 + 9) / 10),
            maximum: last.value)
    }
}

extension Measure {
    /// Whether it is a quotient, and not an amount.
    public var isRate: Bool {
        switch self {
        case .figure, .merged, .indicator(.normativeDocumentsNetChange): false
        case .indicator, .refusal: true
        }
    }

    /// Whether it is computed with a numerator, a rate or a net figure, so that these are shown beside it.
    public var isIndicator: Bool {
        switch self {
        case .indicator, .refusal: true
        case .figure, .merged: false
        }
    }

    /// Whether it is an amount of money.
    var isMoney: Bool { if case .figure(let path) = self { path.isMoney } else { false } }

    var per: Double { if case .indicator(let indicator) = self { indicator.per } else { 1 } }
}
