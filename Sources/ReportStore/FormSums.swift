internal import Reports

/// Every figure and indicator of reports of one form added up, so that a report can be added and taken away again exactly.
struct FormSums: Hashable {
    /// What stands in a slot of ``CompactFigures``.
    fileprivate struct Entry: Hashable {
        /// Counts; or money, in ``Quantity/wanParts`` of 万元.
        var sum: Int128 = 0
        /// The reports that state it.
        var stated: Int32 = 0
        /// The reports that print an amount of money whose unit nobody knows.
        var withoutUnit: Int32 = 0
    }

    private let form: ReportForm
    private(set) var reports = 0
    /// In the order of ``FigurePath/all(in:otherIsOneRow:)``.
    private var figures: [Entry]
    private var numerators: [Entry]
    private var denominators: [Entry]

    init(_ form: ReportForm) {
        self.form = form
        figures = Array(repeating: Entry(), count: Self.paths(form).count)
        numerators = Array(repeating: Entry(), count: Indicator.allCases.count)
        denominators = numerators
    }

    /// What it takes in memory.
    var byteCount: Int {
        (figures.count + numerators.count + denominators.count) * MemoryLayout<Entry>.stride + 128
    }

    private static func paths(_ form: ReportForm) -> [FigurePath] { FigurePath.all(in: form, otherIsOneRow: nil) }

    /// - Parameters:
    ///   - bytes: a report of this form, as ``CompactFigures`` packs it.
    ///   - times: 1 adds it, −1 takes it away.
    mutating func add(_ bytes: Span<UInt8>, _ layout: FormLayout, times: Int) {
        reports += times
        for index in figures.indices {
            guard let quantity = layout.slots.quantity(at: index, in: bytes) else { continue }
            let money = layout.money[index]
            let amount = money.isMoney ? quantity.parts(money.unit) : quantity.count.map { Int128($0) }
            if amount == nil, money.isMoney { figures[index].withoutUnit += Int32(times) }
            figures[index].add(amount, times: times)
        }
        for (index, slots) in layout.indicators.enumerated() {
            guard let numerator = layout.slots.quantity(at: slots.numerator, in: bytes)?.count else { continue }
            // A rate is pooled over the reports that state both of its parts.
            let denominator = layout.slots.quantity(at: slots.denominator, in: bytes)?.count
            guard denominator != nil || !slots.isRate else { continue }
            numerators[index].add(Int128(numerator), times: times)
            denominators[index].add(denominator.map { Int128($0) }, times: times)
        }
    }

    /// The sum of a figure, with how many reports state it, and how many print it without a unit; nil where the form does not print it.
    func figure(_ path: FigurePath) -> (sum: Int128, stated: Int, withoutUnit: Int)? {
        guard let slot = FigureSlots.of(form).slot(of: path), figures.indices.contains(slot) else { return nil }
        let entry = figures[slot]
        return (entry.sum, Int(entry.stated), Int(entry.withoutUnit))
    }

    /// The sums that an indicator is made of, with how many reports state them.
    func indicator(_ place: Int) -> (numerator: Int128, denominator: Int128, stated: Int) {
        (numerators[place].sum, denominators[place].sum, Int(numerators[place].stated))
    }
}

extension FormSums.Entry {
    fileprivate mutating func add(_ amount: Int128?, times: Int) {
        guard let amount else { return }
        sum &+= Int128(times) * amount
        stated += Int32(times)
    }
}

/// Where the figures of a form stand, looked up once for many reports.
struct FormLayout {
    let slots: FigureSlots
    /// For each figure, whether it is money, and the form's unit for it.
    let money: [(isMoney: Bool, unit: Quantity.MoneyUnit?)]
    let indicators: [(numerator: Int, denominator: Int, isRate: Bool)]

    private init(_ form: ReportForm) {
        let slots = FigureSlots.of(form)
        self.slots = slots
        money = FigurePath.all(in: form, otherIsOneRow: nil).map { ($0.isMoney, $0.moneyUnit) }
        indicators = Indicator.allCases.map { indicator in
            let (numerator, denominator) = slots.slots(of: indicator)
            return (numerator, denominator, Measure.indicator(indicator).isRate)
        }
    }

    private static let all = Dictionary(uniqueKeysWithValues: ReportForm.allCases.map { ($0, FormLayout($0)) })

    /// That of a form.
    static func of(_ form: ReportForm) -> FormLayout { all[form] ?? FormLayout(form) }
}
