import Reports

extension TableReader {
    /// Rows whose labels are printed as the form has them, and of the others those that no such row stands for: a label
    /// that is only like the row's is another's then.
    func exactFirst<Line: Hashable>(_ rows: [Row<Line>], label: (Line) -> FormLabel) -> [Row<Line>] {
        guard Set(rows.map(\.line)).count < rows.count else { return rows }
        let areExact = rows.map { isExact($0.label, label($0.line)) }
        var exact: Set<Line> = []
        for (row, isExact) in zip(rows, areExact) where isExact { exact.insert(row.line) }
        return zip(rows, areExact).filter { $1 || !exact.contains($0.line) }.map(\.0)
    }

    /// Whether a label is the form's own, or ends in it behind words of a head.
    private func isExact(_ piece: Int, _ label: FormLabel) -> Bool {
        let text = tape.folded(tape.pieces[piece])
        let key = LabelKey.of(text)
        switch FormLabel.exact(key) ?? FormLabel.qualified(text) ?? FormLabel.suffix(key) {
        case label, .statisticCorrected, .statisticOther, .total, .other, .requestGroup: return true
        default: return false
        }
    }

    /// Says that a label has words which the row's has not, or lacks some, so that the row may be another.
    mutating func reportDoubtful(_ label: FormLabel, _ piece: Int, _ paths: [FigurePath]) {
        guard !isExact(piece, label) else { return }
        guard label.isDoubtful(for: LabelKey.of(tape.folded(tape.pieces[piece]))) else { return }
        findings.append(
            Finding(
                .formLabels,
                message:
                    "“\(tape.text(tape.pieces[piece]))” is taken for \(rowLabel(paths)), which it is not in all words",
                paths: paths, places: [tape.place(tape.pieces[piece])]))
    }
}
