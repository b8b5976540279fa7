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
            title.place = line.piece.map { tape.place($0) }
            if title.agency == nil, index > 0, AgencyName.isPlausible(lines[index - 1].text) {
                let agency = String(decoding: lines[index - 1].text, as: UTF8.self)
                title.agency = agency
                title.text = agency + title.text
            }
            let score =
                (line.piece?.headingLevel == nil ? 0 : 4) + (line.piece == nil ? -1 : 0) + (title.agency == nil ? 0 : 2)
                + (title.year == nil ? 0 : 1)
            if best == nil || score > best?.score ?? 0 { best = (score, title) }
        }
        self = best?.title ?? Title()
    }

    /// Reads one folded line; nil when it is no title of an annual report.
    init?(line: ArraySlice<UInt8>) {
        guard line.contains(Self.subjectWords), (6...80).contains(line.characterCount) else { return nil }
        guard !line.contains(Self.noTitle), !line.starts(with: Self.position), Self.endsAsTitle(line) else {
            return nil
        }
        let (withoutYear, year) = YearText.remove(from: line)
        text = String(decoding: line, as: UTF8.self)
        self.year = year
        agency = AgencyName.beforeSubject(withoutYear)
    }

    /// What a report is about, the longest words first.
    static let subjects = ["政府信息公开", "政务信息公开", "政务公开", "信息公开"].map { Array($0.utf8) }

    private static let subjectWords: Words = ["信息公开", "政务公开"]
    private static let noTitle: Words = [">", "。"]
    private static let position = Array("当前位置".utf8)
    private static let report = Array("报告".utf8)
    private static let annualReport = Array("年报".utf8)
    private static let opening: Words = ["(", "（"]
    private static let closing = [")", "）"].map { Array($0.utf8) }

    private static func endsAsTitle(_ line: ArraySlice<UInt8>) -> Bool {
        var line = line
        if closing.contains(where: { line.ends(with: $0) }),
            let open = line.indices.last(where: { line.length(ofWordIn: opening, at: $0) != nil })
        {
            line = line[..<open]
        }
        return line.ends(with: report) || line.ends(with: annualReport)
            || YearText.remove(from: line).text.ends(with: annualReport)
    }
}

/// A line that may be a title.
struct HeadLine: Sendable {
    /// The folded line.
    let text: ArraySlice<UInt8>
    /// The piece that it is; nil for one of the document's metadata.
    let piece: Piece?

    private static let linesMax = 60
    private static let bytesMax = 400

    /// The short lines before the first section, then the metadata.
    static func all(_ tape: Tape, before end: Int) -> [HeadLine] {
        var lines: [HeadLine] = []
        for piece in tape.pieces[..<end].prefix(linesMax) where piece.span.end - piece.span.start <= bytesMax {
            guard piece.content.isText else { continue }
            var text = tape.folded(piece)
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

    private static let prefixes = ["标题:", "题目:", "名称:"].map { Array($0.utf8) }
}
