import Documents
import Reports

/// Finds the counts that sentences state of what the tables state.
///
/// A count is taken only where its clause says what is counted; mailboxes, hotlines, other years, comparisons and
/// approximations are left alone.
struct StatementReader: Sendable {
    private let year: ReportYear?
    private let isOfPlace: Bool

    /// - Parameters:
    ///   - year: the year of the report; counts of other years are not its own.
    ///   - isOfPlace: whether the report may be that of a whole place, so that what 全县 received are its own figures.
    init(year: ReportYear?, isOfPlace: Bool = true) {
        self.year = year
        self.isOfPlace = isOfPlace
    }

    private static let topics: Words = ["申请", "复议", "诉讼", "许可决定", "处罚决定", "强制决定"]
    /// Rows of table 三: a sentence that begins with one needs no other topic.
    private static let rows: Words = [
        "予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "上年结转", "上年度结转", "结转上年", "结转下年", "结转下一年",
    ]
    /// Both, looked for at once: most paragraphs have none of them.
    private static let topicsAndRows = Words(topics, rows)
    private static let sentenceEnds: Words = ["。", "；", ";"]
    private static let clauseEnds: Words = ["，", ",", "、", "：", ":", "（", "）", "(", ")"]

    /// The statements of a paragraph; most name nothing that is counted.
    func statements(_ piece: Piece, _ tape: Tape) -> [Statement] {
        let bytes = tape.document.bytes(piece.span)
        guard bytes.contains(Self.topicsAndRows) else { return [] }
        // The text of a place is that of the clause.
        return statements(tape.folded(piece), at: tape.place(piece, text: ""))
    }

    /// The statements of one paragraph, white space removed. O(length × words).
    func statements(_ paragraph: ArraySlice<UInt8>, at place: DocumentPlace) -> [Statement] {
        let sentences = paragraph.split(atAny: Self.sentenceEnds)
        return sentences.indices.flatMap { index in
            let sentence = sentences[index]
            let standing = Self.sentenceGroups.standing(in: sentence.span)
            let isAboutRequests =
                standing.contains(.topic) || Self.beginsAsRow(sentence) && !paragraph.contains(Self.otherTopics)
            guard isAboutRequests, !standing.contains(.foreign) else { return [Statement]() }
            let found = statements(sentence: sentence, standing, place)
            let next = sentences.dropFirst(index + 1).first ?? []
            return Self.countsAllCases(sentence, next)
                ? found.filter { $0.subject != .reviews && $0.subject != .lawsuits } : found
        }
    }

    /// Whether a sentence counts reviews and lawsuits of every kind: it, or the next one, goes on with those among them that
    /// are about 信息公开.
    private static func countsAllCases(_ sentence: ArraySlice<UInt8>, _ next: ArraySlice<UInt8>) -> Bool {
        if next.starts(with: amongThem), next.contains(disclosure) { return !sentence.contains(disclosure) }
        guard let among = sentence.firstOffset(of: amongThem), !sentence[..<among].contains(disclosure) else {
            return false
        }
        return sentence[among...].contains(disclosure)
    }

    private static let disclosure: Words = ["信息公开"]

    /// What `其中予以公开3件` may be of where a paragraph speaks of it.
    private static let otherTopics: Words = ["建议", "提案", "信访", "信箱", "热线", "文件", "公文", "工单", "项目"]
    private static let rowPrefixes: Words = ["其中", "其中:", "本年度", "本年", "全年", "共", "作出", "做出", ":", "，"]

    /// Whether a sentence begins with a row of table 三: `其中予以公开3件`, `上年结转2件`.
    private static func beginsAsRow(_ sentence: ArraySlice<UInt8>) -> Bool {
        var rest = sentence
        while let length = rest.length(ofWordIn: rowPrefixes, at: rest.startIndex) { rest.removeFirst(length) }
        return rest.length(ofWordIn: rows, at: rest.startIndex) != nil
    }

    private func statements(
        sentence: ArraySlice<UInt8>, _ standing: EnumSet<SentenceGroup>, _ place: DocumentPlace
    ) -> [Statement] {
        let saysNone = standing.contains(.nothing)
        let saysAll = standing.contains(.all)
        guard saysNone || saysAll || standing.contains(.chineseCount) || sentence.contains(where: \.isDigit),
            case let named = standing.contains(.year) ? withNamedYears(sentence) : sentence,
            !standing.contains(.year) || isAboutTheYear(named)
        else { return [] }
        let isOfReceived = standing.contains(.received) && !standing.contains(.answered)
        let printed = sentence.split(atAny: Self.clauseEnds)
        return zip(named.split(atAny: Self.clauseEnds), printed).flatMap { clause, printed in
            var found = ClauseCounts(clause).pairs.compactMap { words, count in
                (subject(words) ?? (isOfReceived && Self.isNatural(words) ? .naturalPersons : nil)).map { ($0, count) }
            }
            if saysNone, clause.contains(Self.none), clause.contains(Self.requests) { found.append((.received, 0)) }
            if saysAll, clause.contains(Self.all) { found.append((.allAnswered, 0)) }
            return statements(found, printed, place)
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

    /// A sentence in which the years next to the report's that carry requests over have the form's own names: `结转至2024年`,
    /// `2022年结转3件`.
    private func withNamedYears(_ sentence: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let year, sentence.contains(Self.carried) else { return sentence }
        var sentence = sentence
        let next = Array("\(year.value + 1)年".utf8)
        let last = Array("\(year.value - 1)年".utf8)
        if let at = sentence.firstOffset(of: next), Self.carryingOn.contains(where: sentence[..<at].ends(with:)) {
            sentence = sentence[..<at] + Self.nextYear + sentence[(at + next.count)...]
        }
        if let at = sentence.firstOffset(of: last), case let rest = sentence[(at + last.count)...],
            rest.starts(with: Self.carry), rest.dropFirst(Self.carry.count).first?.isDigit ?? false
        {
            return sentence[..<at] + Self.lastYear + rest
        }
        return sentence
    }

    private static let carried: Words = ["结转"]
    private static let carry = Array("结转".utf8)
    private static let carryingOn = ["结转至", "结转到", "结转"].map { Array($0.utf8) }
    private static let nextYear = Array("下年".utf8)
    private static let lastYear = Array("上年".utf8)

    private func isAboutTheYear(_ sentence: ArraySlice<UInt8>) -> Bool {
        guard let year else { return true }
        return YearText.all(in: sentence).allSatisfy { $0 == year }
    }

    /// What a sentence may speak of, looked for at once.
    private enum SentenceGroup: Int, CaseIterable {
        case topic, foreign, year, nothing, all, received, answered, chineseCount
    }

    private static let sentenceGroups = WordGroups<SentenceGroup> { group in
        switch group {
        case .topic: topics
        // 承办行政复议3件，均与政府信息公开无关
        case .foreign:
            [
                "信息公开无关", "非政府信息公开", "非信息公开", "不涉及政府信息公开", "未涉及政府信息公开",
                // 全市收到申请128件，其中市本级48件: of which the report is does not say.
                "市本级", "县本级", "区本级", "州本级", "省本级",
                // 全年制发公文80件，其中不予公开16件
                "公文属性", "公开属性", "制发公文", "印发公文",
            ]
        case .year: ["年"]
        case .nothing: none
        case .all: all
        case .received: ["新收", "收到", "受理"]
        case .answered: ["办结", "答复"]
        case .chineseCount: ClauseCounts.chineseCounts
        }
    }

    private static let none: Words = ["未收到", "没有收到", "未接到"]
    private static let requests: Words = ["申请"]
    private static let all: Words = [
        "均已答复", "均已办结", "均及时答复", "均按时答复", "全部办结", "全部答复", "均按期答复", "均在法定期限内答复",
    ]

    /// Words of what is not, or not all of, what the table counts.
    private static let decoys: Words = [
        "信箱", "热线", "工单", "来信", "政务服务", "咨询", "建议", "提案", "举报", "信访", "比", "增加", "增长", "减少", "下降", "累计", "历年",
        "计划", "网络申请", "信函", "当面", "传真", "邮件", "平台", "窗口", "电话", "近", "约", "国务院", "申请中", "自然人", "法人", "企业",
        "其他组织", "不掌握", "没有现成", "不明确", "涉及", "渠道", "网络", "网上", "线上", "邮寄", "抽查", "评查", "文书", "案件公开", "公开行政",
        "各乡镇", "各镇", "各街道", "各部门", "各单位", "各县", "各区", "系统", "指导", "季度", "半年", "月收到", "月受理", "月份", "月新收",
        "通过网站", "通过门户", "通过官网", "局机关", "委机关", "二级机构", "二级单位", "下属", "直属", "类申请", "撤销", "撤回", "误录", "误写", "误填",
        "误为", "更正", "更改为", "延期", "超期", "逾期", "未到", "未答复", "未办结", "书面", "口头", "线下", "来函", "各类", "各级", "公文", "公开或",
        "公开和部分", "公开及部分",
    ]
    /// Of more agencies than the one that reports.
    private static let places: Words = ["全省", "全市", "全县", "全区", "全旗", "全州", "全镇", "全乡", "全国"]
    private static let amongThem = Array("其中".utf8)

    /// What the words before a count say is counted; nil where they do not say.
    private func subject(_ words: ArraySlice<UInt8>) -> Statement.Subject? {
        let start = words.lastOffset(of: Self.amongThem).map { $0 + Self.amongThem.count } ?? words.startIndex
        let words = words[start...]
        let standing = Self.names.standing(in: words.span)
        let named = Named.allCases.first { name in
            standing.contains(name) && (name != .received || standing.contains(.request))
        }
        guard let subject = named?.subject, !words.contains(Self.decoys), isOfPlace || !words.contains(Self.places)
        else { return nil }
        // 受理并按时办结依申请公开47件: those of them that have been received this year, or all that have been answered.
        return subject == .received && standing.contains(.answered) ? nil : subject
    }

    /// `其中自然人申请3件`, of a sentence that says what was received.
    private static func isNatural(_ words: ArraySlice<UInt8>) -> Bool {
        let start = words.lastOffset(of: amongThem).map { $0 + amongThem.count } ?? words.startIndex
        let among = words[start...]
        return natural.contains { among.elementsEqual($0) }
    }

    private static let natural = ["自然人申请", "自然人提出申请", "自然人提出的申请"].map { Array($0.utf8) }

    /// What the words before a count may name, the first of which decides.
    private enum Named: Int, CaseIterable {
        case carriedForward, carriedOver, partiallyGranted, denied, granted, unavailable, notHandled, reviews, lawsuits
        case licensing, penalties, coercion, received, answered
        /// No subject by itself: only with it, something is received.
        case request

        var subject: Statement.Subject? {
            switch self {
            case .carriedForward: .carriedForward
            case .carriedOver: .carriedOver
            case .partiallyGranted: .partiallyGranted
            case .denied: .denied
            case .granted: .granted
            case .unavailable: .unavailable
            case .notHandled: .notHandled
            case .reviews: .reviews
            case .lawsuits: .lawsuits
            case .licensing: .licensing
            case .penalties: .penalties
            case .coercion: .coercion
            case .received: .received
            case .answered: .answered
            case .request: nil
            }
        }
    }

    private static let names = WordGroups<Named> { name in
        switch name {
        case .carriedForward: ["结转下年", "结转下一年", "结转至下", "结转到下", "转下年"]
        case .carriedOver: ["上年结转", "结转上年", "上年度结转", "上一年结转", "上一年度结转"]
        case .partiallyGranted: ["部分公开"]
        case .denied: ["不予公开"]
        case .granted: ["予以公开"]
        case .unavailable: ["无法提供"]
        case .notHandled: ["不予处理"]
        case .reviews: ["行政复议"]
        case .lawsuits: ["行政诉讼"]
        case .licensing: ["作出行政许可决定", "做出行政许可决定"]
        case .penalties: ["作出行政处罚决定", "做出行政处罚决定"]
        case .coercion: ["作出行政强制决定", "做出行政强制决定"]
        case .received: ["收到", "新收", "受理", "接收", "接到", "新增申请", "新增政府信息公开申请", "新增信息公开申请", "新增依申请"]
        case .answered: ["办结", "答复"]
        case .request: ["申请"]
        }
    }
}
