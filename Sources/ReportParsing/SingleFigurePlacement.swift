import Documents
import Reports

/// The figure of a row that has one column.
enum SingleFigurePlacement {
    /// Places it; open where words or several figures stand there.
    static func place(_ slots: [Slot], tape: Tape) -> PlacedRow {
        let filled = slots.firstIndex { !$0.isBlank }
        guard filled == slots.lastIndex(where: { !$0.isBlank }), slots.count > 0 else { return .open(1) }
        let slot = slots[filled ?? 0]
        return slot.isRun ? PlacedRow(cells: [run(slot, tape)]) : PlacedRow([slot])
    }

    private static func run(_ slot: Slot, _ tape: Tape) -> Reading? {
        guard let piece = slot.piece else { return nil }
        let span = tape.pieces[piece].span
        switch CellValue(folded: tape.folded(tape.pieces[piece]).span, printedLength: span.end - span.start) {
        case .number(let quantity, let length): return Reading(value: quantity, remarkLength: length, piece: piece)
        case .blank: return Reading(piece: piece)
        case .text: return nil
        }
    }
}
