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
        /// The year that it names.
        let year: ReportYear
    }

    /// The stretches whose tables are of another year than the report's, in order.
    private(set) var foreign: [Foreign] = []
    /// The years that the report says it is for.
    let years: [ReportYear]

    /// Finds them. O(length of the lines).
    ///
    /// - Parameters:
    ///   - headings: the pieces that head the report's sections, in order.
    ///   - years: the years that the report says it is for; a caption that names one of them is the report's own.
    init(_ tape: Tape, headings: [Int], years: [ReportYear]) {
        self.years = years
        guard !years.isEmpty else { return }
        var chapters = headings[...]
        var open: (caption: Int, year: ReportYear, isAnnex: Bool)?
        func close(_ end: Int) {
            if let open { foreign.append(Foreign(caption: open.caption, pieces: open.caption..<end, year: open.year)) }
            open = nil
        }
        for index in tape.pieces.indices where tape.pieces[index].content.isText {
            let piece = tape.pieces[index]
            var isChapter = false
            while let chapter = chapters.first, chapter <= index {
                isChapter = isChapter || chapter == index
                chapters.removeFirst()
            }
            // An annex has chapters of its own.
            if isChapter, let caption = open, !caption.isAnnex { close(index) }
            guard open != nil || piece.span.end - piece.span.start <= Self.bytesMax else { continue }
            let text = tape.folded(piece)
            let named = YearText.all(in: text)
            if named.isEmpty {
                if open != nil, Self.isTitle(text) || text.contains(Self.sentence) && text.contains(Self.thisYear) {
                    close(index)
                }
            } else if named.contains(where: years.contains) {
                close(index)
            } else if let year = named.first, named.allSatisfy({ $0 == year }), Self.isCaption(text),
                Self.isAlone(tape, index), Self.isBeforeTable(tape, index)
            {
                close(index)
                open = (index, year, Self.annexes.contains { text.starts(with: $0) })
            }
        }
        close(tape.pieces.count)
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
