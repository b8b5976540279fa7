import Reports

/// What a head, a caption or a note says of the period that figures are of.
enum PeriodText {
    /// Whose the figures are.
    enum Kind: Sendable, Hashable {
        /// The report's year.
        case own
        /// Another year, several years, a part of one, or a plan.
        case foreign
    }

    /// Whose period a short text names; nil where it names none.
    ///
    /// - Parameter years: the years that the report says it is for.
    static func kind(of text: ArraySlice<UInt8>, years: [ReportYear]) -> Kind? {
        let standing = groups.standing(in: text.span)
        guard !standing.contains(.noPeriod) else { return nil }
        let named = standing.contains(.year) ? YearText.all(in: text) : []
        if standing.contains(.own) || named.contains(where: years.contains) { return .own }
        if standing.contains(.other) || standing.contains(.plan) { return .foreign }
        return named.isEmpty || years.isEmpty ? nil : .foreign
    }

    /// Whose figures the column under a name holds; nil where it does not say.
    static func kind(ofColumn name: ArraySlice<UInt8>, years: [ReportYear]) -> Kind? {
        if name.contains(planWords) || name.contains(comparisons) { return .foreign }
        return kind(of: name, years: years)
    }

    /// Whether a text names a period and nothing else.
    static func isOnlyPeriod(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = YearText.remove(from: text).text.trimming(signs)
        while let length = rest.length(ofWordIn: periods, at: rest.startIndex) { rest.removeFirst(length) }
        return rest.isEmpty
    }

    private static let ownWords: Words = ["本年", "今年", "当年", "全年"]
    private static let otherWords: Words = [
        "上年", "上一年", "去年", "上期", "前一年", "前年", "往年", "同期", "累计", "以来", "历年", "历史", "半年", "季度", "下年", "下一年", "明年", "次年",
    ]
    private static let planWords: Words = ["计划", "预算", "预计", "目标", "拟"]
    private static let comparisons: Words = [
        "增长", "增减", "增幅", "增加", "减少", "同比", "环比", "变化", "变动", "差额", "占比", "比例", "比重", "百分", "%", "比上", "较上", "率", "本月",
        "当月",
    ]
    /// 上年结转 is a row, 上一年项目数量 a column of the forms.
    private static let noPeriods: Words = ["结转", "项目数量", "增/减"]

    private enum Group: Int, CaseIterable {
        case year, own, other, plan, noPeriod
    }

    private static let groups = WordGroups<Group> { group in
        switch group {
        case .year: ["年"]
        case .own: ownWords
        case .other: otherWords
        case .plan: planWords
        case .noPeriod: noPeriods
        }
    }
    private static let signs: Words = [":", "：", "(", ")", "[", "]", "【", "】", "〔", "〕", "《", "》"]
    private static let periods: Words = [
        "上年度", "上年", "上一年度", "上一年", "去年", "上期", "同期", "累计", "历年", "以来", "年度", "数据", "数", "情况",
    ]
}
