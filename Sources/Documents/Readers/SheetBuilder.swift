/// Lays the sheets of a workbook out as paragraphs and grids.
struct SheetBuilder {
    private let limits: DocumentLimits
    private var text: [UInt8] = []
    private var blocks: [Block] = []
    private var cellCount = 0
    private var expandedCells = 0

    /// Sheets are laid out row by row: rows beyond the last with a text are none.
    private struct Row {
        let number: Int
        var cells: ArraySlice<SheetReader.Cell>
    }

    init(limits: DocumentLimits) {
        self.limits = limits
    }

    /// All sheets as a document.
    func document(_ metadata: [Metadata]) -> Document {
        Document(text: text, blocks: blocks, metadata: metadata, mediaType: Spreadsheet.mediaType)
    }

    /// Adds a sheet. Rows with one text above, between or below tables are paragraphs.
    mutating func add(_ sheet: SheetReader, page: Int) throws(DocumentError) {
        let rows = SheetBuilder.rows(sheet.cells)
        let merges = MergedCells(sheet.merges)
        var start = 0
        var isAboveTables = true
        while start < rows.count {
            if isAboveTables, let lines = headLines(rows[start], merges) {
                for cell in lines { try append(cell, page) }
                start += 1
                continue
            }
            if isParagraph(rows, start, merges) {
                if let cell = rows[start].cells.first { try append(cell, page) }
                start += 1
                continue
            }
            isAboveTables = false
            var end = start + 1
            while end < rows.count, !endsTable(rows, end, merges) { end += 1 }
            try append(Array(rows[start..<end]), merges, sheet, page)
            start = end
        }
    }

    private static func rows(_ cells: [SheetReader.Cell]) -> [Row] {
        var rows: [Row] = []
        for index in cells.indices {
            if let last = rows.indices.last, rows[last].number == cells[index].row {
                rows[last].cells = cells[rows[last].cells.startIndex...index]
            } else {
                rows.append(Row(number: cells[index].row, cells: cells[index...index]))
            }
        }
        return rows
    }

    /// A row of one text that no table holds: a title, a sentence, a date.
    private func isParagraph(_ rows: [Row], _ index: Int, _ merges: MergedCells) -> Bool {
        let row = rows[index]
        guard row.cells.count == 1, let cell = row.cells.first else { return false }
        // A text merged over rows, or one that a merged cell from above stands beside, is part of a table.
        return merges.span(cell.row, cell.column).rows == 1 && !merges.reachesInto(cell.row)
    }

    /// The lines that a row between the title and the tables is: `填报单位：甲局`, `填报日期：`, `2024年1月8日`, `单位：件`, or the words
    /// of a title, its year in a cell of its own. Nil for any other row.
    private func headLines(_ row: Row, _ merges: MergedCells) -> [SheetReader.Cell]? {
        guard (2...Self.headCellsMax).contains(row.cells.count), !merges.reachesInto(row.number) else { return nil }
        let isTitle = zip(row.cells, row.cells.dropFirst()).contains { left, right in
            left.text.count == 4 && left.text.allSatisfy { (0x30...0x39).contains($0) }
                && right.text.starts(with: Self.yearSign)
        }
        guard isTitle || row.cells.first.map({ Self.particular($0.text) != nil }) ?? false else { return nil }
        var lines: [SheetReader.Cell] = []
        for cell in row.cells {
            let goesOn = lines.last.map { Self.particular($0.text) == $0.text.count } ?? false
            if !lines.isEmpty, isTitle || goesOn && Self.particular(cell.text) == nil {
                lines[lines.count - 1].text += cell.text
            } else {
                lines.append(cell)
            }
        }
        return lines
    }

    /// Where in a text a short name and its colon end; nil where it does not begin with one.
    private static func particular(_ text: [UInt8]) -> Int? {
        for colon in colons {
            let head = text.prefix(nameBytesMax + colon.count)
            guard let at = head.indices.first(where: { head[$0...].starts(with: colon) }), at > 0 else { continue }
            return at + colon.count
        }
        return nil
    }

    private static let yearSign = Array("年".utf8)
    private static let colons = [Array("：".utf8), [UInt8(ascii: ":")]]
    /// Six characters.
    private static let nameBytesMax = 18
    private static let headCellsMax = 10

    /// Whether a row of one text ends the table above it, rather than being a row without figures.
    private func endsTable(_ rows: [Row], _ index: Int, _ merges: MergedCells) -> Bool {
        let blank = rows[index - 1].number + 1..<rows[index].number
        // Rows without any text, two or more, that no merged cell fills, part two tables.
        if blank.count > 1, !merges.reachesInto(blank.lowerBound) { return true }
        guard isParagraph(rows, index, merges), let cell = rows[index].cells.first else { return false }
        let isApart = rows[index].number > rows[index - 1].number + 1
        let next = index + 1 < rows.count ? rows[index + 1] : nil
        let isLast = next.map { $0.number > rows[index].number + 1 } ?? true
        let width = (rows[index - 1].cells.map(\.column).max() ?? 0) + 1
        let isWide = cell.column == 0 && merges.span(cell.row, cell.column).columns >= max(width, 2)
        let isSentence = cell.text.count > 120 || cell.text.suffix(3) == Array("。".utf8)[...]
        return isApart || isLast && isWide || isWide && isHeading(cell.text) || isSentence
    }

    /// Whether a text begins as headings do: `三、`.
    private func isHeading(_ text: [UInt8]) -> Bool {
        PDFText(x0: 0, y0: 0, x1: 1, y1: 1, text: String(decoding: text.prefix(24), as: UTF8.self)).ordinal == .chapter
    }

    private mutating func append(_ cell: SheetReader.Cell, _ page: Int) throws(DocumentError) {
        let place = Place(line: cell.row + 1, column: cell.column + 1, page: page)
        try append(.paragraph(Paragraph(text: span(cell.text), place: place)))
    }

    private mutating func append(_ block: Block) throws(DocumentError) {
        guard blocks.count < limits.blocksMax else { throw .limitExceeded(.blocks, maximum: limits.blocksMax) }
        blocks.append(block)
    }

    private mutating func append(
        _ rows: [Row], _ merges: MergedCells, _ sheet: SheetReader, _ page: Int
    ) throws(DocumentError) {
        guard let first = rows.first?.number, let last = rows.last?.number else { return }
        let texts = rows.flatMap { $0.cells.map(\.column) }
        let left = texts.min() ?? 0
        let columns = left...right(rows, merges, texts.max() ?? left)
        let room = limits.expandedCellsMax - expandedCells
        guard columns.count * (last - first + 1) <= room,
            let covered = merges.coverage(
                rows: first...last, columns: columns, stepsMax: 4 * limits.expandedCellsMax)
        else { throw .limitExceeded(.expandedCells, maximum: limits.expandedCellsMax) }
        let numbers = (first...last).filter { !sheet.hiddenRows.contains($0) }
        let shown = SheetBuilder.shown(columns, of: sheet)
        var table = FlowTable(outer: (FlowText.Run(start: 0, lineStart: 0), 0))
        let byNumber = Dictionary(uniqueKeysWithValues: rows.map { ($0.number, $0.cells) })
        for (index, number) in numbers.enumerated() {
            table.openRow()
            let cells = Dictionary((byNumber[number] ?? []).map { ($0.column, $0.text) }) { first, _ in first }
            let start = (number - first) * columns.count - left
            for column in columns where !covered[start + column] && !sheet.hiddenColumns.contains(column) {
                let merge = merges.span(number, column)
                let end = min(column + merge.columns - 1, columns.upperBound)
                let rowSpan = numbers[index...].prefix { $0 < number + merge.rows }.count
                let cell = FlowCell(
                    columnSpan: shown[end - left] - shown[column - left] + 1, rowSpan: max(rowSpan, 1))
                let place = Place(line: number + 1, column: column + 1, page: page)
                try add(cells[column] ?? [], cell, place, to: &table, room: room)
            }
        }
        let grid = table.grid()
        expandedCells += grid.rowCount * grid.columnCount
        try append(.grid(grid))
    }

    /// For each of some columns how many up to it are shown.
    private static func shown(_ columns: ClosedRange<Int>, of sheet: SheetReader) -> [Int] {
        var count = 0
        return columns.map { column in
            if !sheet.hiddenColumns.contains(column) { count += 1 }
            return count
        }
    }

    private mutating func add(
        _ bytes: [UInt8], _ cell: FlowCell, _ place: Place, to table: inout FlowTable, room: Int
    ) throws(DocumentError) {
        cellCount += 1
        guard cellCount <= limits.cellsMax else { throw .limitExceeded(.cells, maximum: limits.cellsMax) }
        try table.add(span(bytes), cell, place: place, room: room, limits)
    }

    /// The last column: of a text, or of the merged cell that begins there.
    private func right(_ rows: [Row], _ merges: MergedCells, _ last: Int) -> Int {
        let ends = rows.flatMap { row in
            row.cells.map { $0.column + merges.span($0.row, $0.column).columns - 1 }
        }
        // A merged title may be wider than the table; what holds no text adds no column.
        return min(ends.max() ?? last, last + SheetBuilder.widthBeyondTexts)
    }

    private static let widthBeyondTexts = 64

    private mutating func span(_ bytes: [UInt8]) -> TextSpan {
        let start = text.count
        text += bytes
        return TextSpan(start: start, end: text.count)
    }
}
