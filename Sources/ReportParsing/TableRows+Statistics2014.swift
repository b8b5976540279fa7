import Documents
import Reports

extension TableRows {
    /// A row of the 2014 form: label, unit, figure; some tables have a code before the unit.
    mutating func statisticRow(_ tape: Tape, _ at: Int, _ statistic: Statistic2014) -> Int {
        let label = tape.pieces[at]
        let head = statisticsHead.flatMap { $0.table == label.headTable ? $0 : nil }
        var (slots, next) = tape.slots(from: at + 1, like: label)
        if isUnit(tape, next, beside: label) {
            let (behind, end) = tape.slots(from: next + 1, like: label)
            next = end
            if slots.isEmpty || head?.hasCode == true || head == nil && !behind.isEmpty {
                hasStatisticCodes = hasStatisticCodes || !slots.isEmpty
                slots = head?.isCodeBehindUnit == true && behind.count > 1 ? Array(behind.dropFirst()) : behind
            } else if head == nil {
                // The figure before its unit, or a code whose figure is blank: the other rows tell.
                rowsBeforeUnit.append(statistics.count)
            }
        } else if head?.hasCode == true, !slots.isEmpty {
            slots.removeFirst()
        }
        lastStatistic = statistic
        isLastStatisticEmpty = slots.isEmpty
        guard !slots.isEmpty || !label.keepsRows else { return max(next, at + 1) }
        let place = head?.place(of: slots.count) ?? .only
        if case .cell(let cell) = place, slots.indices.contains(cell) { slots = [slots[cell]] }
        statistics.append(Row(line: statistic, label: at, slots: slots, hasForeignColumns: place == .unknown))
        return max(next, at + 1)
    }

    /// Leaves open what may be the codes of rows whose figures are blank.
    mutating func closeStatistics() {
        guard hasStatisticCodes else { return }
        for row in rowsBeforeUnit { statistics[row].hasForeignColumns = true }
    }

    /// Whether a unit stands at a piece, in the row of a label where rows are known.
    func isUnit(_ tape: Tape, _ at: Int, beside label: Piece) -> Bool {
        guard at < tape.pieces.count, tape.pieces[at].label == .unit else { return false }
        return tape.pieces[at].table == label.table && (!label.keepsRows || tape.pieces[at].row == label.row)
    }

    /// A row of the 统计表 that begins with an unknown label and holds a figure.
    func foreignRow(_ tape: Tape, _ at: Int) -> Range<Int>? {
        let first = tape.pieces[at]
        guard !first.isValue, first.column == 0, first.grid != nil, first.grid != .stream else { return nil }
        let end = tape.pieces[at...].firstIndex { $0.table != first.table || $0.row != first.row } ?? tape.pieces.count
        let hasFigure = tape.pieces[at..<end].contains { if case .number = $0.content { true } else { false } }
        return hasFigure && !isBeforeLabel(tape, at..<end) ? at..<end : nil
    }

    /// Whether a row begins with the number of its label or the heading of its part, each in a cell of its own.
    private func isBeforeLabel(_ tape: Tape, _ row: Range<Int>) -> Bool {
        let hasLabel = tape.pieces[row].dropFirst().contains { piece in
            switch piece.label {
            case .statistic, .statisticCorrected, .statisticOther: true
            default: false
            }
        }
        guard hasLabel, case let text = tape.folded(tape.pieces[row.lowerBound]) else { return false }
        let key = LabelKey.of(text)
        if case .chapter = key.ordinal { return true }
        return key.text.isEmpty || text.starts(with: Self.amongThem) || text.trimming(Self.numerals).isEmpty
    }

    private static let amongThem = Array("其中".utf8)
    private static let numerals: Words = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", ".", "、"]

    /// Takes a row with a label that the form does not have there; gives the piece behind it.
    mutating func unknownRow(_ tape: Tape, _ at: Int) -> Int {
        guard let row = foreignRow(tape, at) else { return at + 1 }
        foreignRows.append(row)
        return row.upperBound
    }

    /// 被依法纠错 and 其他情形 stand under 行政复议 and under 行政诉讼, and nowhere else.
    var isInReviews: Bool {
        guard let last = lastStatistic else { return false }
        return (Statistic2014.reviewTotal.rawValue...Statistic2014.litigationOther.rawValue).contains(last.rawValue)
    }

    /// The row that 被依法纠错 or 其他情形 is under the heading read last.
    func reviewStatistic(isCorrected: Bool) -> Statistic2014 {
        switch lastStatistic {
        case .litigationTotal, .litigationUpheldOrDismissed, .litigationCorrected, .litigationOther:
            isCorrected ? .litigationCorrected : .litigationOther
        default: isCorrected ? .reviewCorrected : .reviewOther
        }
    }
}
