import Documents
import ReportParsing
import Reports

/// A document cut into lines and cells, each cell knowing which figure it prints: so that damage done to it can be
/// told from damage that its reader does.
struct Sheet: Sendable {
    /// One cell, with the mark-up or white space around its text.
    struct Cell: Sendable {
        var before = ""
        var text: String
        var after = ""
        var path: FigurePath?
    }

    /// One line of the source.
    struct Line: Sendable {
        var prefix = ""
        var cells: [Cell]
        var separator = ""
        var suffix = ""

        var text: String {
            prefix + cells.map { $0.before + $0.text + $0.after }.joined(separator: separator) + suffix
        }

        var paths: [FigurePath] { cells.compactMap(\.path) }
        /// Whether it holds one cell of a table that goes on in the next line.
        var isOneCell: Bool { cells.count == 1 || cells.count == 2 && cells[1].text.isEmpty && separator == "|" }
    }

    var lines: [Line]
    let isHTML: Bool

    var text: String { lines.map(\.text).joined(separator: "\n") }
    var name: String { isHTML ? "report.html" : "report.txt" }

    /// Cuts a document that is read right into lines and cells.
    init(_ source: String) throws {
        let name = source.hasPrefix("<") ? "report.html" : "report.txt"
        isHTML = name.hasSuffix("html")
        lines = source.split(omittingEmptySubsequences: false) { $0.isNewline }.map { Self.line(String($0)) }
        let parsed = ReportParser.parse(try Document.read(Array(source.utf8), name: name))
        for cell in parsed.cells where cell.value != nil { assign(cell) }
    }

    private static func line(_ text: String) -> Line {
        if text.contains("<td") { return markup(text) }
        let separator: Character? =
            text.contains("\t") ? "\t" : text.contains("|") ? "|" : text.contains("勾稽") && text.count > 300 ? " " : nil
        guard let separator else { return Line(cells: [Cell(text: text)]) }
        let cells = text.split(separator: separator, omittingEmptySubsequences: false).map { piece in
            let before = piece.prefix { $0 == " " }
            let after = before.count == piece.count ? "" : String(piece.reversed().prefix { $0 == " " })
            return Cell(
                before: String(before), text: String(piece.dropFirst(before.count).dropLast(after.count)), after: after)
        }
        return Line(cells: cells, separator: String(separator))
    }

    private static func markup(_ text: String) -> Line {
        let matches = text.matches(of: /<td[^>]*>.*?<\/td>/)
        guard let first = matches.first, let last = matches.last else { return Line(cells: [Cell(text: text)]) }
        let cells = matches.map { match -> Cell in
            let plain = /((?:<[^>]*>)+)([^<]+)((?:<[^>]*>)+)/
            guard let parts = match.0.wholeMatch(of: plain) else { return Cell(text: String(match.0)) }
            return Cell(before: String(parts.1), text: String(parts.2), after: String(parts.3))
        }
        return Line(
            prefix: String(text[..<first.range.lowerBound]), cells: cells,
            suffix: String(text[last.range.upperBound...]))
    }

    private mutating func assign(_ printed: PrintedCell) {
        let index = printed.place.line - 1
        guard lines.indices.contains(index) else { return }
        if isHTML {
            guard let cell = printed.place.cell, lines[index].cells.indices.contains(cell - 1) else { return }
            lines[index].cells[cell - 1].path = printed.path
        } else if let column = printed.place.column {
            assign(printed.path, line: index, offset: column - 1)
        }
    }

    private mutating func assign(_ path: FigurePath, line: Int, offset: Int) {
        var at = lines[line].prefix.unicodeScalars.count
        for index in lines[line].cells.indices {
            let cell = lines[line].cells[index]
            let length = (cell.before + cell.text + cell.after).unicodeScalars.count
            if (at...at + length).contains(offset), cell.text.contains(where: \.isNumber), cell.path == nil {
                lines[line].cells[index].path = path
                return
            }
            at += length + lines[line].separator.unicodeScalars.count
        }
    }
}

extension Sheet {
    /// The figures of the row that a line begins: its own, or those on the lines after it.
    func rowPaths(_ line: Int) -> [FigurePath] {
        let own = lines[line].paths
        if !own.isEmpty || !lines[line].isOneCell { return own }
        return lines[(line + 1)...].prefix { $0.isOneCell && ($0.paths.count == 1 || $0.isSpace) }.flatMap(\.paths)
    }

    /// The figures of the row that a line of one cell stands in, blank ones included.
    func wholeRow(_ line: Int) -> [FigurePath] {
        guard let path = lines[...line].last(where: { !$0.paths.isEmpty })?.paths.last else { return [] }
        switch path {
        case .request(let line, _): return Applicant.allCases.map { .request(line, $0) }
        case .proactive(let line, _): return ProactiveColumn.allCases.map { .proactive(line, $0) }
        case .review: return ReviewRoute.allCases.flatMap { route in ReviewOutcome.allCases.map { .review(route, $0) } }
        case .statistic: return [path]
        }
    }

    /// The sheet with every printed zero written in another way.
    func replacingZeros(by text: String) -> Sheet {
        var sheet = self
        for line in lines.indices {
            for cell in lines[line].cells.indices where lines[line].cells[cell].isZero {
                sheet.lines[line].cells[cell].text = text
            }
        }
        return sheet
    }

    /// The sheet with one cell of its tables a line, and an end to each line.
    func oneCellALine(ending: String) -> Sheet {
        var sheet = self
        sheet.lines = lines.flatMap { line -> [Line] in
            guard !line.separator.isEmpty else { return [line] }
            let cells = line.cells.last?.text.isEmpty == true ? line.cells.dropLast() : line.cells[...]
            return cells.flatMap { cell -> [Line] in
                let own = Line(cells: [Cell(text: cell.text, path: cell.path)])
                return [own]
                    + ending.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().map {
                        Line(cells: [Cell(text: String($0))])
                    }
            }
        }
        return sheet
    }
}

extension Sheet.Cell {
    var isZero: Bool { path != nil && text == "0" }
}
