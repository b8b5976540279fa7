import Documents
import Reports

/// Heads of table 四 whose cells are wrapped, as text made of a PDF has them: parts of cells that stand at the same height
/// share a line.
///
///     结果维 结果纠 其他结 尚未审 总
///      持   正   果   结 计 结果维 结果纠 其他结 尚未审 总
///
/// Which part goes on with which cannot be told. But lines made of the characters of the form's head, each as often as it
/// stands there, are that head, however they are mixed.
struct ReviewHeadLines: Sendable {
    /// A head, and the row below it.
    struct Head: Sendable {
        /// The place of the block behind it, and behind the figures that were read with it.
        let end: Int
        /// What it names, in order.
        let labels: [FormLabel]
        /// The cells of the row below it; none where they are not as many as it has columns.
        let figures: [(block: Int, span: TextSpan, content: Piece.Content)]
    }

    private let document: Document

    init(_ document: Document) { self.document = document }

    /// The head that begins at a block; nil for nearly all.
    func head(at start: Int) -> Head? {
        guard let first = line(start), begins(first), isMixed(from: start) else { return nil }
        var left = Self.characters
        var missing = Self.length
        var lines: [[Character]] = []
        var index = start
        var isWrapped = false
        while missing > 0 {
            guard let line = line(index) else { return nil }
            let characters = Normalization.foldedString(document.bytes(line))
            for character in characters {
                guard let count = left[character], count > 0 else { return nil }
                left[character] = count - 1
            }
            missing -= characters.count
            isWrapped = isWrapped || !holdsLabels(line)
            lines.append(Array(characters))
            index += 1
        }
        guard isWrapped, areInOrder(lines) || areInPlace(start..<index) else { return nil }
        let figures = figures(from: index)
        let routes: [ReviewRoute] = isDirectFirst(start, lines) ? [.direct, .afterReview] : [.afterReview, .direct]
        return Head(
            end: figures.last.map { $0.block + 1 } ?? index,
            labels: [.route(.administrativeReview), .litigation] + routes.map { .route($0) }
                + ReviewRoute.allCases.flatMap { _ in ReviewOutcome.allCases.map { .outcome($0) } },
            figures: figures)
    }

    /// Whether a line begins as the head does: most do not.
    private func begins(_ line: TextSpan) -> Bool {
        let bytes = document.bytes(line)
        guard let first = bytes.first, first == Self.row || first == Self.radical else { return false }
        return Normalization.fold(bytes).starts(with: Self.start)
    }

    /// Whether a line that is no whole cell comes before the figures: most heads have a cell on each line, if any.
    private func isMixed(from start: Int) -> Bool {
        for index in start..<(start + Self.length) {
            guard let line = line(index), case let bytes = document.bytes(line), let first = bytes.first else {
                return false
            }
            if !Self.cells.contains(where: bytes.elementsEqual) { return first >= 0x80 }
        }
        return false
    }

    private func line(_ index: Int) -> TextSpan? {
        guard let paragraph = document.paragraph(at: index), paragraph.headingLevel == nil,
            paragraph.text.end - paragraph.text.start <= Self.lineBytesMax
        else { return nil }
        return paragraph.text
    }

    /// Whether each word of a line is a whole label, so that it is read without the others.
    private func holdsLabels(_ line: TextSpan) -> Bool {
        let bytes = document.bytes(line)
        return SpacedText.words(bytes).allSatisfy { SpacedText.content(bytes[$0]) != nil }
    }

    /// Whether the names of the columns follow each other as in the form, on each line; where no line holds several, from
    /// line to line.
    private func areInOrder(_ lines: [[Character]]) -> Bool {
        let marks = lines.map { $0.compactMap { Self.marks.firstIndex(of: $0) } }.filter { !$0.isEmpty }
        guard marks.first?.first == 0, marks.last?.last == Self.marks.count - 1 else { return false }
        let runs = marks.allSatisfy { $0.count == 1 } ? [marks.flatMap(\.self)] : marks
        return runs.allSatisfy { run in
            let names = Set(run).sorted()
            return zip(run, run.dropFirst()).allSatisfy { left, right in
                let next = names.first { $0 > left } ?? names.first
                return next == right
            }
        }
    }

    /// Whether the names of all columns follow each other from left to right as in the form, where lines keep the places that
    /// words have on the page: 总计 stands between the two lines of the names beside it.
    private func areInPlace(_ lines: Range<Int>) -> Bool {
        var marks: [(place: Int, name: Int)] = []
        for index in lines {
            guard let span = line(index) else { return false }
            var place = place(index)?.column ?? 1
            for scalar in document.string(span).unicodeScalars {
                let character =
                    scalar.value < 0x80 ? Character(scalar) : Normalization.foldedString(String(scalar)).first
                if let name = character.flatMap({ Self.marks.firstIndex(of: $0) }) { marks.append((place, name)) }
                // A Chinese character is two letters wide.
                place += scalar.value < 0x1100 ? 1 : 2
            }
        }
        marks.sort { $0.place < $1.place }
        return marks.count == ReviewRoute.allCases.count * Self.marks.count
            && marks.indices.allSatisfy { marks[$0].name == $0 % Self.marks.count }
    }

    /// Whether 未经复议直接起诉 stands before 复议后起诉: further left where lines are indented as on the page, else earlier.
    private func isDirectFirst(_ start: Int, _ lines: [[Character]]) -> Bool {
        let direct = position("经", start, lines)
        let after = position("后", start, lines)
        let keepsPlaces = lines.indices.contains { (place(start + $0)?.column ?? 1) > 1 }
        if direct.line == after.line || keepsPlaces, direct.column != after.column {
            return direct.column < after.column
        }
        return direct.line < after.line
    }

    /// The line of a character, and how many stand before it.
    private func position(_ character: Character, _ start: Int, _ lines: [[Character]]) -> (line: Int, column: Int) {
        let offset = lines.firstIndex { $0.contains(character) } ?? 0
        guard let span = line(start + offset) else { return (offset, 0) }
        let before = document.string(span).prefix { Normalization.foldedString(String($0)) != String(character) }
        return (offset, (place(start + offset)?.column ?? 1) + before.count)
    }

    private func place(_ index: Int) -> Place? { document.paragraph(at: index)?.place }

    /// The cells of the lines that follow, where they are as many as the head has columns: each line goes on the one before.
    private func figures(from start: Int) -> [(block: Int, span: TextSpan, content: Piece.Content)] {
        let count = ReviewRoute.allCases.count * ReviewOutcome.allCases.count
        var cells: [(block: Int, span: TextSpan, content: Piece.Content)] = []
        for index in start..<(start + count) where cells.count < count {
            guard let line = line(index), index == start || follows(index) else { return [] }
            let bytes = document.bytes(line)
            for word in SpacedText.words(bytes) {
                guard let content = SpacedText.content(bytes[word]), content.isValue else { return [] }
                cells.append((index, TextSpan(word), content))
            }
        }
        return cells.count == count ? cells : []
    }

    /// Whether no empty line, which may be a blank cell, stands before a line.
    private func follows(_ index: Int) -> Bool { document.paragraph(at: index)?.emptyLinesBefore == 0 }

    /// The head as the form prints it.
    private static let text =
        routes.joined() + String(repeating: outcomes.joined(), count: ReviewRoute.allCases.count)
    private static let routes = ["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"]
    private static let outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    private static let cells = (outcomes + routes).map { Array($0.utf8) }
    private static let length = text.count
    private static let characters = Dictionary(text.map { ($0, 1) }, uniquingKeysWith: +)
    /// A character of each column's name that stands in no other.
    private static let marks: [Character] = ["维", "纠", "他", "尚", "总"]
    private static let start = Array("行政复议".utf8)
    /// The first bytes of 行, and of the radical that fonts put for it.
    private static let row: UInt8 = 0xE8
    private static let radical: UInt8 = 0xE2
    private static let lineBytesMax = 300
}
