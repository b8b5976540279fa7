import Documents
import Reports

/// Finds the date on which a report was published: beside 发布日期 and the like, in a page's metadata, or as the last line.
enum PublicationDate {
    private static let words: Words = ["发布日期", "发布时间", "公开日期", "成文日期", "发文日期", "时间"]
    private static let metadata: Set<String> = ["PubDate", "publishdate", "pubdate", "createDate"]
    private static let headPiecesMax = 40
    private static let lastPiecesMax = 12
    private static let daySign = Array("日".utf8)

    /// The date; nil where none is stated. O(length of the head).
    ///
    /// - Parameter firstHeading: the piece of the first section's heading; the head ends there.
    static func find(_ tape: Tape, before firstHeading: Int) -> DocumentDate? {
        for entry in tape.document.metadata where metadata.contains(entry.name) {
            let place = DocumentPlace(line: 1, text: entry.value)
            if let date = date(in: Array(entry.value.utf8)[...], place) { return date }
        }
        for index in 0..<min(firstHeading, headPiecesMax, tape.pieces.count) {
            if let date = stated(tape, index) { return date }
        }
        return closingDate(tape)
    }

    /// The date behind one of the words, or in the cell after it.
    private static func stated(_ tape: Tape, _ index: Int) -> DocumentDate? {
        let piece = tape.pieces[index]
        guard isShort(piece) else { return nil }
        let bytes = tape.document.bytes(piece.span)
        guard bytes.contains(words),
            let end = words.patterns.lazy.compactMap({ pattern in
                bytes.firstOffset(of: pattern).map { $0 + pattern.count }
            }).first
        else { return nil }
        if let date = date(in: bytes[end...], tape.place(piece)) { return date }
        guard index + 1 < tape.pieces.count, isShort(tape.pieces[index + 1]) else { return nil }
        let next = tape.pieces[index + 1]
        return date(in: tape.document.bytes(next.span), tape.place(next))
    }

    private static func isShort(_ piece: Piece) -> Bool {
        piece.span.end - piece.span.start < 240
    }

    private static func closingDate(_ tape: Tape) -> DocumentDate? {
        for piece in tape.pieces.suffix(lastPiecesMax).reversed() where piece.span.end - piece.span.start < 60 {
            let bytes = tape.document.bytes(piece.span)
            guard bytes.suffix(daySign.count).elementsEqual(daySign) else { continue }
            if let date = date(in: bytes, tape.place(piece)) { return date }
        }
        return nil
    }

    private static let bytesMax = 48

    /// `2024-01-26`, `2024年1月26日`, `2024/1/26`, `2024.01.26` near the beginning of a text.
    private static func date(in bytes: ArraySlice<UInt8>, _ place: @autoclosure () -> DocumentPlace) -> DocumentDate? {
        var numbers: [Int] = []
        var number: Int?
        let head = bytes.prefix(bytesMax)
        for offset in 0...head.count {
            let byte = offset < head.count ? head[head.startIndex + offset] : 0x20
            if UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte {
                number = min((number ?? 0) * 10 + Int(byte - UInt8(ascii: "0")), 100_000)
                continue
            }
            if let finished = number { numbers.append(finished) }
            number = nil
            guard numbers.count < 3 else { break }
        }
        guard numbers.count == 3 else { return nil }
        return DocumentDate(year: numbers[0], month: numbers[1], day: numbers[2], place: place())
    }
}
