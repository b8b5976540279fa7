import Documents
import Reports

/// Tables of a text whose figures stand before their labels, as in the text of a PDF that was made without regard to its order:
///
///     本年处理决定数量
///     12
///     行政许可
///
/// What stands behind a label is the next row's. The ends of a table tell: figures stand before its first label, and none
/// behind its last.
extension TableRows {
    /// Gives the rows of table 三 the figures before their labels, where its ends say so.
    mutating func takeRequestsAhead(_ tape: Tape) {
        guard requests.last?.slots.isEmpty == true else { return requests.removeAll(where: \.slots.isEmpty) }
        for index in requests.indices where !requests[index].keepsRows(tape) { requests[index].takeSlotsAhead(tape) }
    }

    /// Whether as many values stand before the first label of table 三 as a row may have, which do not number its columns.
    func areValuesAhead(_ tape: Tape, of first: Int) -> Bool {
        let values = tape.valuesAhead(of: first)
        let numbers = (first - values..<first).map { Reading(Slot(tape.pieces[$0], $0)).count }
        // Fewer may be the numbers of pages.
        return values >= 3 && zip(numbers, numbers.dropFirst()).contains { $0 == nil || $1 != $0.map { $0 + 1 } }
    }

    /// The same for table 二: figures stand before the first label of some head, and none behind the last of any.
    ///
    /// - Parameter ahead: the rows under heads behind which figures stand.
    mutating func takeProactiveAhead(_ tape: Tape, _ ahead: Set<Int>) {
        let rows = proactive.indices.filter { !proactive[$0].keepsRows(tape) }
        let areLastEmpty = rows.enumerated().allSatisfy { place, row in
            let isLast = place + 1 == rows.count || proactive[rows[place + 1]].head != proactive[row].head
            return !isLast || proactive[row].slots.isEmpty
        }
        guard !ahead.isEmpty, areLastEmpty else {
            // Under a head behind which figures stand, one without any is a row all the same, and open.
            proactive = proactive.enumerated().filter { !$1.slots.isEmpty || ahead.contains($0) }.map(\.element)
            return
        }
        for row in rows { proactive[row].takeSlotsAhead(tape) }
    }

    /// The same for the 统计表, whose rows hold one figure each: what stands behind the headings of its parts belongs to no row
    /// before it.
    mutating func takeStatisticsAhead(_ tape: Tape) {
        let rows = statistics.indices.filter { !statistics[$0].keepsRows(tape) }
        let strays = rows.filter { row in
            let before = statistics[row].label - 1
            return before >= 0 && tape.valuesAhead(of: before + 1) > 0 && tape.pieces[before].content.isFigure
                && (row == 0 || !statistics[row - 1].slots.contains { $0.piece == before })
        }
        guard isLastStatisticEmpty, let first = rows.first, strays.first == first else {
            return statistics.removeAll(where: \.slots.isEmpty)
        }
        for row in rows {
            // One alone may be the number of a page.
            strays.count > 1 ? statistics[row].takeSlotsAhead(tape) : statistics[row].replaceSlots([])
        }
    }
}

extension Row {
    /// Whether its table states where rows end.
    fileprivate func keepsRows(_ tape: Tape) -> Bool { tape.pieces[label].keepsRows }

    /// Gives the row what stands before its label; where that is the label of a group, what stands before that one.
    fileprivate mutating func takeSlotsAhead(_ tape: Tape) {
        var end = label
        if end > 0, case .label(.requestGroup, _) = tape.pieces[end - 1].content { end -= 1 }
        replaceSlots((end - tape.valuesAhead(of: end)..<end).map { Slot(tape.pieces[$0], $0) })
    }
}

extension Tape {
    /// How many figures and printed signs for nothing stand right before a piece, in a text that keeps no rows.
    func valuesAhead(of at: Int) -> Int {
        pieces[..<at].reversed().prefix { !$0.keepsRows && $0.content.isValue && !$0.span.isEmpty }.count
    }
}
