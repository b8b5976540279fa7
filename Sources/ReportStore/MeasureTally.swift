public import Reports

/// What reports say of a measure, so that one can be added and taken away again exactly.
struct MeasureTally {
    private(set) var reported = 0
    /// The reports that print an amount of money whose unit nobody knows.
    private var withoutUnit = 0
    private var sum: Int128 = 0
    private var numerator = 0
    private var denominator = 0
    /// The values of single reports.
    private var values = CountedValues()

    var isEmpty: Bool { reported == 0 }
    /// What it takes in memory.
    var byteCount: Int { MemoryLayout<Self>.stride + values.byteCount }

    /// - Parameter times: 1 adds the value of one report, −1 takes it away.
    mutating func add(_ value: MeasureValue, isMoney: Bool, times: Int) {
        switch value {
        case .withoutUnit:
            withoutUnit += times
            return
        case .amount(let amount):
            sum &+= Int128(times) * amount
            values.add(MeasureReader.number(of: amount, isMoney: isMoney), times: times)
        case .rate(let numerator, let denominator, let value):
            self.numerator &+= times * numerator
            self.denominator &+= times * denominator
            if let value { values.add(value, times: times) }
        }
        reported += times
    }

    func summary(
        of measure: Measure, forms: [ReportForm], incomparable: [ReportForm: Int]
    ) -> MeasureSummary {
        var amounts: MeasureSummary.Amounts?
        var rate: IndicatorValue?
        if measure.isRate {
            rate =
                reported > 0
                ? IndicatorValue(numerator, over: denominator, per: measure.per) : IndicatorValue(nil, over: nil)
        } else {
            let mean = reported == 0 ? 0 : MeasureReader.number(of: sum, isMoney: measure.isMoney) / Double(reported)
            amounts = measure.quantity(of: sum).map { MeasureSummary.Amounts(sum: $0, mean: mean) }
        }
        return MeasureSummary(
            forms: forms, reported: reported, incomparable: incomparable, withoutUnit: withoutUnit, amounts: amounts,
            rate: rate,
            distribution: values.distribution)
    }
}

extension CountedValues {
    /// How they lie; nil where there are none.
    fileprivate var distribution: MeasureSummary.Distribution? {
        let middle = (value(at: (total + 1) / 2), value(at: total / 2 + 1))
        guard let minimum, let maximum, let p10 = value(at: (total + 9) / 10), let low = middle.0, let high = middle.1,
            let p90 = value(at: (total * 9 + 9) / 10)
        else { return nil }
        return MeasureSummary.Distribution(
            minimum: minimum, p10: p10, median: (low + high) / 2, p90: p90, maximum: maximum)
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

    /// An amount as it is shown: a count, or money, which is in ``Quantity/wanParts`` of 万元; nil for one of more digits than
    /// fit.
    func quantity(of amount: Int128) -> Quantity? {
        isMoney ? Quantity(parts: amount) : Int64(exactly: amount).map { Quantity(digits: $0) }
    }

    var per: Double { if case .indicator(let indicator) = self { indicator.per } else { 1 } }
}
