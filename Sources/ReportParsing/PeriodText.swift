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
        kind(of: text, named(in: text), years: years)
    }

    /// Whose period a short text names that names some words.
    static func kind(of text: ArraySlice<UInt8>, _ words: EnumSet<Word>, years: [ReportYear]) -> Kind? {
        guard !words.contains(.noPeriod) else { return nil }
        let named = words.contains(.year) ? YearText.all(in: text) : []
        if words.contains(.own) || named.contains(where: years.contains) { return .own }
        if words.contains(.other) || words.contains(.plan) { return .foreign }
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

    /// A report that has been put right may print what it said before.
    private static let ownWords: Words = ["本年", "今年", "当年", "全年", "更正后", "修改后", "修正后", "勘误后", "订正后"]
    private static let otherWords: Words = [
        "上年", "上一年", "去年", "上期", "前一年", "前年", "往年", "同期", "累计", "以来", "历年", "历史", "半年", "季度", "下年", "下一年", "明年", "次年",
        "更正前", "修改前", "修正前", "勘误前", "订正前",
    ]
    private static let planWords: Words = ["计划", "预算", "预计", "目标", "拟"]
    private static let comparisons: Words = [
        "增长", "增减", "增幅", "增加", "减少", "同比", "环比", "变化", "变动", "差额", "占比", "比例", "比重", "百分", "%", "比上", "较上", "率", "本月",
        "当月",
    ]
    /// 上年结转 is a row, 上一年项目数量 a column of the forms.
    private static let noPeriods: Words = ["结转", "项目数量", "增/减"]

    /// The words of periods, and those of tables that notes are about, looked for at once.
    enum Word: Int, CaseIterable {
        case year, own, other, plan, noPeriod, table
    }

    /// Which of them a text names. O(length).
    static func named(in text: ArraySlice<UInt8>) -> EnumSet<Word> { words.standing(in: text.span) }

    private static let words = WordGroups<Word> { word in
        switch word {
        case .year: ["年"]
        case .own: ownWords
        case .other: otherWords
        case .plan: planWords
        case .noPeriod: noPeriods
        case .table: TableNote.tables
        }
    }
    private static let signs: Words = [":", "：", "(", ")", "[", "]", "【", "】", "〔", "〕", "《", "》"]
    private static let periods: Words = [
        "上年度", "上年", "上一年度", "上一年", "去年", "上期", "同期", "累计", "历年", "以来", "年度", "数据", "数", "情况", "更正前",
        "更正后", "修改前", "修改后", "修正前", "修正后", "勘误前", "勘误后",
    ]
}
