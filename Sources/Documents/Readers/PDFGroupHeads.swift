/// Tells a name that stands over several columns from the first line of the one that it happens to be centred over: the
/// columns of a group are named alike and stand at one height, its own name has nobody beside it.
struct PDFGroupHeads {
    /// The words of the head as cells of one line.
    private let cells: [PDFTable.Cell]
    private let leading: Double

    /// A head of more words is none of a form: its words are taken as they stand.
    private static let cellsMax = 300

    init(_ cells: [PDFTable.Cell], leading: Double) {
        self.cells = cells.count > PDFGroupHeads.cellsMax ? [] : cells
        self.leading = leading
    }

    /// Whether `above` is no line of the cell of `text`, right above which it stands.
    func isOver(_ text: PDFText, _ above: PDFText, column: Int) -> Bool {
        let neighbours = [column - 1, column + 1].map { neighbour(of: text, in: $0) }
        guard neighbours.allSatisfy({ $0 != nil }) else { return false }
        let own = bottom(text, in: column)
        return zip(neighbours, [column - 1, column + 1]).allSatisfy { text, column in
            guard let text else { return false }
            return !isPreceded(text, in: column) && abs(bottom(text, in: column) - own) < 0.2 * text.em
                && neighbour(of: above, in: column) == nil
        }
    }

    /// The word at the height of another that stands over some column and no other.
    private func neighbour(of text: PDFText, in column: Int) -> PDFText? {
        cells.first { cell in
            cell.column == column && cell.columnSpan == 1
                && cell.texts.first.map { abs($0.centerY - text.centerY) < 0.2 * text.em } == true
        }?.texts.first
    }

    /// Whether a word stands right above another in its column.
    private func isPreceded(_ text: PDFText, in column: Int) -> Bool {
        distances(from: text, in: column).contains { -1.15 * leading < $0 && $0 < -0.5 * text.em }
    }

    /// The middle of the last of the words that stand right below each other from one on.
    private func bottom(_ text: PDFText, in column: Int) -> Double {
        let below = distances(from: text, in: column).filter { $0 > 0 }.sorted()
        var reach = 0.0
        for distance in below where distance - reach < 1.15 * leading { reach = distance }
        return text.centerY + reach
    }

    private func distances(from text: PDFText, in column: Int) -> [Double] {
        cells.filter { ($0.column..<$0.column + $0.columnSpan).contains(column) }
            .compactMap { $0.texts.first.map { $0.centerY - text.centerY } }
    }
}
