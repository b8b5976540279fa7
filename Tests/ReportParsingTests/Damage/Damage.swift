import Reports
import Support

/// What can happen to a document on its way.
enum Damage: String, CaseIterable, Sendable {
    case deleteLine, duplicateLine, swapLines, swapNeighbours, changeDigit, dropSeparator, insertBlank, insertFigure
    case truncate, dropCell, dropCells, emptyCell, zeroToNothing, joinLines, repeatChanged, deleteLabel
}

/// A damaged sheet, and what the damage itself has changed.
struct Damaged: Sendable {
    var sheet: Sheet
    /// Figures that are printed otherwise now.
    var edited: Set<FigurePath> = []
    /// Figures that are no longer printed, or no longer in their row.
    var lost: Set<FigurePath> = []

    init(_ sheet: Sheet) { self.sheet = sheet }

    /// Does damage; nothing where the sheet has no place for it.
    mutating func apply(_ damage: Damage, _ random: inout SeededGenerator) {
        switch damage {
        case .deleteLine: deleteLine(&random)
        case .duplicateLine: duplicateLine(&random, changing: false)
        case .repeatChanged: duplicateLine(&random, changing: true)
        case .swapLines: swap(tableLine(&random), tableLine(&random))
        case .swapNeighbours: swapNeighbours(&random)
        case .changeDigit: changeDigit(&random)
        case .dropSeparator: dropSeparator(&random)
        case .insertBlank: insert("", &random)
        case .insertFigure: insert(["0", "1", "7", "12"].randomElement(using: &random) ?? "0", &random)
        case .truncate: truncate(&random)
        case .dropCell: dropCells(1, &random)
        case .dropCells: dropCells(Int.random(in: 2...4, using: &random), &random)
        case .emptyCell: emptyCell(&random)
        case .zeroToNothing: zeroToNothing(&random)
        case .joinLines: joinLines(&random)
        case .deleteLabel: deleteLabel(&random)
        }
    }

    /// A line of the part of the document that holds the tables.
    private func tableLine(_ random: inout SeededGenerator) -> Int? {
        let first = sheet.lines.firstIndex { !$0.paths.isEmpty } ?? 0
        let last = sheet.lines.lastIndex { !$0.paths.isEmpty } ?? 0
        return Int.random(in: max(0, first - 4)...max(last, first), using: &random)
    }

    /// A line that prints figures.
    private func figureLine(_ random: inout SeededGenerator) -> Int? {
        sheet.lines.indices.filter { !sheet.lines[$0].paths.isEmpty }.randomElement(using: &random)
    }

    private mutating func deleteLine(_ random: inout SeededGenerator) {
        guard let line = tableLine(&random) else { return }
        lost.formUnion(sheet.lines[line].paths)
        sheet.lines.remove(at: line)
    }

    private mutating func deleteLabel(_ random: inout SeededGenerator) {
        guard let line = figureLine(&random) else { return }
        if sheet.lines[line].isOneCell {
            guard let label = sheet.lines[..<line].lastIndex(where: { $0.paths.isEmpty && !$0.isSpace }) else { return }
            lost.formUnion(sheet.rowPaths(label))
            sheet.lines.remove(at: label)
        } else if let first = sheet.lines[line].cells.firstIndex(where: { $0.path != nil }), first > 0 {
            lost.formUnion(sheet.lines[line].paths)
            sheet.lines[line].cells[first - 1].text = ""
        }
    }

    private mutating func duplicateLine(_ random: inout SeededGenerator, changing: Bool) {
        guard let line = changing ? figureLine(&random) : tableLine(&random) else { return }
        if sheet.lines[line].isOneCell, sheet.lines[line].paths.count == 1 { setBeside(line) }
        var copy = sheet.lines[line]
        if changing, let cell = copy.cells.indices.filter({ copy.cells[$0].path != nil }).randomElement(using: &random)
        {
            copy.cells[cell].text += "1"
        }
        for cell in copy.cells.indices { copy.cells[cell].path = nil }
        sheet.lines.insert(copy, at: Bool.random(using: &random) ? line : line + 1)
    }

    private mutating func swap(_ left: Int?, _ right: Int?) {
        guard let left, let right, left != right else { return }
        if sheet.lines[left].isOneCell || sheet.lines[right].isOneCell {
            // In one cell a line, what stands where is the figure.
            edited.formUnion(sheet.rowPaths(left) + sheet.rowPaths(right))
            if sheet.lines[left].isSpace || sheet.lines[right].isSpace {
                edited.formUnion(sheet.wholeRow(left) + sheet.wholeRow(right))
            }
        }
        sheet.lines.swapAt(left, right)
    }

    private mutating func swapNeighbours(_ random: inout SeededGenerator) {
        guard let line = tableLine(&random), line + 1 < sheet.lines.count else { return }
        let isFigure = [line, line + 1].map { sheet.lines[$0].isOneCell && sheet.lines[$0].paths.count == 1 }
        if isFigure == [true, true] { edited.formUnion(sheet.lines[line].paths + sheet.lines[line + 1].paths) }
        if sheet.lines[line].isSpace || sheet.lines[line + 1].isSpace { edited.formUnion(sheet.wholeRow(line)) }
        // A figure before its label stands in no row.
        if isFigure == [false, true] { lost.formUnion(sheet.lines[line + 1].paths) }
        sheet.lines.swapAt(line, line + 1)
    }

    private mutating func changeDigit(_ random: inout SeededGenerator) {
        guard let line = figureLine(&random) else { return }
        let cells = sheet.lines[line].cells.indices.filter { sheet.lines[line].cells[$0].path != nil }
        guard let cell = cells.randomElement(using: &random) else { return }
        var characters = Array(sheet.lines[line].cells[cell].text)
        guard let at = characters.indices.filter({ characters[$0].isNumber }).randomElement(using: &random) else {
            return
        }
        characters[at] = "0123456789".randomElement(using: &random) ?? "0"
        replace(line, cell, by: String(characters))
    }

    private mutating func replace(_ line: Int, _ cell: Int, by text: String) {
        if let path = sheet.lines[line].cells[cell].path { edited.insert(path) }
        sheet.lines[line].cells[cell].text = text
    }

    private mutating func dropSeparator(_ random: inout SeededGenerator) {
        guard let line = figureLine(&random), sheet.lines[line].cells.count > 1, !sheet.isHTML else { return }
        let cell = Int.random(in: 0..<sheet.lines[line].cells.count - 1, using: &random)
        let next = sheet.lines[line].cells.remove(at: cell + 1)
        lost.formUnion([next.path].compactMap { $0 })
        if !next.text.isEmpty { replace(line, cell, by: sheet.lines[line].cells[cell].text + next.text) }
        if sheet.lines[line].cells[cell].path == nil { sheet.lines[line].cells[cell].path = next.path }
        edited.formUnion([next.path].compactMap { $0 })
    }

    private mutating func insert(_ text: String, _ random: inout SeededGenerator) {
        guard let line = figureLine(&random) else { return }
        if !text.isEmpty { setBeside(line) }
        var cell = sheet.lines[line].cells.last ?? Sheet.Cell(text: "")
        cell.text = text
        cell.path = nil
        if sheet.lines[line].isOneCell {
            sheet.lines.insert(Sheet.Line(cells: [cell]), at: line)
        } else {
            let at = Int.random(in: 0...sheet.lines[line].cells.count, using: &random)
            sheet.lines[line].cells.insert(cell, at: at)
        }
    }

    /// A figure set beside those of table 二, which nothing adds up, is a figure of its row: the only one, or one that
    /// fills up a row whose blanks have left no trace.
    private mutating func setBeside(_ line: Int) {
        if sheet.lines[line].isOneCell { edited.formUnion(sheet.lines[line].paths) }
        for case .proactive(let row, let column) in sheet.lines[line].paths {
            let columns = row.columns(in: .form2021)
            let touched = sheet.lines[line].isOneCell ? columns : columns.count == 1 ? [column] : []
            edited.formUnion(touched.map { .proactive(row, $0) })
        }
    }

    private mutating func truncate(_ random: inout SeededGenerator) {
        guard let line = tableLine(&random) else { return }
        for later in sheet.lines[line...] { lost.formUnion(later.paths) }
        sheet.lines.removeSubrange((line + 1)...)
        let cell = Int.random(in: 0..<sheet.lines[line].cells.count, using: &random)
        let text = sheet.lines[line].cells[cell].text
        replace(line, cell, by: String(text.prefix(Int.random(in: 0...text.count, using: &random))))
        sheet.lines[line].cells.removeSubrange((cell + 1)...)
        sheet.lines[line].suffix = ""
    }

    private mutating func dropCells(_ count: Int, _ random: inout SeededGenerator) {
        guard let line = figureLine(&random) else { return }
        if sheet.lines[line].isOneCell {
            lost.formUnion(sheet.lines[line].paths)
            sheet.lines.remove(at: line)
            return
        }
        for _ in 0..<count where sheet.lines[line].cells.count > 2 {
            let at = Int.random(in: 0..<sheet.lines[line].cells.count, using: &random)
            lost.formUnion([sheet.lines[line].cells.remove(at: at).path].compactMap { $0 })
        }
    }

    private mutating func emptyCell(_ random: inout SeededGenerator) {
        guard let line = tableLine(&random) else { return }
        let cell = Int.random(in: 0..<sheet.lines[line].cells.count, using: &random)
        lost.formUnion([sheet.lines[line].cells[cell].path].compactMap { $0 })
        sheet.lines[line].cells[cell].text = ""
    }

    private mutating func zeroToNothing(_ random: inout SeededGenerator) {
        let zeros = sheet.lines.indices.flatMap { line in
            sheet.lines[line].cells.indices.filter { sheet.lines[line].cells[$0].isZero }.map { (line, $0) }
        }
        guard let (line, cell) = zeros.randomElement(using: &random) else { return }
        lost.formUnion([sheet.lines[line].cells[cell].path].compactMap { $0 })
        sheet.lines[line].cells[cell].text = ""
    }

    private mutating func joinLines(_ random: inout SeededGenerator) {
        guard let line = tableLine(&random), line + 1 < sheet.lines.count else { return }
        let next = sheet.lines[line + 1]
        let touched = [sheet.lines[line].cells.last?.path, next.cells.first?.path].compactMap { $0 }
        edited.formUnion(touched)
        sheet.lines[line].suffix += next.text
        sheet.lines.remove(at: line + 1)
    }
}

extension Sheet.Line {
    var isSpace: Bool { text.allSatisfy { $0.isWhitespace || $0 == "|" } }
}
