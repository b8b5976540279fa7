/// Cells of several lines: digits wrap where a cell is narrow, and two figures may stand in one.
extension PDFBody {
    /// Joins lines of figures that have no label of their own with the row above them, before labels go to rows.
    ///
    /// - Parameter labels: the lines of all labels.
    mutating func joinLines(beside labels: [PDFText]) {
        let isForm = labels.count <= PDFBody.labelsMax
        let labels = labels.filter { isOfRow($0) || isForm && isAlone($0, labels) }
        var index = 1
        while index < found.count {
            let isFew = 2 * found[index].values.count <= found[index - 1].values.count
            let isLine = isFew ? isUnlabelled(index, labels) : areAround(index - 1, index, labels)
            if isLine, stands(index, below: index - 1) {
                append(index, to: index - 1)
            } else {
                index += 1
            }
        }
    }

    /// Whether a label stands next to the figures; those of groups stand left of them.
    private func isOfRow(_ label: PDFText) -> Bool {
        columns.labelColumn(at: label.x1 - 0.2 * label.em) == columns.labelCount - 1
    }

    /// Whether a label has one line, as those of groups in narrow cells have not.
    private func isAlone(_ label: PDFText, _ labels: [PDFText]) -> Bool {
        !labels.contains { other in
            let distance = abs(other.centerY - label.centerY)
            return distance > 0.5 * label.em && distance < 1.6 * label.em && other.x0 < label.x1 && label.x0 < other.x1
        }
    }

    /// Whether a line without a number of its own stands right below another, as lines of one cell do in any font.
    private func goesOn(_ line: PDFText, _ labels: [PDFText]) -> Bool {
        line.ordinal == nil
            && labels.contains { other in
                let distance = line.centerY - other.centerY
                return distance > 0.5 * line.em && distance < max(1.6 * line.em, 1.3 * line.height)
                    && other.x0 < line.x1 && line.x0 < other.x1
            }
    }

    /// Whether no label stands beside a row, or wraps around its height, that is not as near to the row above; nor one but the
    /// further lines of that row's label, beside digits that are wrapped as well.
    private func isUnlabelled(_ row: Int, _ labels: [PDFText]) -> Bool {
        let near = labels.filter { label in
            let distance = abs(label.centerY - found[row].y)
            return distance < 0.8 * label.em && distance < abs(label.centerY - found[row - 1].y) - 0.2 * label.em
        }
        if near.isEmpty { return true }
        return areWrapped(row, below: row - 1) && near.allSatisfy { goesOn($0, labels) }
    }

    /// Whether a label stands in the middle between two rows, and none beside either: of one figure, or the ends of figures
    /// that stand above them.
    private func areAround(_ above: Int, _ below: Int, _ labels: [PDFText]) -> Bool {
        let isOne = found[above].values.count == 1 && found[below].values.count == 1
        guard isOne || areWrapped(below, below: above) else { return false }
        // Figures that are not wrapped stand beside the label.
        let tops = found[below].values.keys.compactMap { found[above].values[$0]?.last?.centerY }
        guard !tops.isEmpty else { return false }
        let top = tops.reduce(0, +) / Double(tops.count)
        let middle = (top + found[below].y) / 2
        let isBeside = labels.contains { label in
            [top, found[below].y].contains { abs($0 - label.centerY) < 0.4 * label.em }
        }
        return !isBeside && labels.contains { abs($0.centerY - middle) < 0.3 * $0.em }
    }

    /// Whether all figures of a row stand where the next lines of cells of the row above would.
    private func stands(_ below: Int, below above: Int) -> Bool {
        found[below].values.allSatisfy { column, texts in
            guard let figure = found[above].values[column]?.last, let first = texts.first else { return false }
            return abs(first.centerY - figure.centerY) < 1.6 * max(figure.em, first.em)
        }
    }

    /// Whether a figure that has no label is a further line of the only cell of a row right beside it.
    func isFurtherLine(_ line: Int, of row: Int, pitch: Double?) -> Bool {
        guard found[line].labels.isEmpty, !found[row].labels.isEmpty, found[line].values.count == 1,
            stands(max(line, row), below: min(line, row))
        else { return false }
        let isFew = found[line].values.count < found[row].values.count
        return isFew || pitch.map { abs(found[line].y - found[row].y) < 0.8 * $0 } ?? true
    }

    /// Adds the lines of a row to the cells of the one above: a figure whose end stands on the next line is one figure,
    /// printed in parts; else there are two, and the cell is what both are.
    mutating func append(_ below: Int, to above: Int) {
        let areWrapped = areWrapped(below, below: above)
        for (column, texts) in found[below].values {
            var cell = found[above].values[column] ?? []
            if areWrapped, let last = cell.indices.last, let end = texts.first {
                cell[last].text += " " + end.text
                // A further line stands below this one.
                (cell[last].y0, cell[last].y1) = (end.y0, end.y1)
                cell += texts.dropFirst()
            } else {
                cell += texts
            }
            found[above].values[column] = cell
        }
        found.remove(at: below)
    }

    /// Whether all figures of a row are the ends of those above: a figure with another below it in one cell makes it likely in
    /// the others, too.
    private func areWrapped(_ below: Int, below above: Int) -> Bool {
        found[below].values.allSatisfy { column, texts in
            guard let figure = found[above].values[column]?.last, let end = texts.first else { return false }
            return isWrapped(figure, end, column)
        }
    }

    /// Whether a figure goes on with digits on the line below because its cell has no room for another: both are nothing
    /// but digits, stand level, and the column is as narrow as the first, but for its margins.
    private func isWrapped(_ figure: PDFText, _ end: PDFText, _ column: Int) -> Bool {
        let isLevel = abs(end.x0 - figure.x0) < 0.3 * figure.em || abs(end.centerX - figure.centerX) < 0.3 * figure.em
        guard isLevel, [figure, end].allSatisfy({ $0.text.allSatisfy { $0.isNumber || $0 == " " } }) else {
            return false
        }
        let width = figure.x1 - figure.x0
        let digit = (end.x1 - end.x0) / Double(max(end.text.count, 1))
        guard end.x1 - end.x0 < width + 0.5 * digit, width + digit > columns.width(column) - PDFBody.margins else {
            return false
        }
        return found.allSatisfy { row in
            (row.values[column] ?? []).allSatisfy { $0.x1 - $0.x0 < width + 0.5 * digit }
        }
    }

    /// The lines of the labels of a form are fewer than half as many.
    private static let labelsMax = 400

    /// What Word leaves free left and right in a cell, in points.
    private static let margins = 11.0
}
