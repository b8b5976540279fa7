import Documents
import Reports

extension TableRows {
    private static let width = Applicant.allCases.count
    /// Fewer rows may be numbered by chance, or blank.
    private static let rowsMin = 5

    /// Takes the numbers of rows (行次, 序号) out of table 三, which stand in a cell behind each label.
    mutating func removeRowNumbers(_ tape: Tape) {
        guard requests.count >= Self.rowsMin, requests.allSatisfy({ $0.slots.count > Self.width }) else { return }
        var firsts: [Int] = []
        var last: Int?
        for row in requests {
            guard let first = row.slots.firstIndex(where: \.isPrinted), row.slots.count - first > Self.width,
                let number = Reading(row.slots[first]).count, number > 0,
                last.map({ number > $0 && number <= $0 + Self.stepMax }) ?? (number <= Self.stepMax)
            else { return }
            last = number
            firsts.append(first)
        }
        for (index, first) in zip(requests.indices, firsts) { requests[index].removeSlots(before: first + 1) }
    }

    /// A row without figures may have a number, too.
    private static let stepMax = 2

    /// Takes columns out of table 三 in which nothing stands in any row, where the others are as many as the form has.
    mutating func removeBlankColumns(_ tape: Tape) {
        guard requests.contains(where: { $0.slots.count > Self.width }) else { return }
        let shapes = requests.map { row in
            let label = tape.pieces[row.label]
            return [label.table, label.column, row.slots.count]
        }
        for shape in Set(shapes) where shape[2] > Self.width {
            let rows = requests.indices.filter { shapes[$0] == shape }
            guard rows.count >= Self.rowsMin, let first = rows.first, tape.pieces[requests[first].label].grid == .markup
            else { continue }
            let isPrinted = (0..<shape[2]).map { slot in rows.contains { requests[$0].slots[slot].isPrinted } }
            guard isPrinted.count(where: \.self) == Self.width else { continue }
            for row in rows { requests[row].keepSlots(isPrinted) }
        }
    }
}
