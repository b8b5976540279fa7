import Documents
import Reports

/// The lines above tables that say which year the figures are for: `附：2022年度收到和处理政府信息公开申请情况`, `统计表（2015年度）`.
///
/// A report may print last year's tables beside its own, or in their place.
struct TableCaptions: Sendable {
    /// A stretch of the document whose tables are of another year.
    struct Foreign: Sendable {
        /// The piece of the caption.
        let caption: Int
        /// The pieces from the caption on.
        let pieces: Range<Int>
        /// The year that it names; nil where it says of another period in other words (上年, 历年累计).
        let year: ReportYear?
    }

    /// The stretches whose tables are of another year than the report's, in order.
    private(set) var foreign: [Foreign] = []
    /// The years that the report says it is for.
    let years: [ReportYear]

    /// A caption whose tables are not at their end.
    private struct Open: Sendable {
        let caption: Int
        let year: ReportYear?
        let isAnnex: Bool
        /// Whether it stands in the table's own head: no line belongs to it.
        let isHead: Bool
        /// The number of the report's chapter in which it stands.
        var chapter: Int?
        /// Whether chapters of its own have begun.
        var hasChapters = false
    }

    private var open: Open?
    /// The number of the chapter that began last.
    private var chapter: Int?

    /// Finds them. O(length of the lines).
    ///
    /// - Parameters:
    ///   - headings: the pieces that head the report's sections, in order.
    ///   - years: the years that the report says it is for; a caption that names one of them is the report's own.
    ///   - sheets: where the sheets of a workbook begin that are named after years.
    init(
        _ tape: Tape, headings: [Int], years: [ReportYear], sheets: [(piece: Int, year: ReportYear?)] = []
    ) {
        self.years = years
        var chapters = headings[...]
        var sheets = sheets[...]
        for index in tape.pieces.indices where Self.mayName(tape.pieces[index]) {
            while let sheet = sheets.first, sheet.piece <= index {
                begin(sheet.piece, year: sheet.year)
                sheets.removeFirst()
            }
            let piece = tape.pieces[index]
            var isChapter = false
            while let chapter = chapters.first, chapter <= index {
                isChapter = isChapter || chapter == index
                chapters.removeFirst()
            }
            // An annex has chapters of its own, which begin anew.
            if isChapter, let caption = open, !caption.isAnnex || goesOn(tape, index) { close(index) }
            if isChapter, open == nil { chapter = Self.chapterNumber(tape, index) }
            if open?.isHead == true, piece.table == 0 { close(index) }
            guard open != nil || piece.span.end - piece.span.start <= Self.bytesMax else { continue }
            if readHead(tape, index) || !piece.content.isText { continue }
            readLine(tape, index)
        }
        close(tape.pieces.count)
    }

    /// Takes the beginning of a sheet that is named after a year, or after none.
    private mutating func begin(_ sheet: Int, year: ReportYear?) {
        close(sheet)
        guard let year, !years.contains(year) else { return }
        // The chapters of the report stand in it again.
        open = Open(caption: sheet, year: year, isAnnex: true, isHead: false)
    }

    /// Takes a cell of the head of table 三 or 四 that says of which period all of it is: `申请人情况（2022年）`, `2022年`.
    private mutating func readHead(_ tape: Tape, _ index: Int) -> Bool {
        let piece = tape.pieces[index]
        guard piece.table > 0 else { return false }
        let text = tape.folded(piece)
        guard let kind = PeriodText.kind(of: text, years: years),
            text.contains(Self.heads) || PeriodText.isOnlyPeriod(text), Self.isInHead(tape, index)
        else { return false }
        close(index)
        if kind == .foreign {
            open = Open(caption: index, year: YearText.all(in: text).first, isAnnex: false, isHead: true)
        }
        return true
    }

    /// Takes a line, or a cell alone in its row.
    private mutating func readLine(_ tape: Tape, _ index: Int) {
        let text = tape.folded(tape.pieces[index])
        let words = PeriodText.named(in: text)
        let named = words.contains(.year) ? YearText.all(in: text) : []
        if words.contains(.table), let note = TableNote(tape, index, years: years) {
            foreign.append(Foreign(caption: index, pieces: note.pieces, year: note.year))
        } else if named.contains(where: years.contains) {
            close(index)
        } else if open != nil, words.contains(.own), PeriodText.isOnlyPeriod(text) {
            // 更正后, below the table of 更正前
            close(index)
        } else if isCaption(text, words, named), Self.isAlone(tape, index), Self.isBeforeTable(tape, index) {
            close(index)
            let isAnnex = Self.annexes.contains { text.starts(with: $0) }
            open = Open(caption: index, year: named.first, isAnnex: isAnnex, isHead: false, chapter: chapter)
        } else if named.isEmpty, open != nil,
            Self.isTitle(text) || text.contains(Self.sentence) && text.contains(Self.thisYear)
        {
            close(index)
        }
    }

    /// Whether a line says that the table below it is of another year, or of another period.
    private func isCaption(
        _ text: ArraySlice<UInt8>, _ words: EnumSet<PeriodText.Word>, _ named: [ReportYear]
    ) -> Bool {
        if let year = named.first, !years.isEmpty, named.allSatisfy({ $0 == year }), Self.isCaption(text) {
            return true
        }
        guard text.count <= Self.bytesMax, PeriodText.kind(of: text, words, years: years) == .foreign,
            text.characterCount <= Self.charactersMax, !text.contains(Self.otherLines)
        else { return false }
        return text.contains(Self.subjects) || text.last == UInt8(ascii: ":") || PeriodText.isOnlyPeriod(text)
    }

    /// Whether a chapter is the next one of the report, in whose chapter an annex stands.
    private mutating func goesOn(_ tape: Tape, _ index: Int) -> Bool {
        guard let before = open?.chapter, let number = Self.chapterNumber(tape, index), open?.hasChapters == false,
            number == before + 1
        else {
            open?.hasChapters = true
            return false
        }
        return true
    }

    private static func chapterNumber(_ tape: Tape, _ index: Int) -> Int? {
        guard case .chapter(let number) = LabelKey.ordinal(tape.folded(tape.pieces[index]).span).0 else { return nil }
        return number
    }

    private mutating func close(_ end: Int) {
        if let open { foreign.append(Foreign(caption: open.caption, pieces: open.caption..<end, year: open.year)) }
        open = nil
    }

    private static func mayName(_ piece: Piece) -> Bool {
        switch piece.content {
        case .text, .label(.head, _), .label(.route, _), .label(.litigation, _), .label(.organizations, _): true
        default: false
        }
    }

    /// The stretch of another year in which a piece stands.
    func foreign(at piece: Int) -> Foreign? {
        foreign.first { $0.pieces.contains(piece) }
    }
}

extension TableCaptions {
    private static let bytesMax = 160
    private static let charactersMax = 45
    private static let sentence: Words = ["。"]
    private static let thisYear: Words = ["本年", "今年"]
    private static let annexes = ["附", "(附"].map { Array($0.utf8) }
    /// What a caption says that its table holds.
    private static let subjects: Words = ["表", "情况", "数据", "统计", "附"]
    /// Words of rows, of dates, of laws, and of links to other reports.
    private static let others: Words = [
        "结转", "年度报告", "工作报告", "年报", "修订", "条例", "号", "施行", "月", "。", "计划", "要点", "项目数量", "以来", "相比", "较",
    ]
    /// Words of lines that name another period and are no captions.
    private static let otherLines: Words = [
        "结转", "年度报告", "工作报告", "年报", "修订", "条例", "号", "施行", "月", "。", "，", "计划", "要点", "项目数量", "相比", "较", "对比", "问题",
        "整改", "改进",
        "工作", "本年", "今年", "全年", "当年", "预算",
    ]
    /// Words of the heads of tables 三 and 四.
    private static let heads: Words = ["申请人情况", "行政复议", "行政诉讼", "法人或其他组织", "办理情况"]

    /// Whether a cell stands in the head of table 三 or 四: no figure stands in its row, and a name of such a head does.
    private static func isInHead(_ tape: Tape, _ index: Int) -> Bool {
        let piece = tape.pieces[index]
        guard piece.keepsRows else {
            return tape.pieces[(index + 1)...].first.map { !$0.isValue } ?? false
        }
        var hasName = tape.folded(piece).contains(heads)
        let start = tape.pieces[..<index].lastIndex { !piece.isBeside($0) }.map { $0 + 1 } ?? 0
        for other in tape.pieces[start...].prefix(neighboursMax * 2).prefix(while: piece.isBeside) {
            switch other.content {
            case .number, .run: return false
            case .label(.head, _), .label(.route, _), .label(.litigation, _), .label(.applicant, _): hasName = true
            case .label(.organizations, _): hasName = true
            case .label(.statistics2014, _), .label(.contents, _), .label(.proactiveColumn, _): return false
            default: break
            }
        }
        return hasName
    }

    private static let signs: Words = [":", "：", "(", ")", "[", "]", "【", "】", "〔", "〕", "《", "》", "年度", "上年", "上一年"]

    /// Whether a line of one year is the caption of a table: the year alone, or with what the table holds.
    private static func isCaption(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.characterCount <= charactersMax, !text.contains(others) else { return false }
        return text.contains(subjects) || YearText.remove(from: text).text.trimming(signs).isEmpty
    }

    private static func isTitle(_ text: ArraySlice<UInt8>) -> Bool {
        text.count <= bytesMax && Title(line: text) != nil
    }

    /// Whether nothing else stands in its row: else it is the head of a column, or a row's label.
    private static func isAlone(_ tape: Tape, _ index: Int) -> Bool {
        let piece = tape.pieces[index]
        guard piece.table > 0, piece.keepsRows else { return true }
        let before = tape.pieces[..<index].suffix(neighboursMax)
        let after = tape.pieces[(index + 1)...].prefix(neighboursMax)
        return (before + after).allSatisfy { other in
            other.table != piece.table || other.row != piece.row || other.content == .blank
                // A merged cell, written in all its places.
                || tape.folded(other).elementsEqual(tape.folded(piece))
        }
    }

    private static let neighboursMax = 16

    /// Whether a table begins right behind it: a line or two, of its unit for instance, may stand between.
    private static func isBeforeTable(_ tape: Tape, _ index: Int) -> Bool {
        tape.pieces[(index + 1)...].prefix(linesMax).contains { $0.table > 0 || $0.label != nil }
    }

    private static let linesMax = 4
}
