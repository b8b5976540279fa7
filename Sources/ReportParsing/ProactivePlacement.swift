import Documents
import Reports

/// Puts the figures of a row of table 二 in their columns.
///
/// The table has no identities of its own, so a figure is placed only where the layout leaves one possibility.
enum ProactivePlacement {
    /// Places a row that has a number of columns.
    ///
    /// - Parameters:
    ///   - head: the head above it.
    ///   - hasLostBlanks: whether other rows show that blanks have been dropped from tables of this layout.
    static func place(
        _ row: Row<ProactiveLine>, _ names: [ProactiveColumn], head: HeadRow?, tape: Tape, hasLostBlanks: Bool
    ) -> PlacedRow {
        guard let change = names.firstIndex(of: .itemsChange), let (changed, slot) = readChange(row, tape) else {
            return placePlain(row, names, head: head, tape: tape, hasLostBlanks: hasLostBlanks)
        }
        // A change is one in its own column only.
        let placed = placePlain(changed, names, head: head, tape: tape, hasLostBlanks: hasLostBlanks)
        return placed[change]?.piece == changed.slots[slot].piece ? placed : .open(names.count)
    }

    /// The row with the one change in words or signs of its own (`减少15项`) as a figure, and where it stands; nil where there
    /// is none, or are several.
    private static func readChange(_ row: Row<ProactiveLine>, _ tape: Tape) -> (Row<ProactiveLine>, slot: Int)? {
        let found = row.slots.indices.compactMap { index -> (Int, Int)? in
            guard row.slots[index].isText, let piece = row.slots[index].piece else { return nil }
            return ItemsChange.value(tape.folded(tape.pieces[piece])).map { (index, $0) }
        }
        guard found.count == 1, let (index, change) = found.first else { return nil }
        var slots = row.slots
        slots[index] = Slot(
            content: .number(Quantity(change), remarkLength: 0), piece: slots[index].piece, isPrinted: true)
        let changed = Row(
            line: row.line, label: row.label, slots: slots, head: row.head, hasForeignColumns: row.hasForeignColumns)
        return (changed, index)
    }

    private static func placePlain(
        _ row: Row<ProactiveLine>, _ names: [ProactiveColumn], head: HeadRow?, tape: Tape, hasLostBlanks: Bool
    ) -> PlacedRow {
        let columns = names.count
        let filled = row.slots.filter { !$0.isBlank }
        let repeatsNames = head.map { $0.cells != nil && !$0.repeated.isEmpty } ?? false
        if columns == 1, !repeatsNames, head?.others.isEmpty ?? true {
            return SingleFigurePlacement.place(row.slots, tape: tape)
        }
        if filled.contains(where: \.isRun) {
            return hasLostBlanks ? .open(columns) : run(filled, columns, tape) ?? .open(columns)
        }
        if let head, let places = statedPlaces(row, names, head, tape) {
            let others = row.slots.indices.filter { !places.contains($0) }
            guard
                others.allSatisfy({
                    row.slots[$0].isBlank || repeats(row, $0, head) || head.namesOther(above: $0, in: row)
                })
            else { return .open(columns) }
            return PlacedRow(cells: places.map { row.slots[$0].isText ? nil : Reading(row.slots[$0]) })
        }
        // A name that is not the form's stands over one of the columns.
        if let head, head.cells != nil, head.columns.count < columns || !head.others.isEmpty { return .open(columns) }
        // Names in another order than the form's, in rows that cannot be counted by.
        if let head, head.columns.count == columns, !head.names(names) { return .open(columns) }
        if filled.contains(where: \.isText) || repeatsNames { return .open(columns) }
        guard row.slots.count >= columns, row.slots[columns...].allSatisfy(\.isBlank) else { return .open(columns) }
        let isPartial = !filled.isEmpty && row.slots[..<columns].contains { !$0.isPrinted }
        // Without a head to count by, a row of two columns may end in the empty cell that pads it to three.
        if isPartial && (hasLostBlanks || head?.cells != nil || columns == 2) { return .open(columns) }
        return PlacedRow(row.slots[..<columns])
    }

    /// The slots under the names of a head that has as many cells as the row: to the left of them, or in all.
    private static func statedPlaces(
        _ row: Row<ProactiveLine>, _ names: [ProactiveColumn], _ head: HeadRow, _ tape: Tape
    ) -> [Int]? {
        guard let count = head.cells, head.columns.count == names.count,
            let first = head.columns.first?.cell
        else { return nil }
        let label = tape.pieces[row.label].column
        let before: Int
        if label + 1 + row.slots.count == count {
            before = label + 1
        } else if row.slots.count == count - first, !head.others.contains(where: { $0 > label && $0 < first }) {
            before = first
        } else {
            return nil
        }
        let places = names.compactMap { name in head.columns.first { $0.name == name }.map { $0.cell - before } }
        return places.count == names.count && places.allSatisfy(row.slots.indices.contains) ? places : nil
    }

    /// Whether a slot stands under a name that repeats the one before, and repeats its figure.
    private static func repeats(_ row: Row<ProactiveLine>, _ slot: Int, _ head: HeadRow) -> Bool {
        guard slot > 0, row.slots[slot].content == row.slots[slot - 1].content else { return false }
        return head.cell(above: slot, in: row).map(head.repeated.contains) ?? false
    }

    /// As many digits as there are columns; nil where a run can be cut in several ways.
    private static func run(_ filled: [Slot], _ columns: Int, _ tape: Tape) -> PlacedRow? {
        guard filled.count == 1, let piece = filled[0].piece else { return nil }
        let text = tape.folded(tape.pieces[piece])
        // A hyphen may be a sign or stand for nothing.
        guard !text.contains(UInt8(ascii: "-")) else { return nil }
        let cuts = DigitRun.cuts(text, into: columns, limit: 2) { _ in true }
        guard cuts.count == 1, let cells = cuts.first else { return nil }
        return PlacedRow(
            cells: cells.map { Reading(value: $0.map { Quantity($0) }, piece: piece) }, inferredBy: ["digits"])
    }
}

extension HeadRow {
    /// The cell above a slot of a row that ends where the head does.
    func cell(above slot: Int, in row: Row<ProactiveLine>) -> Int? {
        cells.map { slot + $0 - row.slots.count }
    }

    /// Whether a slot stands under a name that the form does not have.
    func namesOther(above slot: Int, in row: Row<ProactiveLine>) -> Bool {
        cell(above: slot, in: row).map(others.contains) ?? false
    }
}
