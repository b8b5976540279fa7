import Documents
import Reports

/// Puts the figures of table 三 in their columns.
///
/// Where the layout says where a figure stands, that is it. Where blanks have collapsed or figures are run together,
/// the row sums, the column sums and the balance decide: a figure is placed only where every reading that satisfies
/// them agrees on it, and is left open otherwise.
struct RequestPlacement: Sendable {
    /// The rows in columns, one for each row given.
    private(set) var rows: [PlacedRow] = []
    /// The layouts of the document that have lost blanks.
    let layoutsWithoutBlanks: Set<Grid.Kind?>

    private static let width = Applicant.allCases.count
    /// More combinations of ambiguous rows than this are not tried.
    private static let combinationsMax = 4096
    /// More readings of one row than this make it unreadable.
    private static let readingsMax = 64

    /// Places every row. Bounded: at most 4,096 combinations of readings are tried.
    init(_ table: [Row<RequestLine>], heads: [Int?], tape: Tape) {
        var layout = RowLayout(table, heads: heads, tape: tape)
        layoutsWithoutBlanks = layout.collapsedGrids
        let readings = table.map { Self.readings($0, &layout, tape) }
        rows = Self.resolve(readings, lines: table.map(\.line))
    }

    /// The possible readings of a row, and the identities they rest on.
    private struct Readings: Sendable {
        /// The slots that are the columns, where the layout says so.
        var stated: ArraySlice<Slot>?
        /// The ways to put the figures in columns, where it does not; none where nothing fits.
        var ways: [[Reading]] = []
        var inferredBy: [String]?

        /// Whether every column can be told in at least one way.
        var isReadable: Bool { stated.map { !$0.contains(where: \.isText) } ?? !ways.isEmpty }

        /// The count in a column, the ways numbered.
        func count(_ column: Int, way: Int) -> Int? {
            stated.map { Reading($0[$0.startIndex + column]).count } ?? ways[way][column].count
        }
    }

    private static func readings(_ row: Row<RequestLine>, _ layout: inout RowLayout, _ tape: Tape) -> Readings {
        if row.hasForeignColumns || joinsRows(row, tape) { return Readings() }
        if row.isReordered { return Readings(stated: row.slots[...]) }
        if row.slots.contains(where: \.isText) {
            // Seven cells are the seven columns, whatever stands in them.
            let isWhole = layout.statesColumns(row) && row.slots.count == width && !hasJoinedCells(row, tape)
            return isWhole ? Readings(stated: row.slots[...]) : Readings()
        }
        if row.slots.contains(where: \.isRun) {
            // Where blanks are left out, a run does not hold seven figures.
            return layout.collapsedGrids.contains(.stream) ? Readings() : runReadings(row, tape)
        }
        if let window = layout.window(row), !layout.isCollapsed(row, window) { return Readings(stated: window) }
        return row.slots.allSatisfy(\.isBlank) || layout.endsInTotal(row) ? collapsedReadings(row) : Readings()
    }

    /// Whether a cell holds two figures where no mark-up says which cells there are: then it is two, and a blank one before
    /// is none.
    private static func hasJoinedCells(_ row: Row<RequestLine>, _ tape: Tape) -> Bool {
        guard tape.pieces[row.label].grid != .markup, row.slots.contains(where: { !$0.isPrinted }) else { return false }
        return row.slots.contains { slot in
            guard slot.isText, let piece = slot.piece else { return false }
            let text = tape.folded(tape.pieces[piece])
            return text.first?.isDigit ?? false && text.last?.isDigit ?? false
        }
    }

    /// Whether figures of other rows, or a mark across the page, have been joined with those of a row (`03` is 0 and 3): then
    /// the others may be joined, too. A row that adds up is printed so.
    private static func joinsRows(_ row: Row<RequestLine>, _ tape: Tape) -> Bool {
        let hasJoined = row.slots.contains { slot in
            guard let piece = slot.piece, !slot.isBlank, !slot.isRun else { return false }
            return slot.isText ? tape.holdsOnlyFigures(piece) : tape.beginsWithZero(piece)
        }
        return hasJoined && (row.slots.count != width || !sumHolds(row.slots.map { Reading($0).count }))
    }

    private static func runReadings(_ row: Row<RequestLine>, _ tape: Tape) -> Readings {
        let filled = row.slots.filter { !$0.isBlank }
        guard filled.count == 1, let piece = filled[0].piece else { return Readings() }
        let text = tape.folded(tape.pieces[piece])
        let cuts = DigitRun.cuts(text, into: width, limit: readingsMax) { cells in
            sumHolds(cells)
        }
        let ways = cuts.map { $0.map { Reading(value: $0.map { Quantity($0) }, piece: piece) } }
        return Readings(ways: ways, inferredBy: [Check.ID.rowTotal.rawValue])
    }

    /// False once the parts exceed what a total can be, or a complete row does not add up.
    private static func sumHolds(_ cells: [Int?]) -> Bool {
        guard cells.count == width, let total = cells[width - 1] else { return cells.count < width }
        return PartialSum(cells[..<(width - 1)])?.known == total
    }

    /// A row that has lost blanks: its last figure is the total, the others stand in some columns in their order.
    private static func collapsedReadings(_ row: Row<RequestLine>) -> Readings {
        let filled = row.slots.filter { !$0.isBlank }.map { Reading($0) }
        let identity = [Check.ID.rowTotal.rawValue]
        guard let total = filled.last else {
            // Fewer blanks than columns: a row cut short.
            return row.slots.count < width ? Readings() : Readings(ways: [Array(repeating: .blank, count: width)])
        }
        guard filled.count >= 2, filled.count <= width, let printed = total.count,
            PartialSum(filled.dropLast().map(\.count))?.known == printed
        else { return Readings() }
        let ways = choices[filled.count - 1].map { columns in
            var cells: [Reading] = Array(repeating: .blank, count: width)
            for (column, reading) in zip(columns, filled) { cells[column] = reading }
            cells[width - 1] = total
            return cells
        }
        return Readings(ways: ways, inferredBy: identity)
    }

    /// For each number of figures, the ways to choose their columns before the total, in ascending order.
    private static let choices: [[[Int]]] = {
        let columns = 0..<width - 1
        let all = (0..<(1 << columns.count)).map { mask in columns.filter { mask & (1 << $0) != 0 } }
        return (0...columns.count).map { count in all.filter { $0.count == count } }
    }()
}

extension RequestPlacement {
    /// Lets the column sums and the balance decide between the readings of rows that the layout leaves open.
    private static func resolve(_ readings: [Readings], lines: [RequestLine]) -> [PlacedRow] {
        let open = readings.indices.filter { readings[$0].ways.count > 1 }
        let combinations = open.reduce(1) { min($0 * readings[$1].ways.count, combinationsMax + 1) }
        guard !open.isEmpty, combinations <= combinationsMax, readings.allSatisfy(\.isReadable) else {
            return readings.map { agreed($0) }
        }
        var remaining = readings
        let columns = [Check.ID.processedTotal.rawValue, Check.ID.balance.rawValue]
        for (index, ways) in solutions(readings, open, lines) {
            remaining[index].ways = ways
            remaining[index].inferredBy = (remaining[index].inferredBy ?? []) + columns
        }
        return remaining.map { agreed($0) }
    }

    /// The readings of the open rows that occur in some combination which satisfies every column.
    private static func solutions(
        _ readings: [Readings], _ open: [Int], _ lines: [RequestLine]
    ) -> [(Int, [[Reading]])] {
        var choice = Array(repeating: 0, count: readings.count)
        var kept: [Int: Set<Int>] = [:]
        var table = RequestTable(otherIsOneRow: lines.contains(.otherTotal))
        func set(_ index: Int) {
            for applicant in Applicant.allCases {
                table[lines[index], applicant] = readings[index].count(applicant.rawValue, way: choice[index])
            }
        }
        for index in readings.indices { set(index) }
        repeat {
            for index in open { set(index) }
            if columnsHold(table) {
                for index in open { kept[index, default: []].insert(choice[index]) }
            }
        } while advance(&choice, open, readings)
        return kept.map { index, ways in (index, ways.sorted().map { readings[index].ways[$0] }) }
    }

    private static func advance(_ choice: inout [Int], _ open: [Int], _ readings: [Readings]) -> Bool {
        for index in open {
            choice[index] += 1
            if choice[index] < readings[index].ways.count { return true }
            choice[index] = 0
        }
        return false
    }

    private static func columnsHold(_ table: RequestTable) -> Bool {
        let outcomes = RequestLine.outcomes(otherIsOneRow: table.otherIsOneRow)
        return Applicant.allCases.allSatisfy { applicant in
            let processed = table[.totalProcessed, applicant] ?? 0
            let received = table.sum([.newReceived, .carriedOver], applicant)?.known
            let settled = table.sum([.totalProcessed, .carriedForward], applicant)?.known
            return table.sum(outcomes, applicant)?.known == processed && received == settled
        }
    }

    /// What all readings of a row have in common.
    private static func agreed(_ readings: Readings) -> PlacedRow {
        if let stated = readings.stated { return PlacedRow(stated) }
        guard let first = readings.ways.first else { return .open(width) }
        let cells = first.indices.map { column -> Reading? in
            let reading = first[column]
            return readings.ways.allSatisfy { $0[column].value == reading.value } ? reading : nil
        }
        return PlacedRow(cells: cells, inferredBy: readings.inferredBy)
    }
}
