public import Reports
internal import SQLite

extension StoreSnapshot {
    /// A page of reports.
    ///
    /// In the order of years it reads as many facts as it takes to find the page; where these are many, and in an order
    /// that facts decide, those of all reports that the filter's dimensions hold once, and then of those that have changed;
    /// in any other order those of all each time.
    ///
    /// - Parameters:
    ///   - after: where the page before ended; nil for the first.
    ///   - limit: the most to give.
    public func reports(
        _ query: ReportListQuery, after: ReportListQuery.Position? = nil, limit: Int
    ) throws(StoreError) -> [ListedReport] {
        var found: [ListedReport] = []
        for position in try positions(query, after: after, limit: limit) {
            if let report = try report(at: position, query) { found.append(report) }
        }
        return found
    }

    /// Where the reports of a page stand, without what is known of them.
    public func positions(
        _ query: ReportListQuery, after: ReportListQuery.Position? = nil, limit: Int
    ) throws(StoreError) -> [ReportListQuery.Position] {
        try StoreError.mapping {
            if let kept = try keptPositions(query, after: after, limit: limit) { return kept }
            return try query.order.isEmpty ? inOrder(query, after, limit) : sorted(query, after, limit)
        }
    }

    /// The report that stands at a position; nil where it has been withdrawn since the position was found.
    public func report(
        at position: ReportListQuery.Position, _ query: ReportListQuery
    ) throws(StoreError) -> ListedReport? {
        try StoreError.mapping { try listed(position, query) }
    }

    /// Some reports by their numbers, each with the checks that have findings, but for those that are withdrawn. A point
    /// read for each.
    public func findings(of reports: some Sequence<Int>) throws(StoreError) -> [(head: ReportHead, checks: CheckSet)] {
        try StoreError.mapping {
            try reports.compactMap { report in
                try connection.queryOne(Self.listingWithFindings, [Value(report)]) { row throws(SQLiteError) in
                    (try Store.head(row), CheckSet(rawValue: Int64(row.int(18))))
                }
            }
        }
    }

    /// The number of reports that a filter holds.
    public func reportCount(_ filter: ReportFilter) throws(StoreError) -> Int {
        try StoreError.mapping {
            let reader = FactReader(filter, measures: [])
            var count = 0
            for source in try FactSource.all(filter, connection) {
                if source.text == nil, filter.measureConditions.isEmpty {
                    count += try source.countRows(connection)
                    continue
                }
                try source.forEachRow(connection) { row throws(SQLiteError) in
                    if reader.holds(row, try FactReader.form(row)) { count += 1 }
                }
            }
            return count
        }
    }

    /// Some ten thousand rows: a page that takes a look at more is of a list that is kept for who asks on.
    private static let operationsMax = 100_000

    /// A page in the order of the table, which is that of years.
    private func inOrder(
        _ query: ReportListQuery, _ after: ReportListQuery.Position?, _ limit: Int
    ) throws(SQLiteError) -> [ReportListQuery.Position] {
        let reader = FactReader(query.filter, measures: [])
        var found: [ReportListQuery.Position] = []
        var operations = 0
        for source in try FactSource.all(query.filter, after: after, connection) {
            let first = try source.first(limit, connection) { row throws(SQLiteError) -> ReportListQuery.Position? in
                guard reader.holds(row, try FactReader.form(row)) else { return nil }
                return ReportListQuery.Position(values: [], year: FactReader.year(row), report: FactReader.id(row))
            }
            found += first.found
            operations += first.operations
        }
        if operations > Self.operationsMax, let question = query.keptQuestion { kept.lists.note(question) }
        return Array(found.sorted { ($0.year, $0.report) < ($1.year, $1.report) }.prefix(limit))
    }

    /// A page in any other order: the first ones behind a position, of all.
    private func sorted(
        _ query: ReportListQuery, _ after: ReportListQuery.Position?, _ limit: Int
    ) throws(SQLiteError) -> [ReportListQuery.Position] {
        let reader = KeyReader(query, regions)
        var first = FirstPositions(limit: limit, order: query.order, after: after)
        try forEachFact(query.filter) { row throws(SQLiteError) in
            guard let values = try reader.values(row, connection) else { return }
            first.add(
                ReportListQuery.Position(values: values, year: FactReader.year(row), report: FactReader.id(row)))
        }
        return first.all
    }

    // What is known of a report without its document, with something of its facts behind it: three literals, since a
    // statement is found by the address of its text, once for each line of a list.

    private static let listing: SQL = """
        SELECT a.id, a.name, a.region, r.id, r.agency_name, r.year, r.form, r.scope, r.title, r.revision,
            r.revised_at, r.modified_at, r.withdrawn, r.reason, r.sha256, r.published_on, r.errors, r.warnings,
            a.level, a.kind
        FROM report r JOIN agency a ON a.id = r.agency_id WHERE r.id = ?1 AND r.withdrawn = 0
        """
    private static let listingWithFigures: SQL = """
        SELECT a.id, a.name, a.region, r.id, r.agency_name, r.year, r.form, r.scope, r.title, r.revision,
            r.revised_at, r.modified_at, r.withdrawn, r.reason, r.sha256, r.published_on, r.errors, r.warnings,
            f.level, f.kind, f.figures
        FROM report r JOIN agency a ON a.id = r.agency_id JOIN fact f ON f.year = r.year AND f.report_id = r.id
        WHERE r.id = ?1
        """
    private static let listingWithFindings: SQL = """
        SELECT a.id, a.name, a.region, r.id, r.agency_name, r.year, r.form, r.scope, r.title, r.revision,
            r.revised_at, r.modified_at, r.withdrawn, r.reason, r.sha256, r.published_on, r.errors, r.warnings,
            f.findings | f.cross_findings
        FROM report r JOIN agency a ON a.id = r.agency_id JOIN fact f ON f.year = r.year AND f.report_id = r.id
        WHERE r.id = ?1
        """

    private func listed(_ position: ReportListQuery.Position, _ query: ReportListQuery) throws(SQLiteError)
        -> ListedReport?
    {
        let isPlain = query.measures.isEmpty
        return try connection.queryOne(
            isPlain ? Self.listing : Self.listingWithFigures, [Value(position.report)]
        ) { row throws(SQLiteError) in
            let head = try Store.head(row)
            let (figures, indicators) =
                isPlain ? ([], []) : row.withBytes(20) { figures in query.measures.values(in: figures, head.form) }
            return ListedReport(
                head: head, level: row.optionalText(18).flatMap(AgencyLevel.init),
                kind: row.optionalText(19).flatMap(AgencyKind.init), figures: figures, indicators: indicators,
                position: position)
        }
    }
}

extension [Measure] {
    /// The figures and indicators of one report, each nil in the place of the other.
    fileprivate func values(in figures: Span<UInt8>, _ form: ReportForm) -> ([Quantity?], [IndicatorValue?]) {
        let slots = FigureSlots.of(form)
        var quantities: [Quantity?] = []
        var indicators: [IndicatorValue?] = []
        for measure in self {
            switch measure {
            case .figure(let path):
                // As conditions and orders take it: else a list would show a blank where it was chosen by a figure.
                let printed = Crosswalk.figure(for: path, in: form)
                quantities.append(
                    printed.flatMap { slots.slot(of: $0) }.flatMap { slots.quantity(at: $0, in: figures) })
                indicators.append(nil)
            case .indicator(let indicator):
                let (numerator, denominator) = slots.slots(of: indicator)
                let top = slots.quantity(at: numerator, in: figures)?.count
                let bottom = slots.quantity(at: denominator, in: figures)?.count
                quantities.append(nil)
                indicators.append(
                    measure.isRate ? IndicatorValue(top, over: bottom, per: indicator.per) : IndicatorValue(net: top))
            case .refusal, .merged:
                let reading = MeasureReader(measure).value(in: figures, form).reading(of: measure)
                quantities.append(reading.amount)
                indicators.append(reading.rate)
            }
        }
        return (quantities, indicators)
    }
}

/// The first positions of an order, of any number.
private struct FirstPositions {
    private let limit: Int
    private let order: [ReportListQuery.Order]
    private let after: ReportListQuery.Position?
    private var found: [ReportListQuery.Position] = []
    /// Behind this one nothing is wanted any more.
    private var last: ReportListQuery.Position?

    init(limit: Int, order: [ReportListQuery.Order], after: ReportListQuery.Position?) {
        self.limit = limit
        self.order = order
        self.after = after
    }

    /// Amortized O(log limit).
    mutating func add(_ position: ReportListQuery.Position) {
        if let after, !precedes(after, position) { return }
        if let last, !precedes(position, last) { return }
        found.append(position)
        if found.count >= 4 * limit + 64 { trim() }
    }

    var all: [ReportListQuery.Position] {
        Array(found.sorted { precedes($0, $1) }.prefix(limit))
    }

    private mutating func trim() {
        found = all
        last = found.count == limit ? found.last : nil
    }

    private func precedes(_ left: ReportListQuery.Position, _ right: ReportListQuery.Position) -> Bool {
        for (index, key) in order.enumerated() {
            guard left.values.indices.contains(index), right.values.indices.contains(index) else { return false }
            switch (left.values[index], right.values[index]) {
            case (nil, nil): continue
            case (nil, _): return false
            case (_, nil): return true
            case (let left?, let right?) where left == right: continue
            case (let left?, let right?): return (left < right) != key.isDescending
            }
        }
        return (left.year, left.report) < (right.year, right.report)
    }
}

extension Store {
    /// The number of reports that a filter holds.
    public func reportCount(_ filter: ReportFilter = ReportFilter()) async throws(StoreError) -> Int {
        do {
            return try await longSnapshot { try $0.reportCount(filter) }
        } catch {
            throw StoreError(any: error)
        }
    }
}
