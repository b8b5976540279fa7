import Documents
import Reports

/// Finds the date on which a report was published: beside 发布日期 and the like, in a page's metadata, or as the last line.
enum PublicationDate {
    /// The words that a date of publication follows, the surest first.
    private static let words: Words = ["发布日期", "发布时间", "公开日期", "成文日期", "发文日期", "时间"]
    /// Words that it follows where no other word stands right before them, as in 下载日期.
    private static let bareWords: Words = ["日期:", "日期："]
    /// Other dates of a page: of its printing, or of the day on which it is read.
    private static let otherDates: Words = [
        "下载", "打印", "更新", "修改", "访问", "当前", "今天", "现在", "星期", "系统", "截止", "截至", "失效", "到期", "统计", "北京",
    ]
    /// What stands in one line with the date of an article's publication.
    private static let particulars: Words = [
        "来源", "字号", "字体", "作者", "浏览", "点击", "阅读", "发表", "责任编辑", "date:", "Date:", "published:",
    ]
    /// What no line of an article's particulars holds.
    private static let foreignSigns: Words = ["。", "，", "；", "报告", "http", "www", "htm"]
    private static let metadata: Set<String> = ["PubDate", "publishdate", "pubdate", "createDate"]
    private static let headPiecesMax = 40
    private static let lastPiecesMax = 12
    private static let lineBytesMax = 160
    private static let daySign = Array("日".utf8)

    /// The date; nil where none is stated. O(length of the head).
    ///
    /// - Parameter firstHeading: the piece of the first section's heading; the head ends there.
    static func find(_ tape: Tape, before firstHeading: Int) -> DocumentDate? {
        for entry in tape.document.metadata where metadata.contains(entry.name) {
            let place = DocumentPlace(line: 1, text: entry.value)
            if let date = WrittenDate(leading: Array(entry.value.utf8)[...])?.date(place) { return date }
        }
        let head = 0..<min(firstHeading, headPiecesMax, tape.pieces.count)
        for index in head { if let date = stated(tape, index) { return date } }
        for index in head { if let date = bare(tape, index) { return date } }
        return closingDate(tape)
    }

    /// The date behind one of the words, or in the cell after it.
    private static func stated(_ tape: Tape, _ index: Int) -> DocumentDate? {
        let piece = tape.pieces[index]
        guard isShort(piece) else { return nil }
        let bytes = tape.document.bytes(piece.span)
        guard let end = wordEnd(bytes) else { return nil }
        if let date = WrittenDate(leading: bytes[end...]) { return date.date(tape.place(piece)) }
        guard index + 1 < tape.pieces.count, isShort(tape.pieces[index + 1]) else { return nil }
        let next = tape.pieces[index + 1]
        return WrittenDate(leading: tape.document.bytes(next.span))?.date(tape.place(next))
    }

    /// Where the word ends that a date of publication follows.
    private static func wordEnd(_ bytes: ArraySlice<UInt8>) -> Int? {
        if bytes.contains(words) {
            let ends = words.patterns.lazy.compactMap { word in
                bytes.firstOffset(of: word).map { ($0, $0 + word.count) }
            }
            // 更新时间 is another's.
            if let (start, end) = ends.first, !otherDates.patterns.contains(where: bytes[..<start].ends(with:)) {
                return end
            }
        }
        guard let start = bytes.firstOffset(ofAny: bareWords) else { return nil }
        let isBare = start == bytes.startIndex || bytes[start - 1] < 0x80
        return isBare ? start + (bytes.length(ofWordIn: bareWords, at: start) ?? 0) : nil
    }

    private static func isShort(_ piece: Piece) -> Bool {
        piece.span.end - piece.span.start < 240
    }

    /// The date of a line that holds nothing else, or only what pages print beside it: `来源：本站 2024-01-20 10:22`.
    private static func bare(_ tape: Tape, _ index: Int) -> DocumentDate? {
        let piece = tape.pieces[index]
        guard piece.table == 0, piece.span.end - piece.span.start < lineBytesMax else { return nil }
        let bytes = tape.document.bytes(piece.span)
        guard let written = WrittenDate(in: bytes), !bytes.contains(otherDates), !bytes.contains(foreignSigns) else {
            return nil
        }
        let isAlone = written.range == bytes.startIndex..<bytes.endIndex && !isBehindColon(tape, index)
        return isAlone || bytes.contains(particulars) ? written.date(tape.place(piece)) : nil
    }

    /// Whether the line before says of what a line is.
    private static func isBehindColon(_ tape: Tape, _ index: Int) -> Bool {
        index > 0 && tape.folded(tape.pieces[index - 1]).last == UInt8(ascii: ":")
    }

    private static func closingDate(_ tape: Tape) -> DocumentDate? {
        for piece in tape.pieces.suffix(lastPiecesMax).reversed() where piece.span.end - piece.span.start < 60 {
            let bytes = tape.document.bytes(piece.span)
            guard bytes.suffix(daySign.count).elementsEqual(daySign) else { continue }
            if let date = WrittenDate(leading: bytes)?.date(tape.place(piece)) { return date }
        }
        return nil
    }
}
