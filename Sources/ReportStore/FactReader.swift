internal import Reports
internal import SQLite

/// Reads rows of `fact` and of `fact_change`.
///
/// Both have the same columns; a row costs some hundred nanoseconds and each figure that is looked at a few more.
struct FactReader {
    /// The columns, in the order in which they are read.
    static let columns =
        "report_id, year, agency_id, region, level, kind, form, scope, figures, findings | cross_findings"
    private static let figures = 8
    // Words as they stand in a row: a String for each would take longer than to read the row.
    private static let own = Array(ReportScope.own.rawValue.utf8)
    private static let forms = ReportForm.allCases.map { (word: Array($0.rawValue.utf8), form: $0) }

    private let measures: [MeasureReader]
    private let conditions: [(reader: MeasureReader, test: ReportFilter.Test, isNegated: Bool)]

    /// - Parameter measures: what is read of each row.
    init(_ filter: ReportFilter, measures: [Measure]) {
        self.measures = measures.map { MeasureReader($0) }
        conditions = filter.measureConditions.compactMap { condition in
            guard case .measure(let measure) = condition.field else { return nil }
            return (MeasureReader(measure), condition.test, condition.isNegated)
        }
    }

    static func id(_ row: borrowing Row) -> Int { row.int(0) }
    static func year(_ row: borrowing Row) -> Int { row.int(1) }
    static func key(_ row: borrowing Row) -> ReportKey { ReportKey(year: year(row), report: id(row)) }
    static func agency(_ row: borrowing Row) -> Int { row.int(2) }
    static func region(_ row: borrowing Row) -> Int? { row.optionalInt(3) }
    static func level(_ row: borrowing Row) -> AgencyLevel? { row.optionalText(4).flatMap(AgencyLevel.init) }
    static func kind(_ row: borrowing Row) -> AgencyKind? { row.optionalText(5).flatMap(AgencyKind.init) }
    static func isOwn(_ row: borrowing Row) -> Bool { row.withBytes(7) { own.isEqual(to: $0) } }

    static func findings(_ row: borrowing Row) -> CheckSet { CheckSet(rawValue: Int64(row.int(9))) }

    /// Lends all figures, as ``Reports/CompactFigures`` packs them.
    static func withFigures(_ row: borrowing Row, _ body: (Span<UInt8>) -> Void) { row.withBytes(figures, body) }

    static func form(_ row: borrowing Row) throws(SQLiteError) -> ReportForm {
        let form = row.withBytes(6) { word in forms.first { $0.word.isEqual(to: word) }?.form }
        guard let form else { throw SQLiteError(code: .corrupt, message: "a fact has an unknown form") }
        return form
    }

    /// Whether the conditions on figures hold.
    func holds(_ row: borrowing Row, _ form: ReportForm) -> Bool {
        guard !conditions.isEmpty else { return true }
        return row.withBytes(Self.figures) { figures in
            conditions.allSatisfy { condition in
                let value = condition.reader.value(in: figures, form)
                // What is printed without a unit is no blank, and neither more nor less than any number.
                if value == .withoutUnit { return condition.test == .isNull && condition.isNegated }
                return condition.test.holds(condition.reader.number(of: value), isNegated: condition.isNegated)
            }
        }
    }

    /// Lends what is read of a row, measure by measure; nil where it is blank, or not printed by the form.
    func forEachMeasure(_ row: borrowing Row, _ form: ReportForm, _ body: (Int, MeasureValue) -> Void) {
        row.withBytes(Self.figures) { figures in
            for (index, measure) in measures.enumerated() {
                if let value = measure.value(in: figures, form) { body(index, value) }
            }
        }
    }

    /// The value of one measure as a number that rows are ordered by.
    func number(_ index: Int, _ row: borrowing Row, _ form: ReportForm) -> Double? {
        row.withBytes(Self.figures) { figures in measures[index].number(in: figures, form) }
    }
}

/// What a report says of a measure.
enum MeasureValue: Hashable {
    /// Money that neither the cell nor the form gives a unit: it is printed, and nothing can be added to it or compared.
    case withoutUnit
    /// A count; or money, in ``Quantity/wanParts`` of 万元.
    case amount(Int128)
    /// A rate: what it is made of, and what it comes to.
    case rate(numerator: Int, denominator: Int, value: Double?)
}

/// Finds a measure in the figures of each form: where a form does not print a figure, in the one that says the same. Whoever
/// reads figures of many reports reads them so; otherwise a list would hold other reports than the sum beside it.
struct MeasureReader {
    private enum Place {
        case none
        case count(Int)
        case money(Int, Quantity.MoneyUnit?)
        case indicator(numerator: Int, denominator: Int)
        /// A part of what the denominator adds up: where that is known, a blank is zero.
        case share(numerator: Int, denominator: Int)
        /// Figures that are added up: where the witness is known, blanks are zeros.
        case sum([Int], witness: Int?)
    }

    private let isMoney: Bool
    private let indicator: Indicator?
    /// In the order of the forms.
    private let places: [(slots: FigureSlots, place: Place)]

    init(_ measure: Measure) {
        isMoney = measure.isMoney
        indicator = if case .indicator(let indicator) = measure { indicator } else { nil }
        places = ReportForm.allCases.map { form in
            let slots = FigureSlots.of(form)
            return (slots, Self.place(measure, form, slots))
        }
    }

    private static func place(_ measure: Measure, _ form: ReportForm, _ slots: FigureSlots) -> Place {
        switch measure {
        case .figure(let path):
            guard let printed = Crosswalk.figure(for: path, in: form), let slot = slots.slot(of: printed) else {
                return .none
            }
            return printed.isMoney ? .money(slot, printed.moneyUnit) : .count(slot)
        case .indicator(let indicator):
            let (numerator, denominator) = slots.slots(of: indicator)
            return .indicator(numerator: numerator, denominator: denominator)
        case .refusal(let line):
            guard let slot = slots.slot(of: .request(line, .total)) else { return .none }
            return .share(numerator: slot, denominator: slots.slots(of: .refusalRate).numerator)
        case .merged(let figure):
            let parts = figure.parts(in: form).compactMap { slots.slot(of: $0) }
            return .sum(parts, witness: figure.witness(in: form).map { slots.slots(of: $0).numerator })
        }
    }

    func value(in figures: Span<UInt8>, _ form: ReportForm) -> MeasureValue? {
        let (slots, place) = places[form.place]
        switch place {
        case .none: return nil
        case .count(let slot):
            return slots.quantity(at: slot, in: figures)?.count.map { .amount(Int128($0)) }
        case .money(let slot, let unit):
            return slots.quantity(at: slot, in: figures).map { $0.parts(unit).map { .amount($0) } ?? .withoutUnit }
        case .indicator(let numerator, let denominator):
            guard let numerator = slots.quantity(at: numerator, in: figures)?.count else { return nil }
            if indicator == .normativeDocumentsNetChange { return .amount(Int128(numerator)) }
            guard let denominator = slots.quantity(at: denominator, in: figures)?.count else { return nil }
            let per = indicator?.per ?? 1
            let value = denominator > 0 ? per * Double(numerator) / Double(denominator) : nil
            return .rate(numerator: numerator, denominator: denominator, value: value)
        case .share(let numerator, let denominator):
            guard let all = slots.quantity(at: denominator, in: figures)?.count else { return nil }
            let part = slots.quantity(at: numerator, in: figures)?.count ?? 0
            return .rate(numerator: part, denominator: all, value: all > 0 ? Double(part) / Double(all) : nil)
        case .sum(let parts, let witness):
            var sum: Int128 = 0
            for part in parts {
                if let count = slots.quantity(at: part, in: figures)?.count {
                    sum += Int128(count)
                } else if witness.flatMap({ slots.quantity(at: $0, in: figures) }) == nil {
                    return nil
                }
            }
            return .amount(sum)
        }
    }

    /// The value as a number to compare and order by: a count, 万元, or a rate.
    func number(in figures: Span<UInt8>, _ form: ReportForm) -> Double? { number(of: value(in: figures, form)) }

    func number(of value: MeasureValue?) -> Double? {
        switch value {
        case nil, .withoutUnit: nil
        case .rate(_, _, let value): value
        case .amount(let amount): Self.number(of: amount, isMoney: isMoney)
        }
    }

    static func number(of amount: Int128, isMoney: Bool) -> Double {
        isMoney ? wan(amount) : Double(nearest: amount)
    }

    /// Parts of 万元 as the floating-point number that is nearest.
    private static func wan(_ parts: Int128) -> Double {
        var (digits, divisor) = (parts, Quantity.wanParts)
        while divisor > 1, digits.isMultiple(of: 10) { (digits, divisor) = (digits / 10, divisor / 10) }
        return Double(nearest: digits) / Double(nearest: divisor)
    }
}

extension Double {
    /// The number that is nearest to an amount: one instruction where it fits 64 bits, as nearly all do, in place of the
    /// hundreds of a conversion from 128.
    init(nearest amount: Int128) {
        self = Int64(exactly: amount).map { Double($0) } ?? Double(amount)
    }
}

extension [UInt8] {
    fileprivate func isEqual(to word: Span<UInt8>) -> Bool {
        count == word.count && indices.allSatisfy { self[$0] == word[$0] }
    }
}

extension ReportForm {
    /// Its place among all forms.
    var place: Int {
        switch self {
        case .form2014: 0
        case .form2019: 1
        case .form2021: 2
        }
    }
}

extension ReportFilter.Test {
    fileprivate func holds(_ number: Double?, isNegated: Bool) -> Bool {
        if case .isNull = self { return (number == nil) != isNegated }
        guard let number else { return false }
        let holds =
            switch self {
            case .compare(let comparison, .number(let operand)): comparison.holds(number, operand)
            case .oneOf(let operands): operands.contains(.number(number))
            case .compare, .isNull: false
            }
        return holds != isNegated
    }
}
