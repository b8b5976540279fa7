import Documents
import Reports

extension TableRows {
    /// A row of the 2014 form: label, unit, figure.
    mutating func statisticRow(_ tape: Tape, _ at: Int, _ statistic: Statistic2014) -> Int {
        let hasUnit = at + 1 < tape.pieces.count && tape.pieces[at + 1].label == .unit
        let (slots, next) = slots(tape, from: at + (hasUnit ? 2 : 1), like: tape.pieces[at])
        lastStatistic = statistic
        guard !slots.isEmpty else { return max(next, at + 1) }
        statistics.append(Row(line: statistic, label: at, slots: slots))
        return next
    }

    /// A row of the 统计表 that begins with an unknown label and holds a figure.
    func foreignRow(_ tape: Tape, _ at: Int) -> Range<Int>? {
        let first = tape.pieces[at]
        guard lastStatistic != nil, first.content.isText, first.column == 0, first.grid != nil, first.grid != .stream
        else { return nil }
        let end = tape.pieces[at...].firstIndex { $0.table != first.table || $0.row != first.row } ?? tape.pieces.count
        let hasFigure = tape.pieces[at..<end].contains { if case .number = $0.content { true } else { false } }
        return hasFigure ? at..<end : nil
    }

    /// 被依法纠错 and 其他情形 stand under 行政复议 and under 行政诉讼.
    var isInLitigation: Bool {
        switch lastStatistic {
        case .litigationTotal, .litigationUpheldOrDismissed, .litigationCorrected: true
        default: false
        }
    }
}
