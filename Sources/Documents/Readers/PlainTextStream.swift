/// Lines that hold one cell each, with a bar on the same line or on one of its own: where rows end is lost.
extension PlainText {
    /// Whether a line without a bar is a cell whose bar stands alone on the next line.
    ///
    /// A lone bar may also open a row (`|`, then `规章 |`); it does so where the text that follows brings its own bar.
    func isBareCell(_ index: Int) -> Bool {
        guard index + 1 < lines.count, !lines[index].hasBar, isLoneBar(lines[index + 1]) else { return false }
        var next = index + 2
        while next < lines.count, isBars(lines[next]) { next += 1 }
        return next == lines.count || !lines[next].hasBar
    }

    /// Reads cells up to the first line that is none, or that holds several.
    mutating func readStream(at start: Int) throws(DocumentError) -> Int {
        var stream = Stream(hasOpeners: opensRows(at: start))
        // One cell a bar, roughly; a short stream before long text shall not pay for it.
        stream.cells.reserveCapacity(min(marks.count - lines[start].marks.lowerBound, 320))
        var index = start
        while index < lines.count, isStreamLine(index, isFirst: index == start) {
            addPieces(of: lines[index], to: &stream)
            index += 1
        }
        try append(.stream, stream.cells, rowCount: 1, columnCount: stream.cells.count)
        return index
    }

    private struct Stream {
        /// Whether lone bars at the very start of a line open rows.
        let hasOpeners: Bool
        var cells: [Cell] = []
        var endsInBar = false
    }

    private func isStreamLine(_ index: Int, isFirst: Bool) -> Bool {
        if lines[index].hasBar { return isFirst || !hasSeveralTexts(lines[index]) }
        return isBareCell(index)
    }

    private func addPieces(of line: TextLine, to stream: inout Stream) {
        var cursor = LineCursor(line)
        var from = line.start
        for mark in line.marks where text[marks[mark]] != 0x09 {
            let offset = marks[mark]
            let isOpener = stream.hasOpeners && offset == line.start && isLoneBar(line)
            addPiece(from, offset, isBlankCell: stream.endsInBar && !isOpener, line, &cursor, to: &stream)
            stream.endsInBar = true
            from = offset + separatorLength(offset)
        }
        addPiece(from, line.end, isBlankCell: false, line, &cursor, to: &stream)
    }

    /// Adds what stands before a bar: a text, or nothing where a bar follows a bar.
    private func addPiece(
        _ from: Int, _ to: Int, isBlankCell: Bool, _ line: TextLine, _ cursor: inout LineCursor,
        to stream: inout Stream
    ) {
        let piece = cell(from, to, row: 0, column: stream.cells.count, line, &cursor)
        guard !piece.text.isEmpty || isBlankCell else { return }
        stream.cells.append(piece)
        stream.endsInBar = false
    }

    /// Whether a stream begins with a bar at the start of a line, and texts are indented below it.
    private func opensRows(at start: Int) -> Bool {
        guard isLoneBar(lines[start]), lines[start].text.start == lines[start].start else { return false }
        guard start + 1 < lines.count else { return false }
        return lines[start + 1].start < lines[start + 1].text.start
    }

    private func isLoneBar(_ line: TextLine) -> Bool {
        guard !line.text.isEmpty else { return false }
        return TextLines.barLength(text, line.text.start) == line.text.end - line.text.start
    }

    /// Whether the line holds bars and nothing else.
    private func isBars(_ line: TextLine) -> Bool {
        var index = line.text.start
        while index < line.text.end {
            let length = TextLines.barLength(text, index)
            guard length > 0 || text[index] == 0x20 || text[index] == 0x09 else { return false }
            index += max(length, 1)
        }
        return !line.text.isEmpty
    }
}
