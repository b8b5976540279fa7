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
}

extension Title {
    /// Finds the title among the first lines of a document and in its metadata.
    init(_ tape: Tape, before end: Int) {
        let lines = HeadLine.all(tape, before: end)
        var best: (score: Int, title: Title)?
        for (index, line) in lines.enumerated() {
            guard var title = Title(line: line.text) else { continue }
            title.place = line.place
            if title.agency == nil, index > 0, AgencyName.isPlausible(lines[index - 1].text) {
                title.agency = lines[index - 1].text
                title.text = lines[index - 1].text + title.text
            }
            let score =
                (line.isHeading ? 4 : 0) + (line.isMetadata ? -1 : 0) + (title.agency == nil ? 0 : 2)
                + (title.year == nil ? 0 : 1)
            if best == nil || score > best?.score ?? 0 { best = (score, title) }
        }
        self = best?.title ?? Title()
    }

    /// Reads one line; nil when it is no title of an annual report.
    init?(line: String) {
        guard (6...80).contains(line.count), !line.contains(">"), !line.contains("。"), !line.hasPrefix("当前位置") else {
            return nil
        }
        guard Self.subjects.contains(where: { line.contains($0) }), Self.endsAsTitle(line) else { return nil }
        let (withoutYear, year) = YearText.remove(from: line)
        text = line
        self.year = year
        agency = AgencyName.beforeSubject(withoutYear)
    }

    /// What a report is about, the longest words first.
    static let subjects = ["政府信息公开", "政务信息公开", "政务公开", "信息公开"]

    private static func endsAsTitle(_ line: String) -> Bool {
        var line = Substring(line)
        if line.hasSuffix(")") || line.hasSuffix("）"), let open = line.lastIndex(where: { $0 == "(" || $0 == "（" }) {
            line = line[..<open]
        }
        return line.hasSuffix("报告") || line.hasSuffix("年报") || YearText.remove(from: String(line)).text.hasSuffix("年报")
    }
}

/// A line that may be a title.
struct HeadLine: Sendable {
    /// The line without white space.
    let text: String
    /// Whether the mark-up calls it a heading.
    let isHeading: Bool
    /// Whether it stands in the document's metadata.
    let isMetadata: Bool
    /// Where it stands.
    let place: DocumentPlace?

    private static let linesMax = 60
    private static let bytesMax = 400

    /// The short lines before the first section, then the metadata.
    static func all(_ tape: Tape, before end: Int) -> [HeadLine] {
        var lines: [HeadLine] = []
        for piece in tape.pieces[..<end].prefix(linesMax) where piece.span.end - piece.span.start <= bytesMax {
            guard piece.content == .text else { continue }
            var text = Normalization.foldedString(tape.document.bytes(piece.span))
            for prefix in ["标题:", "题目:", "名称:"] where text.hasPrefix(prefix) { text.removeFirst(prefix.count) }
            if text.isEmpty { continue }
            lines.append(
                HeadLine(text: text, isHeading: piece.headingLevel != nil, isMetadata: false, place: tape.place(piece)))
        }
        for entry in tape.document.metadata where ["title", "ArticleTitle"].contains(entry.name) {
            let folded = Normalization.foldedString(entry.value.utf8)
            let text = folded.split { "_|-—–".contains($0) }.first.map(String.init) ?? folded
            lines.append(HeadLine(text: text, isHeading: false, isMetadata: true, place: nil))
        }
        return lines
    }
}

/// Years as titles and sentences write them.
enum YearText {
    private static let chineseDigits: [Character: Int] = [
        "○": 0, "〇": 0, "零": 0, "O": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]

    /// Takes the first year (`2023年度`, `二○二三年`) out of a text without white space.
    static func remove(from text: String) -> (text: String, year: ReportYear?) {
        let characters = Array(text)
        var at = 0
        while at + 4 < characters.count {
            if let year = year(characters[at..<at + 4]), characters[at + 4] == "年" {
                let isAnnual = at + 5 < characters.count && characters[at + 5] == "度"
                // 年度报告 keeps its 年度.
                let isReport = isAnnual && at + 6 < characters.count && characters[at + 6] == "报"
                let end = at + 5 + (isAnnual && !isReport ? 1 : 0)
                return (String(characters[..<at] + characters[end...]), year)
            }
            at += 1
        }
        return (text, nil)
    }

    /// The years that a text names before 年, in order.
    static func all(in text: String) -> [ReportYear] {
        let characters = Array(text)
        guard characters.count > 4 else { return [] }
        return (0..<characters.count - 4).compactMap { at in
            characters[at + 4] == "年" ? year(characters[at..<at + 4]) : nil
        }
    }

    private static func year(_ characters: ArraySlice<Character>) -> ReportYear? {
        let digits = characters.compactMap { $0.isASCII ? $0.wholeNumberValue : chineseDigits[$0] }
        guard digits.count == 4 else { return nil }
        return ReportYear(digits.reduce(0) { $0 * 10 + $1 })
    }
}
