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
        /// The cells behind it, and the blocks that they stand in; none where it names a column.
        let cells: [(span: TextSpan, content: Piece.Content, block: Int)]
    }

    /// The rows, by the places of their lines among the document's blocks.
    private(set) var rows: [Int: Row] = [:]
    /// The lines that hold other parts of their labels, by their places.
    private(set) var parts: Set<Int> = []

    let document: Document
    /// Whether figures follow their labels, once that was asked for.
    private var figuresFollow: Bool?

    /// Finds them. O(length of the lines).
    init(_ document: Document) {
        self.document = document
        var runEnd = 0
        for index in document.blocks.indices where !parts.contains(index) {
            guard let line = line(index) else { continue }
            if let name = name(line, index) {
                rows[index] = name.row
                parts.formUnion(name.below)
            }
            guard endsInValue(line) || mayBeValues(index) else { continue }
            if index >= runEnd, let run = run(from: index) {
                runEnd = run.end
                if take(run, at: index) { continue }
            }
            guard endsInValue(line) else { continue }
            let isBesideParts = isBesideParts(index, line)
            guard isBesideParts || isBesideGroup(line),
                let row = Line(document.bytes(line), index, orLabel: !isBesideParts),
                row.holdsFigures
            else { continue }
            let above = isBesideParts ? partsAbove(index, max: Self.partsMax) : []
            let below = isBesideParts ? partsBelow(index) : []
            if let whole = whole(row, above: above, below: below, orAlone: !isBesideParts) ?? wrapped(row, at: index) {
                rows[index] = whole.row
                parts.formUnion(index - whole.above..<index)
                parts.formUnion(below.prefix(whole.below))
            }
        }
    }

    /// More than a line of a row takes.
    static let lineBytesMax = 300
    static let partBytesMax = 150
    /// Four characters.
    private static let nameBytesMax = 12
    /// So many lines above are tried together with those below.
    static let partsMax = 3
    /// More lines no label takes in a cell of three characters.
    static let narrowPartsMax = 12
    /// The end of 自然人; alone it is a unit.
    private static let person = Array("人".utf8)
    static let stops: Words = ["。", "；"]
}

/// A line of figures, and the part of a label before them.
private struct Line {
    /// Where the part of the label stands; empty where there is none.
    let label: Range<Int>
    /// The words behind it, all of which are known, and the blocks that they stand in.
    var cells: [(range: Range<Int>, content: Piece.Content, block: Int)]

    /// Reads a line; nil for one that no part of a label can be missing from.
    ///
    /// - Parameter orLabel: whether the part may end with a whole label.
    init?(_ bytes: ArraySlice<UInt8>, _ block: Int, orLabel: Bool = false) {
        // Nearly all, where each line is a cell.
        if let content = Piece.Content(plain: bytes.span) {
            cells = [(bytes.indices, content, block)]
            label = bytes.startIndex..<bytes.startIndex
            return
        }
        let words = SpacedText.words(bytes)
        guard words.count <= Self.wordsMax else { return nil }
        let contents = words.map { SpacedText.content(bytes[$0]) }
        let unknown = contents.lastIndex { content in
            // 2.其他 is the beginning of 其他法律行政法规禁止公开.
            if case .label(.other, .item)? = content { return true }
            return if orLabel, case .label(let label, _)? = content { label.isRow } else { content == nil }
        }
        let first = unknown.map { $0 + 1 } ?? 0
        cells = zip(words, contents).dropFirst(first).compactMap { word, content in content.map { (word, $0, block) } }
        guard !cells.isEmpty else { return nil }
        label = bytes.startIndex..<(unknown.map { words[$0].upperBound } ?? bytes.startIndex)
    }

    /// Whether some cell holds a figure, and not only a sign for nothing.
    var holdsFigures: Bool { cells.contains { $0.content.isFigure } }

    /// Whether the last cell is the sum of those before it.
    var addsUp: Bool {
        let counts = cells.map { cell in
            if case .number(let quantity, _) = cell.content { quantity.count } else { Int?.some(0) }
        }
        var sum = 0
        for count in counts.dropLast() {
            let (next, overflows) = sum.addingReportingOverflow(count ?? 0)
            guard count != nil, !overflows else { return false }
            sum = next
        }
        return counts.last == sum
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
    private var hasUnit: Bool { cells.count == 1 || isUnitAndFigure }

    /// Whether it holds a unit and a figure: `条 4905`.
    var isUnitAndFigure: Bool {
        guard cells.count == 2, case .label(.unit, _)? = cells.first?.content else { return false }
        return cells.last?.content.isFigure == true
    }

    static let proactiveColumnsMax = 3
    private static let wordsMax = 24
}

extension WrappedRows {
    /// The label that a line's own part makes with those beside it; nil where there is none, or where there are several. Of
    /// the ways to make it the one with most lines below is taken, and with as few above as these need.
    ///
    /// - Parameter orAlone: whether the line's own part may be the whole label.
    private func whole(
        _ line: Line, above: [Int], below: [Int], orAlone: Bool = false
    ) -> (row: Row, above: Int, below: Int)? {
        var found: (row: Row, above: Int, below: Int)?
        for taken in 0...above.count {
            for behind in 0...below.count where taken + behind > 0 || orAlone {
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

    /// The row of a line of nothing but figures whose label has gone on over the lines above; nil for any other.
    private mutating func wrapped(_ line: Line, at index: Int) -> (row: Row, above: Int, below: Int)? {
        // A unit before a figure stands behind its label.
        guard line.label.isEmpty,
            line.isUnitAndFigure || line.cells.count == Applicant.allCases.count && doFiguresFollow()
        else { return nil }
        let above = partsAbove(index, max: Self.narrowPartsMax)
        guard above.count > 1 else { return nil }
        var found: (row: Row, above: Int, below: Int)?
        for taken in 1...above.count {
            guard let row = row(line, above.suffix(taken), []), found.map({ $0.row.label == row.label }) ?? true else {
                continue
            }
            // 法律行政法规禁止公开 is a name of the row, and so it is with 2.其他 before it.
            found = (row, taken, 0)
        }
        // A label on one line is read with what follows it anyway.
        return found.flatMap { $0.above > 1 ? $0 : nil }
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
        let texts = above.map(bytes) + [document.text[line.label]] + below.map(bytes)
        // The label of a group stands beside those of its rows, and is wrapped as well: 处理 before 关不再处理….
        return row(line, Array(texts.joined())) ?? row(line, Array(texts.map(Self.withoutGroup).joined()))
    }

    private func row(_ line: Line, _ text: [UInt8]) -> Row? {
        guard text.count <= FormLabel.bytesMax else { return nil }
        let key = LabelKey.of(Normalization.fold(text[...]))
        guard let label = FormLabel.row(key), line.mayBe(label) else { return nil }
        return Row(
            printed: TextSpan(line.label), text: text, label: label, ordinal: key.ordinal,
            cells: line.cells.map { (TextSpan($0.range), $0.content, $0.block) })
    }

    /// A text without the words at its beginning that are parts of the labels of groups.
    private static func withoutGroup(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = text
        for word in SpacedText.words(text) {
            guard isOfGroup(text[word]) else { break }
            rest = text[word.upperBound...]
        }
        return rest
    }

    static func isOfGroup(_ word: ArraySlice<UInt8>) -> Bool {
        guard word.count <= groupBytesMax else { return false }
        let folded = Array(Normalization.fold(word))
        return groups.contains { $0.firstOffset(of: folded) != nil }
    }

    private static let groups = ["三、本年度办理结果", "(三)不予公开", "(四)无法提供", "(五)不予处理", "(六)其他处理"].map { Array($0.utf8)[...] }
    private static let groupBytesMax = 27

    private func bytes(_ index: Int) -> ArraySlice<UInt8> { line(index).map(document.bytes) ?? [] }
}

/// Rows whose figures stand on several lines, as text copied from a PDF has them where they do not stand at the same height:
///
///     一、本年新收政府信息公开申请数量
///     46 5 0
///     0
///     2 0 53
extension WrappedRows {
    /// Lines of figures one below the other.
    private struct Run {
        /// All their cells, and what stands before the first.
        var line: Line
        /// The place of the block behind them.
        var end: Int
        /// Whether some line holds several cells.
        var isMixed: Bool
        /// Whether there are as many cells as some row has.
        var mayBeRow: Bool {
            line.cells.count == Applicant.allCases.count || line.cells.count <= Line.proactiveColumnsMax
        }
    }

    /// The lines of figures from one on; nil where it is one line only.
    private func run(from index: Int) -> Run? {
        guard follows(index + 1), mayBeValues(index + 1), let text = line(index),
            var line = Line(document.bytes(text), index, orLabel: true)
        else { return nil }
        var isMixed = line.cells.count > 1
        var end = index + 1
        while line.cells.count <= Applicant.allCases.count, follows(end), let cells = values(end) {
            line.cells += cells
            isMixed = isMixed || cells.count > 1
            end += 1
        }
        return end > index + 1 ? Run(line: line, end: end, isMixed: isMixed) : nil
    }

    /// Takes the row that a run of lines is; false where it cannot be told whose it is, or is read line by line anyway.
    private mutating func take(_ run: Run, at index: Int) -> Bool {
        // A table with a cell on each line is read as it stands where its labels are whole.
        guard run.isMixed || !run.line.label.isEmpty || run.mayBeRow && isPart(index - 1), run.line.holdsFigures else {
            return false
        }
        let above = partsAbove(index, max: Self.partsMax)
        var found: (row: Row, above: Int, below: Int)?
        if run.line.label.isEmpty {
            guard !above.isEmpty else { return false }
            // A label above and the figures below it: where the figures stood first, they would be another row's.
            for taken in 1...above.count where found == nil {
                found = row(run.line, above.suffix(taken), []).map { ($0, taken, 0) }
            }
            guard let found, found.above > 1 || run.isMixed, doFiguresFollow() else { return false }
        } else {
            found = whole(run.line, above: above, below: partsBelow(run.end - 1), orAlone: true)
        }
        // What goes on on the next line may be the number of a page.
        guard let found, !run.isMixed || run.line.addsUp else { return false }
        rows[index] = found.row
        parts.formUnion(index + 1..<run.end)
        parts.formUnion(above.suffix(found.above))
        parts.formUnion(partsBelow(run.end - 1).prefix(found.below))
        return true
    }

    /// Whether a line is short and begins as figures and signs for nothing do.
    private func mayBeValues(_ index: Int) -> Bool {
        guard let text = line(index), text.end - text.start <= Self.partBytesMax, let first = document.bytes(text).first
        else { return false }
        return first < 0x80 || first == Self.dash
    }

    /// The cells of a line that holds nothing but figures and signs for nothing.
    private func values(_ index: Int) -> [(range: Range<Int>, content: Piece.Content, block: Int)]? {
        guard mayBeValues(index), let text = line(index) else { return nil }
        let bytes = document.bytes(text)
        // Nearly all, where each line is a cell.
        if let content = Piece.Content(plain: bytes.span) { return [(bytes.indices, content, index)] }
        var cells: [(range: Range<Int>, content: Piece.Content, block: Int)] = []
        for word in SpacedText.words(bytes) {
            guard let content = SpacedText.content(bytes[word]), content.isValue else { return nil }
            cells.append((word, content, index))
        }
        return cells
    }

    /// Whether figures follow their labels: the first line that is a label of table 三, or holds as many figures as its rows
    /// have, tells.
    private mutating func doFiguresFollow() -> Bool {
        if let figuresFollow { return figuresFollow }
        var follow: Bool?
        for index in document.blocks.indices where follow == nil {
            follow = line(index).flatMap { doesFollow(document.bytes($0), index) }
        }
        figuresFollow = follow ?? false
        return follow ?? false
    }

    /// What a line says of that; nil where it says nothing.
    private func doesFollow(_ bytes: ArraySlice<UInt8>, _ index: Int) -> Bool? {
        // Figures alone: their label goes on over the lines above, or stands below.
        if let cells = values(index), cells.count == Applicant.allCases.count, let line = Line(bytes, index) {
            let above = partsAbove(index, max: Self.narrowPartsMax)
            return above.indices.contains { row(line, above[$0...], []) != nil }
        }
        var label = bytes
        if bytes.last?.isDigit == true {
            guard let line = Line(bytes, index, orLabel: true), line.cells.count == Applicant.allCases.count,
                line.cells.allSatisfy(\.content.isValue)
            else { return nil }
            label = document.text[line.label]
        }
        guard label.count <= Self.partBytesMax,
            case .label(.request, _) = Piece.Content(label, allowsMisprints: false)
        else { return nil }
        return !follows(index) || index == 0 || values(index - 1) == nil
    }

    /// The first byte of `—`.
    private static let dash: UInt8 = 0xE2
}
