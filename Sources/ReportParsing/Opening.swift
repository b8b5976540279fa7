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
    /// The agency that signs.
    private(set) var signature: String?
    /// The agency that answers questions about the report: where nobody else is named, it is its own.
    private(set) var contact: String?

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
            if contact == nil { contact = Self.contact(paragraph) }
            scope.read(paragraph)
        }
        isConsolidated = scope.isConsolidated
        signature = Self.signature(last)
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

    /// `甲县财政局根据《条例》要求，编制…`, `甲县财政局按照要求编制本报告`, `根据要求，由甲县财政局编制`: who stands before the reason for the
    /// report, or before its writing, writes it.
    private static func author(_ sentence: ArraySlice<UInt8>) -> String? {
        var from = sentence.startIndex
        while let reason = sentence[from...].firstOffset(ofAny: reasons), sentence[reason...].contains(reportWords) {
            if let name = writer(sentence[..<reason]) { return String(decoding: name, as: UTF8.self) }
            from = reason + reasonBytesMin
        }
        // `2023年，甲县财政局认真贯彻落实《条例》，现将情况报告如下`: a place is not told from its government there.
        guard let deed = sentence.firstOffset(ofAny: deeds), sentence[deed...].contains(accounts),
            let name = writer(sentence[..<deed]), !AgencyName.mayBePlace(name)
        else { return nil }
        return String(decoding: name, as: UTF8.self)
    }

    /// The agency that the last clause of some words consists of, but for what introduces it.
    private static func writer(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let name = withoutIntroduction(withoutShortName(text.trimming(marks)))
        return AgencyName.isNamed(name) && !name.contains(grounds) ? name : nil
    }

    /// `甲县财政局（以下简称“县财政局”）`
    private static func withoutShortName(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard name.last == UInt8(ascii: ")"), let open = name.lastIndex(of: UInt8(ascii: "(")),
            name[(open + 1)...].length(ofWordIn: shortNames, at: open + 1) != nil
        else { return name }
        return name[..<open]
    }

    /// `本报告由甲县财政局`, `为做好工作，甲县财政局`: the agency alone.
    private static func withoutIntroduction(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var name = text.lastOffset(of: asciiComma).map { text[($0 + 1)...] } ?? text
        if let length = name.length(ofWordIn: introductions, at: name.startIndex) { name.removeFirst(length) }
        // 自由贸易试验区 is a place.
        if let by = name.lastOffset(of: by), !name[..<by].ends(with: own) { name = name[(by + Self.by.count)...] }
        return name
    }

    private static let reasons: Words = ["根据", "按照", "依据", "依照", "遵照", "严格按照", "为贯彻", "编制"]
    private static let grounds: Words = ["根据", "按照", "依据", "依照", "遵照", "贯彻", "要求"]
    private static let reasonBytesMin = 6
    private static let deeds: Words = ["认真贯彻", "认真落实", "严格落实", "严格贯彻", "深入贯彻"]
    private static let accounts: Words = ["报告如下", "情况如下", "公布如下"]
    private static let reportWords: Words = ["编制", "报告如下", "情况如下", "公布", "发布"]
    private static let shortNames: Words = ["以下简称", "简称", "以下称"]
    private static let introductions: Words = ["本年度报告是", "本报告是", "本报告系", "本年报是", "现由"]
    private static let asciiComma = Array(",".utf8)
    private static let by = Array("由".utf8)
    private static let own = Array("自".utf8)

    /// `请与甲县财政局办公室联系`, `本报告由甲县财政局办公室负责解释`: a bureau that answers for the report, whose office is none of its own.
    /// A government's office may answer for others.
    private static func contact(_ paragraph: ArraySlice<UInt8>) -> String? {
        guard let end = paragraph.firstOffset(ofAny: contactEnds),
            let begin = paragraph[..<end].firstOffset(ofAny: contactBegins)
        else { return nil }
        let length = paragraph.length(ofWordIn: contactBegins, at: begin) ?? 0
        let name = AgencyName.withoutOffice(paragraph[(begin + length)..<end])
        guard AgencyName.isNamed(name), !AgencyName.mayBePlace(name) else { return nil }
        return String(decoding: name, as: UTF8.self)
    }

    private static let contactBegins: Words = ["请与", "请同", "请联系", "本报告由", "本年度报告由"]
    private static let contactEnds: Words = ["联系(", "联系。", "联系,", "负责解释"]

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

    private static let frameEnds: Words = ["编制", "政府信息公开", "情况如下", "报告如下"]
    private static let frames: [Frame] = [
        Frame("公布", "政府信息公开工作年度报告"), Frame("制定", "政府信息公开工作年度报告"),
        Frame("发布", "政府信息公开工作年度报告"), Frame("要求,", "编制了"), Frame(nil, "政府信息公开工作情况报告如下"),
        Frame(nil, "政府信息公开情况报告如下"), Frame("现将", "政府信息公开"), Frame(nil, "政府信息公开工作年度报告"),
        Frame("规定,", "编制了"), Frame(",", "年情况如下"), Frame(nil, "年情况如下"),
        Frame("编制", "政府信息公开工作年度报告"), Frame("编制", "政府信息公开年度报告"),
    ]

    private mutating func take(_ text: ArraySlice<UInt8>) {
        var (name, year) = YearText.remove(from: text)
        // 年 is the frame's.
        if year == nil, case (let before, let bare?) = YearText.removeBare(fromEndOf: name) {
            (name, year) = (before, bare)
        }
        var agency = Self.withoutIntroduction(NamePrefix.removed(from: name).trimming(Self.marks))
        if year != nil, agency.ends(with: Self.people) { agency += Self.government }
        // The years of laws stand in the clauses before: `根据《条例》（2019年修订）要求，编制…`.
        let clause = text.lastOffset(of: Self.asciiComma).map { text[$0...] } ?? text
        if self.year == nil { self.year = YearText.all(in: clause).last ?? year }
        guard self.agency == nil, AgencyName.isPlausible(agency), !agency.contains(Self.noAgency) else { return }
        self.agency = String(decoding: agency, as: UTF8.self)
    }

    private static let marks: Words = [":", "，", ",", "、", "的", " ", "由", "将", "现将", "了"]
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

    /// The line before a closing date.
    private static func signature(_ last: [ArraySlice<UInt8>]) -> String? {
        for index in last.indices.reversed() where isDate(last[index]) {
            guard index > 0 else { return nil }
            let line = AgencyName.withoutSeal(last[index - 1])
            if AgencyName.isPlausible(line) { return String(decoding: line, as: UTF8.self) }
        }
        return nil
    }

    private static let lastDaySign = Array("日".utf8)

    /// Whether a line is a date, or holds a year, ends in 日 and has at most twelve characters.
    private static func isDate(_ line: ArraySlice<UInt8>) -> Bool {
        if WrittenDate(alone: line) != nil { return true }
        return line.ends(with: lastDaySign) && line.firstOffset(of: firstDaySign) != nil && line.characterCount <= 12
    }
}
