/// The merged cells of a sheet.
struct MergedCells {
    private let merges: [SheetReader.Merge]
    private var origins: [Key: SheetReader.Merge] = [:]
    /// The rows that cells merged over several rows cover, in order and apart.
    private var tall: [ClosedRange<Int>] = []

    private struct Key: Hashable {
        let row: Int
        let column: Int
    }

    init(_ merges: [SheetReader.Merge]) {
        self.merges = merges
        for merge in merges { origins[Key(row: merge.rows.lowerBound, column: merge.columns.lowerBound)] = merge }
        let rows = merges.map(\.rows).filter { $0.count > 1 }.sorted { $0.lowerBound < $1.lowerBound }
        for range in rows {
            if let last = tall.last, range.lowerBound <= last.upperBound {
                tall[tall.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                tall.append(range)
            }
        }
    }

    /// The rows and columns of the cell that begins at a place.
    func span(_ row: Int, _ column: Int) -> (rows: Int, columns: Int) {
        let merge = origins[Key(row: row, column: column)]
        return (merge?.rows.count ?? 1, merge?.columns.count ?? 1)
    }

    /// Whether a cell merged over several rows covers part of a row, its first included. O(log merges).
    func reachesInto(_ row: Int) -> Bool {
        var low = 0
        var high = tall.count
        while low < high {
            let middle = (low + high) / 2
            if tall[middle].upperBound < row { low = middle + 1 } else { high = middle }
        }
        return low < tall.count && tall[low].contains(row)
    }

    /// Which places of an area lie in merged cells that begin elsewhere, row by row; nil when that takes too many steps.
    func coverage(rows: ClosedRange<Int>, columns: ClosedRange<Int>, stepsMax: Int) -> [Bool]? {
        var covered = Array(repeating: false, count: rows.count * columns.count)
        var steps = 0
        for merge in merges where merge.rows.overlaps(rows) && merge.columns.overlaps(columns) {
            let across = merge.columns.clamped(to: columns)
            for row in merge.rows.clamped(to: rows) {
                steps += across.count
                guard steps <= stepsMax else { return nil }
                for column in across where (row, column) != (merge.rows.lowerBound, merge.columns.lowerBound) {
                    covered[(row - rows.lowerBound) * columns.count + column - columns.lowerBound] = true
                }
            }
        }
        return covered
    }
}
