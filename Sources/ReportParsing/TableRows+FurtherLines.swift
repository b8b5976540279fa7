import Documents
import Reports

extension TableRows {
    /// Adds figures that stand alone on the line right below a row of a text, which shows no cells, to that row: they may
    /// be what a narrow cell had no room for. It then has more than its columns hold, and stays open.
    mutating func addFurtherLine(_ tape: Tape, _ at: Int) {
        guard let kind = lastRow?.kind, isFurtherLine(tape, at) else { return }
        let slot = Slot(tape.pieces[at], at)
        // One alone below a row of many figures, which have sums to hold, may be the number of a page.
        switch kind {
        case 0 where holdsSeveral(tape, at): requests[requests.count - 1].hasForeignColumns = true
        case 1: proactive[proactive.count - 1].append(slot)
        case 2 where holdsSeveral(tape, at): reviews.append(slot)
        case 3: statistics[statistics.count - 1].append(slot)
        default: break
        }
    }

    private func isFurtherLine(_ tape: Tape, _ at: Int) -> Bool {
        guard at > 0 else { return false }
        let piece = tape.pieces[at]
        let above = tape.pieces[at - 1]
        guard above.grid == .tabs || above.grid == .stream, piece.place.line == above.place.line + 1 else {
            return false
        }
        return piece.grid == nil || piece.grid == .tabs && piece.column == 0 && row(tape, at).allSatisfy(\.isValue)
    }

    private func holdsSeveral(_ tape: Tape, _ at: Int) -> Bool {
        guard tape.pieces[at].grid == .tabs else { return tape.joinsDigits(tape.pieces[at]) }
        return row(tape, at).count { $0.content.isFigure } > 1
    }

    /// The pieces from one to the end of its row.
    private func row(_ tape: Tape, _ at: Int) -> ArraySlice<Piece> {
        tape.pieces[at...].prefix(while: tape.pieces[at].isBeside)
    }
}
