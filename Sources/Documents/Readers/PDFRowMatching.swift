/// Finds which lines of a column of labels belong to which row: labels wrap, and their figures stand at the first, the
/// middle or the last of their lines.
struct PDFRowMatching {
    /// Lines of one label, and the row whose figures they stand beside, if any.
    struct Group {
        let lines: Range<Int>
        let row: Int?
    }

    private enum Alignment: CaseIterable {
        case middle, first, last
    }

    private let lines: [PDFText]
    private let rows: [Double]
    private let isNumbered: [Bool]
    private let hasOrdinals: Bool
    /// For each line the row that it stands right beside.
    private let beside: [Int?]

    /// The longest labels of the form have 35 characters, two of which stand on a line of the narrowest cells.
    private static let linesMax = 20
    private static let stepsMax = 400_000

    /// The groups in order, as the alignment has it that fits best. O(lines × rows); both top down.
    static func groups(_ lines: [PDFText], rows: [Double]) -> [Group] {
        guard !lines.isEmpty else { return [] }
        // A page of thousands of rows is no form: each line is a row by itself.
        guard (lines.count + 1) * (rows.count + 1) * linesMax <= stepsMax else {
            return lines.indices.map { Group(lines: $0..<$0 + 1, row: nil) }
        }
        let matching = PDFRowMatching(lines, rows)
        let results = Alignment.allCases.map { matching.solve($0) }
        return results.min { $0.cost < $1.cost }?.groups ?? []
    }

    private init(_ lines: [PDFText], _ rows: [Double]) {
        self.lines = lines
        self.rows = rows
        beside = lines.map { line in rows.firstIndex { abs($0 - line.centerY) < 0.3 * line.em } }
        isNumbered = lines.map { $0.ordinal != nil }
        hasOrdinals = isNumbered.count { $0 } * 3 > lines.count
    }

    /// The cheapest way to the first lines and the first rows, and its last step.
    private struct Cell {
        var cost = Double.infinity
        /// How many lines the last step took; 0 when it passed a row over.
        var taken = 0
        var isMatched = false
    }

    private func solve(_ alignment: Alignment) -> (cost: Double, groups: [Group]) {
        let width = rows.count + 1
        var table = Array(repeating: Cell(), count: (lines.count + 1) * width)
        table[0].cost = 0
        for line in 0...lines.count {
            let groups = groupCosts(from: line)
            for row in 0...rows.count {
                let cost = table[line * width + row].cost
                guard cost < .infinity else { continue }
                func offer(_ line: Int, _ row: Int, _ cell: Cell) {
                    if cell.cost < table[line * width + row].cost { table[line * width + row] = cell }
                }
                if row < rows.count { offer(line, row + 1, Cell(cost: cost + 5)) }
                for (index, own) in groups.enumerated() {
                    let end = line + index
                    offer(end + 1, row, Cell(cost: cost + own + 2.5, taken: index + 1))
                    guard row < rows.count, let beside = self.cost(line...end, row, alignment) else { continue }
                    let total = cost + own + beside + strangers(line...end, row)
                    offer(end + 1, row + 1, Cell(cost: total, taken: index + 1, isMatched: true))
                }
            }
        }
        return (table[table.count - 1].cost, groups(table, width))
    }

    private func groups(_ table: [Cell], _ width: Int) -> [Group] {
        var groups: [Group] = []
        var line = lines.count
        var row = rows.count
        while line > 0 || row > 0 {
            let cell = table[line * width + row]
            if cell.taken == 0 {
                row -= 1
                continue
            }
            if cell.isMatched { row -= 1 }
            groups.append(Group(lines: line - cell.taken..<line, row: cell.isMatched ? row : nil))
            line -= cell.taken
        }
        return groups.reversed()
    }

    /// What it costs to take a line, and those after it, for one label; as many as stand near enough.
    private func groupCosts(from start: Int) -> [Double] {
        guard start < lines.count else { return [] }
        var costs = [hasOrdinals && !isNumbered[start] ? 1.0 : 0]
        for index in lines.indices[(start + 1)...].prefix(PDFRowMatching.linesMax - 1) {
            let pitch = (lines[index].centerY - lines[index - 1].centerY) / lines[start].em
            guard pitch < 2.6 else { break }
            costs.append(costs[costs.count - 1] + 0.3 * pitch + (isNumbered[index] ? 6 : 0))
        }
        return costs
    }

    /// What it costs that lines of a label stand right beside the figures of other rows.
    private func strangers(_ range: ClosedRange<Int>, _ row: Int) -> Double {
        guard range.count > 1 else { return 0 }
        return range.reduce(0) { $0 + (beside[$1].map { $0 != row } == true ? 3 : 0) }
    }

    /// What it costs that a label stands so far from a row, the squares of characters; nil where it is too far.
    ///
    /// A row that a page's end has cut may be aligned otherwise than the rest of its table.
    private func cost(_ range: ClosedRange<Int>, _ row: Int, _ alignment: Alignment) -> Double? {
        let reach = 2 * lines[range.lowerBound].em
        guard rows[row] > lines[range.lowerBound].y0 - reach, rows[row] < lines[range.upperBound].y1 + reach else {
            return nil
        }
        var best: Double?
        for other in Alignment.allCases {
            let distance = distance(range, row, other)
            guard distance < 2 else { continue }
            best = min(best ?? .infinity, 8 * distance * distance + (other == alignment ? 0 : 1.2))
        }
        return best
    }

    private func distance(_ range: ClosedRange<Int>, _ row: Int, _ alignment: Alignment) -> Double {
        let first = lines[range.lowerBound]
        let last = lines[range.upperBound]
        let place =
            switch alignment {
            case .middle: (first.y0 + last.y1) / 2
            case .first: first.centerY
            case .last: last.centerY
            }
        return abs(place - rows[row]) / first.em
    }
}
