import Documents
import Reports

/// The rows of a table whose labels go on on the lines above or below their figures, as text copied from a PDF has them:
///
///     （二）部分公开（区分处理的， 1 0 0 0 0 0 1
///     只计这一情形，不计其他情形）
///
/// A label is put together where all that the lines beside a row can make of it is one label, as the forms have it; and so is
/// the name of a column of table 三 (`商业`, `企业`).
struct WrappedRows: Sendable {
    /// A row that such a line is.
    struct Row: Sendable {
        /// The part of the label that stands on the line, as printed.
        let printed: TextSpan
        /// The whole label.
        let text: [UInt8]
        /// What it is.
        let label: FormLabel
        /// The number before it.
        let ordinal: LabelKey.Ordinal?
        /// The cells behind it; none where it names a column.
        let cells: [(span: TextSpan, content: Piece.Content)]
    }

    /// The rows, by the places of their lines among the document's blocks.
    private(set) var rows: [Int: Row] = [:]
    /// The lines that hold other parts of their labels, by their places.
    private(set) var parts: Set<Int> = []

    private let document: Document

    /// Finds them. O(length of the lines).
    init(_ document: Document) {
        self.document = document
        for index in document.blocks.indices where !parts.contains(index) {
            guard let line = line(index) else { continue }
            if let name = name(line, index) {
                rows[index] = name.row
                parts.formUnion(name.below)
            }
            guard endsInValue(line), isBesideParts(index, line), let row = Line(document.bytes(line)) else { continue }
            let above = partsAbove(index)
            let below = partsBelow(index)
            if let whole = whole(row, above: above, below: below) {
                rows[index] = whole.row
                parts.formUnion(above.suffix(whole.above) + below.prefix(whole.below))
            }
        }
    }

    /// More than a line of a row takes.
    private static let lineBytesMax = 300
    private static let partBytesMax = 150
    /// Four characters.
    private static let nameBytesMax = 12
    /// More lines no label takes.
    private static let partsMax = 3
    /// The end of 自然人; alone it is a unit.
    private static let person = Array("人".utf8)
    private static let stops: Words = ["。", "；"]
}

/// A line of figures, and the part of a label before them.
private struct Line {
    /// Where the part of the label stands; empty where there is none.
    let label: Range<Int>
    /// The words behind it, all of which are known.
    let cells: [(range: Range<Int>, content: Piece.Content)]

    /// Reads a line; nil for one that no part of a label can be missing from.
    init?(_ bytes: ArraySlice<UInt8>) {
        let words = SpacedText.words(bytes)
        guard words.count <= Self.wordsMax else { return nil }
        let contents = words.map { SpacedText.content(bytes[$0]) }
        let unknown = contents.lastIndex { $0 == nil }
        let first = unknown.map { $0 + 1 } ?? 0
        cells = zip(words, contents).dropFirst(first).compactMap { word, content in content.map { (word, $0) } }
        guard cells.contains(where: { $0.content.isFigure }) else { return nil }
        label = bytes.startIndex..<(unknown.map { words[$0].upperBound } ?? bytes.startIndex)
    }

    /// Whether its cells can be those of the row that a label names.
    func mayBe(_ label: FormLabel) -> Bool {
        let areValues = cells.allSatisfy(\.content.isValue)
        switch label {
        case .request: return areValues && cells.count == Applicant.allCases.count
        case .proactive: return areValues && cells.count <= Self.proactiveColumnsMax
        case .statistic: return cells.last?.content.isFigure == true && hasUnit
        default: return false
        }
    }

    /// Whether a figure stands alone, or with its unit before it.
    private var hasUnit: Bool {
        guard cells.count == 2, case .label(.unit, _)? = cells.first?.content else { return cells.count == 1 }
        return true
    }

    private static let proactiveColumnsMax = 3
    private static let wordsMax = 24
}

extension WrappedRows {
    /// The label that a line's own part makes with those beside it; nil where there is none, or where there are several. Of
    /// the ways to make it the one with most lines below is taken, and with as few above as these need.
    private func whole(
        _ line: Line, above: [Int], below: [Int]
    ) -> (row: Row, above: Int, below: Int)? {
        var found: (row: Row, above: Int, below: Int)?
        for taken in 0...above.count {
            for behind in 0...below.count where taken + behind > 0 {
                // Which of the labels above and below it figures alone belong to is not said: they must stand within one.
                if line.label.isEmpty, taken == 0 || behind == 0 || row(line, [], below.prefix(behind)) != nil {
                    continue
                }
                guard let row = row(line, above.suffix(taken), below.prefix(behind)) else { continue }
                if let known = found, known.row.label != row.label { return nil }
                if found.map({ $0.below < behind }) ?? true { found = (row, taken, behind) }
            }
        }
        return found
    }

    /// The name of a column of table 三 that a short line makes with the next; nil for any other.
    private func name(_ line: TextSpan, _ index: Int) -> (row: Row, below: [Int])? {
        guard line.end - line.start <= Self.nameBytesMax, isPart(index) else { return nil }
        var text = Array(document.bytes(line))
        var below: [Int] = []
        for at in (index + 1)...(index + Self.partsMax) {
            guard follows(at), isPart(at) || bytes(at).elementsEqual(Self.person),
                bytes(at).count <= Self.nameBytesMax
            else { return nil }
            text += bytes(at)
            below.append(at)
            if let label = FormLabel.exact(LabelKey.of(Normalization.fold(text[...]))), case .applicant = label {
                return (Row(printed: line, text: text, label: label, ordinal: nil, cells: []), below)
            }
        }
        return nil
    }

    private func row(_ line: Line, _ above: ArraySlice<Int>, _ below: ArraySlice<Int>) -> Row? {
        var text: [UInt8] = []
        for part in above { text += bytes(part) }
        text += document.text[line.label]
        for part in below { text += bytes(part) }
        guard text.count <= FormLabel.bytesMax else { return nil }
        let key = LabelKey.of(Normalization.fold(text[...]))
        guard let label = FormLabel.row(key), line.mayBe(label) else { return nil }
        return Row(
            printed: TextSpan(line.label), text: text, label: label, ordinal: key.ordinal,
            cells: line.cells.map { (TextSpan($0.range), $0.content) })
    }

    private func bytes(_ index: Int) -> ArraySlice<UInt8> { line(index).map(document.bytes) ?? [] }
}

extension WrappedRows {
    private func paragraph(_ index: Int) -> Paragraph? {
        guard document.blocks.indices.contains(index), case .paragraph(let paragraph) = document.blocks[index],
            paragraph.headingLevel == nil
        else { return nil }
        return paragraph
    }

    private func line(_ index: Int) -> TextSpan? {
        guard let text = paragraph(index)?.text, text.end - text.start <= Self.lineBytesMax else { return nil }
        return text
    }

    /// Whether a text ends as rows of figures do; most lines do not.
    private func endsInValue(_ text: TextSpan) -> Bool {
        guard let last = document.bytes(text).last else { return false }
        return last.isDigit || last == UInt8(ascii: "-") || last == UInt8(ascii: "/")
    }

    /// Whether a line follows another with no empty line between.
    private func follows(_ index: Int) -> Bool { paragraph(index)?.emptyLinesBefore == 0 }

    /// Whether the line above or below may hold a part of a label; both, where the line is one word and has no part itself, as
    /// nearly all of a table with a cell on each line.
    private func isBesideParts(_ index: Int, _ line: TextSpan) -> Bool {
        let isBelow = follows(index + 1) && isPart(index + 1)
        let isOneWord = !document.bytes(line).contains { $0 <= 0x20 || $0 > 0x7F }
        guard isBelow || !isOneWord else { return false }
        return isBelow && !isOneWord || follows(index) && isPart(index - 1, orLabel: true)
    }

    /// Whether a line is short, and neither figures nor a sentence nor a label of its own.
    ///
    /// - Parameter orLabel: whether it may be that of a row: 本年新收政府信息公开申请 is short for the same with 数量 behind it.
    private func isPart(_ index: Int, orLabel: Bool = false) -> Bool {
        guard let text = line(index), !text.isEmpty, text.end - text.start <= Self.partBytesMax, !endsInValue(text),
            !parts.contains(index), case let bytes = document.bytes(text), !bytes.contains(Self.stops)
        else { return false }
        switch Piece.Content(bytes, allowsMisprints: false) {
        case .text: return true
        case .label(let label, _): return orLabel && label.isRow
        default: return false
        }
    }

    private func partsAbove(_ index: Int) -> [Int] {
        var found: [Int] = []
        while found.count < Self.partsMax, case let at = index - found.count, follows(at) {
            guard isPart(at - 1) else {
                if isPart(at - 1, orLabel: true) { found.append(at - 1) }
                break
            }
            found.append(at - 1)
        }
        return found.reversed()
    }

    private func partsBelow(_ index: Int) -> [Int] {
        var found: [Int] = []
        while found.count < Self.partsMax, case let at = index + found.count + 1, follows(at), isPart(at) {
            found.append(at)
        }
        return found
    }
}
