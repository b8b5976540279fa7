internal import Reports
internal import SQLite

/// Makes the lists that are kept, brings them up to date, and finds places in them.
struct ListMaker {
    private let query: ReportListQuery
    private let reader: KeyReader
    private let snapshot: StoreSnapshot

    init(_ query: ReportListQuery, _ snapshot: StoreSnapshot) {
        self.query = query
        self.snapshot = snapshot
        reader = KeyReader(query, snapshot.regions)
    }

    /// The list as it is; nil where it would be too long.
    func made(_ sequence: Int) throws(SQLiteError) -> KeptList? {
        var drafts = Drafts(query)
        let rowsMax = snapshot.kept.lists.rowsMax
        try snapshot.forEachFact(query.filter) { row throws(SQLiteError) in
            guard drafts.count <= rowsMax else { return }
            if let key = try reader.sortKey(row, snapshot.connection) { drafts.add(key) }
        }
        guard drafts.count <= rowsMax else { return nil }
        return KeptList(rows: drafts.sorted(), sequence: sequence)
    }

    /// The list without the reports that have changed, and with those of them that are in it now; nil where that would
    /// take longer than to make it anew. O(rows + changes · log rows).
    func updated(_ list: KeptList, to sequence: Int) throws(SQLiteError) -> KeptList? {
        var changed = ChangedReports()
        try snapshot.forEachChangedReport(since: list.sequence) { changed.insert($0) }
        // Some twenty places are looked at for each, and each may take two point reads.
        guard query.isOfOneNumber || changed.count * 20 <= list.rows.count else { return nil }
        var rows: [KeptList.Row] = []
        rows.reserveCapacity(list.rows.count + changed.count)
        for row in list.rows where !changed.contains(row.report) { rows.append(row) }
        var added: [SortKey] = []
        try snapshot.forEachChangedFact(since: list.sequence, query.filter) { row throws(SQLiteError) in
            if let key = try reader.sortKey(row, snapshot.connection) { added.append(key) }
        }
        added.sort()
        var places: [Int] = []
        for key in added { places.append(try place(of: key, in: rows, from: places.last ?? 0)) }
        rows.insert(added.map { KeptList.Row(prefix: $0.prefix, $0.report) }, at: places)
        return KeptList(rows: rows, sequence: sequence)
    }

    /// The number of rows that stand before a key, of which some are known. O(log rows), with two point reads for each row
    /// that begins like the key where there is more than that.
    func place(of key: SortKey, in rows: [KeptList.Row], from start: Int = 0) throws(SQLiteError) -> Int {
        var (low, high) = (start, rows.count)
        let prefix = key.prefix
        while low < high {
            let middle = low + (high - low) / 2
            let row = rows[middle]
            let precedes: Bool
            if row.prefix != prefix {
                precedes = row.prefix < prefix
            } else if query.isOfOneNumber {
                precedes = row.report < key.report
            } else {
                precedes = try sortKey(of: row.report) < key
            }
            if precedes { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func sortKey(of report: ReportKey) throws(SQLiteError) -> SortKey {
        let values = try reader.values(of: report, snapshot.connection)
        return SortKey(bytes: values.map(query.bytes(of:)) ?? [], report: report)
    }
}

/// The rows of a list before they are in order.
private struct Drafts {
    private struct Draft {
        let row: KeptList.Row
        /// Where its key stands in `bytes`.
        let start: Int
        let count: Int
    }

    /// Whether the rows tell their order by themselves.
    private let isOfOneNumber: Bool
    private var drafts: [Draft] = []
    /// The keys, one after the other: an array for each would take as long as all the rest.
    private var bytes: [UInt8] = []

    init(_ query: ReportListQuery) { isOfOneNumber = query.isOfOneNumber }

    var count: Int { drafts.count }

    mutating func add(_ key: SortKey) {
        let row = KeptList.Row(prefix: key.prefix, key.report)
        drafts.append(Draft(row: row, start: bytes.count, count: isOfOneNumber ? 0 : key.bytes.count))
        if !isOfOneNumber { bytes += key.bytes }
    }

    /// O(n log n).
    func sorted() -> [KeptList.Row] {
        let bytes = bytes.span
        let sorted = drafts.sorted { left, right in
            if left.row.prefix != right.row.prefix { return left.row.prefix < right.row.prefix }
            let order = bytes.extracting(left.start..<left.start + left.count)
                .order(to: bytes.extracting(right.start..<right.start + right.count))
            return order == 0 ? left.row.report < right.row.report : order < 0
        }
        return sorted.map(\.row)
    }
}

/// Reports that have changed, to be asked for by each of a million rows.
private struct ChangedReports {
    private var reports: Set<ReportKey> = []
    /// Whether there may be one of this number: most that are asked for are not there.
    private var isPossible = [Bool](repeating: false, count: 1 << 16)

    var count: Int { reports.count }

    mutating func insert(_ key: ReportKey) {
        reports.insert(key)
        isPossible[key.report & 0xffff] = true
    }

    func contains(_ key: ReportKey) -> Bool {
        isPossible[key.report & 0xffff] && reports.contains(key)
    }
}

extension [KeptList.Row] {
    /// Inserts rows, each before the one that has stood at its place; the places ascend. O(rows behind the first place).
    mutating func insert(_ rows: [KeptList.Row], at places: [Int]) {
        var (from, to) = (count, count + rows.count)
        self += rows
        for (row, place) in zip(rows, places).reversed() {
            while from > place {
                (from, to) = (from - 1, to - 1)
                self[to] = self[from]
            }
            to -= 1
            self[to] = row
        }
    }
}
