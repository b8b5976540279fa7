/// What Markdown puts around the text of a cell: emphasis, links, formulas, entities, and the names that programs give
/// to what is empty.
extension PlainText {
    /// The text of a cell without its dressing. O(length).
    func undressed(_ cell: TextSpan) -> TextSpan {
        guard !cell.isEmpty, mayBeDressed(cell) else { return cell }
        var span = cell
        // Dressing may stand within dressing, a few deep.
        for _ in 0..<8 where !span.isEmpty && mayBeDressed(span) {
            let inner = inner(span)
            guard inner != span else { break }
            span = WhiteSpace.trim(text, inner.start, inner.end)
        }
        return span
    }

    /// The text of a cell; nothing for one that a program calls empty.
    func named(_ cell: TextSpan) -> TextSpan {
        guard !cell.isEmpty, text[cell.start] | 0x20 == UInt8(ascii: "n") || text[cell.start] == UInt8(ascii: "U"),
            isEmptyByName(text[cell.start..<cell.end])
        else { return cell }
        return TextSpan(start: cell.start, end: cell.start)
    }

    private enum Word {
        static let marks = ["**", "__", "$$", "*", "_", "`", "$"].map { Array($0.utf8) }
        static let strike = Array("~~".utf8)
        static let space = Array("&nbsp;".utf8)
        static let link = Array("](".utf8)
        static let empty = ["NaN", "nan", "None"].map { Array($0.utf8) }
        /// What pandas calls columns without a name.
        static let unnamed = Array("Unnamed: ".utf8)
    }

    /// Nearly all cells begin and end with something else.
    private func mayBeDressed(_ span: TextSpan) -> Bool {
        switch text[span.start] {
        case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "`"), UInt8(ascii: "["),
            UInt8(ascii: "~"), UInt8(ascii: "&"), UInt8(ascii: "N"), UInt8(ascii: "n"), UInt8(ascii: "U"):
            return true
        default: return text[span.end - 1] == UInt8(ascii: "~") || text[span.end - 1] == UInt8(ascii: ";")
        }
    }

    private func inner(_ span: TextSpan) -> TextSpan {
        let bytes = text[span.start..<span.end]
        if isEmptyByName(bytes) { return TextSpan(start: span.start, end: span.start) }
        if bytes.starts(with: Word.space) { return TextSpan(start: span.start + Word.space.count, end: span.end) }
        if ends(bytes, with: Word.space) { return TextSpan(start: span.start, end: span.end - Word.space.count) }
        if let rest = withoutStrike(bytes) { return rest }
        if let link = linkText(bytes) { return link }
        for mark in Word.marks
        where bytes.count > 2 * mark.count && bytes.starts(with: mark) && ends(bytes, with: mark) {
            let inner = TextSpan(start: span.start + mark.count, end: span.end - mark.count)
            // `*1* and *2*` is more than one.
            return offset(of: mark, in: text[inner.start..<inner.end]) == nil ? inner : span
        }
        return span
    }

    private func isEmptyByName(_ bytes: ArraySlice<UInt8>) -> Bool {
        if Word.empty.contains(where: { bytes.elementsEqual($0) }) { return true }
        guard bytes.starts(with: Word.unnamed), bytes.count > Word.unnamed.count else { return false }
        return bytes.dropFirst(Word.unnamed.count).allSatisfy { 0x30...0x39 ~= $0 || $0 == 0x5F || $0 == 0x2E }
    }

    /// What stands behind text that is struck out, or before it; nil where none is, or where it stands in the middle.
    private func withoutStrike(_ bytes: ArraySlice<UInt8>) -> TextSpan? {
        let mark = Word.strike
        if bytes.starts(with: mark), let close = offset(of: mark, in: bytes.dropFirst(mark.count)) {
            return TextSpan(start: close + mark.count, end: bytes.endIndex)
        }
        guard ends(bytes, with: mark), let open = offset(of: mark, in: bytes.dropLast(mark.count)) else { return nil }
        return TextSpan(start: bytes.startIndex, end: open)
    }

    /// The text of a link that is all of a cell.
    private func linkText(_ bytes: ArraySlice<UInt8>) -> TextSpan? {
        guard bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: ")"),
            let close = offset(of: Word.link, in: bytes),
            offset(of: Word.link, in: bytes[(close + Word.link.count)...]) == nil
        else { return nil }
        return TextSpan(start: bytes.startIndex + 1, end: close)
    }

    private func ends(_ bytes: ArraySlice<UInt8>, with word: [UInt8]) -> Bool {
        bytes.suffix(word.count).elementsEqual(word)
    }

    private func offset(of word: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        bytes.indices.first { bytes[$0...].starts(with: word) }
    }
}
