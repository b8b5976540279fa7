/// The rows of a table: figures at one height, and the labels that belong to them.
struct PDFBody {
    struct Row {
        var y: Double
        var line: Int
        /// The labels by their column, and the columns they cover.
        var labels: [Int: [PDFText]] = [:]
        /// The texts of the other columns.
        var values: [Int: [PDFText]] = [:]
    }

    /// A label of several rows.
    private struct Group {
        let column: Int
        let texts: [PDFText]
        let rows: Range<Int>
    }

    let columns: PDFColumns
    /// The rows as far as they are known, top down.
    var found: [Row] = []
    private var groups: [Group] = []

    init(_ lines: [PDFLine], _ columns: PDFColumns) {
        self.columns = columns
        addFigures(lines)
        let labels = lines.flatMap { columns.texts(of: $0) }.filter(\.isLabel).map(\.text)
        joinLines(beside: labels)
        addTexts(lines)
        addLabels(labels)
    }

    /// The rows, top down.
    func rows() -> [[PDFTable.Cell]] {
        found.indices.map { index in
            var cells = labelCells(index)
            for column in columns.labelCount..<max(columns.count, columns.labelCount) {
                let texts = found[index].values[column] ?? []
                cells.append(PDFTable.Cell(column: column, texts: texts, line: found[index].line))
            }
            return cells
        }
    }

    /// Labels reach to the next one, the last to the figures.
    private func labelCells(_ index: Int) -> [PDFTable.Cell] {
        var cells: [PDFTable.Cell] = []
        let row = found[index]
        for column in 0..<columns.labelCount {
            if let group = groups.first(where: { $0.column == column && $0.rows.contains(index) }) {
                guard group.rows.lowerBound == index else { continue }
                cells.append(
                    PDFTable.Cell(column: column, rowSpan: group.rows.count, texts: group.texts, line: row.line))
            } else if let texts = row.labels[column] {
                cells.append(PDFTable.Cell(column: column, texts: texts, line: row.line))
            } else if let last = cells.indices.last, row.labels[cells[last].column] != nil {
                cells[last].columnSpan += 1
            } else {
                cells.append(PDFTable.Cell(column: column, line: row.line))
            }
        }
        return cells
    }
}

extension PDFBody {
    /// Each height at which figures stand is a row.
    private mutating func addFigures(_ lines: [PDFLine]) {
        for line in lines {
            let figures = line.figures
            guard let first = figures.first else { continue }
            if let last = found.indices.last, line.box.centerY - found[last].y < 0.9 * first.em,
                figures.allSatisfy({ found[last].values[columns.span(of: $0).lowerBound] == nil })
            {
                for figure in figures {
                    found[last].values[columns.span(of: figure).lowerBound, default: []].append(figure)
                }
                continue
            }
            let y = figures.reduce(0) { $0 + $1.centerY } / Double(figures.count)
            var row = Row(y: y, line: line.number)
            for figure in figures { row.values[columns.span(of: figure).lowerBound, default: []].append(figure) }
            found.append(row)
        }
    }

    /// Words right of the labels that are no figures belong to the nearest row.
    private mutating func addTexts(_ lines: [PDFLine]) {
        for line in lines {
            let figures = line.figures
            for (word, isLabel) in columns.texts(of: line) where !isLabel {
                if figures.contains(where: { $0.x0 <= word.x0 && $0.x1 >= word.x1 }) || isMade(word, of: figures) {
                    continue
                }
                let column = columns.span(of: word).upperBound
                guard column >= columns.labelCount, !found.isEmpty else { continue }
                let row = nearestRow(word.centerY)
                add(word, to: &found[row].values[column, default: []])
            }
        }
    }

    /// Whether a text is nothing but figures, which stand near each other.
    private func isMade(_ text: PDFText, of figures: [PDFText]) -> Bool {
        let within = figures.filter { $0.x0 > text.x0 - 0.01 && $0.x1 < text.x1 + 0.01 }
        return within.count > 1 && within.map(\.text).joined() == text.text.filter { $0 != " " }
    }

    private func add(_ word: PDFText, to texts: inout [PDFText]) {
        if let last = texts.indices.last, texts[last].overlapsY(word, part: 0.5) {
            texts[last].append(word, gap: word.x0 - texts[last].x1)
        } else {
            let index = texts.firstIndex { $0.centerY > word.centerY } ?? texts.count
            texts.insert(word, at: index)
        }
    }

    private func nearestRow(_ y: Double) -> Int {
        // Rows stand in order: the nearest is beside the first that lies below.
        var low = 0
        var high = found.count
        while low < high {
            let middle = (low + high) / 2
            if found[middle].y < y { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return 0 }
        guard low < found.count else { return found.count - 1 }
        return y - found[low - 1].y < found[low].y - y ? low - 1 : low
    }

    private mutating func addLabels(_ unordered: [PDFText]) {
        guard columns.labelCount > 0 else { return }
        let labels = unordered.sorted { $0.centerY < $1.centerY }
        var byColumn = Array(repeating: [PDFText](), count: columns.labelCount)
        for (label, column) in zip(labels, columnsOf(labels)) { byColumn[column].append(label) }
        var open: [Int: [PDFText]] = [:]
        let last = byColumn[columns.labelCount - 1]
        let isNumbered = last.count { $0.ordinal != nil } * 3 > last.count
        if !isNumbered { openRows(beside: last, byColumn.dropLast().flatMap { $0 }) }
        for column in byColumn.indices.reversed() where !byColumn[column].isEmpty {
            let texts = byColumn[column]
            let matched = PDFRowMatching.groups(texts, rows: found.map(\.y))
            // Beside labels that are numbered stand those of groups; beside units, say, the labels themselves.
            let isOfRows = !isNumbered && matched.count { $0.row != nil } * 2 > found.count
            if column == columns.labelCount - 1 || isOfRows {
                take(matched, of: texts, column)
            } else {
                open[column] = takeUnlabelled(texts, column)
            }
        }
        joinStranded()
        for (column, texts) in open.sorted(by: { $0.key < $1.key }) { addGroups(texts, column) }
    }

    /// Opens rows for units that stand beside a label of their own and no figure: their cells are blank.
    private mutating func openRows(beside units: [PDFText], _ labels: [PDFText]) {
        let short = units.count { $0.text.count <= PDFBody.unitLengthMax }
        // Units are few words, again and again, beside rows that are numbered; lines of narrow labels are not.
        let numbered = labels.count { $0.ordinal != nil }
        guard short * 4 > units.count * 3, Set(units.map(\.text)).count * 2 <= units.count,
            numbered * 3 > labels.count, units.count <= PDFBody.unitsMax
        else { return }
        let known = found.map(\.y)
        for unit in units where !known.contains(where: { abs($0 - unit.centerY) < 0.8 * unit.em }) {
            let isBeside = labels.contains { abs($0.centerY - unit.centerY) < 0.3 * unit.em && $0.x1 < unit.x0 }
            if isBeside { found.append(Row(y: unit.centerY, line: found.first?.line ?? 1)) }
        }
        found.sort { $0.y < $1.y }
    }

    /// `人次`, and a little more.
    private static let unitLengthMax = 3
    /// A page of more is none of a form.
    private static let unitsMax = 300

    /// The column of each label: the last that it reaches into. The rest of a wrapped label goes with its first line.
    private func columnsOf(_ labels: [PDFText]) -> [Int] {
        var result = labels.map { columns.labelColumn(at: $0.x1 - 0.2 * $0.em) }
        for index in labels.indices.dropFirst() where labels[index].ordinal == nil {
            let text = labels[index]
            let above = labels[..<index].suffix(4).lastIndex { other in
                let isBelow = (0.5 * text.em..<2.5 * text.em).contains(text.centerY - other.centerY)
                let isLevel =
                    abs(other.x0 - text.x0) < 0.4 * text.em || abs(other.centerX - text.centerX) < 0.4 * text.em
                return isBelow && isLevel
            }
            // Only from a label that crosses into a further column.
            if let above, result[above] > result[index] { result[index] = result[above] }
        }
        return result
    }

    /// Gives rows their labels; a label without figures is a row of blanks.
    private mutating func take(_ matched: [PDFRowMatching.Group], of texts: [PDFText], _ column: Int) {
        var blank: [Row] = []
        for group in matched {
            let lines = Array(texts[group.lines])
            let start = min(columns.labelColumn(at: lines.map(\.x0).min() ?? 0), column)
            if let row = group.row {
                found[row].labels[start] = lines
            } else if let first = lines.first, let last = lines.last {
                blank.append(Row(y: (first.y0 + last.y1) / 2, line: found.first?.line ?? 1, labels: [start: lines]))
            }
        }
        insert(blank, column)
    }

    private mutating func insert(_ blank: [Row], _ column: Int) {
        for row in blank {
            let near = found.isEmpty ? nil : found[nearestRow(row.y)]
            // A second text at the height of a row that has none in this column is its own.
            if let near, abs(near.y - row.y) < 0.5 * (row.labels.leftmost?.em ?? 0),
                row.labels.keys.allSatisfy({ near.labels[$0] == nil })
            {
                found[nearestRow(row.y)].labels.merge(row.labels) { old, _ in old }
            } else {
                found.append(row)
            }
        }
        found.sort { $0.y < $1.y }
    }
}

extension PDFBody {
    /// Gives rows that have no label one from a column of groups; the rest are groups.
    private mutating func takeUnlabelled(_ texts: [PDFText], _ column: Int) -> [PDFText] {
        let rows = found.indices.filter { found[$0].labels.isEmpty }
        var rest: [PDFText] = []
        for group in PDFRowMatching.groups(texts, rows: rows.map { found[$0].y }) {
            let lines = Array(texts[group.lines])
            let middle = lines.reduce(0) { $0 + $1.centerY } / Double(max(lines.count, 1))
            if let row = group.row, abs(middle - found[rows[row]].y) < 1.2 * (lines.first?.em ?? 0) {
                let start = columns.labelColumn(at: lines.map(\.x0).min() ?? 0)
                found[rows[row]].labels[min(start, column)] = lines
            } else {
                rest += lines
            }
        }
        return rest
    }

    /// Lays labels of several rows over those that they are in the middle of.
    private mutating func addGroups(_ texts: [PDFText], _ column: Int) {
        var blocks: [[PDFText]] = []
        for text in texts {
            if let last = blocks.last?.last, text.y0 - last.y1 < 0.6 * text.em, text.ordinal == nil {
                blocks[blocks.count - 1].append(text)
            } else {
                blocks.append([text])
            }
        }
        var free = 0
        for block in blocks {
            guard let rows = rows(around: block, from: free, column) else {
                place(block, column)
                continue
            }
            groups.append(Group(column: column, texts: block, rows: rows))
            free = rows.upperBound
        }
    }

    /// The rows around a block: those that can have a group in the column, up to where their numbers begin anew.
    private func rows(around block: [PDFText], from free: Int, _ column: Int) -> Range<Int>? {
        guard let first = block.first, let last = block.last, !found.isEmpty else { return nil }
        let middle = (first.y0 + last.y1) / 2
        let nearest = max(nearestRow(middle), free)
        guard nearest < found.count, canHaveGroup(nearest, column) else { return nil }
        var start = nearest
        while start > free, canHaveGroup(start - 1, column), !beginsAnew(start) { start -= 1 }
        var end = nearest + 1
        while end < found.count, canHaveGroup(end, column), !beginsAnew(end) { end += 1 }
        return start..<end
    }

    private func canHaveGroup(_ row: Int, _ column: Int) -> Bool {
        found[row].labels.keys.min().map { $0 > column } ?? false
    }

    /// Whether a row is numbered below the one above it.
    private func beginsAnew(_ row: Int) -> Bool {
        func number(_ row: Int) -> Int? {
            found[row].labels.leftmost.flatMap { Int($0.text.prefix { $0.isASCII && $0.isNumber }) }
        }
        guard let own = number(row), let above = number(row - 1) else { return false }
        return own <= above
    }

    /// Sets a text that belongs to no row in the nearest, so that it is not lost.
    private mutating func place(_ block: [PDFText], _ column: Int) {
        guard let first = block.first else { return }
        guard !found.isEmpty else { return found.append(Row(y: first.centerY, line: 1, labels: [column: block])) }
        let row = nearestRow(first.centerY)
        found[row].labels[column] = block + (found[row].labels[column] ?? [])
    }

    /// Joins figures without a label to the row beside them that has one, and no figure where they stand: in one row
    /// of a table figures may stand at the top of their cells and in the middle. Where a figure stands there, it is a
    /// further line of the same cell.
    private mutating func joinStranded() {
        let labelled = found.filter { !$0.labels.isEmpty }.map(\.y)
        let pitches = zip(labelled.dropFirst(), labelled).map { $0 - $1 }.sorted()
        let pitch = pitches.isEmpty ? nil : pitches[pitches.count / 2]
        var index = 0
        while index < found.count {
            if found[index].labels.isEmpty, let row = home(of: index, pitch: pitch ?? 0) {
                found[row].values.merge(found[index].values) { old, _ in old }
                found.remove(at: index)
            } else if index > 0, isFurtherLine(index, of: index - 1, pitch: pitch) {
                append(index, to: index - 1)
            } else if index > 0, isFurtherLine(index - 1, of: index, pitch: pitch) {
                // The label stands beside a lower line of its cells.
                found[index - 1].labels = found[index].labels
                append(index, to: index - 1)
                index -= 1
            } else {
                index += 1
            }
        }
    }

    /// The nearer of the rows beside one without a label that it can be part of.
    private func home(of index: Int, pitch: Double) -> Int? {
        let em = found[index].values.leftmost?.em ?? 0
        let homes = [index - 1, index + 1].filter { row in
            guard found.indices.contains(row), !found[row].labels.isEmpty else { return false }
            guard found[index].values.keys.allSatisfy({ found[row].values[$0] == nil }) else { return false }
            let distance = abs(found[row].y - found[index].y)
            return distance < 0.6 * pitch || found[row].values.isEmpty && distance < 2.5 * em
        }
        return homes.min { abs(found[$0].y - found[index].y) < abs(found[$1].y - found[index].y) }
    }
}

extension [Int: [PDFText]] {
    /// The first text of the first column that has any: the same from run to run.
    fileprivate var leftmost: PDFText? { keys.min().flatMap { self[$0]?.first } }
}
