import Documents
import Reports

/// Finds the counts that sentences state of what the tables state.
///
/// A count is taken only where its clause says what is counted; mailboxes, hotlines, other years, comparisons and
/// approximations are left alone.
struct StatementReader: Sendable {
    private let year: ReportYear?

    /// - Parameter year: the year of the report; counts of other years are not its own.
    init(year: ReportYear?) {
        self.year = year
    }

    /// The statements of one paragraph.
    func statements(_ paragraph: String, at place: DocumentPlace) -> [Statement] {
        guard paragraph.contains("申请") || paragraph.contains("复议") || paragraph.contains("诉讼") else { return [] }
        return paragraph.split { "。；;".contains($0) }.flatMap { statements(sentence: $0, place) }
    }

    private func statements(sentence: Substring, _ place: DocumentPlace) -> [Statement] {
        guard isAboutTheYear(sentence), sentence.contains("申请") || sentence.contains("复议") || sentence.contains("诉讼")
        else { return [] }
        var found: [Statement] = []
        for clause in sentence.split(whereSeparator: { "，,、：:（）()".contains($0) }) {
            let counts = ClauseCounts(clause)
            for (words, count) in counts.pairs {
                guard let subject = Self.subject(words) else { continue }
                found.append(statement(subject, count, clause, place))
            }
            if Self.saysNone(clause) { found.append(statement(.received, 0, clause, place)) }
            if Self.saysAll(clause) { found.append(statement(.allAnswered, 0, clause, place)) }
        }
        return found
    }

    private func statement(
        _ subject: Statement.Subject, _ count: Int, _ clause: Substring, _ place: DocumentPlace
    ) -> Statement {
        var place = place
        place.text = String(clause)
        return Statement(subject: subject, count: count, place: place)
    }

    private func isAboutTheYear(_ sentence: Substring) -> Bool {
        guard let year else { return true }
        return YearText.all(in: String(sentence)).allSatisfy { $0 == year }
    }

    /// Words of what is not, or not all of, what the table counts.
    private static let decoys = [
        "信箱", "热线", "工单", "来信", "咨询", "建议", "提案", "举报", "信访", "比", "同比", "增加", "增长", "减少", "下降", "累计",
        "历年", "计划", "网络申请", "信函", "当面", "传真", "邮件", "平台", "窗口", "电话", "近", "约", "国务院", "申请中", "自然人", "法人",
        "企业", "其他组织", "不掌握", "没有现成", "不明确", "涉及",
    ]

    /// What the words before a count say is counted; nil where they do not say.
    private static func subject(_ words: Substring) -> Statement.Subject? {
        var words = words
        if let start = words.firstRange(of: "其中") { words = words[start.upperBound...] }
        guard !decoys.contains(where: { words.contains($0) }) else { return nil }
        return rules.first { rule in
            rule.words.contains { words.contains($0) } && rule.also.allSatisfy { words.contains($0) }
        }?
        .subject
    }

    private struct Rule: Sendable {
        let subject: Statement.Subject
        let words: [String]
        var also: [String] = []
    }

    private static let rules: [Rule] = [
        Rule(subject: .carriedForward, words: ["结转下年", "结转下一年", "结转至下", "转下年"]),
        Rule(subject: .carriedOver, words: ["上年结转", "结转上年", "上年度结转", "上一年结转", "上一年度结转"]),
        Rule(subject: .partiallyGranted, words: ["部分公开"]),
        Rule(subject: .denied, words: ["不予公开"]),
        Rule(subject: .granted, words: ["予以公开"]),
        Rule(subject: .unavailable, words: ["无法提供"]),
        Rule(subject: .notHandled, words: ["不予处理"]),
        Rule(subject: .reviews, words: ["行政复议"]),
        Rule(subject: .lawsuits, words: ["行政诉讼"]),
        Rule(subject: .received, words: ["收到", "新收", "受理", "接收"], also: ["申请"]),
        Rule(subject: .answered, words: ["办结", "答复"]),
    ]

    private static func saysNone(_ clause: Substring) -> Bool {
        ["未收到", "没有收到", "未接到"].contains { clause.contains($0) } && clause.contains("申请")
    }

    private static func saysAll(_ clause: Substring) -> Bool {
        ["均已答复", "均已办结", "均及时答复", "均按时答复", "全部办结", "全部答复", "均按期答复", "均在法定期限内答复"]
            .contains { clause.contains($0) }
    }
}

/// The counts of a clause (`予以公开3件`), each with the words before it.
struct ClauseCounts: Sendable {
    /// Words and count, in order.
    private(set) var pairs: [(words: Substring, count: Int)] = []

    private static let units: Set<Character> = ["件", "宗", "起"]

    /// Reads a clause. A number before anything but a unit is no count, nor is one that is rounded (余, 多).
    init(_ clause: Substring) {
        var start = clause.startIndex
        var at = clause.startIndex
        while at < clause.endIndex {
            guard clause[at].isASCII, clause[at].isNumber else {
                at = clause.index(after: at)
                continue
            }
            let end = clause[at...].firstIndex { !($0.isASCII && $0.isNumber) } ?? clause.endIndex
            if end < clause.endIndex, Self.units.contains(clause[end]), let count = Int(clause[at..<end]) {
                pairs.append((clause[start..<at], count))
                start = clause.index(after: end)
            }
            at = end
        }
    }
}
