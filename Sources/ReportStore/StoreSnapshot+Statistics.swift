internal import Reports
internal import SQLite

extension StoreSnapshot {
    /// Answers a question over many reports, exactly as they are now.
    ///
    /// The first time it reads a fact of each report that the filter's dimensions hold, some 300 bytes; asked again, only
    /// of those that have changed since; with words to look for, all that have them each time.
    public func statistics(_ query: StatisticsQuery) throws(StoreError) -> Statistics {
        try statistics(query, changesMax: .max) ?? Statistics(groups: [], otherScope: 0)
    }

    /// The same where the question was asked before and little has changed since; nil where it would take long.
    public func quickStatistics(_ query: StatisticsQuery) throws(StoreError) -> Statistics? {
        try statistics(query, changesMax: Self.quickChangesMax)
    }

    private static let quickChangesMax = 64

    /// - Parameter isKept: whether sums are kept for the next who asks.
    func statistics(
        _ query: StatisticsQuery, changesMax: Int, isKept: Bool = true
    ) throws(StoreError) -> Statistics? {
        try StoreError.mapping {
            guard let (all, tally) = try tallies(query, changesMax, isKept) else { return nil }
            guard query.knowsCoverage else {
                var statistics = tally.statistics { _ in nil }
                statistics.nested = all.nested.map(\.id)
                return statistics
            }
            // A group that is of one agency shows by itself that there is this agency.
            let isByAgency = query.dimensions.contains(.agency)
            guard
                let registered = isByAgency
                    ? StatisticsTally(query) : try tallies(query.registered, changesMax, isKept)?.all
            else { return nil }
            let agencies = registered.agencies
            let ended = try endedAgencies(query.registered)
            var statistics = tally.statistics { key in
                // An agency whose report is in another one is not waited for.
                let nested = all.agencyCount(of: key) - tally.agencyCount(of: key)
                let year = key.year ?? query.filter.onlyYear
                guard let year else { return (isByAgency ? 1 : agencies[key.registered, default: 0]) - nested }
                let ended = ended[key.registered, default: []].filter { !$0.years.contains(year) }.map(\.id)
                guard !isByAgency else { return 1 - ended.count }
                var sameYear = key
                sameYear.form = nil
                // Those that reported for their division that year, and for themselves in others.
                let consolidating = tally.consolidating[sameYear, default: [:]].keys
                    .filter { registered.isRegistered($0, in: key.registered) }
                return agencies[key.registered, default: 0] - Set(ended).union(consolidating).count - nested
            }
            statistics.nested = all.nested.map(\.id)
            if query.addsForms, query.dimensions.isEmpty, query.asksOfWholeYear {
                let none = StatisticsKey()
                statistics.missing = registered.agencies(of: none).subtracting(all.agencies(of: none))
                    .subtracting(ended[none, default: []].map(\.id))
                    .subtracting(tally.consolidating[none, default: [:]].keys).sorted().map { Int($0) }
            }
            return statistics
        }
    }

    /// The tally of a question, brought up to date, and what is counted of it: without the consolidated reports that others
    /// have in them. Nil where more facts than `changesMax` have to be read for that.
    private func tallies(
        _ query: StatisticsQuery, _ changesMax: Int, _ isKept: Bool
    ) throws -> (all: StatisticsTally, counted: StatisticsTally)? {
        let reader = FactReader(query.filter, measures: query.measures)
        if query.filter.text != nil || !isKept {
            // What a text was before it changed is not known, so nothing could be taken away from a sum.
            guard changesMax == .max else { return nil }
            let all = try counted(query, reader)
            return (all, try withoutNested(all, reader))
        }
        let range = try changes()
        if var entry = kept.statistics.take(query) {
            let isNear = entry.sequence + 1 >= range.first && range.last - entry.sequence <= changesMax
            // One that could not be brought up to date is not kept.
            if entry.sequence < range.last, isNear {
                entry.counted = nil
                try update(&entry.tally, after: entry.sequence, query, reader)
                entry.sequence = range.last
            }
            if entry.sequence == range.last, entry.counted == nil, entry.tally.nested.count <= changesMax {
                entry.counted = try withoutNested(entry.tally, reader)
            }
            if entry.sequence >= range.last || changesMax < .max {
                kept.statistics.keep(entry, bytes: entry.byteCount, for: query)
            }
            if entry.sequence >= range.last, let own = entry.counted { return (entry.tally, own) }
        }
        guard changesMax == .max else { return nil }
        let all = try counted(query, reader)
        let entry = KeptStatistics(tally: all, counted: try withoutNested(all, reader), sequence: range.last)
        kept.statistics.keep(entry, bytes: entry.byteCount, for: query)
        return entry.counted.map { (all, $0) }
    }

    /// The tally without the consolidated reports that others have in them: a read by key for each.
    private func withoutNested(_ all: StatisticsTally, _ reader: FactReader) throws(SQLiteError) -> StatisticsTally {
        var tally = all
        for report in all.nested {
            try forEach(
                "SELECT \(FactReader.columns) FROM fact WHERE year = ? AND report_id = ?",
                [Value(report.year), Value(report.id)]
            ) { row throws(SQLiteError) in try tally.add(row, reader, times: -1) }
        }
        return tally
    }

    /// The tally of all reports.
    private func counted(_ query: StatisticsQuery, _ reader: FactReader) throws(SQLiteError) -> StatisticsTally {
        var tally = StatisticsTally(query)
        try forEachFact(query.filter) { row throws(SQLiteError) in try tally.add(row, reader, times: 1) }
        return tally
    }

    /// The numbers of the changes that are still known.
    func changes() throws(SQLiteError) -> (first: Int, last: Int) {
        // Both in one SELECT would look at every change.
        try connection.queryOne(
            "SELECT coalesce((SELECT min(seq) FROM fact_change), 1), coalesce((SELECT max(seq) FROM fact_change), 0)"
        ) { row in (row.int(0), row.int(1)) } ?? (1, 0)
    }

    /// Takes away what the facts were that have changed, and adds what they are.
    private func update(
        _ tally: inout StatisticsTally, after sequence: Int, _ query: StatisticsQuery, _ reader: FactReader
    ) throws(SQLiteError) {
        try forEachChange(since: sequence, query.filter) { row, isNew throws(SQLiteError) in
            try tally.add(row, reader, times: isNew ? 1 : -1)
        }
    }

    /// Lends the facts that a filter's dimensions and words hold, in no order.
    func forEachFact(
        _ filter: ReportFilter, _ body: (borrowing Row) throws(SQLiteError) -> Void
    ) throws(SQLiteError) {
        for source in try FactSource.all(filter, connection) { try source.forEachRow(connection, body) }
    }

    /// Lends the facts that have changed since a change, first as they were and then as they are, as far as a filter's
    /// dimensions hold them.
    func forEachChange(
        since sequence: Int, _ filter: ReportFilter,
        _ body: (borrowing Row, _ isNew: Bool) throws(SQLiteError) -> Void
    ) throws(SQLiteError) {
        let (predicate, values) = filter.predicate
        try forEach(
            """
            SELECT \(FactReader.columns) FROM fact_change
            WHERE seq IN (SELECT min(seq) FROM fact_change WHERE seq > ? GROUP BY report_id) AND form IS NOT NULL
                AND \(predicate)
            """, [Value(sequence)] + values
        ) { row throws(SQLiteError) in try body(row, false) }
        try forEachChangedFact(since: sequence, filter) { row throws(SQLiteError) in try body(row, true) }
    }

    /// Lends the facts that have changed since a change, as they are, as far as a filter's dimensions hold them.
    func forEachChangedFact(
        since sequence: Int, _ filter: ReportFilter, _ body: (borrowing Row) throws(SQLiteError) -> Void
    ) throws(SQLiteError) {
        let (predicate, values) = filter.predicate
        try forEach(
            """
            SELECT \(FactReader.columns) FROM fact
            WHERE (year, report_id) IN (SELECT DISTINCT year, report_id FROM fact_change WHERE seq > ?)
                AND \(predicate)
            """, [Value(sequence)] + values, body)
    }

    /// Gives the reports whose facts have changed since a change, some of them more than once.
    func forEachChangedReport(since sequence: Int, _ body: (ReportKey) -> Void) throws(SQLiteError) {
        try forEach("SELECT report_id, year FROM fact_change WHERE seq > ?", [Value(sequence)]) { row in
            body(FactReader.key(row))
        }
    }

    private func forEach(
        _ sql: String, _ values: [Value], _ body: (borrowing Row) throws(SQLiteError) -> Void
    ) throws(SQLiteError) {
        try connection.forEachRow(SQL(sql), values, body)
    }

    /// An agency that has a successor: it is not expected to report in the years for which it has not.
    private struct EndedAgency {
        let id: Int32
        let years: Set<Int>
    }

    private func endedAgencies(_ query: StatisticsQuery) throws(SQLiteError) -> [StatisticsKey: [EndedAgency]] {
        let (predicate, values) = query.filter.predicate
        var years: [Int32: (key: StatisticsKey, years: Set<Int>)] = [:]
        // By the agencies, of which few have a successor, and not through all reports of a year.
        try forEach(
            """
            SELECT \(FactReader.columns) FROM fact INDEXED BY fact_agency
            WHERE agency_id IN (SELECT id FROM agency WHERE successor_id IS NOT NULL) AND \(predicate)
            """, values
        ) { row throws(SQLiteError) in
            let form = try FactReader.form(row)
            guard FactReader.isOwn(row) == (query.scope == .own) else { return }
            let key = StatisticsKey(row, form, query.dimensions)
            let agency = Int32(truncatingIfNeeded: FactReader.agency(row))
            years[agency, default: (key, [])].years.insert(FactReader.year(row))
        }
        return Dictionary(grouping: years, by: \.value.key)
            .mapValues { $0.map { EndedAgency(id: $0.key, years: $0.value.years) } }
    }
}

extension StatisticsQuery {
    /// Whether it can be said how many agencies are expected: not where reports are chosen by what stands in them, since
    /// nobody knows what those would say that there are not.
    fileprivate var knowsCoverage: Bool {
        filter.text == nil && !dimensions.contains(.form)
            && filter.conditions.allSatisfy { $0.field == .year || $0.field.isLasting }
    }

    /// Whether it is about one year, and about all reports that its agencies have for it.
    fileprivate var asksOfWholeYear: Bool { filter.onlyYear != nil && knowsCoverage }

    /// The question how many agencies there are in each group, whenever they reported.
    fileprivate var registered: StatisticsQuery {
        let lasting = filter.conditions.filter(\.field.isLasting)
        return StatisticsQuery(
            filter: ReportFilter(lasting), scope: scope, dimensions: dimensions.filter { $0 != .year && $0 != .form })
    }
}

extension StatisticsKey {
    /// The key without what an agency does not keep over the years.
    fileprivate var registered: StatisticsKey {
        var key = self
        key.year = nil
        key.form = nil
        return key
    }
}

extension ReportFilter.Field {
    /// Whether it is of the agency, and not of one of its reports.
    fileprivate var isLasting: Bool {
        switch self {
        case .region, .level, .kind, .agency: true
        case .year, .form, .scope, .finding, .measure: false
        }
    }
}

extension ReportFilter {
    /// The year, where the filter names one alone.
    public var onlyYear: Int? {
        let years = conditions.filter { $0.field == .year }
        guard years.count == 1, let condition = years.first, !condition.isNegated,
            case .compare(.eq, .number(let year)) = condition.test
        else { return nil }
        return Int(exactly: year)
    }
}
