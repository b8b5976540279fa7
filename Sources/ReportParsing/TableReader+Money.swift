import Reports

extension TableReader {
    /// An amount for which the form has the unit 万元: without a unit where that is the one printed, with 元 where the label,
    /// the head of the column or the unit's own cell says so and the cell does not.
    func money(_ value: Quantity, at path: FigurePath, label: Int) -> Quantity {
        // The form's own unit, printed again in the cell.
        if value.unit == .wan { return Quantity(digits: value.digits, places: value.places) }
        guard value.unit == nil, value.digits != 0, isInYuan(path, label) else { return value }
        return Quantity(digits: value.digits, places: value.places, unit: .yuan)
    }

    /// The label is nearest to the figure, then the cell of the unit, then the head.
    private func isInYuan(_ path: FigurePath, _ label: Int) -> Bool {
        if let isYuan = Self.saysYuan(tape.folded(tape.pieces[label])) { return isYuan }
        if let unit = unitCell(beside: label) { return Self.saysYuan(tape.folded(tape.pieces[unit])) ?? false }
        guard case .proactive(_, let column) = path else { return false }
        let head = tape.pieces[..<label].suffix(Self.piecesMax).last { $0.label == .proactiveColumn(column) }
        return head.flatMap { Self.saysYuan(tape.folded($0)) } ?? false
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

    /// Whether a text ends in 元 as its unit; false where another unit of money does, nil where none does.
    private static func saysYuan(_ text: ArraySlice<UInt8>) -> Bool? {
        let text = text.trimming(brackets)
        guard text.ends(with: yuan) else { return nil }
        let before = text.dropLast(yuan.count)
        return before.isEmpty || unitSigns.contains { before.ends(with: $0) }
    }

    private static let yuan = Array("元".utf8)
    private static let brackets: Words = ["(", ")", "[", "]", "【", "】", "。"]
    /// What stands before the name of a unit.
    private static let unitSigns = ["(", ":", "：", "[", "位", ",", "、"].map { Array($0.utf8) }
    private static let piecesMax = 60
    private static let cellsMax = 6
}
