public import Reports
internal import SQLite

extension StoreSnapshot {
    /// A page of reports.
    ///
    /// In the order of years it reads as many facts as it takes to find the page; where these are many, and in any other
    /// order, those of all reports that the filter's dimensions hold once, and then of those that have changed. With words
    /// to look for, those of all each time.
    ///
    /// - Parameters:
    ///   - after: where the page before ended; nil for the first.
    ///   - limit: the most to give.
    public func reports(
        _ query: ReportListQuery, after: ReportListQuery.Position? = nil, limit: Int
    ) throws(StoreError) -> [ListedReport] {
        let figures = ListedFigures(query.measures)
        var found: [ListedReport] = []
        for key in try keys(query, after: after, limit: limit) {
            if let report = try report(key, figures) { found.append(report) }
        }
        return found
    }

    /// The reports of a page, without what is known of them.
    public func keys(
        _ query: ReportListQuery, after: ReportListQuery.Position? = nil, limit: Int
    ) throws(StoreError) -> [ReportKey] {
        try StoreError.mapping {
            if let kept = try keptKeys(query, after: after, limit: limit) { return kept }
            return try query.order.isEmpty ? inOrder(query, after, limit) : sorted(query, after, limit)
        }
    }

    /// The position of a report in a list, for the page that begins behind it. Two point reads; none in the order of years.
    public func position(
        of report: ReportKey, in query: ReportListQuery
    ) throws(StoreError) -> ReportListQuery.Position {
        guard !query.order.isEmpty else { return ReportListQuery.Position(values: [], report: report) }
        return try StoreError.mapping {
            let values = try KeyReader(query, regions).values(of: report, connection)
            return ReportListQuery.Position(values: values ?? [], report: report)
        }
    }

    /// A report of a list; nil where it has been withdrawn since it was found.
    public func report(_ key: ReportKey, _ figures: ListedFigures) throws(StoreError) -> ListedReport? {
        try StoreError.mapping { try listed(key, figures) }
    }

    /// Some reports by their numbers, but for those that are withdrawn. A point read for each.
    public func heads(of reports: some Sequence<Int>) throws(StoreError) -> [ReportHead] {
        try StoreError.mapping {
            try reports.compactMap { report in
                try connection.queryOne(Self.listing, [Value(report)]) { row throws(SQLiteError) in try Store.head(row)
                }
            }
        }
    }

    /// The checks that found errors in a report, each once, in their order.
    public func failedChecks(of report: ReportHead) throws(StoreError) -> [Check.ID] {
        guard let checks = CheckSet(findings: try findings(of: report), severity: .error) else {
            throw .corrupt("stored findings cannot be read")
        }
        return Check.ID.allCases.filter { checks.contains(CheckSet($0)) }
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
    ) throws(SQLiteError) -> [ReportKey] {
        let reader = FactReader(query.filter, measures: [])
        var found: [ReportKey] = []
        var operations = 0
        for source in try FactSource.all(query.filter, after: after, connection) {
            let first = try source.first(limit, connection) { row throws(SQLiteError) -> ReportKey? in
                guard reader.holds(row, try FactReader.form(row)) else { return nil }
                return FactReader.key(row)
            }
            found += first.found
            operations += first.operations
        }
        if operations > Self.operationsMax, let question = query.keptQuestion { kept.lists.note(question) }
        return Array(found.sorted().prefix(limit))
    }

    /// A page in any other order: the first ones behind a position, of all.
    private func sorted(
        _ query: ReportListQuery, _ after: ReportListQuery.Position?, _ limit: Int
    ) throws(SQLiteError) -> [ReportKey] {
        let reader = KeyReader(query, regions)
        var first = FirstKeys(limit: limit, after: after.map { SortKey($0, query) })
        try forEachFact(query.filter) { row throws(SQLiteError) in
            if let key = try reader.sortKey(row, connection) { first.add(key) }
        }
        return first.all.map(\.report)
    }

    // What is known of a report without its document, with something of its facts behind it: two literals, since a
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
    private func listed(_ key: ReportKey, _ shown: ListedFigures) throws(SQLiteError) -> ListedReport? {
        try connection.queryOne(
            shown.isEmpty ? Self.listing : Self.listingWithFigures, [Value(key.report)]
        ) { row throws(SQLiteError) in
            let head = try Store.head(row)
            let (figures, indicators) =
                shown.isEmpty ? ([], []) : row.withBytes(20) { figures in shown.values(in: figures, head.form) }
            return ListedReport(
                head: head, level: row.optionalText(18).flatMap(AgencyLevel.init),
                kind: row.optionalText(19).flatMap(AgencyKind.init), figures: figures, indicators: indicators)
        }
    }
}

/// The first keys behind one, of any number.
private struct FirstKeys {
    private let limit: Int
    private let after: SortKey?
    private var found: [SortKey] = []
    /// Behind this one nothing is wanted any more.
    private var last: SortKey?

    init(limit: Int, after: SortKey?) {
        self.limit = limit
        self.after = after
    }

    /// Amortized O(log limit).
    mutating func add(_ key: SortKey) {
        if let after, key <= after { return }
        if let last, last <= key { return }
        found.append(key)
        if found.count >= 4 * limit + 64 { trim() }
    }

    var all: [SortKey] { Array(found.sorted().prefix(limit)) }

    private mutating func trim() {
        found = all
        last = found.count == limit ? found.last : nil
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
