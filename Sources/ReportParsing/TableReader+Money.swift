import Documents
import Reports

extension TableReader {
    /// An amount for which the form has the unit 万元: without a unit where that is the one printed, with another where the
    /// label, the head of the column, the unit's own cell or the line above the table says so and the cell does not. Nil for
    /// one of more digits than fit.
    func money(_ value: Quantity, at path: FigurePath, label: Int) -> Quantity? {
        // The form's own unit, printed again in the cell; of nothing, any unit says the same.
        if value.unit == .wan || value.digits == 0 { return Quantity(digits: value.digits, places: value.places) }
        guard value.unit == nil, let scale = scale(path, label) else { return value }
        return scale.amount(value)
    }

    /// The label is nearest to the figure, then the cell of the unit, then the head, then what stands above the table.
    private func scale(_ path: FigurePath, _ label: Int) -> MoneyScale? {
        if let scale = MoneyScale(endOf: tape.folded(tape.pieces[label])) { return scale }
        if let unit = unitCell(beside: label) { return MoneyScale(endOf: tape.folded(tape.pieces[unit])) }
        guard case .proactive(_, let column) = path,
            let head = tape.pieces[..<label].suffix(Self.piecesMax).lastIndex(where: {
                $0.label == .proactiveColumn(column)
            })
        else { return nil }
        return MoneyScale(endOf: tape.folded(tape.pieces[head])) ?? scale(above: head)
    }

    private func unitCell(beside label: Int) -> Int? {
        let first = tape.pieces[label]
        for index in (label + 1)..<min(label + 1 + Self.cellsMax, tape.pieces.count) {
            let piece = tape.pieces[index]
            guard piece.table == first.table, !first.keepsRows || piece.row == first.row else { return nil }
            if piece.label == .unit { return index }
            guard piece.isValue else { return nil }
        }
        return nil
    }

    /// The unit that a line in or right above the table of a head names: `金额单位：元`.
    private func scale(above head: Int) -> MoneyScale? {
        var lines = 0
        for piece in tape.pieces[..<head].suffix(Self.piecesMax).reversed() {
            let isOutside = piece.table != tape.pieces[head].table
            if isOutside {
                lines += 1
                guard lines <= Self.linesMax, piece.table == 0 else { return nil }
            }
            guard piece.content.isText, piece.span.end - piece.span.start <= Self.lineBytesMax else { continue }
            let text = tape.folded(piece)
            if text.contains(Self.unitWord), let scale = MoneyScale(endOf: text) { return scale }
        }
        return nil
    }

    private static let unitWord: Words = ["单位"]
    private static let piecesMax = 60
    private static let cellsMax = 6
    private static let linesMax = 2
    private static let lineBytesMax = 90
}
