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

    private static let width = Applicant.allCases.count
    private let tape: Tape
    private let heads: [Applicant: Int]
    private var common: [Shape: Set<Int>] = [:]
    private var collapsedGrids: Set<Grid.Kind?> = []

    /// Learns the layout from all rows.
    init(_ rows: [Row<RequestLine>], heads: [Applicant: Int], tape: Tape) {
        self.tape = tape
        self.heads = heads
        for row in rows where row.slots.contains(where: { !$0.isBlank }) {
            let shape = shape(row)
            let offsets = Set(admissible(row))
            common[shape] = common[shape].map { $0.intersection(offsets) } ?? offsets
        }
        for row in rows {
            if let window = window(row), Self.lacksTotal(window), grid(row) != .markup {
                collapsedGrids.insert(grid(row))
            }
        }
    }

    /// The seven slots of a row; nil where there are fewer, or where more than one place is possible.
    func window(_ row: Row<RequestLine>) -> ArraySlice<Slot>? {
        guard row.slots.count >= Self.width else { return nil }
        let possible = admissible(row)
        guard !possible.isEmpty else { return nil }
        let offset: Int
        if possible.count == 1 || row.slots.allSatisfy(\.isBlank) {
            offset = possible[0]
        } else if let stated = statedOffset(row), possible.contains(stated) {
            offset = stated
        } else if let alike = common[shape(row)], alike.count == 1, let only = alike.first {
            offset = only
        } else {
            return nil
        }
        return row.slots[offset..<offset + Self.width]
    }

    /// Whether blanks have been dropped from a row, so that its figures do not stand where they were printed.
    func isCollapsed(_ row: Row<RequestLine>, _ window: ArraySlice<Slot>) -> Bool {
        guard grid(row) != .markup, window.contains(where: \.isBlank), window.contains(where: { !$0.isBlank }) else {
            return false
        }
        return Self.lacksTotal(window) || collapsedGrids.contains(grid(row))
    }

    private func grid(_ row: Row<RequestLine>) -> Grid.Kind? {
        tape.pieces[row.label].grid
    }

    private func shape(_ row: Row<RequestLine>) -> Shape {
        let label = tape.pieces[row.label]
        return Shape(grid: label.grid, labelColumn: label.column, slots: row.slots.count)
    }

    /// The offsets at which seven slots hold all that is not blank.
    private func admissible(_ row: Row<RequestLine>) -> [Int] {
        guard row.slots.count >= Self.width else { return [] }
        let first = row.slots.firstIndex { !$0.isBlank } ?? 0
        let last = row.slots.lastIndex { !$0.isBlank } ?? 0
        return (0...(row.slots.count - Self.width)).filter { $0 <= first && last < $0 + Self.width }
    }

    /// The offset that the table's head states: its columns begin under 自然人, unless merged cells lost their empty
    /// cells there, and so in the rows.
    private func statedOffset(_ row: Row<RequestLine>) -> Int? {
        let label = tape.pieces[row.label]
        guard label.grid == .tabs || label.grid == .pipes else { return 0 }
        guard let natural = heads[.naturalPerson], let commercial = heads[.commercialEnterprise] else { return nil }
        return commercial == 0 ? 0 : max(0, natural - label.column - 1)
    }

    /// Figures, but no total: the mark of a row whose blanks have gone.
    private static func lacksTotal(_ window: ArraySlice<Slot>) -> Bool {
        window.last?.isBlank == true && window.contains { !$0.isBlank }
    }
}
