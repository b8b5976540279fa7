import Documents
import Reports

/// The lines that labels are put together of.
extension WrappedRows {
    func paragraph(_ index: Int) -> Paragraph? {
        document.paragraph(at: index).flatMap { $0.headingLevel == nil ? $0 : nil }
    }

    func line(_ index: Int) -> TextSpan? {
        guard let text = paragraph(index)?.text, text.end - text.start <= Self.lineBytesMax else { return nil }
        return text
    }

    /// Whether a text ends as rows of figures do; most lines do not.
    func endsInValue(_ text: TextSpan) -> Bool {
        guard let last = document.bytes(text).last else { return false }
        return last.isDigit || last == UInt8(ascii: "-") || last == UInt8(ascii: "/")
    }

    /// Whether a line follows another with no empty line between.
    func follows(_ index: Int) -> Bool { paragraph(index)?.emptyLinesBefore == 0 }

    /// Whether the line above or below may hold a part of a label; both, where the line is one word and has no part itself, as
    /// nearly all of a table with a cell on each line.
    func isBesideParts(_ index: Int, _ line: TextSpan) -> Bool {
        let isBelow = follows(index + 1) && isPart(index + 1)
        let isOneWord = !document.bytes(line).contains { $0 <= 0x20 || $0 > 0x7F }
        guard isBelow || !isOneWord else { return false }
        return isBelow && !isOneWord || follows(index) && isPart(index - 1, orLabel: true)
    }

    /// Whether a line begins with a part of a group's label.
    func isBesideGroup(_ line: TextSpan) -> Bool {
        let bytes = document.bytes(line)
        let first = SpacedText.firstWordCount(bytes)
        return first < bytes.count && first >= Self.groupPartBytesMin && Self.isOfGroup(bytes.prefix(first))
    }

    /// Two characters.
    private static let groupPartBytesMin = 6

    /// Whether a line is short, and neither figures nor a sentence nor a label of its own.
    ///
    /// - Parameter orLabel: whether it may be that of a row: 本年新收政府信息公开申请 is short for the same with 数量 behind it.
    func isPart(_ index: Int, orLabel: Bool = false) -> Bool {
        guard let text = line(index), !text.isEmpty, text.end - text.start <= Self.partBytesMax, !endsInValue(text),
            !parts.contains(index), case let bytes = document.bytes(text), !bytes.contains(Self.stops)
        else { return false }
        switch Piece.Content(bytes, allowsMisprints: false) {
        case .text: return true
        // 2.其他 is the beginning of 其他法律行政法规禁止公开.
        case .label(.other, .item): return orLabel
        case .label(let label, _): return orLabel && label.isRow
        default: return false
        }
    }

    func partsAbove(_ index: Int, max partsMax: Int) -> [Int] {
        var found: [Int] = []
        while found.count < partsMax, case let at = index - found.count, follows(at) {
            guard isPart(at - 1) else {
                if isPart(at - 1, orLabel: true) { found.append(at - 1) }
                break
            }
            found.append(at - 1)
        }
        return found.reversed()
    }

    func partsBelow(_ index: Int) -> [Int] {
        var found: [Int] = []
        while found.count < Self.narrowPartsMax, case let at = index + found.count + 1, follows(at), isPart(at) {
            found.append(at)
        }
        return found
    }
}
