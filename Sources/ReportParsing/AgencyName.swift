/// Names of agencies in titles and sentences.
enum AgencyName {
    /// The name that stands before 政府信息公开 in a title from which the year has been taken; nil for none.
    static func beforeSubject(_ title: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let subject = Title.subjects.lazy.compactMap({ subjectStart($0, in: title) }).first else { return nil }
        var name = NamePrefix.removed(from: title[..<subject])
        // …人民政府信息公开: the agency's last word and the subject's first are one.
        let sharesWord = name.ends(with: people) && title[subject...].starts(with: government)
        for word in wordsAfter where name.ends(with: word) { name.removeLast(word.count) }
        for word in publications where name.ends(with: word) && isPlausible(name.dropLast(word.count)) {
            name.removeLast(word.count)
        }
        for word in wordsBefore where name.starts(with: word) { name = withoutDeed(name.dropFirst(word.count)) }
        // …人民政府关于报送…: what stands behind is no part of the name, unless the letter publishes the report of another.
        if let end = name.firstOffset(of: wordsAfter[0]), isPlausible(name[..<end]) {
            let behind = name[(end + wordsAfter[0].count)...]
            let published = withoutDeed(behind)
            name = published.count < behind.count && isNamed(published.trimming(marks)) ? published : name[..<end]
        }
        name = withoutSchoolYear(name).trimming(marks)
        if name.starts(with: openQuote), name.ends(with: closeQuote), name.count > openQuote.count + closeQuote.count {
            name = name.dropFirst(openQuote.count).dropLast(closeQuote.count)
        }
        if name.ends(with: openQuote) { name.removeLast(openQuote.count) }
        guard let own = withoutOtherSubject(name) else { return nil }
        name = own
        // The digits of the year have gone.
        if name.ends(with: yearSign), !name.ends(with: youth) { name = withoutShortYear(name.dropLast(yearSign.count)) }
        let text = sharesWord ? name + government : name
        return isEmpty(text) || text.contains(foreignSigns) || isOwn(text) ? nil : text
    }

    /// Where a title says what its report is about; not within the name of an office, 甲县政府信息公开办公室.
    private static func subjectStart(_ subject: [UInt8], in title: ArraySlice<UInt8>) -> Int? {
        var from = title.startIndex
        while let start = title[from...].firstOffset(of: subject) {
            from = start + subject.count
            if title.length(ofWordIn: offices, at: from) == nil { return start }
        }
        return nil
    }

    private static let offices: Words = ["办公室", "领导小组", "工作领导小组", "工作办公室", "管理办公室", "中心"]
    /// `甲县教育局发布2023年…`
    private static let publications = ["发布", "公布", "公示", "印发"].map { Array($0.utf8) }

    /// The name without what else the report is about: `…法治政府建设暨政府信息公开…`; nil where that cannot be told from the name.
    private static func withoutOtherSubject(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard name.ends(with: andAlso) else { return name }
        return name.firstOffset(ofAny: otherSubjects).map { name[..<$0] }.flatMap { isPlausible($0) ? $0 : nil }
    }

    private static let andAlso = Array("暨".utf8)
    private static let otherSubjects: Words = ["法治政府", "法治建设", "依法行政", "依法治", "政务公开", "行政执法"]

    /// The name without the two digits of `教育局23年`, whose 年 has gone.
    private static func withoutShortYear(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let rest = name.dropLast(2)
        let areDigits = name.suffix(2).allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return name.count > 2 && areDigits && isPlausible(rest) ? rest : name
    }

    /// The names of two agencies of one place that stand in one, as the white space between them has gone: the second
    /// begins with the place of the first again.
    static func parts(of name: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, ArraySlice<UInt8>)? {
        guard let end = name.firstOffset(ofAny: placeEnds) else { return nil }
        let place = Array(name[...(end + 2)])
        guard place.count >= 9, let again = name[(end + 3)...].firstOffset(of: place) else { return nil }
        let (first, second) = (name[..<again].trimming(marks), name[again...])
        return isPlausible(first) && isPlausible(second) && first.count > place.count && second.count > place.count
            ? (first, second) : nil
    }

    private static let placeEnds: Words = ["省", "市", "县", "区", "旗"]

    /// Whether a text is too short for a name.
    static func isEmpty(_ name: ArraySlice<UInt8>) -> Bool { name.characterCount < 2 }

    /// The name before a line that begins with 信息公开: 政府 at its end is the subject's, unless it is 人民政府.
    static func beforeBareSubject(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        name.ends(with: government) && !name.ends(with: people + government) ? name.dropLast(government.count) : name
    }

    /// The name without the `2021-2022学年度` of a school's report, which is no year of the calendar.
    private static func withoutSchoolYear(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let word = schoolYears.first(where: { name.ends(with: $0) }) else { return name }
        var rest = name.dropLast(word.count)
        while let last = rest.last, last < 0x80 { rest.removeLast() }
        while let mark = yearMarks.first(where: { rest.ends(with: $0) }) {
            rest.removeLast(mark.count)
            while let last = rest.last, last < 0x80 { rest.removeLast() }
        }
        return rest
    }

    private static let openQuote = Array("“".utf8)
    private static let closeQuote = Array("”".utf8)
    private static let yearSign = Array("年".utf8)
    private static let youth = Array("青年".utf8)
    /// Signs of mark-up and lists: what holds one is more than a name.
    private static let foreignSigns: Words = ["{", "}", "[", "]", "=", "<", ">", "|", "•", "*", "。", "；", ":", "\""]

    private static let schoolYears = ["学年度", "学年"].map { Array($0.utf8) }
    private static let yearMarks = ["—", "–", "至", "～"].map { Array($0.utf8) }

    /// What a letter says that it does with the report: `关于更正甲县教育局…`, `关于重新公布…`.
    private static let deeds: Words = [
        "更正", "更新", "修正", "修订", "修改", "补充", "公布", "发布", "公开", "公示", "印发", "下发", "报送", "呈报", "上报", "转发", "撤回", "调整",
    ]
    private static let again: Words = ["重新", "再次"]

    /// The words behind 关于 without what the letter does.
    private static func withoutDeed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = text.startIndex + (text.length(ofWordIn: again, at: text.startIndex) ?? 0)
        return text.length(ofWordIn: deeds, at: start).map { text[(start + $0)...] } ?? text
    }

    private static let people = Array("人民".utf8)
    private static let government = Array("政府".utf8)
    private static let wordsAfter = ["关于", "的"].map { Array($0.utf8) }
    private static let wordsBefore = ["关于", "标题"].map { Array($0.utf8) }
    private static let marks: Words = [
        ":", "，", ",", "、", "-", "—", "_", "《", "》", "/", "|", "*", "#", "•", "●", "■", "◆",
    ]

    /// Titles and pages are no agencies.
    private static let noNames: Words = ["年度报告", "工作报告", "本报告", "年报", "网站", "主办", "承办", "协办"]

    /// Whether a line can be the name of an agency: short, and ending as agencies do.
    static func isPlausible(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count <= 160, (2...40).contains(line.characterCount) else { return false }
        guard !line.contains(foreignSigns), !isOwn(line), !line.contains(noNames) else { return false }
        return endings.contains { line.ends(with: $0) }
    }

    /// Whether a text is the name of an agency beyond doubt, where it stands in no title's own place: it names a place, and
    /// neither several agencies nor a page.
    static func isNamed(_ text: ArraySlice<UInt8>) -> Bool {
        guard isPlausible(text), text.characterCount >= 4, !text.contains(severalSigns) else { return false }
        // 县教育局 does not say of which.
        return text.dropFirst(character).contains(placeSigns) || wholeCountry.contains { text.starts(with: $0) }
    }

    /// The bytes of a Chinese character.
    private static let character = 3
    private static let placeSigns: Words = ["省", "市", "县", "区", "旗", "州", "盟", "镇", "乡", "街道"]
    private static let wholeCountry = ["国家", "中国"].map { Array($0.utf8) }
    private static let severalSigns: Words = [
        "各", "含", "所属", "下属", "有关", "相关", "及其", "网站", "门户", "，", ",", "、", "《", "》",
    ]

    /// Whether a line can be the name of an agency and, in brackets, another of the same agency.
    static func isPlausibleWithOther(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.last == UInt8(ascii: ")"), let open = line.firstIndex(of: UInt8(ascii: "(")) else {
            return isPlausible(line)
        }
        return isPlausible(line[..<open]) && isPlausible(line[(open + 1)...].dropLast())
    }

    /// The bureau whose office a name is; any other name as it is.
    static func withoutOffice(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard name.ends(with: office) else { return name }
        let whole = name.dropLast(office.count)
        return bureaus.contains { whole.ends(with: $0) } ? whole : name
    }

    private static let office = Array("办公室".utf8)
    private static let bureaus = ["局", "委员会", "委", "厅"].map { Array($0.utf8) }

    /// `甲县财政局（盖章）`: the name without the word for the seal beside it.
    static func withoutSeal(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        seals.first(where: { name.ends(with: $0) }).map { name.dropLast($0.count) } ?? name
    }

    private static let seals = ["(印章)", "(盖章)", "(公章)", "(章)"].map { Array($0.utf8) }

    /// Whether the report of an agency may be that of its whole place: of a government, or its office.
    static func mayBePlace(_ name: ArraySlice<UInt8>) -> Bool {
        name.contains(governments) || placeNameEnds.contains { name.ends(with: $0) }
    }

    private static let governments: Words = ["政府", "管委会", "管理委员会", "办事处"]
    private static let placeNameEnds = ["省", "市", "县", "区", "旗", "州", "盟", "镇", "乡", "街道"].map { Array($0.utf8) }

    /// Whether a text is what an agency calls itself (本局, 我县教育局): no name.
    private static func isOwn(_ name: ArraySlice<UInt8>) -> Bool {
        own.contains { name.starts(with: $0) }
    }

    // 本溪 is a city.
    private static let own = [
        "本局", "本机关", "本单位", "本部门", "本委", "本办", "本厅", "本镇", "本乡", "本街道", "本县", "本市", "本区", "本省", "本校", "本院", "本级", "本公司",
        "本中心", "本站", "本馆", "本所", "本处", "本队", "本集团", "我", "该", "全省", "全市", "全县", "全区", "全镇", "全乡",
    ].map { Array($0.utf8) }

    private static let endings = [
        "政府", "办公室", "办公厅", "办", "局", "委员会", "委", "厅", "管委会", "街道", "办事处", "镇", "乡", "中心", "开发区",
        "园区", "新区", "高新区", "院", "署", "队", "支队", "处", "公司", "集团", "学校", "大学", "中学", "小学", "幼儿园", "银行", "社", "联合会", "协会",
        "红十字会", "总工会", "研究所", "派出所", "司法所", "监狱", "海关", "部",
        "站", "馆", "区", "县", "市", "省", "旗", "盟", "州", "苏木",
    ].map { Array($0.utf8) }
}
