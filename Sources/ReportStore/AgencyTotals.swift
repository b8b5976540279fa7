public import Reports
internal import SQLite

/// What the own reports of each agency state of one measure, added up.
public struct AgencyTotals: Sendable {
    /// An agency.
    public struct Total: Sendable {
        /// Its number.
        public let agency: Int
        /// How many reports it has.
        public let reports: Int
        /// How many of them state the measure.
        public let reported: Int
        /// How many of them state an amount of money whose unit nobody knows.
        public let withoutUnit: Int
        /// The sum of a figure; nil for a rate.
        public let sum: Quantity?
        /// The sums that a rate is made of; nil for a figure.
        public let rate: IndicatorValue?
    }

    /// The agencies, in the order of their numbers.
    public let totals: [Total]
    /// The reports of forms that print no figure which may be added to those of the agency's newest, by form.
    public let incomparable: [ReportForm: Int]
    /// How many reports that the filter holds are of the other scope, and so left out.
    public let otherScope: Int
}

/// The same, kept so that reports can be added and taken away: a tenth of what ``StatisticsTally`` takes for groups of one
/// report each.
struct AgencyTally {
    /// The reports of an agency that have one form.
    private struct Entry {
        /// Of a figure, or of the numerators of a rate.
        var sum: Int128 = 0
        /// The denominators of a rate; of an amount of money, the reports that state it without a unit.
        var other = 0
        var reports: Int32 = 0
        var reported: Int32 = 0
    }

    private static let forms = ReportForm.allCases
    private let measure: Measure
    /// By the number of the agency and the place of the form.
    private var entries: [Int: Entry] = [:]
    private(set) var otherScope = 0

    init(_ measure: Measure) { self.measure = measure }

    /// What it takes in memory.
    var byteCount: Int { entries.capacity * 2 * (MemoryLayout<Entry>.stride + 8) }

    /// - Parameters:
    ///   - reader: reads the measure alone.
    ///   - times: 1 adds a report, −1 takes it away.
    mutating func add(_ row: borrowing Row, _ reader: FactReader, times: Int) throws(SQLiteError) {
        let form = try FactReader.form(row)
        guard reader.holds(row, form) else { return }
        guard FactReader.isOwn(row) else {
            otherScope += times
            return
        }
        let key = FactReader.agency(row) * Self.forms.count + form.place
        var entry = entries[key] ?? Entry()
        entry.reports += Int32(times)
        reader.forEachMeasure(row, form) { _, value in
            switch value {
            case .withoutUnit:
                entry.other &+= times
                return
            case .amount(let amount): entry.sum &+= Int128(times) * amount
            case .rate(let numerator, let denominator, _):
                entry.sum &+= Int128(times * numerator)
                entry.other &+= times * denominator
            }
            entry.reported += Int32(times)
        }
        entries[key] = entry.reports == 0 ? nil : entry
    }

    /// What they add up to: of each agency, the figures of the newest form that there are any of, with those that may be
    /// added to them. O(n log n).
    var totals: AgencyTotals {
        let bases = MeasureBases(measure)
        var totals: [AgencyTotals.Total] = []
        var incomparable: [ReportForm: Int] = [:]
        let keys = entries.keys.sorted()
        var next = keys.startIndex
        while next < keys.endIndex {
            let agency = keys[next] / Self.forms.count
            var places: [(form: Int, entry: Entry)] = []
            while next < keys.endIndex, keys[next] / Self.forms.count == agency {
                if let entry = entries[keys[next]] { places.append((keys[next] % Self.forms.count, entry)) }
                next += 1
            }
            let base = bases.taken(
                states: { base in places.contains { $0.entry.reported > 0 && bases[$0.form] == base } },
                isThere: { form in places.contains { $0.form == form } })
            var sum = Entry()
            for (form, entry) in places {
                sum.reports += entry.reports
                if bases.takes(form, base: base) {
                    sum.reported += entry.reported
                    sum.sum &+= entry.sum
                    sum.other &+= entry.other
                } else {
                    incomparable[Self.forms[form], default: 0] += Int(entry.reports)
                }
            }
            totals.append(total(of: agency, sum))
        }
        return AgencyTotals(totals: totals, incomparable: incomparable, otherScope: otherScope)
    }

    private func total(of agency: Int, _ entry: Entry) -> AgencyTotals.Total {
        let isStated = entry.reported > 0
        var sum: Quantity?
        var rate: IndicatorValue?
        if measure.isRate {
            rate =
                isStated
                ? Int(exactly: entry.sum).map { IndicatorValue($0, over: entry.other, per: measure.per) } : nil
        } else if isStated {
            sum = measure.quantity(of: entry.sum)
        }
        return AgencyTotals.Total(
            agency: agency, reports: Int(entry.reports), reported: Int(entry.reported),
            withoutUnit: measure.isMoney ? entry.other : 0, sum: sum, rate: rate)
    }
}

/// The tally of a ranking, of the facts as they were after a change.
struct KeptRanking {
    var tally: AgencyTally
    /// The number of the last change that it holds.
    var sequence: Int
}

extension StoreSnapshot {
    /// The own reports of each agency that a filter holds, added up by agency, exactly as they are now.
    ///
    /// The first time it reads a fact of each report that the filter's dimensions hold; asked again, only of those that have
    /// changed since; with words to look for, all that have them each time.
    public func agencyTotals(of measure: Measure, _ filter: ReportFilter) throws(StoreError) -> AgencyTotals {
        try StoreError.mapping {
            let reader = FactReader(filter, measures: [measure])
            // What a text was before it changed is not known, so nothing could be taken away from a sum.
            guard filter.text == nil else { return try counted(measure, filter, reader).totals }
            let question = StatisticsQuery(filter: filter, dimensions: [.agency], measures: [measure])
            let range = try changes()
            var ranking = kept.rankings.take(question)
            if let known = ranking, known.sequence + 1 < range.first || known.sequence > range.last { ranking = nil }
            var current = try ranking ?? KeptRanking(tally: counted(measure, filter, reader), sequence: range.last)
            if current.sequence < range.last {
                try forEachChange(since: current.sequence, filter) { row, isNew throws(SQLiteError) in
                    try current.tally.add(row, reader, times: isNew ? 1 : -1)
                }
                current.sequence = range.last
            }
            kept.rankings.keep(current, bytes: current.tally.byteCount, for: question)
            return current.tally.totals
        }
    }

    private func counted(
        _ measure: Measure, _ filter: ReportFilter, _ reader: FactReader
    ) throws(SQLiteError) -> AgencyTally {
        var tally = AgencyTally(measure)
        try forEachFact(filter) { row throws(SQLiteError) in try tally.add(row, reader, times: 1) }
        return tally
    }
}
