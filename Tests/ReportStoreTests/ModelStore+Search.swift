import ReportStore
import Reports

extension ModelStore {
    /// Words to look for: the query that asks for them, which have to be there, and which must not.
    static let words: [(query: String, wanted: [String], excluded: [String])] = [
        ("推进", ["推进"], []), ("教育局", ["教育局"], []), ("局", ["局"], []), ("县", ["县"], []),
        ("年度报告 收到申请", ["年度报告", "收到申请"], []), ("“公开” -二〇二三", ["公开"], ["二〇二三"]), ("0件", ["0件"], []),
        ("新华區", ["新华区"], []), ("认真落实各项要求", ["认真落实各项要求"], []), ("别名甲", ["别名甲"], []),
        ("报告 -新华区 -推进", ["报告"], ["新华区", "推进"]), ("镇平县　教育局 推进", ["镇平县", "教育局", "推进"], []),
        ("没有这个词", ["没有这个词"], []), ("又做了许多别的工作", ["又做了许多别的工作"], []), ("推进 -教育局", ["推进"], ["教育局"]),
    ]

    private static let searches: [TextQuery: (wanted: [String], excluded: [String])] = {
        var searches: [TextQuery: (wanted: [String], excluded: [String])] = [:]
        for word in words {
            if let query = TextQuery(word.query) { searches[query] = (word.wanted, word.excluded) }
        }
        return searches
    }()

    /// Whether a report has the words of a query: each somewhere in its title, its agency's names or its prose.
    func holds(_ query: TextQuery, _ report: Report) -> Bool {
        let draft = report.last.draft
        let search = Self.searches[query] ?? ([], [])
        let texts = [report.last.report.title, draft.agency, agencies[report.agency - 1].name, draft.prose]
            .map { $0.filter { !$0.isWhitespace } }
        func stands(_ word: String) -> Bool { texts.contains { $0.contains(word) } }
        return search.wanted.allSatisfy(stands) && !search.excluded.contains(where: stands)
    }
}
