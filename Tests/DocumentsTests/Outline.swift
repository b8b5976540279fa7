import Documents

/// A document as text that a test can compare: one line a paragraph, one line a row of a grid.
func outline(_ document: Document) -> [String] {
    document.blocks.flatMap { block in
        switch block {
        case .paragraph(let paragraph): [outline(paragraph, in: document)]
        case .grid(let grid): ["[\(grid.kind) \(grid.rowCount)x\(grid.columnCount)]"] + rows(grid, in: document)
        }
    }
}

/// The outline of a text.
func outline(_ text: String, mediaType: String? = nil) throws -> [String] {
    outline(try Document.read(Array(text.utf8), mediaType: mediaType))
}

/// The outline of a page's body.
func page(_ body: String) throws -> [String] {
    try outline(body, mediaType: "text/html")
}

/// The paragraphs of a document.
func paragraphs(_ document: Document) -> [Paragraph] {
    document.blocks.compactMap { block in
        if case .paragraph(let paragraph) = block { paragraph } else { nil }
    }
}

/// The grids of a document.
func grids(_ document: Document) -> [Grid] {
    document.blocks.compactMap { block in
        if case .grid(let grid) = block { grid } else { nil }
    }
}

private func outline(_ paragraph: Paragraph, in document: Document) -> String {
    let level = paragraph.headingLevel.map { "h\($0) " } ?? ""
    return level + document.string(paragraph.text)
}

private func rows(_ grid: Grid, in document: Document) -> [String] {
    (0..<grid.rowCount).map { row in
        grid.cells.filter { $0.row == row }.map { cell in
            let span = cell.rowSpan > 1 || cell.columnSpan > 1 ? "(\(cell.rowSpan)x\(cell.columnSpan))" : ""
            return document.string(cell.text).replacing("\n", with: "⏎") + span
        }.joined(separator: "¦")
    }
}
