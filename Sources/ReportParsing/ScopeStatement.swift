/// What the first sentences say of whose figures the report holds.
struct ScopeStatement: Sendable {
    private var saysConsolidated = false
    private var saysOwn = false

    /// Whether the figures are those of many agencies.
    ///
    /// A sentence that says that they are the agency's own alone outweighs others, which may speak of another report.
    var isConsolidated: Bool { saysConsolidated && !saysOwn }

    /// Reads one paragraph.
    mutating func read(_ paragraph: ArraySlice<UInt8>) {
        guard paragraph.contains(Self.words) else { return }
        for sentence in paragraph.split(atAny: Self.sentenceEnds) {
            let named = Self.groups.standing(in: sentence.span)
            saysConsolidated = saysConsolidated || Self.isOfMany(sentence, named)
            // One clause must name all of it.
            guard !saysOwn, Self.isOfOne(named) else { continue }
            let clauses = sentence.split(atAny: Self.clauseEnds)
            saysOwn = clauses.contains { Self.isOfOne(Self.groups.standing(in: $0.span)) }
        }
    }

    /// Whether a sentence says so, apart from what it leaves out: `本报告不包括各县区数据`.
    private static func isOfMany(_ sentence: ArraySlice<UInt8>, _ named: EnumSet<Group>) -> Bool {
        guard isOfMany(named), sentence.contains(negations) else { return isOfMany(named) }
        let rest = sentence.split(atAny: partEnds).filter { !$0.contains(negations) }.joined()
        return isOfMany(groups.standing(in: Array(rest).span))
    }

    private static let negations: Words = ["不包括", "不包含", "不含", "未包括", "未包含", "未含"]
    private static let partEnds: Words = ["，", ",", "（", "）", "(", ")"]

    /// `本报告综合各乡镇、各部门年度报告编制`, `本报告数据含市教育局机关及直属23所学校汇总数据`
    private static func isOfMany(_ named: EnumSet<Group>) -> Bool {
        guard named.contains(.report), !named.contains(.elsewhere) else { return false }
        if named.contains(.coverage), named.contains(.others) { return true }
        return named.contains(.sums) && named.contains(.subordinates) && named.contains(.thisReport)
    }

    /// `本报告仅反映县政府办公室本级情况`
    private static func isOfOne(_ named: EnumSet<Group>) -> Bool {
        named.contains(.only) && named.contains(.holds) && named.contains(.oneself) && named.contains(.thisReport)
    }

    /// What sentences and clauses name, looked for at once.
    private enum Group: Int, CaseIterable {
        case report, coverage, others, sums, subordinates, thisReport, elsewhere, only, holds, oneself
    }

    private static let groups = WordGroups<Group> { group in
        switch group {
        case .report: ["报告"]
        case .coverage: ["综合", "汇总", "汇编", "涵盖", "包含", "包括"]
        case .others:
            [
                "各乡镇", "各镇", "各街道", "各部门", "各单位", "各县", "各区", "所属单位", "县直", "市直", "区直", "下级", "各级行政机关", "各级机关",
                "个街道", "个乡镇", "个镇", "个区级部门", "个市级部门", "个县级部门", "个区直", "个市直", "个县直",
            ]
        case .sums: ["汇总", "汇编", "涵盖"]
        case .subordinates: ["直属", "所属", "下属"]
        case .thisReport: ["本报告", "本年度报告", "数据", "本年报"]
        // Of other reports: those that others write, or the one of the whole place.
        case .elsewhere: ["汇总上报", "分别编制", "另行公布", "另行发布", "汇总情况见", "汇总后上报", "汇总数据见"]
        case .only: ["仅", "只"]
        case .holds: ["反映", "包括", "包含", "含", "涉及", "统计", "涵盖"]
        case .oneself: ["本级", "机关", "本单位", "本局", "本部门"]
        }
    }

    private static let words: Words = ["综合", "汇总", "汇编", "涵盖", "包含", "包括", "反映", "统计", "含"]
    private static let sentenceEnds: Words = ["。", "；"]
    private static let clauseEnds: Words = ["，", ","]
}
