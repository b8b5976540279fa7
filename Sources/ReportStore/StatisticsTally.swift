internal import Reports
internal import SQLite

/// The answer to a question over many reports, kept so that reports can be added to it and taken away.
struct StatisticsTally {
    private struct Group {
        var reports = 0
        /// The reports of each agency; not kept where groups are made by year, since an agency has one report a year.
        var agencies: [Int32: Int32] = [:]
        /// The reports of each form.
        var forms: [Int]
        /// A tally for each measure and base form.
        var measures: [MeasureTally]
        /// Every figure of the reports of each form; empty unless the question asks for it.
        var sums: [ReportForm: FormSums] = [:]
        /// The reports that may have errors, where it does.
        var suspect: Set<Int> = []
        /// The reports of each year, where it does.
        var years: [Int: Int] = [:]

        init(measures count: Int) {
            forms = Array(repeating: 0, count: StatisticsTally.forms.count)
            measures = Array(repeating: MeasureTally(), count: count * StatisticsTally.forms.count)
        }

        mutating func add(
            _ row: borrowing Row, _ form: ReportForm, _ agency: Int32?, _ reader: FactReader,
            _ measures: [MeasureBases], times: Int
        ) {
            let place = form.place
            reports += times
            forms[place] += times
            if let agency {
                let count = agencies[agency, default: 0] + Int32(times)
                agencies[agency] = count == 0 ? nil : count
            }
            reader.forEachMeasure(row, form) { index, value in
                let measure = measures[index]
                self.measures[index * StatisticsTally.forms.count + measure[place]]
                    .add(value, isMoney: measure.isMoney, times: times)
            }
        }

        mutating func addForm(_ row: borrowing Row, _ form: ReportForm, times: Int) {
            let layout = FormLayout.of(form)
            FactReader.withFigures(row) { sums[form, default: FormSums(form)].add($0, layout, times: times) }
            if sums[form]?.reports == 0 { sums[form] = nil }
            let count = years[FactReader.year(row), default: 0] + times
            years[FactReader.year(row)] = count == 0 ? nil : count
            guard !FactReader.findings(row).isDisjoint(with: StatisticsTally.errors) else { return }
            if times > 0 { suspect.insert(FactReader.id(row)) } else { suspect.remove(FactReader.id(row)) }
        }

        /// What it takes in memory.
        var byteCount: Int {
            let dictionaries = agencies.capacity * 16 + suspect.capacity * 16 + years.capacity * 32
            return measures.reduce(256 + dictionaries) { $0 + $1.byteCount }
                + sums.values.reduce(0) { $0 + $1.byteCount }
        }
    }

    /// The checks whose findings can be errors.
    private static let errors = CheckSet(Check.ID.allCases.filter { $0.check.severity == .error })

    /// A form's number, for the arrays above.
    private static let forms = ReportForm.allCases

    private let query: StatisticsQuery
    private let measures: [MeasureBases]
    private let countsAgencies: Bool
    private var groups: [StatisticsKey: Group] = [:]
    private(set) var otherScope = 0
    /// The agencies that reported for their division and not for themselves, by group without the form: they are not
    /// expected to do so once more. Each with the number of its reports; empty where the question is about divisions.
    private(set) var consolidating: [StatisticsKey: [Int32: Int32]] = [:]
    /// The divisions that consolidated reports are of, where those are added up.
    private var divisions = ConsolidatedDivisions()

    init(_ query: StatisticsQuery) {
        self.query = query
        countsAgencies = !query.dimensions.contains(.year)
        measures = query.measures.map { MeasureBases($0) }
        if isOneForm { groups[StatisticsKey()] = Group(measures: measures.count) }
    }

    /// Whether there is one group whatever there is: a form without figures is a form, too.
    private var isOneForm: Bool { query.addsForms && query.dimensions.isEmpty }

    /// What it takes in memory, nearly.
    var byteCount: Int {
        consolidating.values.reduce(divisions.count * 64) { $0 + 128 + $1.capacity * 16 }
            + groups.values.reduce(0) { $0 + 128 + $1.byteCount }
    }

    /// - Parameter times: 1 adds a report, −1 takes it away.
    mutating func add(_ row: borrowing Row, _ reader: FactReader, times: Int) throws(SQLiteError) {
        let form = try FactReader.form(row)
        guard reader.holds(row, form) else { return }
        guard FactReader.isOwn(row) == (query.scope == .own) else {
            otherScope += times
            if query.scope == .own { addConsolidated(row, form, times: times) }
            return
        }
        let key = StatisticsKey(row, form, query.dimensions)
        let agency = countsAgencies ? Int32(truncatingIfNeeded: FactReader.agency(row)) : nil
        groups[key, default: Group(measures: measures.count)].add(row, form, agency, reader, measures, times: times)
        if query.addsForms { groups[key]?.addForm(row, form, times: times) }
        if query.scope == .consolidated { divisions.add(row, key, times: times) }
        if times < 0, groups[key]?.reports == 0, !isOneForm { groups[key] = nil }
    }

    private mutating func addConsolidated(_ row: borrowing Row, _ form: ReportForm, times: Int) {
        var key = StatisticsKey(row, form, query.dimensions)
        key.form = nil
        let agency = Int32(truncatingIfNeeded: FactReader.agency(row))
        let count = consolidating[key, default: [:]][agency, default: 0] + Int32(times)
        consolidating[key, default: [:]][agency] = count == 0 ? nil : count
        if consolidating[key]?.isEmpty ?? false { consolidating[key] = nil }
    }

}

extension StatisticsTally {
    /// The groups with what they add up to.
    ///
    /// - Parameter expected: how many agencies are expected to have a report in a group.
    func statistics(expected: (StatisticsKey) -> Int?) -> Statistics {
        let sorted = groups.keys.sorted { $0.precedes($1, query.dimensions) }.compactMap { key in
            groups[key].map { group in
                StatisticsGroup(
                    key: key, reports: group.reports, agencies: agencyCount(of: group),
                    expectedAgencies: expected(key), forms: forms(of: group),
                    measures: query.measures.indices.map { summary($0, group) },
                    form: query.addsForms ? FormSummary(group.sums, year: query.filter.onlyYear) : nil,
                    years: group.years.keys.sorted(), suspect: group.suspect.sorted())
            }
        }
        return Statistics(groups: sorted, otherScope: otherScope)
    }

    private func forms(of group: Group) -> [ReportForm: Int] {
        let counts = zip(Self.forms, group.forms).filter { $0.1 > 0 }
        return Dictionary(uniqueKeysWithValues: counts.map { ($0.0, $0.1) })
    }

    private func agencyCount(of group: Group) -> Int { countsAgencies ? group.agencies.count : group.reports }

    /// How many agencies a group has reports of.
    func agencyCount(of key: StatisticsKey) -> Int { groups[key].map { agencyCount(of: $0) } ?? 0 }

    /// The consolidated reports whose figures another one of their group has in it already.
    var nested: [ConsolidatedDivisions.Report] { divisions.nested }

    /// The agencies that a group has reports of.
    func agencies(of key: StatisticsKey) -> Set<Int32> { Set((groups[key]?.agencies ?? [:]).keys) }

    /// Whether a group has reports of an agency.
    func isRegistered(_ agency: Int32, in key: StatisticsKey) -> Bool { groups[key]?.agencies[agency] != nil }

    /// How many agencies each group has reports of.
    var agencies: [StatisticsKey: Int] { groups.mapValues { $0.agencies.count } }

    /// The figures of the newest form that there are any of, with those that may be added to them.
    private func summary(_ measure: Int, _ group: Group) -> MeasureSummary {
        let tallies = Self.forms.indices.map { group.measures[measure * Self.forms.count + $0] }
        let bases = measures[measure]
        let base = bases.taken(states: { !tallies[$0].isEmpty }, isThere: { group.forms[$0] > 0 })
        var taken: [ReportForm] = []
        var incomparable: [ReportForm: Int] = [:]
        for form in Self.forms.indices where group.forms[form] > 0 {
            if bases.takes(form, base: base) {
                taken.append(Self.forms[form])
            } else {
                incomparable[Self.forms[form]] = group.forms[form]
            }
        }
        return tallies[base].summary(
            of: query.measures[measure], forms: taken, incomparable: incomparable)
    }
}

extension StatisticsKey {
    /// The key of the group that a report belongs to.
    init(_ row: borrowing Row, _ form: ReportForm, _ dimensions: [StatisticsQuery.Dimension]) {
        for dimension in dimensions {
            switch dimension {
            case .year: year = FactReader.year(row)
            case .region(let digits): region = FactReader.region(row).map { Self.region($0, digits) }
            case .level: level = FactReader.level(row)
            case .kind: kind = FactReader.kind(row)
            case .form: self.form = form
            case .agency: agency = FactReader.agency(row)
            }
        }
    }

    /// The first digits of a code; all of it where it ends above the divisions that have so many.
    private static func region(_ code: Int, _ digits: Int) -> String {
        let isAbove = digits == 4 && code.isMultiple(of: 10_000)
        let number = digits == 2 ? code / 10_000 : digits == 4 && !isAbove ? code / 100 : code
        let text = String(number)
        return String(repeating: "0", count: max(0, (isAbove ? 6 : digits) - text.utf8.count)) + text
    }

    /// The order of groups: by one dimension after the other, what is not known last.
    fileprivate func precedes(_ other: StatisticsKey, _ dimensions: [StatisticsQuery.Dimension]) -> Bool {
        for dimension in dimensions {
            // By far the most groups are made by agency.
            if dimension == .agency, let left = agency, let right = other.agency {
                if left != right { return left < right }
                continue
            }
            let (left, right) = (rank(dimension), other.rank(dimension))
            if left != right { return left < right }
        }
        return false
    }

    private func rank(_ dimension: StatisticsQuery.Dimension) -> Rank {
        switch dimension {
        case .year: Rank(number: year)
        case .region: Rank(text: region)
        case .level: Rank(number: level.flatMap { AgencyLevel.allCases.firstIndex(of: $0) })
        case .kind: Rank(number: kind.flatMap { AgencyKind.allCases.firstIndex(of: $0) })
        case .form: Rank(text: form?.rawValue)
        case .agency: Rank(number: agency)
        }
    }

    private struct Rank: Comparable {
        var isMissing: Bool
        var number = 0
        var text = ""

        init(number: Int?) {
            isMissing = number == nil
            self.number = number ?? 0
        }

        init(text: String?) {
            isMissing = text == nil
            self.text = text ?? ""
        }

        static func < (left: Rank, right: Rank) -> Bool {
            if left.isMissing != right.isMissing { return right.isMissing }
            return left.number != right.number ? left.number < right.number : left.text < right.text
        }
    }
}
