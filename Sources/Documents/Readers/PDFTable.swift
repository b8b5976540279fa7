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

    /// How far rows of figures are apart that are as near as most that are near: the least may be off by a font's boxes.
    private static func rowPitch(_ body: [PDFLine]) -> Double {
        let rows = body.compactMap(\.figures.last)
        let pitches = zip(rows.dropFirst(), rows).map { $0.centerY - $1.centerY }.filter { $0 > (rows.first?.em ?? 0) }
        return pitches.isEmpty ? .infinity : pitches.sorted()[pitches.count / 4]
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
