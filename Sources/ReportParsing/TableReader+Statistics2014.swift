import Documents
import Reports

extension TableReader {
    /// A few labels of the 统计表 may stand in any report; a table has more of them, or its head.
    private static let statisticRowsMin = 5

    mutating func readStatistics(_ rows: TableRows) {
        guard rows.hasStatistics2014 || rows.statistics.count >= Self.statisticRowsMin else { return }
        guard !rows.statistics.isEmpty else { return }
        var table = Statistics2014()
        table.foreignRows = rows.foreignRows.map { row in
            let texts = tape.pieces[row].map { tape.text($0) }
            return Statistics2014.ForeignRow(label: texts[0], cells: Array(texts.dropFirst()))
        }
        statistics2014 = table
        var seen: [Statistic2014: [Slot]] = [:]
        for row in exactFirst(rows.statistics, label: { .statistic($0) }) {
            if let first = seen[row.line] {
                // A template that nobody filled in says nothing else.
                if !row.slots.allSatisfy(\.isBlank), tape.figures(first) != tape.figures(row.slots) {
                    reportCopy([.statistic(row.line)], row.label)
                }
                continue
            }
            seen[row.line] = row.slots
            reportDoubtful(.statistic(row.line), row.label, [.statistic(row.line)])
            let placed = row.hasForeignColumns ? .open(1) : SingleFigurePlacement.place(row.slots, tape: tape)
            store(placed, [.statistic(row.line)], label: row.label, slots: row.slots)
        }
    }
}
