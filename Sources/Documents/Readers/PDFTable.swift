/// A table rebuilt from the places of its words.
struct PDFTable: Sendable {
    /// One cell.
    struct Cell: Sendable {
        var column: Int
        var columnSpan = 1
        var rowSpan = 1
        /// Its lines, top down.
        var texts: [PDFText] = []
        var line: Int

        /// Its text, lines joined as a sentence; two figures stay on lines of their own.
        var text: String {
            var joined: PDFText?
            var last: PDFText?
            for text in texts {
                if let last, Cell.areTwoFigures(last, text) { joined?.text += "\n" }
                if joined == nil { joined = text } else { joined?.appendLine(text) }
                last = text
            }
            return joined?.text ?? ""
        }

        /// Whether a figure stands below another, or beside it and is no digit that was set apart.
        private static func areTwoFigures(_ first: PDFText, _ second: PDFText) -> Bool {
            guard first.isFigure, second.isFigure else { return false }
            return !first.overlapsY(second, part: 0.5) || first.text.count > 1 && second.text.count > 1
        }
    }

    /// The rows of cells, each from left to right.
    var rows: [[Cell]]
    /// The columns they stand in.
    let columns: PDFColumns
    /// How many of the rows are the head's.
    let headCount: Int
    /// Whether it has more than a head.
    var hasRows: Bool { rows.count > headCount }

    /// More columns than any form has: such lines are taken for text.
    private static let columnsMax = 100

    /// Rebuilds a table; nil where the lines make none.
    init?(_ lines: [PDFLine], inherited: PDFColumns?) {
        let head = PDFTable.headCount(lines)
        let body = Array(lines[head...])
        columns = PDFColumns(head: Array(lines[..<head]), body: body, inherited: inherited)
        guard (1...PDFTable.columnsMax).contains(columns.count) else { return nil }
        let headRows = PDFHead.rows(Array(lines[..<head]), columns, rowPitch: PDFTable.rowPitch(body))
        headCount = headRows.count
        rows = headRows + PDFBody(body, columns).rows()
    }

    /// The least distance of two rows of figures.
    private static func rowPitch(_ body: [PDFLine]) -> Double {
        let rows = body.filter { !$0.figures.isEmpty }.map(\.box)
        return zip(rows.dropFirst(), rows).map { $0.centerY - $1.centerY }.filter { $0 > (rows.first?.em ?? 0) }.min()
            ?? .infinity
    }

    /// How many lines stand above the first row: those above its figures, but for what is its label.
    private static func headCount(_ lines: [PDFLine]) -> Int {
        guard let first = lines.firstIndex(where: { !$0.figures.isEmpty }) else { return lines.count }
        let figures = lines[first].figures
        let left = figures.map(\.x0).min() ?? 0
        // Where no figure stands in the first columns, their names stand right of the labels all the same.
        let labelRight = lines[first].words.prefix { !$0.isFigure }.last?.x1 ?? .infinity
        // The lowest line that reaches over the columns is the last of the head.
        let last = lines[..<first].lastIndex { line in
            line.box.x1 > left && !line.words.allSatisfy { $0.x1 < left + 0.3 * $0.em }
                || line.words.count { $0.x0 > labelRight + $0.em } > 1
        }
        return last.map { $0 + 1 } ?? 0
    }
}

/// The head of a table: names of columns on one or more levels, each wrapped as it had to be.
enum PDFHead {
    /// The rows of the head, top down.
    ///
    /// - Parameter rowPitch: how far the rows below are apart: lines of one cell are nearer.
    static func rows(_ lines: [PDFLine], _ columns: PDFColumns, rowPitch: Double) -> [[PDFTable.Cell]] {
        let leading = min(leading(lines), 0.83 * rowPitch)
        var cells: [PDFTable.Cell] = []
        for line in lines {
            for cell in cellsOfLine(line, columns) { add(cell, to: &cells, columns, leading: leading) }
        }
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
        _ cell: PDFTable.Cell, to cells: inout [PDFTable.Cell], _ columns: PDFColumns, leading: Double
    ) {
        guard let text = cell.texts.first else { return }
        let above = cells.lastIndex { other in
            guard let last = other.texts.last, other.column == cell.column, other.columnSpan == cell.columnSpan,
                // A name that is wider than its column stands over several.
                other.columnSpan > 1 || last.x1 - last.x0 < columns.room(other.column)
            else { return false }
            return isBelow(text, last) && text.centerY - last.centerY < 1.15 * leading
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
        return levels.map { level in disjoint(level.cells.sorted { $0.column < $1.column }) }
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
