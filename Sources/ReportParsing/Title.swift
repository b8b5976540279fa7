import Documents
import Reports

/// What the head of a report says: its title, its agency and its year.
struct Title: Sendable {
    /// The title as printed, white space folded; empty where there is none.
    var text = ""
    /// The agency that the title names.
    var agency: String?
    /// The year that the title names.
    var year: ReportYear?
    /// Where it stands.
    var place: DocumentPlace?
    /// Where its line begins in the document; nil where it is one of the document's metadata.
    var start: Int?
    /// Whether the agency stands on a line above that holds nothing else: that may be the name of a site.
    var isNamedAbove = false
}

extension Title {
    /// Finds the title among the first lines of a document and in its metadata.
    init(_ tape: Tape, before end: Int) {
        let lines = HeadLine.all(tape, before: end)
        let report = Self.best(lines, tape) { line, next in
            Title(line: line.text) ?? Title(line, goingOnIn: next) ?? Title(line, endingIn: next)
        }
        self = report ?? Self.ofTable(lines, tape) ?? Title()
    }

    /// The best of the titles that lines are, each read with the line behind it.
    private static func best(
        _ lines: [HeadLine], _ tape: Tape, _ read: (HeadLine, HeadLine?) -> Title?
    ) -> Title? {
        var best: (score: Int, title: Title)?
        for (index, line) in lines.enumerated() {
            let after = lines.dropFirst(index + 1)
            guard var title = read(line, after.first) else { continue }
            title.place = line.piece.map { tape.place($0) }
            title.start = line.piece?.span.start
            // Agency and year may stand on lines of their own, in this order or the other.
            for line in lines[..<index].suffix(2).reversed() where title.agency == nil || title.year == nil {
                title.complete(from: line.text)
            }
            if let line = lines[..<index].last, line.isPlain { title.completePlace(from: line.text) }
            if title.year == nil { title.year = after.prefix(2).lazy.compactMap { year(inLine: $0.text) }.first }
            let score =
                (line.piece?.headingLevel == nil ? 0 : 4) + (line.piece == nil ? -1 : 0) + (title.agency == nil ? 0 : 2)
                + (title.year == nil ? 0 : 1) - (line.text.starts(with: Self.openBook) ? 2 : 0)
            if best == nil || score > best?.score ?? 0 { best = (score, title) }
        }
        return best?.title
    }

    /// The title of a table that stands without a report, with its year, in which its form is as good as certain:
    /// `2016年度政府信息公开情况统计表`, or with `（2016年度）` on a line of its own, as the form has it.
    private static func ofTable(_ lines: [HeadLine], _ tape: Tape) -> Title? {
        best(lines, tape) { line, _ in Title(table: line.text) }.flatMap { $0.year == nil ? nil : $0 }
    }

    /// Reads the title of a table; nil for other lines.
    private init?(table line: ArraySlice<UInt8>) {
        guard (6...80).contains(line.characterCount), line.contains(Self.subjectWords), !line.contains(Self.noTitle),
            Self.tableEnds.contains(where: Self.withoutBrackets(line).ends(with:))
        else { return nil }
        let (rest, year) = YearText.remove(from: line)
        text = String(decoding: line, as: UTF8.self)
        self.year = year
        agency = AgencyName.beforeSubject(rest).map { String(decoding: $0, as: UTF8.self) }
    }

    private static let tableEnds = ["统计表", "数据表"].map { Array($0.utf8) }

    /// Reads a line whose last words stand on the next: `甲县财政局2023年政府信息公开` and `工作年度报告`, `甲县财政局政府信息公开工作` and
    /// `2023年度报告`; nil for other lines.
    private init?(_ line: HeadLine, endingIn next: HeadLine?) {
        guard let next, line.isPlain, next.isPlain,
            case let words = YearText.remove(from: next.text).text,
            Self.lastWords.contains(where: { words.elementsEqual($0) }),
            !line.text.contains(Self.listSigns), Self.endsInSubject(line.text),
            let title = Title(line: line.text + next.text)
        else { return nil }
        self = title
    }

    private static func endsInSubject(_ line: ArraySlice<UInt8>) -> Bool {
        let line = line.ends(with: work) ? line.dropLast(work.count) : line
        return subjects.contains { line.ends(with: $0) }
    }

    private static let work = Array("工作".utf8)
    /// Signs of lists of links: the reports of other years.
    private static let listSigns: Words = ["[", "•", "*", "·", "●"]
    private static let lastWords = ["工作年度报告", "年度报告", "年度工作报告", "度报告", "工作报告", "报告", "工作年报", "年报"].map {
        Array($0.utf8)
    }

    /// The year that a line names and nothing else: `（2022年）`, `2022年度`, `统计年度：2022年`.
    private static func year(inLine line: ArraySlice<UInt8>) -> ReportYear? {
        var text = line.trimming(brackets)
        if let length = text.length(ofWordIn: periodNames, at: text.startIndex) { text = text.dropFirst(length) }
        let (rest, year) = YearText.remove(from: text)
        if let year { return rest.isEmpty ? year : nil }
        let (before, bare) = YearText.removeBare(fromEndOf: text)
        return before.isEmpty && text.count < line.count ? bare : nil
    }

    private static let brackets: Words = ["(", ")", "[", "]", "〔", "〕"]
    private static let periodNames: Words = ["统计年度:", "报告年度:", "填报年度:", "所属年度:", "年度:", "年份:", "统计期:", "统计时间:"]

    /// Reads a line that the edge of the page has broken, and the next, which holds the rest of it; nil for other lines.
    private init?(_ line: HeadLine, goingOnIn next: HeadLine?) {
        guard let next, line.isPlain, next.isPlain, next.text.characterCount < line.text.characterCount,
            line.text.characterCount >= Self.brokenMin, !line.text.contains(Self.sentenceSigns),
            Title(line: next.text) == nil, let title = Title(line: line.text + next.text), title.agency != nil
        else { return nil }
        self = title
    }

    /// A page is so many characters wide at least.
    private static let brokenMin = 15
    private static let sentenceSigns: Words = ["，", ",", "。", "；", "：", ":"]

    /// Reads one folded line; nil when it is no title of an annual report.
    init?(line: ArraySlice<UInt8>) {
        var line =
            line.starts(with: Self.underlines) && line.ends(with: Self.underlines) ? line.trimming(Self.marks) : line
        if let file = Self.fileEnds.first(where: { line.ends(with: $0) }) { line.removeLast(file.count) }
        guard line.contains(Self.subjectWords), (6...80).contains(line.characterCount) else { return nil }
        guard !line.contains(Self.noTitle), !line.starts(with: Self.position), Self.endsAsTitle(line) else {
            return nil
        }
        var (withoutYear, year) = YearText.remove(from: line)
        text = String(decoding: line, as: UTF8.self)
        if year == nil { (withoutYear, year) = YearText.removeBare(fromStartOf: line) }
        self.year = year
        guard let name = AgencyName.beforeSubject(withoutYear) ?? AgencyName.behindTitle(withoutYear) else {
            // A link in a list: the report of another year, perhaps.
            if line.contains(Self.listSigns), !line.starts(with: Self.bold) { return nil }
            return
        }
        let (agency, bareYear) = YearText.removeBare(fromEndOf: name)
        self.agency = AgencyName.isEmpty(agency) ? nil : String(decoding: agency, as: UTF8.self)
        // 2021政府信息公开 names a year too; 2021—2022年 names two, and so none.
        if let bareYear { self.year = year == nil || year == bareYear ? bareYear : nil }
    }

    /// Takes the agency and the year from the line before, where this one has none: `甲县财政局2023年` and
    /// `政府信息公开工作年度报告`.
    private mutating func complete(from line: ArraySlice<UInt8>) {
        var (name, before) = YearText.remove(from: line)
        name = NamePrefix.removed(from: name)
        if text.utf8.starts(with: Self.bareSubject) { name = AgencyName.beforeBareSubject(name) }
        if agency == nil, AgencyName.isPlausibleWithOther(name) {
            agency = String(decoding: name, as: UTF8.self)
            isNamedAbove = before == nil
            text = String(decoding: line, as: UTF8.self) + text
            year = year ?? before
        } else if year == nil, before != nil, name.isEmpty {
            year = before
        }
    }

    /// Takes the place from the line before, where the agency is named without one: `甲县` and `财政局2023年…`.
    private mutating func completePlace(from line: ArraySlice<UInt8>) {
        guard let name = agency, !Array(name.utf8)[...].contains(Self.placeWords),
            (2...5).contains(line.characterCount),
            Self.placeEnds.contains(where: { line.ends(with: $0) }), !line.contains(Self.otherPlaces)
        else { return }
        agency = String(decoding: line, as: UTF8.self) + name
        text = String(decoding: line, as: UTF8.self) + text
    }

    private static let placeEnds = ["省", "市", "县", "区", "旗"].map { Array($0.utf8) }
    private static let otherPlaces: Words = ["专区", "园区", "社区", "校区", "景区", "小区", "院区", "本", "公开"]
    private static let placeWords: Words = ["省", "市", "县", "区", "旗", "州", "盟", "镇", "乡", "街道", "国家", "中国", "部"]

    private static let bareSubject = Array("信息公开".utf8)

    /// What a report is about, the longest words first.
    static let subjects = [
        "政府信息公开", "政府信息主动公开", "政务信息公开", "政务公开", "校务信息公开", "校务(信息)公开", "校务公开", "院务信息公开", "院务(信息)公开", "院务公开", "信息公开",
        "政府信息公開", "政務信息公開", "政務公開", "信息公開", "政府資訊公開",
    ].map { Array($0.utf8) }

    private static let subjectWords: Words = ["信息公开", "信息主动公开", "务公开", "务(信息)公开", "信息公開", "務公開", "資訊公開"]
    private static let noTitle: Words = [">", "。"]
    private static let position = Array("当前位置".utf8)
    private static let annualReports = ["年报", "年報"].map { Array($0.utf8) }
    private static let reportEnds = ["报告", "報告"].map { Array($0.utf8) } + annualReports
    /// 《…》, and the marks of bold in Markdown.
    private static let outerMarks: Words = ["《", "》", "*"]
    private static let bold = Array("**".utf8)
    /// Bold, as some programs write it.
    private static let underlines = Array("__".utf8)
    private static let marks: Words = ["_"]
    private static let openBook = Array("《".utf8)
    /// The name of a file as the title.
    private static let fileEnds = [".docx", ".doc", ".wps", ".pdf", ".txt"].map { Array($0.utf8) }
    private static let opening: Words = ["(", "（"]
    private static let closing = [")", "）"].map { Array($0.utf8) }

    /// `…关于2023年政府信息公开工作年度报告的公示`, `…关于印发《…》的通知`: what a letter or notice that holds the report ends in.
    private static let letterEnds = ["的公示", "的公告", "的通告", "的通知", "的函"].map { Array($0.utf8) }
    private static let about: Words = ["关于"]
    /// A notice about the reports of others.
    private static let foreignLetters: Words = ["转发", "做好", "开展", "要求", "编制", "各"]

    /// The line without the words of the letter that holds the report; nil for one that asks for reports.
    private static func withoutLetter(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let end = letterEnds.first(where: { line.ends(with: $0) }) else { return line }
        guard let about = line.firstOffset(ofAny: about),
            AgencyName.isPlausible(line[..<about]) || about == line.startIndex,
            !line[about...].contains(foreignLetters)
        else { return nil }
        return line.dropLast(end.count)
    }

    private static func withoutBrackets(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard closing.contains(where: { line.ends(with: $0) }),
            let open = line.indices.last(where: { line.length(ofWordIn: opening, at: $0) != nil })
        else { return line }
        return line[..<open]
    }

    private static func endsAsTitle(_ line: ArraySlice<UInt8>) -> Bool {
        // `（更正版）` stands behind the report, the number of a letter behind the letter.
        guard let letter = withoutLetter(withoutBrackets(line.trimming(outerMarks))) else { return false }
        let line = AgencyName.withoutNameBehindTitle(withoutBrackets(letter.trimming(outerMarks)))
        if reportEnds.contains(where: line.ends(with:)) { return true }
        let rest = YearText.remove(from: line).text
        return annualReports.contains { rest.ends(with: $0) }
    }
}

/// A line that may be a title.
struct HeadLine: Sendable {
    /// The folded line.
    let text: ArraySlice<UInt8>
    /// The piece that it is; nil for one of the document's metadata.
    let piece: Piece?

    /// Whether it is a line of a text, in no table.
    var isPlain: Bool { piece.map { $0.table == 0 && $0.headingLevel == nil } ?? false }

    private static let linesMax = 60
    private static let bytesMax = 400

    /// The short lines before the first section, then the metadata.
    static func all(_ tape: Tape, before end: Int) -> [HeadLine] {
        var lines: [HeadLine] = []
        for piece in tape.pieces[..<end].prefix(linesMax) where piece.content.isText {
            let isLine = piece.span.end - piece.span.start <= bytesMax
            guard var text = isLine ? tape.folded(piece) : lead(tape.document.bytes(piece.span)) else { continue }
            for prefix in prefixes where text.starts(with: prefix) { text.removeFirst(prefix.count) }
            if !text.isEmpty { lines.append(HeadLine(text: text, piece: piece)) }
        }
        for entry in tape.document.metadata where ["title", "ArticleTitle"].contains(entry.name) {
            let folded = Normalization.foldedString(entry.value)
            let text = folded.split { "_|-—–".contains($0) }.first.map(String.init) ?? folded
            lines.append(HeadLine(text: Array(text.utf8)[...], piece: nil))
        }
        return lines
    }

    /// The title that a running text begins with: up to the first 报告 that white space follows.
    private static func lead(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let end = bytes.prefix(bytesMax).firstOffset(of: report).map({ $0 + report.count }) else { return nil }
        let rest = bytes[end...]
        guard rest.first == 0x20 || rest.starts(with: wideSpace) else { return nil }
        let text = Normalization.fold(bytes[..<end])
        return text.contains(sentenceSigns) ? nil : text
    }

    private static let report = Array("报告".utf8)
    private static let wideSpace = Array("\u{3000}".utf8)
    private static let sentenceSigns: Words = [",", "，", "《", "。"]
    private static let prefixes = ["标题:", "题目:", "名称:", "title:", "Title:"].map { Array($0.utf8) }
}
