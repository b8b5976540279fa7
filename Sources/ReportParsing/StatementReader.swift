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

    private static let topics: Words = ["申请", "复议", "诉讼"]
    private static let sentenceEnds: Words = ["。", "；", ";"]
    private static let clauseEnds: Words = ["，", ",", "、", "：", ":", "（", "）", "(", ")"]

    /// The statements of a paragraph; most name nothing that is counted.
    func statements(_ piece: Piece, _ tape: Tape) -> [Statement] {
        guard tape.document.bytes(piece.span).contains(Self.topics) else { return [] }
        return statements(tape.folded(piece), at: tape.place(piece))
    }

    /// The statements of one paragraph, white space removed. O(length × words).
    func statements(_ paragraph: ArraySlice<UInt8>, at place: DocumentPlace) -> [Statement] {
        paragraph.split(atAny: Self.sentenceEnds).flatMap { statements(sentence: $0, place) }
    }

    private func statements(sentence: ArraySlice<UInt8>, _ place: DocumentPlace) -> [Statement] {
        guard sentence.contains(Self.topics), isAboutTheYear(sentence) else { return [] }
        let saysNone = sentence.contains(Self.none)
        let saysAll = sentence.contains(Self.all)
        guard saysNone || saysAll || sentence.contains(where: { (0x30...0x39).contains($0) }) else { return [] }
        return sentence.split(atAny: Self.clauseEnds).flatMap { clause in
            var found = ClauseCounts(clause).pairs.compactMap { words, count in
                Self.subject(words).map { ($0, count) }
            }
            if saysNone, clause.contains(Self.none), clause.contains(Self.requests) { found.append((.received, 0)) }
            if saysAll, clause.contains(Self.all) { found.append((.allAnswered, 0)) }
            return statements(found, clause, place)
        }
    }

    private func statements(
        _ found: [(Statement.Subject, Int)], _ clause: ArraySlice<UInt8>, _ place: DocumentPlace
    ) -> [Statement] {
        guard !found.isEmpty else { return [] }
        var place = place
        place.text = String(decoding: clause, as: UTF8.self)
        return found.map { Statement(subject: $0.0, count: $0.1, place: place) }
    }

    private func isAboutTheYear(_ sentence: ArraySlice<UInt8>) -> Bool {
        guard let year, sentence.contains(Self.yearSign) else { return true }
        return YearText.all(in: sentence).allSatisfy { $0 == year }
    }

    private static let yearSign: Words = ["年"]
    private static let none: Words = ["未收到", "没有收到", "未接到"]
    private static let requests: Words = ["申请"]
    private static let all: Words = [
        "均已答复", "均已办结", "均及时答复", "均按时答复", "全部办结", "全部答复", "均按期答复", "均在法定期限内答复",
    ]

    /// Words of what is not, or not all of, what the table counts.
    private static let decoys: Words = [
        "信箱", "热线", "工单", "来信", "咨询", "建议", "提案", "举报", "信访", "比", "增加", "增长", "减少", "下降", "累计", "历年",
        "计划", "网络申请", "信函", "当面", "传真", "邮件", "平台", "窗口", "电话", "近", "约", "国务院", "申请中", "自然人", "法人", "企业",
        "其他组织", "不掌握", "没有现成", "不明确", "涉及",
    ]
    private static let amongThem = Array("其中".utf8)

    /// What the words before a count say is counted; nil where they do not say.
    private static func subject(_ words: ArraySlice<UInt8>) -> Statement.Subject? {
        let start = words.lastOffset(of: amongThem).map { $0 + amongThem.count } ?? words.startIndex
        let words = words[start...]
        let rule = rules.first { words.contains($0.words) && ($0.also.map { words.contains($0) } ?? true) }
        guard let rule, !words.contains(decoys) else { return nil }
        return rule.subject
    }

    private struct Rule: Sendable {
        let subject: Statement.Subject
        let words: Words
        var also: Words?
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
}

/// The counts of a clause (`予以公开3件`), each with the words before it.
struct ClauseCounts: Sendable {
    /// Words and count, in order.
    private(set) var pairs: [(words: ArraySlice<UInt8>, count: Int)] = []

    private static let units: Words = ["件", "宗", "起"]
    private static let digitsMax = 9

    /// Reads a clause. A number before anything but a unit is no count, nor is one that is rounded (余, 多).
    init(_ clause: ArraySlice<UInt8>) {
        var start = clause.startIndex
        var at = clause.startIndex
        while at < clause.endIndex {
            guard let (number, end) = Self.number(clause, at) else {
                at += 1
                continue
            }
            if let unit = clause.length(ofWordIn: Self.units, at: end) {
                pairs.append((clause[start..<at], number))
                start = end + unit
            }
            at = end
        }
    }

    private static func number(_ clause: ArraySlice<UInt8>, _ start: Int) -> (Int, end: Int)? {
        var number = 0
        var at = start
        while at < clause.endIndex, UInt8(ascii: "0")...UInt8(ascii: "9") ~= clause[at], at - start < digitsMax {
            number = number * 10 + Int(clause[at] - UInt8(ascii: "0"))
            at += 1
        }
        return at > start ? (number, at) : nil
    }
}
