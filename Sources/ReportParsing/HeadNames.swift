import Documents
import Reports

/// Whom the head of a page names beside its title: the publisher and the source of its particulars, a line below the title.
struct HeadNames: Sendable {
    /// The publisher in the page's table of particulars (发布机构).
    private(set) var publisher: String?
    /// Where the text came from (来源), where that is no government and no newspaper.
    private(set) var source: String?
    /// The agency on a line of its own below the title.
    private(set) var byline: String?

    private static let piecesMax = 60
    private static let bytesMax = 400
    private static let linesBelowTitleMax = 4

    /// Reads the head. O(its length).
    ///
    /// - Parameters:
    ///   - end: the piece of the first section's heading.
    ///   - title: the title, which names no agency itself.
    init(_ tape: Tape, before end: Int, title: Title) {
        let pieces = tape.pieces[..<min(end, tape.pieces.count)].prefix(Self.piecesMax)
        for (index, piece) in zip(pieces.indices, pieces)
        where piece.content.isText && piece.span.end - piece.span.start <= Self.bytesMax {
            let next = index + 1 < tape.pieces.count ? tape.pieces[index + 1] : nil
            read(
                tape.folded(piece), next: next.map { tape.folded($0) } ?? [], isCell: next.map(piece.isBeside) ?? false)
            if piece.span.start == title.start { byline = Self.byline(tape, below: index) }
        }
        for entry in tape.document.metadata where source == nil && entry.name == "ContentSource" {
            source = Self.source(Normalization.fold(Array(entry.value.utf8)[...]))
        }
    }

    private mutating func read(_ line: ArraySlice<UInt8>, next: ArraySlice<UInt8>, isCell: Bool) {
        if publisher == nil { publisher = Self.publisher(line, next: next, isCell: isCell) }
        if source == nil, let word = line.firstOffset(ofAny: Self.sources) {
            let behind = line[(word + (line.length(ofWordIn: Self.sources, at: word) ?? 0))...]
            source = Self.source(Self.firstParticular(behind))
        }
    }

    private static let publishers: Words = [
        "发布机构:", "信息来源:", "公开机构:", "发布单位:", "发布部门:", "公开单位:", "公开部门:", "发文机关:", "发文单位:", "制发机关:", "编制单位:", "填报单位:",
        "填报机关:", "填报部门:", "填报单位(盖章):", "单位名称:",
    ]
    /// The same words in a cell of their own, which needs no colon.
    private static let publisherCells: Words = [
        "发布机构", "公开机构", "发布单位", "发布部门", "公开单位", "公开部门", "发文机关", "发文单位", "制发机关", "编制单位", "填报单位",
        "填报机关", "填报部门", "填报单位(盖章)", "单位名称",
    ]
    /// What stands before the agency at the beginning of a line; elsewhere it is the end of another word, 主办单位.
    private static let unit = Array("单位:".utf8)
    private static let sources: Words = ["来源:"]
    /// What a page's table of particulars goes on with.
    private static let particulars: Words = [
        "发布", "公开", "生成", "成文", "时间", "日期", "作者", "来源", "浏览", "点击", "阅读", "访问", "字号", "文号", "索引", "名称", "主题", "[", "【",
        "|", "202",
    ]

    /// Whom a line names as the publisher; what else it says may follow. The name may stand in the next cell or line.
    private static func publisher(
        _ line: ArraySlice<UInt8>, next: ArraySlice<UInt8>, isCell: Bool
    ) -> String? {
        if isCell, publisherCells.patterns.contains(where: line.elementsEqual) { return name([next]) }
        if line.starts(with: unit), AgencyName.isNamed(line.dropFirst(unit.count)) {
            return name([line.dropFirst(unit.count)])
        }
        guard let word = line.firstOffset(ofAny: publishers), let length = line.length(ofWordIn: publishers, at: word)
        else { return nil }
        let rest = line[(word + length)...]
        return name(rest.isEmpty ? [next] : [rest, firstParticular(rest)])
    }

    private static func name(_ texts: [ArraySlice<UInt8>]) -> String? {
        texts.lazy.map(AgencyName.withoutSeal).first(where: AgencyName.isPlausible)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    private static func firstParticular(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        text[..<(text.firstOffset(ofAny: particulars) ?? text.endIndex)]
    }

    /// The source of a text, where it can be nobody but the agency itself.
    private static func source(_ name: ArraySlice<UInt8>) -> String? {
        guard AgencyName.isNamed(name), !AgencyName.mayBePlace(name), !name.contains(media) else { return nil }
        return String(decoding: name, as: UTF8.self)
    }

    private static let media: Words = ["融媒", "传媒", "新闻", "日报", "晚报", "电视", "广播", "报社", "宣传", "信息中心", "大数据", "网"]

    /// The agency on a line of its own below the title, among lines of years and dates.
    private static func byline(_ tape: Tape, below title: Int) -> String? {
        let lines = tape.pieces[(title + 1)...].prefix(linesBelowTitleMax)
        for (index, piece) in zip(lines.indices, lines) {
            guard piece.table == 0, piece.content.isText || piece.content == .blank else { return nil }
            let line = tape.folded(piece)
            let name = line.trimming(frames)
            if AgencyName.isNamed(name) {
                let next = index + 1 < tape.pieces.count ? tape.folded(tape.pieces[index + 1]) : []
                // A letter to the government begins like this, too, but not with a dash or in brackets.
                guard name.count < line.count || !AgencyName.mayBePlace(name) || WrittenDate(alone: next) != nil
                else { return nil }
                return String(decoding: name, as: UTF8.self)
            }
            guard line.characterCount <= 12, line.contains(year) || lastWords.contains(where: line.elementsEqual) else {
                return nil
            }
        }
        return nil
    }

    private static let frames: Words = ["-", "—", "–", "―", "─", "(", ")"]
    private static let year: Words = ["年", "20"]
    private static let lastWords = ["工作年度报告", "年度报告", "工作报告", "报告"].map { Array($0.utf8) }
}
