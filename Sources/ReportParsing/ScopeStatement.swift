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
            saysConsolidated = saysConsolidated || Self.isOfMany(sentence)
            saysOwn = saysOwn || sentence.split(atAny: Self.clauseEnds).contains(where: Self.isOfOne)
        }
    }

    /// `本报告综合各乡镇、各部门年度报告编制`, `本报告数据含市教育局机关及直属23所学校汇总数据`
    private static func isOfMany(_ sentence: ArraySlice<UInt8>) -> Bool {
        guard sentence.contains(report), !sentence.contains(elsewhere) else { return false }
        if sentence.contains(coverage), sentence.contains(others) { return true }
        return sentence.contains(sums) && sentence.contains(subordinates) && sentence.contains(thisReport)
    }

    /// `本报告仅反映县政府办公室本级情况`
    private static func isOfOne(_ clause: ArraySlice<UInt8>) -> Bool {
        clause.contains(only) && clause.contains(holds) && clause.contains(oneself) && clause.contains(thisReport)
    }

    private static let words: Words = ["综合", "汇总", "汇编", "涵盖", "包含", "包括", "反映", "统计", "含"]
    private static let sentenceEnds: Words = ["。", "；"]
    private static let clauseEnds: Words = ["，", ","]
    private static let report: Words = ["报告"]
    private static let coverage: Words = ["综合", "汇总", "汇编", "涵盖", "包含", "包括"]
    private static let others: Words = [
        "各乡镇", "各镇", "各街道", "各部门", "各单位", "各县", "各区", "所属单位", "县直", "市直", "区直", "下级",
    ]
    private static let sums: Words = ["汇总", "汇编", "涵盖"]
    private static let subordinates: Words = ["直属", "所属", "下属"]
    private static let thisReport: Words = ["本报告", "本年度报告", "数据", "本年报"]
    /// Of other reports: those that others write, or the one of the whole place.
    private static let elsewhere: Words = ["汇总上报", "分别编制", "另行公布", "另行发布", "汇总情况见", "汇总后上报", "汇总数据见"]
    private static let only: Words = ["仅", "只"]
    private static let holds: Words = ["反映", "包括", "包含", "含", "涉及", "统计", "涵盖"]
    private static let oneself: Words = ["本级", "机关", "本单位", "本局", "本部门"]
}
