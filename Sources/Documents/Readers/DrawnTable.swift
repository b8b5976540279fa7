/// A table drawn with lines whose cells span rows and columns, as `w3m` prints those of a page: the corners say where.
///
/// Columns are told by how wide the characters before a corner are; programs count Chinese as two columns or as one,
/// so the first way to count is taken by which the bars of all lines stand below corners.
struct DrawnTable {
    /// A cell, and the lines of it.
    struct DrawnCell {
        let row: Int
        let column: Int
        let columnSpan: Int
        fileprivate(set) var rowSpan = 1
        /// Its lines: where the text stands, and the number of the line in the table.
        fileprivate(set) var parts: [(text: Range<Int>, line: Int)] = []
    }

    /// The cells, row by row.
    private(set) var cells: [DrawnCell] = []
    /// The rows between rules.
    private(set) var rowCount = 0
    /// The columns between the edges of all rules.
    private(set) var columnCount = 0
    /// For each column the cell that is open in it.
    private var open: [Int?] = []
    private var isRowUsed = false

    /// Whether some cell covers several rows or columns.
    var hasSpans: Bool { cells.contains { $0.rowSpan > 1 || $0.columnSpan > 1 } }

    /// Finds the cells; nil where bars do not stand below corners. O(length).
    ///
    /// - Parameters:
    ///   - ends: for each line whether a row ends with it, though no rule follows.
    ///   - room: as many lines times columns are taken.
    init?(_ lines: [DrawnLine], ends: [Bool], room: Int) {
        for widths in DrawnWidths.all {
            if let table = DrawnTable(lines, ends, widths, columnsMax: room / max(lines.count, 1)) {
                self = table
                return
            }
        }
        return nil
    }

    private init?(_ lines: [DrawnLine], _ ends: [Bool], _ widths: DrawnWidths, columnsMax: Int) {
        var edges: Set<Int> = []
        for line in lines {
            for segment in line.segments where segment.isRule {
                edges.insert(widths.place(segment.left))
                edges.insert(widths.place(segment.right))
            }
        }
        guard edges.count > 1 else { return nil }
        let columns = Dictionary(uniqueKeysWithValues: edges.sorted().enumerated().map { ($1, $0) })
        columnCount = edges.count - 1
        // Rules of several lines may have more edges in all.
        guard columnCount <= columnsMax else { return nil }
        open = Array(repeating: nil, count: columnCount)
        for (number, line) in lines.enumerated() {
            var spans: [Range<Int>] = []
            for segment in line.segments {
                guard let left = columns[widths.place(segment.left)], let right = columns[widths.place(segment.right)],
                    left < right
                else { return nil }
                spans.append(left..<right)
            }
            guard add(line, spans, number) else { return nil }
            if ends[number] { guard endRow() else { return nil } }
        }
        for column in open.indices { close(column) }
        if isRowUsed { rowCount += 1 }
        cells.sort { ($0.row, $0.column) < ($1.row, $1.column) }
    }

    /// Takes a line; false where its cells do not go on those above.
    private mutating func add(_ line: DrawnLine, _ spans: [Range<Int>], _ number: Int) -> Bool {
        let ruled = zip(line.segments, spans).filter { $0.0.isRule }.flatMap { $0.1 }
        let hasRule = !ruled.isEmpty
        guard endCells(above: ruled) else { return false }
        if hasRule, isRowUsed {
            rowCount += 1
            isRowUsed = false
        }
        for (segment, span) in zip(line.segments, spans) where !segment.isRule {
            if !hasRule { isRowUsed = true }
            if let cell = open[span.lowerBound] {
                guard cells[cell].column == span.lowerBound, cells[cell].columnSpan == span.count else { return false }
                cells[cell].parts.append((segment.text, number))
            } else {
                guard span.allSatisfy({ open[$0] == nil }) else { return false }
                for column in span { open[column] = cells.count }
                cells.append(
                    DrawnCell(
                        row: rowCount, column: span.lowerBound, columnSpan: span.count, parts: [(segment.text, number)])
                )
            }
        }
        return true
    }

    /// Ends the cells above the rules of a line; false where one reaches beyond them.
    private mutating func endCells(above ruled: [Int]) -> Bool {
        guard !ruled.isEmpty else { return true }
        var isRuled = Array(repeating: false, count: columnCount)
        for column in ruled { isRuled[column] = true }
        for column in ruled {
            guard let cell = open[column].map({ cells[$0] }) else { continue }
            guard isRuled[cell.column..<cell.column + cell.columnSpan].allSatisfy(\.self) else { return false }
            close(column)
        }
        return true
    }

    /// Ends a row below which no rule stands; false where a cell has come from above it.
    private mutating func endRow() -> Bool {
        for column in open.indices {
            if let cell = open[column], cells[cell].row != rowCount { return false }
            open[column] = nil
        }
        if isRowUsed { rowCount += 1 }
        isRowUsed = false
        return true
    }

    private mutating func close(_ column: Int) {
        guard let cell = open[column] else { return }
        let rows = rowCount + (isRowUsed ? 1 : 0)
        cells[cell].rowSpan = max(1, rows - cells[cell].row)
        open[column] = nil
    }
}

/// A line of a drawn table: what stands between its bars and corners.
struct DrawnLine {
    /// How many characters of each kind stand before a place.
    struct Count {
        fileprivate(set) var narrow = 0, wide = 0, ambiguous = 0, drawn = 0
    }

    /// A text or a rule between two bars or corners.
    struct Segment {
        let left: Count, right: Count
        let text: Range<Int>
        let isRule: Bool
    }

    private(set) var segments: [Segment] = []

    /// Whether some of it is a rule.
    var hasRule: Bool { segments.contains(where: \.isRule) }

    /// Reads a line; nil for one that begins or ends in something else than a bar or corner, or that holds tabs.
    init?(_ text: [UInt8], _ line: TextLine) {
        var count = Count()
        var left: (count: Count, end: Int, isCorner: Bool)?
        var isStroke = true
        var index = line.start
        while index < line.text.end {
            guard let (sign, length) = Sign.at(index, text, until: line.text.end) else { return nil }
            let isEdge = sign == .bar || sign == .corner
            if isEdge {
                if let left {
                    let isRule = isStroke && index > left.end && (left.isCorner || sign == .corner)
                    segments.append(Segment(left: left.count, right: count, text: left.end..<index, isRule: isRule))
                } else if index > line.text.start {
                    return nil
                }
                left = (count, index + length, sign == .corner)
                isStroke = true
            } else if sign != .stroke {
                isStroke = false
            }
            if length == 3, sign != .wide, sign != .ambiguous, sign != .none {
                count.drawn += 1
            } else if sign == .wide {
                count.wide += 1
            } else if sign == .ambiguous {
                count.ambiguous += 1
            } else if sign != .none {
                count.narrow += 1
            }
            index += length
        }
        guard let left, left.end == line.text.end, !segments.isEmpty else { return nil }
    }

    /// What a character is in a drawn table.
    private enum Sign {
        case bar, corner, stroke, narrow, wide, ambiguous, none

        /// The character at an offset, with its bytes; nil for a tab, whose width nobody knows.
        static func at(_ index: Int, _ text: [UInt8], until end: Int) -> (Sign, length: Int)? {
            let byte = text[index]
            switch byte {
            case 0x09: return nil
            case UInt8(ascii: "|"): return (.bar, 1)
            case UInt8(ascii: "+"):
                let after = index + 1 < end ? text[index + 1] : 0x20
                return (isDash(after) || index > 0 && isDash(text[index - 1]) ? .corner : .narrow, 1)
            case UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: ":"): return (.stroke, 1)
            case 0..<0x80: return (.narrow, 1)
            case 0..<0xE0: return (.narrow, 2)
            case 0xF0...: return (.wide, 4)
            default: break
            }
            guard index + 2 < text.count else { return (.narrow, 1) }
            let scalar = Int(byte & 0x0F) << 12 | Int(text[index + 1] & 0x3F) << 6 | Int(text[index + 2] & 0x3F)
            return (of(scalar), 3)
        }

        private static func isDash(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "-") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":")
        }

        private static func of(_ scalar: Int) -> Sign {
            switch scalar {
            case 0x2502, 0x2503, 0x2551, 0xFF5C: .bar
            case 0x2500, 0x2501, 0x2504, 0x2505, 0x2508, 0x2509, 0x2550: .stroke
            case 0x2506...0x257F: .corner
            case 0x200B...0x200F, 0xFEFF: .none
            case 0x2010...0x2027, 0x2030...0x203B, 0x2103...0x25FF: .ambiguous
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
                0xFFE0...0xFFE6:
                .wide
            default: .narrow
            }
        }
    }
}

/// How wide a program takes characters to be.
private struct DrawnWidths: Sendable {
    let wide: Int, ambiguous: Int, drawn: Int

    /// As terminals do, as those of China do, as programs do that count characters.
    static let all = [
        DrawnWidths(wide: 2, ambiguous: 1, drawn: 1), DrawnWidths(wide: 2, ambiguous: 2, drawn: 1),
        DrawnWidths(wide: 2, ambiguous: 2, drawn: 2), DrawnWidths(wide: 1, ambiguous: 1, drawn: 1),
    ]

    func place(_ count: DrawnLine.Count) -> Int {
        count.narrow + wide * count.wide + ambiguous * count.ambiguous + drawn * count.drawn
    }
}
