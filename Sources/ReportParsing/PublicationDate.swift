import Documents
import Reports

/// Finds the date on which a report was published: beside 发布日期 and the like, in a page's metadata, or as the last line.
enum PublicationDate {
    private static let words = ["发布日期", "发布时间", "公开日期", "成文日期", "发文日期", "时间:"]
    private static let metadata = ["PubDate", "publishdate", "pubdate", "createDate"]
    private static let headPiecesMax = 60
    private static let lastPiecesMax = 12

    /// The date; nil where none is stated.
    static func find(_ tape: Tape) -> DocumentDate? {
        for entry in tape.document.metadata where metadata.contains(entry.name) {
            let place = DocumentPlace(line: 1, text: entry.value)
            if let date = date(in: entry.value, place) { return date }
        }
        for (index, piece) in tape.pieces.prefix(headPiecesMax).enumerated() where isShort(piece) {
            let text = Normalization.foldedString(tape.document.bytes(piece.span))
            guard let word = words.lazy.compactMap({ text.firstRange(of: $0) }).first else { continue }
            if let date = date(in: String(text[word.upperBound...]), tape.place(piece)) { return date }
            // In a table the date stands in the next cell.
            guard index + 1 < tape.pieces.count, isShort(tape.pieces[index + 1]) else { continue }
            let next = tape.pieces[index + 1]
            if let date = date(in: tape.text(next), tape.place(next)) { return date }
        }
        return closingDate(tape)
    }

    private static func isShort(_ piece: Piece) -> Bool {
        piece.span.end - piece.span.start < 240
    }

    private static func closingDate(_ tape: Tape) -> DocumentDate? {
        for piece in tape.pieces.suffix(lastPiecesMax).reversed() where piece.span.end - piece.span.start < 60 {
            let text = Normalization.foldedString(tape.document.bytes(piece.span))
            if text.hasSuffix("日"), let date = date(in: text, tape.place(piece)) { return date }
        }
        return nil
    }

    /// `2024-01-26`, `2024年1月26日`, `2024/1/26`, `2024.01.26` at the beginning of a text, signs before it left out.
    static func date(in text: String, _ place: DocumentPlace) -> DocumentDate? {
        var numbers: [Int] = []
        var digits = ""
        for character in text.prefix(24) + " " {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            if let number = Int(digits) { numbers.append(number) }
            digits = ""
            guard numbers.count < 3 else { break }
        }
        guard numbers.count == 3 else { return nil }
        return DocumentDate(year: numbers[0], month: numbers[1], day: numbers[2], place: place)
    }
}
