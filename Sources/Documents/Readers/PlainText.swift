/// Reads text without mark-up, or with Markdown's: lines become paragraphs, separated lines become grids.
///
/// The text of the document is the source itself; spans point into it, so that nothing is copied but the wrapped cells of
/// drawn tables, which stand put together behind it.
struct PlainText {
    var text: [UInt8]
    let limits: DocumentLimits
    let lines: [TextLine]
    let marks: [Int]
    /// Whether lone tabs separate the cells of its tables.
    let hasParagraphCells: Bool
    /// Whether cells of its rows are blocks.
    let hasBlockCells: Bool
    private var blocks: [Block] = []
    private var cellCount = 0
    private var expandedCells = 0
    /// Empty lines that were stored because they hold tabs.
    private var blankLines = 0

    /// Reads valid UTF-8.
    ///
    /// - Throws: `limitExceeded` only.
    static func read(
        _ text: [UInt8], characterSet: String, limits: DocumentLimits
    ) throws(DocumentError) -> Document {
        var reader = try PlainText(text: text, limits: limits)
        var index = 0
        while index < reader.lines.count { index = try reader.readBlock(at: index) }
        return Document(text: reader.text, blocks: reader.blocks, characterSet: characterSet)
    }

    private init(text: [UInt8], limits: DocumentLimits) throws(DocumentError) {
        let scanned = try TextLines(text, limits: limits)
        self.text = text
        self.limits = limits
        lines = scanned.lines
        marks = scanned.marks
        hasBlockCells = !marks.isEmpty && PlainText.hasBlockCells(text, lines)
        hasParagraphCells = !marks.isEmpty && PlainText.hasParagraphCells(lines)
        blocks.reserveCapacity(min(lines.count, 64))
    }

    /// Reads the block that begins at a line and returns the line after it.
    private mutating func readBlock(at index: Int) throws(DocumentError) -> Int {
        let line = lines[index]
        if let heading = heading(line) {
            return try readParagraph(line, text: heading.text, level: heading.level, next: index + 1)
        }
        if startsBox(at: index) { return try readBox(at: index) }
        if line.hasBar || isBareCell(index) { return try readBars(at: index) }
        if startsBlocks(at: index) { return try readBlocks(at: index) }
        if line.hasTab { return try readTabs(at: index) }
        if startsCells(at: index) { return try readCells(at: index) }
        if let label = labelOnTwoLines(at: index) {
            return try readParagraph(line, text: label, level: nil, next: index + 2)
        }
        return try readParagraph(line, text: line.text, level: nil, next: index + 1)
    }

    /// A label whose ordinal stands on a line of its own, as programs write pages whose numbers are elements of their own:
    /// `1` and `.属于国家秘密`.
    private func labelOnTwoLines(at index: Int) -> TextSpan? {
        let ordinal = lines[index].text
        guard ordinal.end - ordinal.start == 1, 0x31...0x39 ~= text[ordinal.start], index + 1 < lines.count else {
            return nil
        }
        let label = lines[index + 1]
        guard label.emptyLinesBefore == 0, !label.hasTab, !label.hasBar, label.text.end - label.text.start > 1,
            text[label.text.start] == 0x2E, text[label.text.start + 1] >= 0x80
        else { return nil }
        return TextSpan(start: ordinal.start, end: label.text.end)
    }

    /// Adds a paragraph, unless it is empty.
    mutating func readParagraph(
        _ line: TextLine, text span: TextSpan, level: Int?, next: Int
    ) throws(DocumentError) -> Int {
        guard !span.isEmpty else {
            blankLines += line.emptyLinesBefore + 1
            return next
        }
        let place = Place(line: line.number, column: scalars(line.start, span.start) + 1)
        let paragraph = Paragraph(
            text: span, place: place, emptyLinesBefore: line.emptyLinesBefore + blankLines, headingLevel: level)
        blankLines = 0
        try append(.paragraph(paragraph))
        return next
    }

    /// Adds a block.
    mutating func append(_ block: Block) throws(DocumentError) {
        guard blocks.count < limits.blocksMax else { throw .limitExceeded(.blocks, maximum: limits.blocksMax) }
        blocks.append(block)
    }

    /// Adds a grid made of the cells, if there are any.
    mutating func append(_ kind: Grid.Kind, _ cells: [Cell], rowCount: Int, columnCount: Int) throws(DocumentError) {
        guard !cells.isEmpty else { return }
        cellCount += cells.count
        guard cellCount <= limits.cellsMax else { throw .limitExceeded(.cells, maximum: limits.cellsMax) }
        expandedCells += rowCount * columnCount
        guard expandedCells <= limits.expandedCellsMax else {
            throw .limitExceeded(.expandedCells, maximum: limits.expandedCellsMax)
        }
        blankLines = 0
        try append(.grid(Grid(kind: kind, cells: cells, rowCount: rowCount, columnCount: columnCount)))
    }

    /// The number of Unicode scalars in a range of the text.
    func scalars(_ start: Int, _ end: Int) -> Int {
        let text = text.span
        var count = 0
        var index = start
        while index < end {
            let byte = text[index]
            index &+= byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            count &+= 1
        }
        return count
    }
}

extension PlainText {
    /// The text and level of a Markdown heading (CommonMark 4.2: one to six `#`, then white space).
    private func heading(_ line: TextLine) -> (text: TextSpan, level: Int)? {
        var index = line.text.start
        while index < line.text.end, text[index] == 0x23 { index += 1 }
        let level = index - line.text.start
        guard (1...6).contains(level) else { return nil }
        guard index == line.text.end || WhiteSpace.leading(text, index, line.text.end) != nil else { return nil }
        var end = line.text.end
        while end > index, text[end - 1] == 0x23 { end -= 1 }
        return (WhiteSpace.trim(text, index, end), level)
    }
}
