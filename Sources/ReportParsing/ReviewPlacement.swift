import Documents
import Reports

/// Puts the figures of a row of table 四 in their blocks.
enum ReviewPlacement {
    private static let width = ReviewOutcome.allCases.count
    private static let identity = [Check.ID.reviewTotal.rawValue]

    /// Places a row that holds some blocks of five columns.
    ///
    /// - Parameter hasLostBlanks: whether other rows show that blanks have been dropped from tables of this layout.
    static func place(_ row: ReviewRow, tape: Tape, hasLostBlanks: Bool) -> PlacedRow {
        let count = row.routes.count * width
        let filled = row.slots.filter { !$0.isBlank }
        if filled.contains(where: \.isText) {
            // As many cells as columns are the columns, whatever stands in them.
            guard tape.pieces[row.first].keepsRows, row.slots.count == count else { return .open(count) }
            return PlacedRow(cells: row.slots.map { $0.isText ? nil : Reading($0) })
        }
        if filled.contains(where: \.isRun) {
            return hasLostBlanks ? .open(count) : run(filled, count, tape) ?? .open(count)
        }
        let printed = row.slots.filter(\.isPrinted)
        // The cells of the whole table are those of blocks that the head has lost, some of them blank.
        let isOfAllBlocks = row.slots.count == ReviewRoute.allCases.count * width
        if printed.count == count, row.slots.count > count, !isOfAllBlocks {
            // As many figures as columns: the empty cells between them are what merged cells have left. Those beside them are
            // of columns that hold nothing.
            let isWhole = tape.pieces[row.first].keepsRows && Self.windows(row.slots, count).count == 1
            return PlacedRow(printed[...], inferredBy: !isWhole && addsUp(printed[...]) ? identity : nil)
        }
        let windows = windows(row.slots, count)
        let grid = tape.pieces[row.first].grid
        let sound = windows.filter { windows.count > 1 ? addsUp($0) : !lacksTotals($0, grid) }
        guard let window = sound.first, sound.count == 1 || filled.isEmpty else { return .open(count) }
        let isPartial = !filled.isEmpty && window.contains { !$0.isPrinted }
        if isPartial && hasLostBlanks { return .open(count) }
        let isInferred = windows.count > 1 && !filled.isEmpty
        return PlacedRow(window, inferredBy: isInferred ? identity : nil)
    }

    /// The places where a row's cells can begin so that all that is printed is in them.
    private static func windows(_ slots: [Slot], _ count: Int) -> [ArraySlice<Slot>] {
        let first = slots.firstIndex { $0.isPrinted } ?? 0
        let last = slots.lastIndex { $0.isPrinted } ?? 0
        // A whole block more: the head has lost one, and the row is not what it says.
        guard slots.count >= count, slots.count - count < width else { return [] }
        return (0...(slots.count - count)).filter { $0 <= first && last < $0 + count }.map { slots[$0..<$0 + count] }
    }

    /// Whether every block's printed total is the sum of what is printed before it; a total alone proves nothing.
    private static func addsUp(_ window: ArraySlice<Slot>) -> Bool {
        let counts = window.map { Reading($0).count }
        return stride(from: 0, to: counts.count, by: width).allSatisfy { start in
            let block = counts[start..<min(start + width, counts.count)]
            guard let sum = PartialSum(block.dropLast()), let total = block.last ?? nil else {
                return block.allSatisfy { $0 == nil }
            }
            return sum.parts > 0 && sum.known == total
        }
    }

    /// A block with figures and no total, in a layout that may have dropped blanks.
    private static func lacksTotals(_ window: ArraySlice<Slot>, _ grid: Grid.Kind?) -> Bool {
        guard grid != .markup else { return false }
        return stride(from: window.startIndex, to: window.endIndex, by: width).contains { start in
            let block = window[start..<min(start + width, window.endIndex)]
            return block.last?.isPrinted == false && block.contains { !$0.isBlank }
        }
    }

    /// The one way to cut a run of figures so that every block adds up.
    private static func run(_ filled: [Slot], _ count: Int, _ tape: Tape) -> PlacedRow? {
        guard filled.count == 1, let piece = filled[0].piece else { return nil }
        let text = tape.folded(tape.pieces[piece])
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
