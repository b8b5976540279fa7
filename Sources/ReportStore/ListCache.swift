internal import Reports
internal import SQLite
internal import Synchronization

/// The lists that were asked for last, in their order, so that a page costs what stands on it and not what there is.
///
/// A list is as it was after a change of the facts; a reader who finds it old brings a copy up to date and puts that in its
/// place. A lock, held for as long as a dictionary is looked up.
final class ListCache: Sendable {
    /// What makes a list: the filter, and at most one key.
    struct Question: Hashable {
        let filter: ReportFilter
        let order: [ReportListQuery.Order]
    }

    /// A report in a list: 16 bytes.
    struct Row: Hashable {
        /// What it is ordered by; NaN for what is not known.
        let value: Double
        /// Year and number, in one.
        let key: Int

        var year: Int { key >> 32 }
        var report: Int { key & 0xffff_ffff }

        init(value: Double?, year: Int, report: Int) {
            self.value = value ?? .nan
            key = year << 32 | report & 0xffff_ffff
        }

        /// The order of lists: what is not known comes last, and reports of the same value by year and number.
        func precedes(_ other: Row, isDescending: Bool) -> Bool {
            switch (value.isNaN, other.value.isNaN) {
            case (true, true): key < other.key
            case (true, false): false
            case (false, true): true
            case (false, false):
                value == other.value ? key < other.key : (value < other.value) != isDescending
            }
        }
    }

    /// A list as it was after a change.
    struct Entry {
        var rows: [Row]
        /// The number of the last change that it holds.
        var sequence: Int
    }

    private struct State {
        var entries: [Question: (entry: Entry, used: Int)] = [:]
        var rows = 0
        var uses = 0
        /// Questions that were asked lately and are not kept.
        var asked: [Question] = []
    }

    /// Rows of one list, and of all: 16 and 32 MiB.
    static let rowsMax = 1 << 20
    private static let allRowsMax = 1 << 21
    private static let askedMax = 64
    private let state = Mutex(State())

    /// A list that is kept. It stays there for others: who changes it has a copy.
    func entry(for question: Question) -> Entry? {
        state.withLock { state in
            state.uses += 1
            state.entries[question]?.used = state.uses
            return state.entries[question]?.entry
        }
    }

    /// Whether a question that is not kept was asked before: who asks once is not made to wait for a list.
    func isAskedAgain(_ question: Question) -> Bool {
        state.withLock { state in
            guard !state.asked.contains(question) else { return true }
            if state.asked.count == Self.askedMax { state.asked.removeFirst() }
            state.asked.append(question)
            return false
        }
    }

    func keep(_ entry: Entry, for question: Question) {
        guard entry.rows.count <= Self.rowsMax else { return }
        state.withLock { state in
            if let (old, _) = state.entries.removeValue(forKey: question) { state.rows -= old.rows.count }
            while state.rows + entry.rows.count > Self.allRowsMax,
                let oldest = state.entries.min(by: { $0.value.used < $1.value.used })
            {
                state.entries[oldest.key] = nil
                state.rows -= oldest.value.entry.rows.count
            }
            state.uses += 1
            state.entries[question] = (entry, state.uses)
            state.rows += entry.rows.count
        }
    }
}

extension [ListCache.Row] {
    /// The number of rows that stand before one. O(log n).
    func place(of row: ListCache.Row, isDescending: Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = low + (high - low) / 2
            if self[middle].precedes(row, isDescending: isDescending) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension ReportListQuery {
    /// The list to be kept; nil for one that is found as soon, or whose order is not among the facts.
    var keptQuestion: ListCache.Question? {
        guard filter.text == nil, order.count <= 1, order.allSatisfy(\.key.isOfFacts),
            !order.isEmpty || filter.isSifting
        else { return nil }
        return ListCache.Question(filter: filter, order: order)
    }
}

extension ReportListQuery.Key {
    /// Whether it is a number among the facts, so that a change of it is told of.
    fileprivate var isOfFacts: Bool {
        switch self {
        case .year, .agency, .region, .level, .kind, .form, .scope, .measure: true
        case .agencyName, .regionName, .title, .published, .errors, .warnings, .revision, .revisedAt: false
        }
    }
}

extension ReportFilter {
    /// Whether what it holds may be rare, so that a page takes a look at very many facts.
    fileprivate var isSifting: Bool {
        conditions.contains { condition in
            switch condition.field {
            case .measure, .finding: true
            case .year, .agency, .region, .level, .kind, .form, .scope: false
            }
        }
    }
}

extension StoreSnapshot {
    /// So many changes are followed; after more the list is made anew.
    private static let changesMax = 64

    /// A page of a list that is kept; nil where there is none, and where it would be too long.
    ///
    /// The first time it reads the facts of all reports that the filter's dimensions hold; asked again, those that have
    /// changed since.
    func keptPositions(
        _ query: ReportListQuery, after: ReportListQuery.Position?, limit: Int
    ) throws(SQLiteError) -> [ReportListQuery.Position]? {
        guard let question = query.keptQuestion else { return nil }
        let range = try changes()
        let reader = KeyReader(query, regions)
        let isDescending = query.order.first?.isDescending ?? false
        var entry = lists.entry(for: question)
        // Somebody has seen more than this snapshot.
        if let kept = entry, kept.sequence > range.last { return nil }
        if let kept = entry, kept.sequence < range.last {
            let isNear = kept.sequence + 1 >= range.first && range.last - kept.sequence <= Self.changesMax
            entry = try isNear ? updated(kept, to: range.last, reader, query.filter, isDescending) : nil
            if let entry { lists.keep(entry, for: question) }
        }
        if entry == nil {
            // In the order of years the first page may be found soon.
            guard !query.order.isEmpty || lists.isAskedAgain(question) else { return nil }
            entry = try made(reader, query.filter, isDescending, range.last)
            if let entry { lists.keep(entry, for: question) }
        }
        guard let entry else { return nil }
        return page(entry.rows, after, limit, query.order.isEmpty, isDescending)
    }

    private func page(
        _ rows: [ListCache.Row], _ after: ReportListQuery.Position?, _ limit: Int, _ hasNoKey: Bool,
        _ isDescending: Bool
    ) -> [ReportListQuery.Position] {
        var start = 0
        if let after {
            let last = ListCache.Row(
                value: after.values.first.flatMap(\.number), year: after.year, report: after.report)
            start = rows.place(of: last, isDescending: isDescending)
            if start < rows.count, rows[start].key == last.key { start += 1 }
        }
        return rows[start...].prefix(limit).map { row in
            let value = row.value.isNaN ? nil : ReportListQuery.KeyValue.number(row.value)
            return ReportListQuery.Position(values: hasNoKey ? [] : [value], year: row.year, report: row.report)
        }
    }

    private func made(
        _ reader: KeyReader, _ filter: ReportFilter, _ isDescending: Bool, _ sequence: Int
    ) throws(SQLiteError) -> ListCache.Entry? {
        var rows: [ListCache.Row] = []
        for source in try FactSource.all(filter, connection) {
            try source.forEachRow(connection) { row throws(SQLiteError) in
                guard rows.count <= ListCache.rowsMax else { return }
                if let found = try reader.row(row, connection) { rows.append(found) }
            }
        }
        guard rows.count <= ListCache.rowsMax else { return nil }
        rows.sort { $0.precedes($1, isDescending: isDescending) }
        return ListCache.Entry(rows: rows, sequence: sequence)
    }

    /// The list without what reports were that have changed, and with what they are.
    private func updated(
        _ entry: ListCache.Entry, to sequence: Int, _ reader: KeyReader, _ filter: ReportFilter, _ isDescending: Bool
    ) throws(SQLiteError) -> ListCache.Entry {
        var entry = entry
        try forEachChange(since: entry.sequence, filter) { row, isNew throws(SQLiteError) in
            guard let found = try reader.row(row, connection) else { return }
            let place = entry.rows.place(of: found, isDescending: isDescending)
            if isNew {
                entry.rows.insert(found, at: place)
            } else if place < entry.rows.count, entry.rows[place].key == found.key {
                entry.rows.remove(at: place)
            }
        }
        entry.sequence = sequence
        return entry
    }
}

extension KeyReader {
    /// A report of a list; nil where the conditions on figures do not hold.
    fileprivate func row(_ row: borrowing Row, _ connection: Connection) throws(SQLiteError) -> ListCache.Row? {
        guard let values = try values(row, connection) else { return nil }
        return ListCache.Row(
            value: values.first.flatMap(\.number), year: FactReader.year(row), report: FactReader.id(row))
    }
}

extension ReportListQuery.KeyValue? {
    fileprivate var number: Double? {
        if case .number(let number)? = self { number } else { nil }
    }
}
