/// All figures and indicators of a report in some 250 bytes, each found in one step: what lists and statistics read of
/// a report in place of its document.
///
/// One byte for each figure that the form can print, in the order of ``FigurePath/all(in:otherIsOneRow:)``, then one for
/// the numerator and one for the denominator of each indicator. 0 to 252 is the number itself, 255 a blank, 254 a number
/// that stands behind all of these, in ten bytes: the place, how many of the digits stand after the point with the unit,
/// and the digits, the lowest byte first.
public enum CompactFigures {
    fileprivate static let blank: UInt8 = 255
    fileprivate static let elsewhere: UInt8 = 254
    fileprivate static let smallMax = 252
    fileprivate static let entryBytes = 10

    /// Packs the figures of a report. O(figures).
    public static func encode(_ report: AnnualReport) -> [UInt8] {
        var packer = Packer(count: FigureSlots.count(in: report.form))
        for path in FigurePath.all(in: report.form, otherIsOneRow: nil) { packer.add(report[path]) }
        for indicator in Indicator.allCases {
            let value = report.value(of: indicator)
            packer.add(value.numerator.map { Quantity($0) })
            packer.add(value.denominator.map { Quantity($0) })
        }
        return packer.bytes
    }

    private struct Packer {
        private(set) var bytes: [UInt8]
        private var next: UInt8 = 0

        init(count: Int) {
            bytes = [UInt8](repeating: CompactFigures.blank, count: count)
        }

        mutating func add(_ quantity: Quantity?) {
            defer { next += 1 }
            guard let quantity else { return }
            if quantity.places == 0, quantity.unit == nil,
                (0...Int64(CompactFigures.smallMax)).contains(quantity.digits)
            {
                bytes[Int(next)] = UInt8(quantity.digits)
                return
            }
            bytes[Int(next)] = CompactFigures.elsewhere
            bytes.append(next)
            bytes.append(UInt8(quantity.places) | CompactFigures.code(of: quantity.unit) << 4)
            let digits = UInt64(bitPattern: quantity.digits)
            for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: digits >> shift)) }
        }
    }

    private static func code(of unit: Quantity.MoneyUnit?) -> UInt8 {
        switch unit {
        case nil: 0
        case .yuan: 1
        case .wan: 2
        case .yi: 3
        }
    }

    fileprivate static func unit(_ code: UInt8) -> Quantity.MoneyUnit? {
        switch code {
        case 1: .yuan
        case 2: .wan
        case 3: .yi
        default: nil
        }
    }
}

extension AnnualReport {
    /// The figures of a report as ``CompactFigures`` has packed them, for what compares figures alone: it has neither
    /// names nor prose, and a table whose figures are all blank is missing. O(figures).
    public init(
        packed figures: Span<UInt8>, form: ReportForm, year: ReportYear, scope: ReportScope
    ) {
        self.init(agency: "", year: year, title: "", form: form, scope: scope)
        let slots = FigureSlots.of(form)
        for (slot, path) in FigurePath.all(in: form, otherIsOneRow: nil).enumerated() {
            guard let quantity = slots.quantity(at: slot, in: figures) else { continue }
            addTable(of: path)
            self[path] = quantity
        }
    }

    private mutating func addTable(of path: FigurePath) {
        switch path {
        case .proactive: proactive = proactive ?? ProactiveDisclosure()
        case .request(let line, _):
            requests = requests ?? RequestTable()
            if line == .otherTotal { requests?.otherIsOneRow = true }
        case .review: reviews = reviews ?? ReviewTable()
        case .statistic: statistics2014 = statistics2014 ?? Statistics2014()
        }
    }
}

/// Where a form's figures stand among ``CompactFigures``.
public struct FigureSlots: Sendable {
    private let count: Int
    private let figures: [FigurePath: Int]

    private init(_ form: ReportForm) {
        let paths = FigurePath.all(in: form, otherIsOneRow: nil)
        count = Self.count(in: form)
        figures = Dictionary(uniqueKeysWithValues: zip(paths, paths.indices))
    }

    private static let all = Dictionary(uniqueKeysWithValues: ReportForm.allCases.map { ($0, FigureSlots($0)) })

    /// Those of a form.
    public static func of(_ form: ReportForm) -> FigureSlots { all[form] ?? FigureSlots(form) }

    /// The number of bytes before the numbers that stand elsewhere.
    static func count(in form: ReportForm) -> Int {
        FigurePath.all(in: form, otherIsOneRow: nil).count + 2 * Indicator.allCases.count
    }

    /// The slot of a figure; nil where the form does not print it.
    public func slot(of path: FigurePath) -> Int? { figures[path] }

    /// The slots of an indicator's numerator and denominator.
    public func slots(of indicator: Indicator) -> (numerator: Int, denominator: Int) {
        let place = Indicator.allCases.firstIndex(of: indicator) ?? 0
        let numerator = figures.count + 2 * place
        return (numerator, numerator + 1)
    }

    /// The figure in a slot; nil for a blank, and for what is no packed report of this form. O(large figures).
    public func quantity(at slot: Int, in bytes: Span<UInt8>) -> Quantity? {
        guard slot < bytes.count else { return nil }
        let byte = bytes[slot]
        if byte <= CompactFigures.smallMax { return Quantity(Int(byte)) }
        guard byte == CompactFigures.elsewhere else { return nil }
        var entry = count
        while entry + CompactFigures.entryBytes <= bytes.count {
            if Int(bytes[entry]) == slot { return Self.large(bytes, entry) }
            entry += CompactFigures.entryBytes
        }
        return nil
    }

    private static func large(_ bytes: Span<UInt8>, _ entry: Int) -> Quantity? {
        let kind = bytes[entry + 1]
        guard kind & 15 <= 9 else { return nil }
        var digits: UInt64 = 0
        for index in 0..<8 { digits |= UInt64(bytes[entry + 2 + index]) << (8 * UInt64(index)) }
        return Quantity(
            digits: Int64(bitPattern: digits), places: Int(kind & 15), unit: CompactFigures.unit(kind >> 4))
    }
}
