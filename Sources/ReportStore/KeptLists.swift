internal import Reports
internal import SQLite
internal import Synchronization

/// A list of reports in its order, as it was after a change of the facts: a page of it costs what stands on it and not what
/// there is. A reader who finds it old brings a copy up to date and puts that in its place.
struct KeptList {
    /// What makes a list.
    struct Question: Hashable {
        let filter: ReportFilter
        let order: [ReportListQuery.Order]
    }

    /// A report in a list: 16 bytes.
    struct Row: Hashable {
        /// The first bytes of what it is ordered by, see ``SortKey/prefix``.
        let prefix: UInt64
        /// Year and number, in one.
        private let key: Int

        init(prefix: UInt64, _ report: ReportKey) {
            self.prefix = prefix
            key = report.year << 32 | report.report & 0xffff_ffff
        }

        var report: ReportKey { ReportKey(year: key >> 32, report: key & 0xffff_ffff) }
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

extension ReportListQuery {
    /// The list to be kept; nil where words are looked for: what they find is in no order but the index's.
    var keptQuestion: KeptList.Question? {
        filter.text == nil ? KeptList.Question(filter: filter, order: order) : nil
    }
}

extension StoreSnapshot {
    /// A page of a list that is kept; nil where there is none, and where it would be too long.
    ///
    /// The first time it reads the facts of all reports that the filter's dimensions hold; asked again, those that have
    /// changed since.
    func keptKeys(
        _ query: ReportListQuery, after: ReportListQuery.Position?, limit: Int
    ) throws(SQLiteError) -> [ReportKey]? {
        guard let question = query.keptQuestion else { return nil }
        let range = try changes()
        let maker = ListMaker(query, self)
        var list = kept.lists.list(for: question)
        // Somebody has seen more than this snapshot.
        if let known = list, known.sequence > range.last { return nil }
        if let known = list, known.sequence < range.last {
            list = known.sequence + 1 >= range.first ? try maker.updated(known, to: range.last) : nil
            if let list { kept.lists.keep(list, for: question) }
        }
        if list == nil {
            // In the order of years a page may be found soon.
            guard !query.order.isEmpty || kept.lists.isNoted(question) else { return nil }
            list = try maker.made(range.last)
            if let list { kept.lists.keep(list, for: question) }
        }
        guard let rows = list?.rows else { return nil }
        var start = 0
        if let after = after.map({ SortKey($0, query) }) {
            start = try maker.place(of: after, in: rows)
            if start < rows.count, rows[start].report == after.report { start += 1 }
        }
        return rows[start...].prefix(limit).map(\.report)
    }
}
