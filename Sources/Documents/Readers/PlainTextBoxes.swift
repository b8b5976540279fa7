/// Tables drawn with lines, `├──┼──┤` or `+---+---+`: what stands between two rules is one row, whose cells may be wrapped.
extension PlainText {
    /// Whether a drawn table begins at a line: a rule from end to end, and cells below it.
    func startsBox(at index: Int) -> Bool {
        guard index + 1 < lines.count, isRule(lines[index]), !lines[index].hasBar else { return false }
        return lines[index + 1].emptyLinesBefore == 0 && lines[index + 1].hasBar
    }

    /// Reads the table that begins at a line.
    mutating func readBox(at start: Int) throws(DocumentError) -> Int {
        if let end = try readDrawnTable(at: start) { return end }
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

    /// Reads the table that begins at a line by its corners, where cells span several rows or columns; nil for others.
    private mutating func readDrawnTable(at start: Int) throws(DocumentError) -> Int? {
        var drawn: [DrawnLine] = []
        var end = start
        while end < lines.count, end == start || lines[end].emptyLinesBefore == 0,
            isRule(lines[end]) || lines[end].hasBar
        {
            guard let line = DrawnLine(text, lines[end]) else { return nil }
            drawn.append(line)
            end += 1
        }
        guard let table = DrawnTable(drawn, ends: rowEnds(drawn), room: limits.expandedCellsMax), table.hasSpans else {
            return nil
        }
        let cells = table.cells.map { cell in
            let (span, part) = joined(cell.parts.map { WhiteSpace.trim(text, $0.text.lowerBound, $0.text.upperBound) })
            let line = lines[start + cell.parts[part].line]
            return Cell(
                text: span, row: cell.row, column: cell.column, rowSpan: cell.rowSpan, columnSpan: cell.columnSpan,
                place: place(span, line))
        }
        try append(.markup, cells, rowCount: table.rowCount, columnCount: table.columnCount)
        return end
    }

    /// Where rows end without a rule: lines between two rules are one row, unless that would put a figure to other text.
    private func rowEnds(_ drawn: [DrawnLine]) -> [Bool] {
        var ends = Array(repeating: false, count: drawn.count)
        var start = 0
        while start < drawn.count {
            let end = drawn[start...].firstIndex(where: \.hasRule) ?? drawn.count
            let texts = drawn[start..<end].map { line in
                line.segments.map { WhiteSpace.trim(text, $0.text.lowerBound, $0.text.upperBound) }
            }
            if !isOneRow(texts) { for line in start..<end { ends[line] = true } }
            start = end + 1
        }
        return ends
    }

    /// Whether lines without a rule between them are one row: as many cells in each, and no column holds a figure below
    /// something else, as an ordinal above its label is not; or figures are wrapped, so that nothing but the rest of them stands on a line.
    private func isOneRow(_ rows: [[TextSpan]]) -> Bool {
        guard let columns = rows.first?.count, rows.allSatisfy({ $0.count == columns }) else { return rows.isEmpty }
        let isSound = (0..<columns).allSatisfy { column in
            let filled = rows.lazy.map { $0[column] }.filter { !$0.isEmpty }
            return !filled.dropFirst().contains(where: isFigure)
        }
        if isSound { return true }
        let withFigures = rows.filter { $0.contains(where: isFigure) }
        return withFigures.count > 1 && withFigures.contains { $0.allSatisfy { $0.isEmpty || isFigure($0) } }
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
        if isOneRow(rows) {
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
            box.cells.append(
                Cell(text: cell.text, row: box.rowCount, column: column, place: place(cell.text, cell.line)))
        }
        box.rowCount += 1
        box.columnCount = max(box.columnCount, texts.count)
    }

    private func place(_ span: TextSpan, _ line: TextLine) -> Place {
        // What was put together stands behind the source.
        let isInLine = span.start >= line.start && span.end <= line.end
        return Place(line: line.number, column: isInLine ? scalars(line.start, span.start) + 1 : nil)
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
        // Figures on two lines of a cell are not one.
        let areFigures = filled.count(where: isFigure) > 1
        for part in filled {
            if areFigures, text.count > start { text.append(0x0A) }
            text += text[part.start..<part.end]
        }
        return (TextSpan(start: start, end: text.count), line)
    }
}
