/// Lines whose cells are separated by bars, one line a row.
extension PlainText {
    /// Reads the grid that begins at a line with a bar, or at a cell whose bar stands on the next line.
    mutating func readBars(at start: Int) throws(DocumentError) -> Int {
        var end = start
        while end < lines.count, lines[end].hasBar, end == start || lines[end].emptyLinesBefore == 0 { end += 1 }
        // Two texts on one line: lines are rows. Otherwise a line is a cell at most.
        guard (start..<end).contains(where: { hasSeveralTexts(lines[$0]) }) else {
            return try readStream(at: start)
        }
        let hasOuterBars = lines[start..<end].allSatisfy(beginsWithBar)
        var cells: [Cell] = []
        cells.reserveCapacity(lines[end - 1].marks.upperBound - lines[start].marks.lowerBound + end - start)
        var row = 0
        var columnCount = 0
        for index in start..<end where !isRule(index, start..<end, hasOuterBars) {
            let width = addRow(lines[index], row: row, outerBar: hasOuterBars, to: &cells)
            columnCount = max(columnCount, width)
            row += 1
        }
        try append(.pipes, cells, rowCount: row, columnCount: columnCount)
        return end
    }

    private func beginsWithBar(_ line: TextLine) -> Bool {
        TextLines.barLength(text, line.text.start) > 0
    }

    /// Whether the line is the rule under a Markdown header, `|---|:--:|`.
    ///
    /// `-` and `--` are also written for "nothing": shorter dashes are a rule only in the second of three or more lines.
    private func isRule(_ index: Int, _ run: Range<Int>, _ hasOuterBars: Bool) -> Bool {
        var dashes = 0
        var shortest = Int.max
        var hasColon = false
        for byte in text[lines[index].text.start..<lines[index].text.end] {
            switch byte {
            case 0x2D: dashes += 1
            case 0x3A: hasColon = true
            case 0x7C:
                if dashes > 0 { shortest = min(shortest, dashes) }
                dashes = 0
            case 0x20, 0x09: break
            default: return false
            }
        }
        if dashes > 0 { shortest = min(shortest, dashes) }
        guard shortest < .max else { return false }
        return shortest >= 3 || hasColon || hasOuterBars && index == run.lowerBound + 1 && run.count > 2
    }

    /// Adds a row and returns how many cells it has: an outer leading bar opens it, a bar with nothing behind it ends it.
    private func addRow(_ line: TextLine, row: Int, outerBar: Bool, to cells: inout [Cell]) -> Int {
        var cursor = LineCursor(line)
        var from = line.start
        var column = 0
        for mark in line.marks where text[marks[mark]] != 0x09 {
            let offset = marks[mark]
            if !(outerBar && offset == line.text.start) {
                cells.append(cell(from, offset, row: row, column: column, line, &cursor))
                column += 1
            }
            from = offset + separatorLength(offset)
        }
        guard from < line.text.end else { return column }
        cells.append(cell(from, line.end, row: row, column: column, line, &cursor))
        return column + 1
    }
}
