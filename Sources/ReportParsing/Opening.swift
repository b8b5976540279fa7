import Documents
import Reports

/// What the first sentences of a report say of its agency, its period and its scope, and what its last lines do.
struct Opening: Sendable {
    /// The agency that the opening sentence names.
    private(set) var agency: String?
    /// The year of the period (统计期限为2022年1月1日至2022年12月31日).
    private(set) var period: ReportYear?
    /// The year that the opening sentence names with the report.
    private(set) var year: ReportYear?
    /// Whether the opening says that the figures are those of many agencies.
    private(set) var isConsolidated = false
    /// The agency that signs, or that the page's head names as the publisher.
    private(set) var signature: String?

    /// Reads the sentences.
    ///
    /// - Parameters:
    ///   - paragraphs: the first paragraphs, white space removed.
    ///   - last: the last paragraphs, white space removed.
    init(paragraphs: [ArraySlice<UInt8>], last: [ArraySlice<UInt8>]) {
        var before = ArraySlice<UInt8>()
        var scope = ScopeStatement()
        for paragraph in paragraphs {
            if period == nil { period = Self.period(paragraph) }
            if agency == nil { readSentences(Self.isBroken(before) ? before + paragraph : paragraph) }
            before = paragraph
            if signature == nil { signature = Self.publisher(paragraph) }
            scope.read(paragraph)
        }
        isConsolidated = scope.isConsolidated
        if signature == nil { signature = Self.signature(last) }
    }

    private static let sentenceEnds: Words = ["。", "；"]

    /// Whether a paragraph is a line of a sentence that goes on in the next: the edge of the page has broken it.
    private static func isBroken(_ paragraph: ArraySlice<UInt8>) -> Bool {
        guard paragraph.characterCount >= brokenMin, !paragraph.ends(with: reportWord) else { return false }
        return paragraph.contains(clauseSigns) && !lineEnds.contains { paragraph.ends(with: $0) }
    }

    /// A page is so many characters wide at least.
    private static let brokenMin = 15
    private static let reportWord = Array("报告".utf8)
    private static let clauseSigns: Words = ["，", ",", "》"]
    private static let lineEnds = ["。", "；", "：", ":", "！", ")"].map { Array($0.utf8) }

    /// `…要求，X编制了2021年度报告`, `现向社会公布X2021年政府信息公开工作年度报告`, `X2019年度政府信息公开工作情况报告如下`.
    private mutating func readSentences(_ paragraph: ArraySlice<UInt8>) {
        guard paragraph.contains(Self.frameEnds) else { return }
        for sentence in paragraph.split(atAny: Self.sentenceEnds) {
            if agency == nil { agency = Self.author(sentence) }
            let words = Self.frameWords.standing(in: sentence.span)
            for frame in Self.frames where words.holds(frame.words) {
                guard let end = sentence.firstOffset(of: frame.after) else { continue }
                var subject = sentence[..<end]
                if let before = frame.before {
                    guard let start = subject.lastOffset(of: before) else { continue }
                    subject = subject[(start + before.count)...]
                }
                take(subject)
                if year == nil { year = YearText.leading(sentence[(end + frame.after.count)...]) }
                if agency != nil, year != nil { return }
            }
        }
    }

    /// `甲县财政局根据《条例》要求，编制…`, `甲县财政局按照要求编制本报告`: who stands before the reason for the report writes it.
    private static func author(_ sentence: ArraySlice<UInt8>) -> String? {
        guard let reason = sentence.firstOffset(ofAny: reasons), sentence[reason...].contains(reportWords) else {
            return nil
        }
        let name = sentence[..<reason].trimming(marks)
        return AgencyName.isNamed(name) ? String(decoding: name, as: UTF8.self) : nil
    }

    private static let reasons: Words = ["根据", "按照", "依据", "依照", "遵照", "严格按照", "为贯彻", "编制"]
    private static let reportWords: Words = ["编制", "报告如下", "情况如下", "公布", "发布"]

    /// What stands before and after the agency and the year in a sentence that names them.
    private struct Frame: Sendable {
        let before: [UInt8]?
        let after: [UInt8]
        /// The words of what stands after: a sentence without one of them does not have it.
        let words: EnumSet<FrameWord>

        init(_ before: String?, _ after: String) {
            self.before = before.map { Array($0.utf8) }
            let after = Array(after.utf8)
            words = frameWords.standing(in: after.span)
            self.after = after
        }
    }

    private enum FrameWord: Int, CaseIterable {
        case composed, subject, state
    }

    private static let frameWords = WordGroups<FrameWord> { word in
        switch word {
        case .composed: ["编制"]
        case .subject: ["政府信息公开"]
        case .state: ["情况如下"]
        }
    }

    private static let frameEnds: Words = ["编制", "政府信息公开", "情况如下"]
    private static let frames: [Frame] = [
        Frame("现向社会公布", "政府信息公开工作年度报告"), Frame("现公布", "政府信息公开工作年度报告"), Frame("要求，", "编制了"),
        Frame("规定，", "编制了"), Frame("要求,", "编制了"), Frame("，", "编制了"), Frame(nil, "政府信息公开工作情况报告如下"),
        Frame(nil, "政府信息公开情况报告如下"), Frame("，", "编制"), Frame("现将", "政府信息公开"), Frame(nil, "政府信息公开工作年度报告"),
        Frame("规定,", "编制了"), Frame(",", "年情况如下"), Frame(nil, "年情况如下"),
        Frame("编制", "政府信息公开工作年度报告"), Frame("编制", "政府信息公开年度报告"),
    ]

    private mutating func take(_ text: ArraySlice<UInt8>) {
        var (name, year) = YearText.remove(from: text)
        // 年 is the frame's.
        if year == nil, case (let before, let bare?) = YearText.removeBare(fromEndOf: name) {
            (name, year) = (before, bare)
        }
        var agency = NamePrefix.removed(from: name).trimming(Self.marks)
        if year != nil, agency.ends(with: Self.people) { agency += Self.government }
        // The years of laws stand in the clauses before: `根据《条例》（2019年修订）要求，编制…`.
        let clause = text.lastOffset(of: Self.comma).map { text[$0...] } ?? text
        if self.year == nil { self.year = YearText.all(in: clause).last ?? year }
        guard self.agency == nil, AgencyName.isPlausible(agency), !agency.contains(Self.noAgency) else { return }
        self.agency = String(decoding: agency, as: UTF8.self)
    }

    private static let marks: Words = [":", "，", ",", "、", "的", " ", "由", "将", "现将", "了"]
    private static let comma = Array("，".utf8)
    private static let noAgency: Words = ["条例", "我", ",", "，"]
    private static let people = Array("人民".utf8)
    private static let government = Array("政府".utf8)

    private static let periodWords: Words = ["统计期限", "统计时限", "数据统计", "起至", "起到"]
    private static let firstDay = Array("年1月1日".utf8)
    private static let firstDaySign = Array("年".utf8)

    /// The year of the first 1 January after the words, or shortly before them (自2021年1月1日起至).
    private static func period(_ paragraph: ArraySlice<UInt8>) -> ReportYear? {
        guard let day = paragraph.firstOffset(of: firstDay), paragraph.contains(periodWords) else { return nil }
        let start = max(paragraph.startIndex, day - 12)
        return YearText.all(in: paragraph[start..<day + firstDaySign.count]).last
    }

    private static let publishers: Words = [
        "发布机构:", "信息来源:", "公开机构:", "发布单位:", "发布部门:", "公开单位:", "公开部门:", "发文机关:", "发文单位:", "制发机关:", "编制单位:", "填报单位:",
    ]
    /// What a page's table of particulars goes on with.
    private static let particulars: Words = [
        "发布", "公开", "生成", "成文", "时间", "日期", "作者", "来源", "浏览", "点击", "阅读", "访问", "字号", "文号", "索引", "名称", "主题", "[", "【",
        "|", "202",
    ]

    /// Whom a line of the page's head names as the publisher; what else it says may follow.
    private static func publisher(_ paragraph: ArraySlice<UInt8>) -> String? {
        guard let word = paragraph.firstOffset(ofAny: publishers),
            let length = paragraph.length(ofWordIn: publishers, at: word)
        else { return nil }
        let rest = paragraph[(word + length)...]
        for name in [rest, rest[..<(rest.firstOffset(ofAny: particulars) ?? rest.endIndex)]]
        where AgencyName.isPlausible(name) { return String(decoding: name, as: UTF8.self) }
        return nil
    }

    /// The line before a closing date.
    private static func signature(_ last: [ArraySlice<UInt8>]) -> String? {
        guard let date = last.lastIndex(where: isDate), date > 0 else { return nil }
        let line = last[date - 1]
        return AgencyName.isPlausible(line) ? String(decoding: line, as: UTF8.self) : nil
    }

    private static let lastDaySign = Array("日".utf8)

    /// Whether a line holds a year, ends in 日 and has at most twelve characters.
    private static func isDate(_ line: ArraySlice<UInt8>) -> Bool {
        line.ends(with: lastDaySign) && line.firstOffset(of: firstDaySign) != nil && line.characterCount <= 12
    }
}
