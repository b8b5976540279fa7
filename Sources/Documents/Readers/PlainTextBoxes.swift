/// Tables drawn with lines, `├──┼──┤` or `+---+---+`: what stands between two rules is one row, whose cells may be wrapped.
extension PlainText {
    /// Whether a drawn table begins at a line: a rule from end to end, and cells below it.
    func startsBox(at index: Int) -> Bool {
        guard index + 1 < lines.count, isRule(lines[index]), !lines[index].hasBar else { return false }
        return lines[index + 1].emptyLinesBefore == 0 && lines[index + 1].hasBar
    }

    /// Reads the table that begins at a line.
    mutating func readBox(at start: Int) throws(DocumentError) -> Int {
        var box = Box()
        var rowLines: Range<Int> = start..<start
        var index = start
        while index < lines.count, index == start || lines[index].emptyLinesBefore == 0 {
            let isRule = isRule(lines[index])
            guard isRule || lines[index].hasBar else { break }
            if isRule {
                addRow(rowLines, to: &box)
                rowLines = index + 1..<index + 1
                addTexts(besideRule: lines[index], to: &box)
            } else {
                rowLines = rowLines.lowerBound..<index + 1
            }
            index += 1
        }
        addRow(rowLines, to: &box)
        try append(.pipes, box.cells, rowCount: box.rowCount, columnCount: box.columnCount)
        return index
    }

    private struct Box {
        var cells: [Cell] = []
        var rowCount = 0
        var columnCount = 0
    }

    /// Whether a line is a rule, or holds one beside cells that span several rows.
    private func isRule(_ line: TextLine) -> Bool {
        guard !line.text.isEmpty else { return false }
        let first = text[line.text.start]
        let isDrawn = first == UInt8(ascii: "+") || first == UInt8(ascii: "|") || isDrawn(line.text.start)
        return isDrawn && holdsRule(line.text)
    }

    /// Whether `──` stands in a text, or `--+`.
    private func holdsRule(_ span: TextSpan) -> Bool {
        (span.start..<span.end).contains { index in
            if isStroke(index) { return isStroke(index + 3) }
            guard text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "=") else { return false }
            return isCorner(index - 1, span) || isCorner(index + 1, span)
        }
    }

    private func isCorner(_ offset: Int, _ span: TextSpan) -> Bool {
        offset >= span.start && offset < span.end && text[offset] == UInt8(ascii: "+")
    }

    /// Whether a character of U+2500…257F stands at an offset.
    private func isDrawn(_ offset: Int) -> Bool {
        offset + 2 < text.count && text[offset] == 0xE2 && (text[offset + 1] == 0x94 || text[offset + 1] == 0x95)
    }

    /// Whether `─`, `━` or `═` stands at an offset.
    private func isStroke(_ offset: Int) -> Bool {
        guard isDrawn(offset) else { return false }
        let last = text[offset + 2]
        return text[offset + 1] == 0x94 ? last == 0x80 || last == 0x81 : last == 0x90
    }

    /// Adds the row that the lines between two rules are, or a row for each where some column has figures in several.
    private mutating func addRow(_ rowLines: Range<Int>, to box: inout Box) {
        guard !rowLines.isEmpty else { return }
        let rows = rowLines.map { texts(of: lines[$0]) }
        let columns = rows[0].count
        let isOneRow =
            rows.allSatisfy { $0.count == columns }
            && (0..<columns).allSatisfy { column in rows.count { isFigure($0[column]) } <= 1 }
        if isOneRow {
            let cells = (0..<columns).map { column in joined(rows.map { $0[column] }) }
            append(cells.enumerated().map { ($1.text, lines[rowLines.lowerBound + $1.line]) }, to: &box)
        } else {
            for (row, line) in zip(rows, rowLines) { append(row.map { ($0, lines[line]) }, to: &box) }
        }
    }

    /// Cells that span several rows go on beside the rules between those: labels of groups, and the names of columns.
    private mutating func addTexts(besideRule line: TextLine, to box: inout Box) {
        let texts = texts(of: line).map(beforeRule).filter { !$0.isEmpty }
        guard !texts.isEmpty else { return }
        append(texts.map { ($0, line) }, to: &box)
    }

    /// The part of a text before the rule in it: `予├──` is 予.
    private func beforeRule(_ span: TextSpan) -> TextSpan {
        guard holdsRule(span) else { return span }
        let end = (span.start..<span.end).first { isDrawn($0) } ?? span.start
        return WhiteSpace.trim(text, span.start, end)
    }

    private func append(_ texts: [(text: TextSpan, line: TextLine)], to box: inout Box) {
        for (column, cell) in texts.enumerated() {
            // What was put together stands behind the source.
            let isInLine = cell.text.start >= cell.line.start && cell.text.end <= cell.line.end
            let place = Place(
                line: cell.line.number, column: isInLine ? scalars(cell.line.start, cell.text.start) + 1 : nil)
            box.cells.append(Cell(text: cell.text, row: box.rowCount, column: column, place: place))
        }
        box.rowCount += 1
        box.columnCount = max(box.columnCount, texts.count)
    }

    /// What stands between the bars of a line.
    private func texts(of line: TextLine) -> [TextSpan] {
        var texts: [TextSpan] = []
        var from: Int?
        for mark in line.marks where text[marks[mark]] != 0x09 {
            let offset = marks[mark]
            if let from { texts.append(WhiteSpace.trim(text, from, offset)) }
            from = offset + separatorLength(offset)
        }
        if let from, from < line.text.end { texts.append(WhiteSpace.trim(text, from, line.end)) }
        return texts
    }

    private func isFigure(_ span: TextSpan) -> Bool {
        !span.isEmpty
            && text[span.start..<span.end].allSatisfy { byte in
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
            }
    }

    /// The text of a wrapped cell, and the first of its lines that holds some of it.
    private mutating func joined(_ parts: [TextSpan]) -> (text: TextSpan, line: Int) {
        let line = parts.firstIndex { !$0.isEmpty } ?? 0
        let filled = parts.filter { !$0.isEmpty }
        guard filled.count > 1 else { return (parts[line], line) }
        let start = text.count
        for part in filled { text += text[part.start..<part.end] }
        return (TextSpan(start: start, end: text.count), line)
    }
}
