/// Tables: a leaf table becomes a grid; one that holds another is layout, and its content flows.
extension Flow {
    mutating func startTable() throws(DocumentError) {
        if tables.last?.openCell == nil { try boundary() }
        tables.append(FlowTable(outer: text.suspend()))
    }

    mutating func endTable() throws(DocumentError) {
        try endRow()
        if endFrame() { return }
        if tables.last?.hasText ?? false { try becomeLayout() }
        guard var table = tables.popLast() else { return }
        if let cell = table.onlyCell, text.text[cell.text.start..<cell.text.end].contains(0x0A) {
            // A frame around paragraphs.
            try append(lines: cell.text, line: cell.place.line)
        } else if !table.isLayout, table.hasText {
            let grid = table.grid(objectMark: table.objectCells.isEmpty ? nil : text.appendObjectMark())
            expandedCells += grid.rowCount * grid.columnCount
            try append(.grid(grid))
        }
        // An enclosing cell goes on, unless text in this table has made it part of a layout.
        if tables.last?.openCell != nil { text.resume(table.outer.run) }
    }

    /// Ends a table of one short cell within a cell, which editors put around a label or a figure: it is the cell's text.
    private mutating func endFrame() -> Bool {
        guard let table = tables.last, !table.isLayout, let cell = table.onlyCell, let outer = tables.dropLast().last,
            outer.openCell != nil, !outer.isLayout, table.objectCells.isEmpty, cell.text.end == text.text.count,
            (1...Self.frameBytesMax).contains(cell.text.end - cell.text.start),
            !text.text[cell.text.start..<cell.text.end].contains(0x0A)
        else { return false }
        tables.removeLast()
        text.resume(table.outer.run, with: cell.text, line: cell.place.line)
        return true
    }

    private static let frameBytesMax = 160

    mutating func startSection() throws(DocumentError) {
        try endRow()
        updateTable { $0.closeSection() }
    }

    mutating func startRow() throws(DocumentError) {
        try endRow()
        updateTable { $0.openRow() }
    }

    mutating func endRow() throws(DocumentError) {
        try endCell()
        updateTable { $0.closeRow() }
    }

    mutating func startCell(_ cell: FlowCell, line: Int) throws(DocumentError) {
        try endCell()
        try boundary()
        updateTable { table in
            guard !table.isLayout else { return }
            table.openCell = cell
            table.openLine = line
        }
    }

    /// Changes the cell that is open: its mark-up may state its spans after its start.
    mutating func updateCell(_ change: (inout FlowCell) -> Void) {
        guard let last = tables.indices.last, var cell = tables[last].openCell else { return }
        change(&cell)
        tables[last].openCell = cell
    }

    /// Notes a picture or the like: an empty cell that has one is not blank, for a figure may stand in it.
    mutating func addObject() {
        updateCell { $0.hasObject = true }
    }

    /// Ends the cell that is open; in a layout table, or outside of any, it is a block like others.
    mutating func endCell() throws(DocumentError) {
        guard let last = tables.indices.last, let cell = tables[last].openCell else { return try boundary() }
        let content = text.endRun()
        // A table of one cell may be a frame within a cell.
        if content != nil, !tables[last].cells.isEmpty { try becomeLayout() }
        cellCount += 1
        guard cellCount <= limits.cellsMax else { throw .limitExceeded(.cells, maximum: limits.cellsMax) }
        tables[last].openCell = nil
        let end = text.text.count
        try tables[last].add(
            content?.span ?? TextSpan(start: end, end: end), cell,
            place: Place(line: content?.line ?? tables[last].openLine),
            room: limits.expandedCellsMax - expandedCells, limits)
    }

    /// Turns the tables around the innermost one into layout: it has text, so they hold a table.
    mutating func becomeLayout() throws(DocumentError) {
        guard tables.count > 1, !tables[tables.count - 2].isLayout else { return }
        for index in tables.indices.dropLast() where !tables[index].isLayout {
            let cells = tables[index].cells
            let isCellOpen = tables[index].openCell != nil
            tables[index].becomeLayout()
            for cell in cells { try append(lines: cell.text, line: cell.place.line) }
            guard isCellOpen else { continue }
            let outer = tables[index + 1].outer
            try append(lines: TextSpan(start: outer.run.start, end: outer.end), line: outer.run.line ?? 1)
        }
    }

    /// Adds each line of a cell as a paragraph.
    private mutating func append(lines span: TextSpan, line: Int) throws(DocumentError) {
        var start = span.start
        for index in span.start..<span.end where text.text[index] == 0x0A {
            try append(paragraph: TextSpan(start: start, end: index), line: line)
            start = index + 1
        }
        if start < span.end { try append(paragraph: TextSpan(start: start, end: span.end), line: line) }
    }

    private mutating func updateTable(_ change: (inout FlowTable) -> Void) {
        guard let last = tables.indices.last else { return }
        change(&tables[last])
    }
}
