/// The head of a table: names of columns on one or more levels, each wrapped as it had to be.
enum PDFHead {
    /// The rows of the head, top down.
    ///
    /// - Parameter rowPitch: how far the rows below are apart: lines of one cell are nearer.
    static func rows(_ lines: [PDFLine], _ columns: PDFColumns, rowPitch: Double) -> [[PDFTable.Cell]] {
        let leading = min(leading(lines), 0.83 * rowPitch)
        let lineCells = lines.map { cellsOfLine($0, columns) }
        let groups = PDFGroupHeads(lineCells.flatMap { $0 }, leading: leading)
        var cells: [PDFTable.Cell] = []
        for cell in lineCells.flatMap({ $0 }) { add(cell, to: &cells, columns, groups, leading: leading) }
        return levels(cells)
    }

    /// What stands over one column on a line belongs together, however wide its gaps.
    private static func cellsOfLine(_ line: PDFLine, _ columns: PDFColumns) -> [PDFTable.Cell] {
        var cells: [PDFTable.Cell] = []
        for word in line.words.flatMap({ names(in: $0, of: line, columns) }) {
            let span = columns.span(of: word)
            if let last = cells.indices.last, cells[last].column == span.lowerBound,
                cells[last].columnSpan == span.count || span.upperBound < columns.labelCount
            {
                let gap = word.x0 - (cells[last].texts.last?.x1 ?? 0)
                cells[last].texts[0].append(word, gap: gap)
            } else {
                cells.append(
                    PDFTable.Cell(column: span.lowerBound, columnSpan: span.count, texts: [word], line: line.number))
            }
        }
        return cells
    }

    /// The names that stand side by side in a word, each over a column of its own: cells of a narrow table are as near
    /// as words of a sentence.
    private static func names(in word: PDFText, of line: PDFLine, _ columns: PDFColumns) -> [PDFText] {
        guard line.atoms.count <= namesMax else { return [word] }
        let pieces = line.atoms.filter { $0.x0 > word.x0 - 0.01 && $0.x1 < word.x1 + 0.01 }
        let spans = pieces.map { columns.span(of: $0) }
        guard pieces.count > 1, spans.allSatisfy({ $0.count == 1 && $0.lowerBound >= columns.labelCount }),
            zip(spans, spans.dropFirst()).allSatisfy({ $0.lowerBound < $1.lowerBound })
        else { return [word] }
        let isHeadOfMany = pieces.count > 2 || line.words.count > 3
        let areAligned = zip(pieces, spans).allSatisfy { columns.isAligned($0, $1.lowerBound) }
        return isHeadOfMany || areAligned ? pieces : [word]
    }

    /// A line of more words is no head of a form.
    private static let namesMax = 256

    /// Adds a line to the cell right above it, or as a cell of its own.
    private static func add(
        _ cell: PDFTable.Cell, to cells: inout [PDFTable.Cell], _ columns: PDFColumns, _ groups: PDFGroupHeads,
        leading: Double
    ) {
        guard let text = cell.texts.first else { return }
        let above = cells.lastIndex { other in
            guard let last = other.texts.last, other.column == cell.column, other.columnSpan == cell.columnSpan,
                // A name that is wider than its column stands over several.
                other.columnSpan > 1 || last.x1 - last.x0 < columns.room(other.column)
            else { return false }
            return isBelow(text, last) && text.centerY - last.centerY < 1.15 * leading
                && !groups.isOver(text, last, column: cell.column)
        }
        if let above { cells[above].texts.append(text) } else { cells.append(cell) }
    }

    /// Whether a text stands where the next line of another would.
    private static func isBelow(_ text: PDFText, _ above: PDFText) -> Bool {
        let isLevel = abs(above.centerX - text.centerX) < 0.75 * text.em || abs(above.x0 - text.x0) < 0.4 * text.em
        return isLevel && text.centerY - above.centerY > 0.5 * text.em
    }

    /// How far the lines of a cell are apart: the least distance between words that could be two of them.
    private static func leading(_ lines: [PDFLine]) -> Double {
        let words = lines.suffix(linesMax).flatMap(\.words)
        guard let em = words.map(\.em).max() else { return 0 }
        let pitches = words.flatMap { text in
            words.compactMap { isBelow(text, $0) ? text.centerY - $0.centerY : nil }
        }
        return min(max(pitches.min() ?? 0, 1.2 * em), 2.2 * em)
    }

    /// A head of more lines is looked at from below.
    private static let linesMax = 24

    /// Cells that share a height make a row.
    private static func levels(_ cells: [PDFTable.Cell]) -> [[PDFTable.Cell]] {
        var levels: [(y0: Double, y1: Double, cells: [PDFTable.Cell])] = []
        for cell in cells.sorted(by: { top($0) < top($1) }) {
            let y0 = top(cell)
            let y1 = cell.texts.last?.y1 ?? y0
            if let last = levels.indices.last,
                min(y1, levels[last].y1) - max(y0, levels[last].y0) > 0.3
                    * min(y1 - y0, levels[last].y1 - levels[last].y0),
                !levels[last].cells.contains(where: { $0.column == cell.column })
            {
                levels[last].cells.append(cell)
                levels[last].y1 = max(levels[last].y1, y1)
            } else {
                levels.append((y0, y1, [cell]))
            }
        }
        return lowered(levels.map(\.cells)).map { level in disjoint(level.sorted { $0.column < $1.column }) }
    }

    /// Sets the lowest names of columns side by side in one row, where they stand beside each other: one group's may
    /// stand half a line above those of the next, and there beside the next group's own name.
    private static func lowered(_ levels: [[PDFTable.Cell]]) -> [[PDFTable.Cell]] {
        var levels = levels
        var lowest: [Int: Int] = [:]
        for (index, level) in levels.enumerated() {
            for cell in level {
                for column in cell.column..<cell.column + cell.columnSpan { lowest[column] = index }
            }
        }
        func leaf(_ column: Int) -> (level: Int, cell: PDFTable.Cell)? {
            guard let level = lowest[column] else { return nil }
            return levels[level].first { $0.column == column && $0.columnSpan == 1 }.map { (level, $0) }
        }
        let known = lowest.keys.sorted()
        // Once from the left and once from the right reaches all that stand beside each other.
        for (column, other) in known.map({ ($0, $0 - 1) }) + known.reversed().map({ ($0, $0 + 1) }) {
            guard let own = leaf(column), let beside = leaf(other), own.level < beside.level,
                areBeside(own.cell, beside.cell)
            else { continue }
            levels[own.level].removeAll { $0.column == column && $0.columnSpan == 1 }
            levels[beside.level].append(own.cell)
            lowest[column] = beside.level
        }
        return levels.filter { !$0.isEmpty }
    }

    /// Whether two cells share most of the height of the lower one of them.
    private static func areBeside(_ first: PDFTable.Cell, _ second: PDFTable.Cell) -> Bool {
        guard let low = first.texts.last?.y1, let otherLow = second.texts.last?.y1 else { return false }
        let shared = min(low, otherLow) - max(top(first), top(second))
        return shared > 0.5 * min(low - top(first), otherLow - top(second))
    }

    private static func top(_ cell: PDFTable.Cell) -> Double {
        cell.texts.first?.y0 ?? 0
    }

    /// Cells that do not cover each other's columns.
    private static func disjoint(_ cells: [PDFTable.Cell]) -> [PDFTable.Cell] {
        var cells = cells
        for index in cells.indices.dropLast() {
            let room = cells[index + 1].column - cells[index].column
            cells[index].columnSpan = min(cells[index].columnSpan, max(room, 1))
        }
        return cells
    }
}
