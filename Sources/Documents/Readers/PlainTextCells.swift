/// Tables as a browser copies them whose cells hold paragraphs: a line with nothing but a tab stands between two cells,
/// empty lines around it, and more of them between two rows.
extension PlainText {
    /// Whether a text holds such tables: many lone tabs, and rows apart.
    static func hasParagraphCells(_ lines: [TextLine]) -> Bool {
        var tabs = 0
        var rows = 0
        for index in lines.indices {
            guard isTabs(lines[index]) else { continue }
            tabs += 1
            // Before the first cell of a row more lines are empty than around the tab.
            let isFirst = index > 1 && isText(lines[index - 1]) && isText(lines[index - 2])
            if isFirst, lines[index].emptyLinesBefore > 0, isRowStart(lines[index - 1]) { rows += 1 }
        }
        return tabs >= tabsMin && rows >= rowsMin
    }

    /// Whether a row begins at a line: a text, and a lone tab behind it.
    func startsCells(at index: Int) -> Bool {
        guard hasParagraphCells, PlainText.isText(lines[index]), index + 1 < lines.count else { return false }
        return PlainText.isTabs(lines[index + 1]) && lines[index + 1].emptyLinesBefore > 0
    }

    /// Reads the table whose first row begins at a line; gives the line behind it.
    mutating func readCells(at start: Int) throws(DocumentError) -> Int {
        var cells: [Cell] = []
        var row = 0
        var columnCount = 0
        var index = start
        repeat {
            var column = 0
            index = addRow(at: index, row: row, &column, to: &cells)
            columnCount = max(columnCount, column)
            row += 1
        } while isRow(at: index)
        try append(.tabs, cells, rowCount: row, columnCount: columnCount)
        return index
    }

    /// Adds the row that begins at a line; gives the line behind it.
    private mutating func addRow(at start: Int, row: Int, _ column: inout Int, to cells: inout [Cell]) -> Int {
        var index = start
        while true {
            let line = lines[index]
            let end = endOfCell(at: index, isFirst: row == 0 && column == 0)
            let span = TextSpan(start: line.text.start, end: lines[end - 1].text.end)
            let place = Place(line: line.number, column: scalars(line.start, span.start) + 1)
            cells.append(Cell(text: span, row: row, column: column, place: place))
            column += 1
            index = end
            var tabs = 0
            while index < lines.count, PlainText.isTabs(lines[index]) {
                tabs += lines[index].marks.count
                index += 1
            }
            guard tabs > 0 else { return index }
            let endsInBlank =
                index == lines.count || !PlainText.isText(lines[index]) || PlainText.isRowStart(lines[index])
            let blank = TextSpan(start: span.end, end: span.end)
            for _ in 0..<(endsInBlank ? tabs : tabs - 1) {
                cells.append(Cell(text: blank, row: row, column: column, place: Place(line: lines[index - 1].number)))
                column += 1
            }
            if endsInBlank { return index }
        }
    }

    /// The line behind a cell: a label may have several paragraphs, a figure has one.
    private func endOfCell(at start: Int, isFirst: Bool) -> Int {
        let text = lines[start].text
        let isFigure =
            text.end - text.start <= PlainText.wordBytesMax || self.text[text.start..<text.end].allSatisfy { $0 < 0x80 }
        guard !isFirst, !isFigure else { return start + 1 }
        let end = endOfParagraphs(at: start)
        // What follows the last cell of a table is no part of it.
        let isWhole = end < lines.count && (PlainText.isTabs(lines[end]) || PlainText.isRowStart(lines[end]))
        return isWhole ? end : start + 1
    }

    /// The line behind a few paragraphs that stand close together.
    private func endOfParagraphs(at start: Int) -> Int {
        var end = start + 1
        while end < lines.count, end - start < PlainText.paragraphsMax, PlainText.isText(lines[end]),
            !PlainText.isRowStart(lines[end])
        {
            end += 1
        }
        return end
    }

    /// Whether a further row begins at a line, of one cell perhaps.
    private func isRow(at index: Int) -> Bool {
        guard index < lines.count, PlainText.isText(lines[index]), PlainText.isRowStart(lines[index]) else {
            return false
        }
        if leadsToTab(index) { return true }
        let next = endOfParagraphs(at: index)
        return next < lines.count && PlainText.isRowStart(lines[next]) && leadsToTab(next)
    }

    private func leadsToTab(_ index: Int) -> Bool {
        let end = endOfParagraphs(at: index)
        return end < lines.count && PlainText.isTabs(lines[end])
    }

    private static func isText(_ line: TextLine) -> Bool { !line.text.isEmpty && !line.hasTab && !line.hasBar }

    private static func isTabs(_ line: TextLine) -> Bool { line.text.isEmpty && line.hasTab }

    private static func isRowStart(_ line: TextLine) -> Bool { line.emptyLinesBefore >= rowGapMin }

    private static let tabsMin = 10
    private static let rowsMin = 3
    private static let rowGapMin = 3
    private static let paragraphsMax = 5
    private static let wordBytesMax = 3
}

/// Rows of tabs some of whose cells are blocks, which a browser copies with line ends around them: `规章`, a tab, a line
/// end, `0`, a line end, a tab.
extension PlainText {
    /// Whether a text holds such rows.
    static func hasBlockCells(_ text: [UInt8], _ lines: [TextLine]) -> Bool {
        guard lines.count > 2 else { return false }
        var cells = 0
        for index in 1..<lines.count - 1 where isFigure(text, lines[index]) {
            let before = lines[index - 1]
            if endsInTab(text, before), lines[index].emptyLinesBefore == 0, beginsWithTab(text, lines[index + 1]) {
                cells += 1
            }
        }
        return cells >= blocksMin
    }

    /// Whether a row begins at a line: one with a tab, or a label before one.
    func startsBlocks(at index: Int) -> Bool {
        hasBlockCells && leadsToBlock(index)
    }

    /// Reads the rows from a line on; gives the line behind them.
    mutating func readBlocks(at start: Int) throws(DocumentError) -> Int {
        var rows: [[Cell]] = []
        var index = start
        while index < lines.count, isBlockRow(index, isFirst: index == start) {
            var row: [Cell] = []
            index = addBlockRow(at: index, row: rows.count, to: &row)
            rows.append(row)
        }
        let width = rows.map(\.count).max() ?? 0
        try append(.tabs, rows.flatMap { $0 }, rowCount: rows.count, columnCount: width)
        return max(index, start + 1)
    }

    private func isBlockRow(_ index: Int, isFirst: Bool) -> Bool {
        (isFirst || lines[index].emptyLinesBefore <= PlainText.blockRowGapMax) && leadsToBlock(index)
    }

    private func leadsToBlock(_ index: Int) -> Bool {
        !lines[index].hasBar && (lines[index].hasTab || goesOn(index + 1))
    }

    private func addBlockRow(at start: Int, row: Int, to cells: inout [Cell]) -> Int {
        var index = start
        var isOpen = false
        repeat {
            let line = lines[index]
            var cursor = LineCursor(line)
            var from = line.start
            for (number, mark) in line.marks.enumerated() {
                add(from, marks[mark], fills: number == 0 && isOpen, row, line, &cursor, to: &cells)
                from = marks[mark] + 1
                // A line that goes on a row with a tab has no cell before it.
                if number == 0, index > start, !isOpen { cells.removeLast() }
            }
            add(from, line.end, fills: line.marks.isEmpty && isOpen, row, line, &cursor, to: &cells)
            isOpen = PlainText.endsInTab(text, line)
            index += 1
        } while goesOn(index, fills: isOpen)
        return index
    }

    private func add(
        _ from: Int, _ to: Int, fills: Bool, _ row: Int, _ line: TextLine, _ cursor: inout LineCursor,
        to cells: inout [Cell]
    ) {
        if fills { cells.removeLast() }
        cells.append(cell(from, to, row: row, column: cells.count, line, &cursor))
    }

    /// Whether a line goes on the row before it: with a tab, or with the text of a cell that is open. A blank cell that is
    /// a block leaves empty lines.
    private func goesOn(_ index: Int, fills isOpen: Bool = false) -> Bool {
        guard index < lines.count, !lines[index].hasBar else { return false }
        let gap = lines[index].emptyLinesBefore
        if PlainText.beginsWithTab(text, lines[index]) { return gap <= (isOpen ? PlainText.blankBlockGapMax : 1) }
        guard isOpen, gap == 0, !lines[index].hasTab else { return false }
        let next = index + 1
        // A text goes on a row where that has more cells or ends with it, a figure in any case: `1204.5万元`.
        return PlainText.isFigureWithUnit(text, lines[index]) || next >= lines.count
            || lines[next].emptyLinesBefore > 0 || PlainText.beginsWithTab(text, lines[next])
    }

    private static func isFigure(_ text: [UInt8], _ line: TextLine) -> Bool {
        !line.text.isEmpty && !line.hasTab && !line.hasBar && line.text.end - line.text.start <= figureBytesMax
            && text[line.text.start..<line.text.end].allSatisfy { $0 < 0x80 }
    }

    private static func isFigureWithUnit(_ text: [UInt8], _ line: TextLine) -> Bool {
        guard !line.text.isEmpty, line.text.end - line.text.start <= amountBytesMax else { return false }
        let digits = text[line.text.start..<line.text.end].prefix { 0x2B...0x39 ~= $0 }
        // An ordinal ends in a point.
        return isFigure(text, line) || digits.last.map { 0x30...0x39 ~= $0 } ?? false
    }

    private static func beginsWithTab(_ text: [UInt8], _ line: TextLine) -> Bool {
        line.hasTab && !line.hasBar && text[line.start] == 0x09
    }

    private static func endsInTab(_ text: [UInt8], _ line: TextLine) -> Bool {
        line.hasTab && !line.hasBar && line.end > line.start && text[line.end - 1] == 0x09
    }

    private static let blocksMin = 5
    private static let blankBlockGapMax = 3
    private static let blockRowGapMax = 4
    private static let figureBytesMax = 12
    private static let amountBytesMax = 24
}
