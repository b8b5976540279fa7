import Documents
import Reports

/// Finds the date on which a report was published: beside 发布日期 and the like, in a page's metadata, or as the last line.
enum PublicationDate {
    /// The words that a date of publication follows, the surest first.
    private static let words: Words = ["发布日期", "发布时间", "公开日期", "成文日期", "发文日期", "时间"]
    /// Words that it follows where none of the others stands in the head.
    private static let laterWords: Words = ["生成日期"]
    /// Words that it follows where no other word stands right before them, as in 下载日期.
    private static let bareWords: Words = ["日期:", "日期："]
    /// Other dates of a page: of its printing, or of the day on which it is read.
    private static let otherDates: Words = [
        "下载", "打印", "更新", "修改", "访问", "当前", "今天", "现在", "星期", "系统", "截止", "截至", "失效", "到期", "统计", "北京",
    ]
    /// What stands in one line with the date of an article's publication.
    private static let particulars: Words = [
        "来源", "字号", "字体", "作者", "浏览", "点击", "阅读", "发表", "责任编辑", "date:", "Date:", "published:", "Published:",
    ]
    /// What no line of an article's particulars holds.
    private static let foreignSigns: Words = ["。", "，", "；", "报告", "http", "www", "htm"]
    /// `发布：2024-01-19`: what stands for the longer words where a date follows at once.
    private static let shortWords: Words = ["发布:", "发布：", "发布于"]
    /// Of the articles before and after this one.
    private static let otherArticles: Words = ["上一篇", "下一篇", "上一条", "下一条"]
    private static let metadata: Set<String> = ["PubDate", "publishdate", "pubdate", "createDate"]
    private static let headPiecesMax = 40
    private static let lastPiecesMax = 12
    private static let lineBytesMax = 160
    private static let daySign = Array("日".utf8)

    /// The date; nil where none is stated. O(length of the head).
    ///
    /// - Parameters:
    ///   - firstHeading: the piece of the first section's heading; the head ends there.
    ///   - titleStart: where the title stands; a date alone before it may be that of the day on which the page was read.
    ///   - year: the year of the report.
    static func find(
        _ tape: Tape, before firstHeading: Int, titleStart: Int? = nil, year: ReportYear? = nil
    ) -> DocumentDate? {
        for entry in tape.document.metadata where metadata.contains(entry.name) {
            let place = DocumentPlace(line: 1, text: entry.value)
            if let date = WrittenDate(leading: Array(entry.value.utf8)[...])?.date(place) { return date }
        }
        let head = 0..<min(firstHeading, headPiecesMax, tape.pieces.count)
        for words in [words, laterWords] {
            for index in head { if let date = stated(tape, index, behind: words) { return date } }
        }
        for index in head {
            let isAboveTitle = titleStart.map { tape.pieces[index].span.start < $0 } ?? false
            guard let date = bare(tape, index, isBelowTitle: titleStart != nil && !isAboveTitle) else { continue }
            if !isAboveTitle || isTimely(date, year) { return date }
        }
        return closingDate(tape, behind: titleStart ?? 0)
    }

    /// The date behind one of the words, or in the cell after it.
    private static func stated(_ tape: Tape, _ index: Int, behind words: Words) -> DocumentDate? {
        let piece = tape.pieces[index]
        guard isShort(piece) else { return nil }
        let bytes = tape.document.bytes(piece.span)
        guard let end = wordEnd(bytes, words) else { return nil }
        if let date = WrittenDate(leading: bytes[end...]) { return date.date(tape.place(piece)) }
        guard index + 1 < tape.pieces.count, isShort(tape.pieces[index + 1]) else { return nil }
        let next = tape.pieces[index + 1]
        return WrittenDate(leading: tape.document.bytes(next.span))?.date(tape.place(next))
    }

    /// Whether a date is of the months in which the report of a year is due: the page of a site shows that of the day, too.
    private static func isTimely(_ date: DocumentDate, _ year: ReportYear?) -> Bool {
        year.map { date.year == $0.value + 1 && date.month <= lastTimelyMonth } ?? false
    }

    private static let lastTimelyMonth = 6

    /// Where the word ends that a date of publication follows.
    private static func wordEnd(_ bytes: ArraySlice<UInt8>, _ words: Words) -> Int? {
        if bytes.contains(words) {
            let ends = words.patterns.lazy.compactMap { word in
                bytes.firstOffset(of: word).map { ($0, $0 + word.count) }
            }
            // 更新时间 is another's.
            if let (start, end) = ends.first, !otherDates.patterns.contains(where: bytes[..<start].ends(with:)) {
                return end
            }
        }
        if let start = bytes.firstOffset(ofAny: shortWords) {
            let end = start + (bytes.length(ofWordIn: shortWords, at: start) ?? 0)
            if bytes[end...].first(where: { $0 != 0x20 })?.isDigit ?? false { return end }
        }
        guard let start = bytes.firstOffset(ofAny: bareWords) else { return nil }
        let isBare = start == bytes.startIndex || bytes[start - 1] < 0x80
        return isBare ? start + (bytes.length(ofWordIn: bareWords, at: start) ?? 0) : nil
    }

    private static func isShort(_ piece: Piece) -> Bool {
        piece.span.end - piece.span.start < 240
    }

    /// The date of a line that holds nothing else, or only what pages print beside it: `来源：本站 2024-01-20 10:22`.
    private static func bare(_ tape: Tape, _ index: Int, isBelowTitle: Bool) -> DocumentDate? {
        let piece = tape.pieces[index]
        guard piece.table == 0, piece.span.end - piece.span.start < lineBytesMax else { return nil }
        let bytes = tape.document.bytes(piece.span)
        if let written = alone(tape, piece), !isBehindColon(tape, index) { return written.date(tape.place(piece)) }
        guard let written = WrittenDate(in: bytes), !bytes.contains(otherDates), !bytes.contains(foreignSigns),
            bytes.contains(particulars) || isBelowTitle && isTimed(bytes[written.range.upperBound...])
        else { return nil }
        return written.date(tape.place(piece))
    }

    /// Whether the time of the day follows at once: `青川发布 2024年1月19日 16:20 河南`, as WeChat prints it.
    private static func isTimed(_ text: ArraySlice<UInt8>) -> Bool {
        let time = text.drop { $0 == 0x20 }
        let hour = time.prefix(while: \.isDigit)
        return time.startIndex > text.startIndex && (1...2).contains(hour.count)
            && time.dropFirst(hour.count).first == UInt8(ascii: ":")
    }

    private static func alone(_ tape: Tape, _ piece: Piece) -> WrittenDate? {
        WrittenDate(alone: tape.document.bytes(piece.span)) ?? WrittenDate(alone: tape.folded(piece))
    }

    /// Whether the line before says of what a line is.
    private static func isBehindColon(_ tape: Tape, _ index: Int) -> Bool {
        index > 0 && tape.folded(tape.pieces[index - 1]).last == UInt8(ascii: ":")
    }

    /// The date under the signature. One without 年 and 日 needs the name of an agency before it.
    ///
    /// That of the printing, `县水务局办公室 2024年1月19日印发`, is taken where there is no other.
    private static func closingDate(_ tape: Tape, behind titleStart: Int) -> DocumentDate? {
        var printed: DocumentDate?
        for index in tape.pieces.indices.suffix(lastPiecesMax).reversed() {
            let piece = tape.pieces[index]
            guard piece.span.end - piece.span.start < lineBytesMax, piece.span.start >= titleStart else { continue }
            let bytes = tape.document.bytes(piece.span)
            if bytes.ends(with: printing) {
                printed = printed ?? last(of: bytes.dropLast(printing.count))?.date(tape.place(piece))
                continue
            }
            let before = index > 0 && tape.pieces[index - 1].table == 0 ? tape.folded(tape.pieces[index - 1]) : []
            guard !bytes.contains(otherDates), !bytes.contains(otherArticles), !before.contains(otherArticles) else {
                continue
            }
            if let written = alone(tape, piece), bytes.contains(dayWord) || AgencyName.isPlausible(before) {
                if let date = written.date(tape.place(piece)) { return date }
            } else if bytes.ends(with: daySign), let date = ending(bytes)?.date(tape.place(piece)) {
                return date
            }
        }
        return printed
    }

    /// The date that a line ends in; a long line may be a sentence, in which other numbers stand before it.
    private static func ending(_ bytes: ArraySlice<UInt8>) -> WrittenDate? {
        bytes.count < signatureBytesMax ? WrittenDate(leading: bytes) : last(of: bytes)
    }

    private static func last(of bytes: ArraySlice<UInt8>) -> WrittenDate? {
        guard !bytes.contains(sentenceSigns), let date = WrittenDate(in: bytes),
            date.range.upperBound == bytes.endIndex
        else { return nil }
        return date
    }

    private static let sentenceSigns: Words = ["。", "，", "；"]
    private static let signatureBytesMax = 60
    private static let printing = Array("印发".utf8)

    private static let dayWord: Words = ["日"]
}
