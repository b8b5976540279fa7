/// Sets figures apart that all but touch the label to their left: browsers print tables with a point or two between
/// cells, less than a sentence has before a number.
enum PDFNarrowCells {
    /// The lines of a page, with such figures set apart where a figure above or below says that a column is there.
    static func separated(_ lines: [PDFLine]) -> [PDFLine] {
        lines.indices.map { index in
            let line = lines[index]
            guard line.pieces.count <= piecesMax else { return line }
            let near = lines[max(0, index - reach)..<min(lines.count, index + reach + 1)]
                .filter { $0.pieces.count <= piecesMax }
            let breaks = line.pieces.indices.dropFirst().filter { piece in
                mayBreak(line.pieces, before: piece)
                    && near.contains { $0.number != line.number && hasColumn($0, of: line.pieces[piece]) }
            }
            return breaks.isEmpty ? line : line.broken(before: breaks.map { line.pieces[$0].x0 })
        }
    }

    /// A line of more pieces is no row of a form.
    private static let piecesMax = 64

    /// How many lines above and below are looked at: rows whose labels wrap, and the head between two of them.
    private static let reach = 4

    /// Whether nothing but figures follows a short label, near as words of a sentence.
    private static func mayBreak(_ pieces: [PDFText], before index: Int) -> Bool {
        let label = pieces[index - 1]
        let figure = pieces[index]
        guard figure.isFigure, !label.isFigure, label.isShortLabel, figure.x0 - label.x1 < 0.6 * label.em else {
            return false
        }
        return pieces[(index + 1)...].allSatisfy(\.isFigure)
    }

    /// Whether a line has a figure in the column that another stands in: begun, ended or centred alike.
    private static func hasColumn(_ line: PDFLine, of figure: PDFText) -> Bool {
        let tolerance = 0.15 * figure.em
        return line.figures.contains { other in
            abs(other.x0 - figure.x0) < tolerance || abs(other.x1 - figure.x1) < tolerance
                || abs(other.centerX - figure.centerX) < tolerance
        }
    }
}

extension PDFLine {
    /// The line with cells beginning at some places.
    fileprivate func broken(before breaks: [Double]) -> PDFLine {
        var line = PDFLine(pieces, breaks: breaks)
        line.number = number
        return line
    }
}
