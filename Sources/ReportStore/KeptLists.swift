internal import Reports
internal import SQLite
internal import Synchronization

/// A list of reports in its order, as it was after a change of the facts: a page of it costs what stands on it and not what
/// there is. A reader who finds it old brings a copy up to date and puts that in its place.
struct KeptList {
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

    var rows: [Row]
    /// The number of the last change that it holds.
    var sequence: Int
}

/// The lists that were asked for last.
final class KeptLists: Sendable {
    private static let notedMax = 64
    private let lists: KeptValues<KeptList.Question, KeptList>
    /// Questions in the order of years whose pages took long to find of late.
    private let noted = Mutex<[KeptList.Question]>([])

    init(bytesMax: Int) { lists = KeptValues(bytesMax: bytesMax) }

    /// The most rows of a list that is kept.
    var rowsMax: Int { lists.bytesMax / MemoryLayout<KeptList.Row>.stride }

    func list(for question: KeptList.Question) -> KeptList? { lists.value(for: question) }

    /// Notes that a page took long to find, so that the list is kept when it is asked for again: who asks once is not made to
    /// wait for it.
    func note(_ question: KeptList.Question) {
        noted.withLock { noted in
            guard !noted.contains(question) else { return }
            if noted.count == Self.notedMax { noted.removeFirst() }
            noted.append(question)
        }
    }

    func isNoted(_ question: KeptList.Question) -> Bool { noted.withLock { $0.contains(question) } }

    func keep(_ list: KeptList, for question: KeptList.Question) {
        lists.keep(list, bytes: list.rows.count * MemoryLayout<KeptList.Row>.stride, for: question)
    }
}

extension [KeptList.Row] {
    /// The number of rows that stand before one, of which some are known. O(log n).
    func place(of row: KeptList.Row, from start: Int = 0, isDescending: Bool) -> Int {
        var (low, high) = (start, count)
        while low < high {
            let middle = low + (high - low) / 2
            if self[middle].precedes(row, isDescending: isDescending) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension ReportListQuery {
    /// The list to be kept; nil for one whose order is not among the facts.
    var keptQuestion: KeptList.Question? {
        guard filter.text == nil, order.count <= 1, order.allSatisfy(\.key.isOfFacts) else { return nil }
        return KeptList.Question(filter: filter, order: order)
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

extension StoreSnapshot {
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
        var list = kept.lists.list(for: question)
        // Somebody has seen more than this snapshot.
        if let known = list, known.sequence > range.last { return nil }
        if let known = list, known.sequence < range.last {
            let isNear = known.sequence + 1 >= range.first
            list = isNear ? try updated(known, to: range.last, reader, query.filter, isDescending) : nil
            if let list { kept.lists.keep(list, for: question) }
        }
        if list == nil {
            // In the order of years a page may be found soon.
            guard !query.order.isEmpty || kept.lists.isNoted(question) else { return nil }
            list = try made(reader, query.filter, isDescending, range.last)
            if let list { kept.lists.keep(list, for: question) }
        }
        guard let list else { return nil }
        return page(list.rows, after, limit, query.order.isEmpty, isDescending)
    }

    private func page(
        _ rows: [KeptList.Row], _ after: ReportListQuery.Position?, _ limit: Int, _ hasNoKey: Bool,
        _ isDescending: Bool
    ) -> [ReportListQuery.Position] {
        var start = 0
        if let after {
            let last = KeptList.Row(
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
    ) throws(SQLiteError) -> KeptList? {
        var rows: [KeptList.Row] = []
        try forEachFact(filter) { row throws(SQLiteError) in
            guard rows.count <= kept.lists.rowsMax else { return }
            if let found = try reader.row(row, connection) { rows.append(found) }
        }
        guard rows.count <= kept.lists.rowsMax else { return nil }
        rows.sort { $0.precedes($1, isDescending: isDescending) }
        return KeptList(rows: rows, sequence: sequence)
    }

    /// The list without what reports were that have changed, and with what they are. O(rows + changes · log changes).
    private func updated(
        _ list: KeptList, to sequence: Int, _ reader: KeyReader, _ filter: ReportFilter, _ isDescending: Bool
    ) throws(SQLiteError) -> KeptList {
        var changes: [(row: KeptList.Row, isNew: Bool)] = []
        try forEachChange(since: list.sequence, filter) { row, isNew throws(SQLiteError) in
            if let found = try reader.row(row, connection) { changes.append((found, isNew)) }
        }
        changes.sort { $0.row.precedes($1.row, isDescending: isDescending) }
        var rows: [KeptList.Row] = []
        rows.reserveCapacity(list.rows.count + changes.count)
        // What lies between two changes is copied as a whole.
        var copied = 0
        for (row, isNew) in changes {
            let place = list.rows.place(of: row, from: copied, isDescending: isDescending)
            rows += list.rows[copied..<place]
            copied = place
            if isNew {
                rows.append(row)
            } else if place < list.rows.count, list.rows[place].key == row.key {
                copied += 1
            }
        }
        rows += list.rows[copied...]
        return KeptList(rows: rows, sequence: sequence)
    }
}

extension KeyReader {
    /// A report of a list; nil where the conditions on figures do not hold.
    fileprivate func row(_ row: borrowing Row, _ connection: Connection) throws(SQLiteError) -> KeptList.Row? {
        guard let values = try values(row, connection) else { return nil }
        return KeptList.Row(
            value: values.first.flatMap(\.number), year: FactReader.year(row), report: FactReader.id(row))
    }
}

extension ReportListQuery.KeyValue? {
    fileprivate var number: Double? {
        if case .number(let number)? = self { number } else { nil }
    }
}
