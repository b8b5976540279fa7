import Documents
import Reports

/// How the rows of table 三 stand in a document: where after the label the seven figures begin.
///
/// Merged cells leave empty cells behind, before or after the figures as the writer's program has it. Rows with the
/// label in the same column and as many cells are laid out alike.
struct RowLayout: Sendable {
    /// Rows that are laid out alike.
    private struct Shape: Hashable, Sendable {
        let grid: Grid.Kind?
        let labelColumn: Int
        let slots: Int
    }

    /// Where the labels of rows stand that should have the same number of cells.
    private struct Column: Hashable, Sendable {
        let grid: Grid.Kind?
        let label: Int
    }

    /// How many rows with their labels in a column have a number of cells.
    private struct Size: Sendable {
        let column: Column
        let slots: Int
        var rows = 1
    }

    private static let width = Applicant.allCases.count
    private let tape: Tape
    private let heads: [Int?]
    private let rows: [Row<RequestLine>]
    /// The layouts in which more rows with blanks have lost some than have kept them all.
    private(set) var collapsedGrids: Set<Grid.Kind?> = []
    private var sizes: [Size] = []
    /// Whether totals are the last figures of the rows of a layout, where that was asked for.
    private var totals: [(grid: Grid.Kind?, areLast: Bool)] = []

    /// Learns the layout from all rows.
    init(_ rows: [Row<RequestLine>], heads: [Int?], tape: Tape) {
        self.tape = tape
        self.heads = heads
        self.rows = rows
        let all = rows.span
        for index in all.indices { count(all[index]) }
        var evidence: [Evidence] = []
        for index in all.indices { weigh(all[index], &evidence) }
        for one in evidence where one.lost > 0 && one.lost >= one.kept { collapsedGrids.insert(one.grid) }
        // Cells that only bars and line ends separate must show a blank before they are believed to show all.
        let showsBlanks = evidence.contains { $0.grid == .stream && $0.kept > 0 }
        if !showsBlanks || leavesOutRuns(rows) { collapsedGrids.insert(.stream) }
    }

    /// Whether some rows have figures run together and others have none at all.
    private func leavesOutRuns(_ rows: [Row<RequestLine>]) -> Bool {
        let runs = rows.count { Self.run($0) != nil }
        guard runs > 0 else { return false }
        let isOneRow = rows.contains { $0.line == .otherTotal }
        return runs < RequestTable(otherIsOneRow: isOneRow).lines.count
    }

    private static func run(_ row: Row<RequestLine>) -> Int? {
        row.slots.first(where: \.isRun)?.piece
    }

    /// Rows of a layout that have lost blanks, and that show them.
    private struct Evidence: Sendable {
        let grid: Grid.Kind?
        var lost = 0
        var kept = 0
    }

    private func add(_ row: Row<RequestLine>, isKept: Bool, to evidence: inout [Evidence]) {
        let grid = grid(row)
        if !evidence.contains(where: { $0.grid == grid }) { evidence.append(Evidence(grid: grid)) }
        for index in evidence.indices where evidence[index].grid == grid {
            if isKept { evidence[index].kept += 1 } else { evidence[index].lost += 1 }
        }
    }

    private func weigh(_ row: Row<RequestLine>, _ evidence: inout [Evidence]) {
        if let run = Self.run(row) {
            let length = tape.folded(tape.pieces[run]).characterCount
            add(row, isKept: length >= Self.width, to: &evidence)
        } else if hasLostBlanks(row) {
            add(row, isKept: false, to: &evidence)
        } else if let window = window(row), Self.isPartial(window) || showsBlanks(window) {
            add(row, isKept: true, to: &evidence)
        }
    }

    /// Blank cells on lines of their own; those on one line are what merged cells have left.
    private func showsBlanks(_ window: ArraySlice<Slot>) -> Bool {
        guard window.contains(where: { !$0.isPrinted }) else { return false }
        let lines = window.map { slot in slot.isPrinted ? nil : slot.piece.map { tape.pieces[$0].place.line } }
        return zip(lines, lines.dropFirst()).contains { left, right in left != nil && right != nil && left != right }
    }

    /// Figures, but no total, or too few cells where only blanks can be missing.
    private func hasLostBlanks(_ row: Row<RequestLine>) -> Bool {
        guard !statesColumns(row), row.slots.contains(where: { !$0.isBlank }) else { return false }
        if row.slots.count < Self.width { return !keepsRows(row) }
        return window(row).map(Self.lacksTotal) ?? false
    }

    /// The seven slots of a row; nil where there are fewer, or where more than one place is possible.
    func window(_ row: Row<RequestLine>) -> ArraySlice<Slot>? {
        guard row.slots.count >= Self.width else { return nil }
        let possible = admissible(row)
        guard !possible.isEmpty else { return nil }
        let offset: Int
        if possible.count == 1 || row.slots.allSatisfy(\.isBlank) {
            offset = possible.lowerBound
        } else if let stated = statedOffset(row), possible.contains(stated) {
            offset = stated
        } else if let only = commonOffset(shape(row)) {
            offset = only
        } else {
            return nil
        }
        return row.slots[offset..<offset + Self.width]
    }

    /// Whether blanks have been dropped from a row, so that its figures do not stand where they were printed.
    func isCollapsed(_ row: Row<RequestLine>, _ window: ArraySlice<Slot>) -> Bool {
        guard Self.isPartial(window) else { return false }
        if !isUsual(row) { return true }
        guard !statesColumns(row) else { return false }
        // Zeros without their total say nothing that a check could find wrong.
        let isIdle = window.allSatisfy { $0.isBlank || $0.content == .number(Quantity(0), remarkLength: 0) }
        return collapsedGrids.contains(grid(row)) || (isIdle && Self.lacksTotal(window))
    }

    /// Whether the last figure of a row is its total, as far as the rows of its layout say: more of them add up to it than
    /// do not. Where a column has been cut off, they do not.
    mutating func endsInTotal(_ row: Row<RequestLine>) -> Bool {
        let grid = grid(row)
        if let known = totals.first(where: { $0.grid == grid }) { return known.areLast }
        let areLast = endInTotals(grid)
        totals.append((grid, areLast))
        return areLast
    }

    private func endInTotals(_ grid: Grid.Kind?) -> Bool {
        var balance = 0
        for other in rows where self.grid(other) == grid {
            let counts = other.slots.filter { !$0.isBlank }.map { Reading($0).count }
            guard counts.count > 1, counts.contains(where: { $0 != 0 }), let total = counts.last else { continue }
            balance += PartialSum(counts.dropLast())?.known == total ? 1 : -1
        }
        return balance > 0
    }

    /// Figures, and cells in which nothing is printed; a sign for nothing is printed.
    private static func isPartial(_ window: ArraySlice<Slot>) -> Bool {
        window.contains { !$0.isPrinted } && window.contains { !$0.isBlank }
    }

    /// Whether a row has as many cells as most rows like it: one that has lost or won a cell has not, and where as many
    /// rows have another number nobody can tell. Nothing pads rows whose blanks are empty lines.
    private func isUsual(_ row: Row<RequestLine>) -> Bool {
        if grid(row) == nil { return row.slots.count == Self.width }
        let column = column(row)
        let alike = sizes.filter { $0.column == column }
        let own = alike.first { $0.slots == row.slots.count }?.rows ?? 0
        return alike.allSatisfy { $0.slots == row.slots.count || $0.rows < own }
    }

    /// Counts a row by column and number of cells; there are few kinds of them.
    private mutating func count(_ row: Row<RequestLine>) {
        let size = Size(column: column(row), slots: row.slots.count)
        if let index = sizes.firstIndex(where: { $0.column == size.column && $0.slots == size.slots }) {
            sizes[index].rows += 1
        } else {
            sizes.append(size)
        }
    }

    private func column(_ row: Row<RequestLine>) -> Column {
        if keepsRows(row) { return Column(grid: grid(row), label: tape.pieces[row.label].column) }
        // In a stream the label of a group before it says how far to the right a label stands.
        guard row.label > 0, case .requestGroup = tape.pieces[row.label - 1].label else {
            return Column(grid: grid(row), label: 0)
        }
        return Column(grid: grid(row), label: 1)
    }

    private func grid(_ row: Row<RequestLine>) -> Grid.Kind? {
        tape.pieces[row.label].grid
    }

    /// Whether a cell's place in its row is its column: mark-up says so, and a line with seven cells and no padding.
    func statesColumns(_ row: Row<RequestLine>) -> Bool {
        grid(row) == .markup || (keepsRows(row) && row.slots.count == Self.width)
    }

    private func keepsRows(_ row: Row<RequestLine>) -> Bool {
        grid(row) != nil && grid(row) != .stream
    }

    private func shape(_ row: Row<RequestLine>) -> Shape {
        let label = tape.pieces[row.label]
        return Shape(grid: label.grid, labelColumn: label.column, slots: row.slots.count)
    }

    /// The one offset that fits all rows of a shape, if there is one.
    private func commonOffset(_ shape: Shape) -> Int? {
        var common: Range<Int>?
        for row in rows where self.shape(row) == shape && row.slots.contains(where: { !$0.isBlank }) {
            common = common?.clamped(to: admissible(row)) ?? admissible(row)
        }
        return common?.count == 1 ? common?.lowerBound : nil
    }

    /// The offsets at which seven slots hold all that is not blank.
    private func admissible(_ row: Row<RequestLine>) -> Range<Int> {
        guard row.slots.count >= Self.width else { return 0..<0 }
        let first = row.slots.firstIndex(where: \.isPrinted) ?? 0
        let last = row.slots.lastIndex(where: \.isPrinted) ?? 0
        let lowest = max(0, last - Self.width + 1)
        return lowest..<max(lowest, min(first, row.slots.count - Self.width) + 1)
    }

    /// The offset that the table's head states: its columns begin under 自然人, unless merged cells lost their empty
    /// cells there, and so in the rows.
    private func statedOffset(_ row: Row<RequestLine>) -> Int? {
        let label = tape.pieces[row.label]
        // Mark-up states merged cells; where it does not, rows that are filled to the end tell where all begin.
        if label.grid == .markup { return commonOffset(shape(row)) ?? 0 }
        guard label.grid == .tabs || label.grid == .pipes else { return 0 }
        guard let natural = heads[Applicant.naturalPerson.rawValue],
            let commercial = heads[Applicant.commercialEnterprise.rawValue]
        else { return nil }
        return commercial == 0 ? 0 : max(0, natural - label.column - 1)
    }

    /// Figures, but no total: the mark of a row whose blanks have gone.
    private static func lacksTotal(_ window: ArraySlice<Slot>) -> Bool {
        window.last?.isPrinted == false && window.contains { !$0.isBlank }
    }
}
