import Documents
import Reports

/// Puts the figures of a row of table 二 in their columns.
///
/// The table has no identities of its own, so a figure is placed only where the layout leaves one possibility.
enum ProactivePlacement {
    /// Places a row that has a number of columns.
    ///
    /// - Parameter hasLostBlanks: whether other rows show that blanks have been dropped from tables of this layout.
    static func place(_ row: Row<ProactiveLine>, columns: Int, tape: Tape, hasLostBlanks: Bool) -> PlacedRow {
        let open = PlacedRow(cells: Array(repeating: nil, count: columns), inferredBy: nil)
        let filled = row.slots.filter { !$0.isBlank }
        if columns == 1 { return SingleFigurePlacement.place(row.slots, tape: tape) }
        if filled.contains(where: { $0.content == .text }) { return open }
        if filled.contains(where: { $0.content == .run }) { return run(filled, columns, tape) ?? open }
        if let places = statedPlaces(row, columns, tape) {
            let others = row.slots.indices.filter { !places.contains($0) }
            guard others.allSatisfy({ row.slots[$0].isBlank }) else { return open }
            return PlacedRow(cells: places.map { Reading(row.slots[$0]) })
        }
        guard row.slots.count >= columns, row.slots[columns...].allSatisfy(\.isBlank) else { return open }
        let isPartial = filled.count < columns && !filled.isEmpty
        // Without a head to count by, a row of two columns may end in the empty cell that pads it to three.
        if isPartial && (hasLostBlanks || row.head != nil || columns == 2) { return open }
        return PlacedRow(cells: row.slots[..<columns].map { Reading($0) })
    }

    /// The slots under the names of a head that has as many cells as the row: to the left of them, or in all.
    private static func statedPlaces(_ row: Row<ProactiveLine>, _ columns: Int, _ tape: Tape) -> [Int]? {
        guard let head = row.head, head.columns.count == columns, let first = head.columns.first else { return nil }
        let label = tape.pieces[row.label].column
        let places: [Int]
        if label + 1 + row.slots.count == head.cells {
            places = head.columns.map { $0 - label - 1 }
        } else if row.slots.count == head.cells - first {
            places = head.columns.map { $0 - first }
        } else {
            return nil
        }
        return places.allSatisfy(row.slots.indices.contains) ? places : nil
    }

    /// As many digits as there are columns; nil where a run can be cut in several ways.
    private static func run(_ filled: [Slot], _ columns: Int, _ tape: Tape) -> PlacedRow? {
        guard filled.count == 1, let piece = filled[0].piece else { return nil }
        let bytes = tape.document.bytes(tape.pieces[piece].span)
        let text = Normalization.foldedString(bytes)
        let cuts = DigitRun.cuts(text, into: columns, limit: 2) { _ in true }
        guard cuts.count == 1, let cells = cuts.first else { return nil }
        return PlacedRow(
            cells: cells.map { Reading(value: $0.map { Quantity($0) }, piece: piece) }, inferredBy: ["digits"])
    }
}

/// The figure of a row that has one column.
enum SingleFigurePlacement {
    /// Places it; open where words or several figures stand there.
    static func place(_ slots: [Slot], tape: Tape) -> PlacedRow {
        let filled = slots.filter { !$0.isBlank }
        guard filled.count <= 1, let slot = filled.first ?? slots.first else { return PlacedRow(cells: [nil]) }
        switch slot.content {
        case .text: return PlacedRow(cells: [nil])
        case .run: return PlacedRow(cells: [run(slot, tape)])
        case .blank, .number: return PlacedRow(cells: [Reading(slot)])
        }
    }

    private static func run(_ slot: Slot, _ tape: Tape) -> Reading? {
        guard let piece = slot.piece else { return nil }
        switch CellValue(tape.document.bytes(tape.pieces[piece].span)) {
        case .number(let quantity, let remark): return Reading(value: quantity, remark: remark, piece: piece)
        case .blank: return Reading(piece: piece)
        case .text: return nil
        }
    }
}

/// Puts the figures of a row of table 四 in their blocks.
enum ReviewPlacement {
    private static let width = ReviewOutcome.allCases.count
    private static let identity = [Check.ID.reviewTotal.rawValue]

    /// Places a row that holds some blocks of five columns.
    static func place(_ row: ReviewRow, tape: Tape) -> PlacedRow {
        let count = row.routes.count * width
        let open = PlacedRow(cells: Array(repeating: nil, count: count), inferredBy: nil)
        let filled = row.slots.filter { !$0.isBlank }
        if filled.contains(where: { $0.content == .text }) { return open }
        if filled.contains(where: { $0.content == .run }) { return run(filled, count, tape) ?? open }
        if let window = window(row.slots, count), !lacksTotals(window, tape.pieces[row.first].grid) {
            return PlacedRow(cells: window.map { Reading($0) })
        }
        return open
    }

    private static func window(_ slots: [Slot], _ count: Int) -> ArraySlice<Slot>? {
        let first = slots.firstIndex { !$0.isBlank } ?? 0
        let last = slots.lastIndex { !$0.isBlank } ?? 0
        // A whole block more: the head has lost one, and the row is not what it says.
        guard slots.count >= count, slots.count - count < width else { return nil }
        let possible = (0...(slots.count - count)).filter { $0 <= first && last < $0 + count }
        let isEmpty = slots[first].isBlank
        guard let offset = possible.first, possible.count == 1 || isEmpty else { return nil }
        return slots[offset..<offset + count]
    }

    /// A block with figures and no total, in a layout that may have dropped blanks.
    private static func lacksTotals(_ window: ArraySlice<Slot>, _ grid: Grid.Kind?) -> Bool {
        guard grid != .markup else { return false }
        return stride(from: window.startIndex, to: window.endIndex, by: width).contains { start in
            let block = window[start..<min(start + width, window.endIndex)]
            return block.last?.isBlank == true && block.contains { !$0.isBlank }
        }
    }

    /// The one way to cut a run of figures so that every block adds up.
    private static func run(_ filled: [Slot], _ count: Int, _ tape: Tape) -> PlacedRow? {
        guard filled.count == 1, let piece = filled[0].piece else { return nil }
        let text = Normalization.foldedString(tape.document.bytes(tape.pieces[piece].span))
        let cuts = DigitRun.cuts(text, into: count, limit: 2) { cells in
            guard cells.count.isMultiple(of: width), cells.count > 0 else { return true }
            let block = cells.suffix(width)
            return PartialSum(block.dropLast())?.known == (block.last ?? nil) ?? 0
        }
        guard cuts.count == 1, let cells = cuts.first else { return nil }
        return PlacedRow(
            cells: cells.map { Reading(value: $0.map { Quantity($0) }, piece: piece) }, inferredBy: identity)
    }
}
