/// Lines whose cells are separated by tabs.
extension PlainText {
    /// Reads the run of tab lines that begins at a line.
    mutating func readTabs(at start: Int) throws(DocumentError) -> Int {
        var end = start + 1
        while end < lines.count, lines[end].hasTab, !lines[end].hasBar, lines[end].emptyLinesBefore == 0 { end += 1 }
        // A paragraph indented with a tab is no table, and neither are ten of them.
        guard (start..<end).contains(where: { hasSeveralTexts(lines[$0]) }) else {
            for index in start..<end {
                _ = try readParagraph(lines[index], text: lines[index].text, level: nil, next: index + 1)
            }
            return end
        }
        var cells: [Cell] = []
        cells.reserveCapacity((lines[end - 1].marks.upperBound - lines[start].marks.lowerBound) + end - start)
        var columnCount = 0
        for index in start..<end {
            let width = addRow(lines[index], row: index - start, to: &cells)
            columnCount = max(columnCount, width)
        }
        try append(.tabs, cells, rowCount: end - start, columnCount: columnCount)
        return end
    }

    /// Whether separators divide the line into at least two pieces that hold text.
    func hasSeveralTexts(_ line: TextLine) -> Bool {
        var texts = 0
        var from = line.start
        for mark in line.marks {
            let offset = marks[mark]
            if WhiteSpace.holdsText(text, from, offset) { texts += 1 }
            from = offset + separatorLength(offset)
            if texts > 1 { return true }
        }
        return texts == 1 && WhiteSpace.holdsText(text, from, line.end)
    }

    private func addRow(_ line: TextLine, row: Int, to cells: inout [Cell]) -> Int {
        var cursor = LineCursor(line)
        var from = line.start
        for (column, mark) in line.marks.enumerated() {
            cells.append(cell(from, marks[mark], row: row, column: column, line, &cursor))
            from = marks[mark] + 1
        }
        cells.append(cell(from, line.end, row: row, column: line.marks.count, line, &cursor))
        return line.marks.count + 1
    }

    /// Makes the cell of one piece of a line.
    func cell(
        _ from: Int, _ to: Int, row: Int, column: Int, _ line: TextLine, _ cursor: inout LineCursor
    ) -> Cell {
        let trimmed = WhiteSpace.trim(text, from, to)
        let span = line.hasBar ? undressed(trimmed) : named(trimmed)
        cursor.scalars += scalars(cursor.offset, span.start)
        cursor.offset = span.start
        return Cell(text: span, row: row, column: column, place: Place(line: line.number, column: cursor.scalars + 1))
    }

    /// The bytes that the separator at an offset takes.
    func separatorLength(_ offset: Int) -> Int {
        text[offset] < 0x80 ? 1 : 3
    }
}

/// How many scalars of a line were counted so far: the columns of its cells cost one pass in all.
struct LineCursor {
    var offset: Int
    var scalars = 0

    init(_ line: TextLine) {
        offset = line.start
    }
}
