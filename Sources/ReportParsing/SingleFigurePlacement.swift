import Documents
import Reports

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
