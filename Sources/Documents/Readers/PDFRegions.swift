/// Tells the lines of a page that make tables from those that make paragraphs.
struct PDFRegions {
    /// Lines that belong together, in the order of the page.
    enum Chunk {
        case prose([PDFLine])
        case table([PDFLine])
    }

    private let lines: [PDFLine]
    private let figures: [Int]
    /// The lines that only a table has: figures beside something else, or several cells.
    private let cores: [Int]
    private let followsTable: Bool
    private let left: Double
    private let right: Double

    /// The chunks of a page's lines. O(lines × lines of one table).
    ///
    /// - Parameter followsTable: whether the page before ends with a table, so that a row may go on here.
    static func chunks(_ lines: [PDFLine], followsTable: Bool) -> [Chunk] {
        guard !lines.isEmpty else { return [] }
        let regions = PDFRegions(lines, followsTable: followsTable)
        var chunks: [Chunk] = []
        var next = 0
        for range in regions.tables() {
            if range.lowerBound > next { chunks.append(.prose(Array(lines[next..<range.lowerBound]))) }
            for part in regions.split(range) { chunks.append(.table(Array(lines[part]))) }
            next = range.upperBound
        }
        if next < lines.count { chunks.append(.prose(Array(lines[next...]))) }
        return chunks
    }

    private init(_ lines: [PDFLine], followsTable: Bool) {
        self.lines = lines
        self.followsTable = followsTable
        figures = lines.map(\.figures.count)
        left = lines.map(\.box.x0).min() ?? 0
        right = lines.map(\.box.x1).max() ?? 0
        let figures = figures
        cores = lines.indices.filter { index in
            let segments = lines[index].segments
            let isBeside = figures[index] > 0 && (lines[index].words.count > 1 || Self.hasLabel(lines, index))
            return (isBeside || segments.count > 2)
                && !segments.contains { $0.endsSentence && $0.text.count > 12 }
        }
    }

    /// Whether a line that is one figure stands beside a label, which is in the middle of a cell of two lines.
    private static func hasLabel(_ lines: [PDFLine], _ index: Int) -> Bool {
        let figure = lines[index].box
        return [index - 1, index + 1].contains { other in
            guard lines.indices.contains(other), lines[other].figures.isEmpty else { return false }
            let label = lines[other].box
            return label.x1 < figure.x0 && abs(label.centerY - figure.centerY) < 0.8 * label.em
        }
    }

    /// The ranges of lines that are tables.
    private func tables() -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for core in cores {
            if let last = ranges.last, !(last.upperBound..<max(core, last.upperBound)).contains(where: { isBreak($0) })
            {
                ranges[ranges.count - 1] = last.lowerBound..<core + 1
            } else {
                ranges.append(core..<core + 1)
            }
        }
        var grown: [Range<Int>] = []
        for (index, range) in ranges.enumerated() {
            let above = grown.last?.upperBound ?? 0
            let below = index + 1 < ranges.count ? ranges[index + 1].lowerBound : lines.count
            let range = growUp(range, from: above)
            grown.append(growDown(range, to: below))
        }
        return grown
    }

    /// Takes the head's lines in: up to the last that looks like one, a few others between them included.
    private func growUp(_ range: Range<Int>, from first: Int) -> Range<Int> {
        let body = bodyLeft(range)
        var start = range.lowerBound
        var next = start - 1
        while next >= first, start - next < 5 {
            let line = lines[next]
            guard lines[next + 1].box.y0 - line.box.y1 < 4 * line.box.em, !isBreak(next) else { break }
            let isCentred = line.box.centerX > (left + right) / 2 - 3 * line.box.em
            // Over the figures, or the first line of the first row's label.
            let isOver = line.box.x0 > body - line.box.em
            let isLabel = line.box.x1 < body && lines[next + 1].box.y0 - line.box.y1 < 0.8 * line.box.em
            let isHead = line.segments.count > 1 || isCentred || isOver || isBeside(next, part: 0.1)
            if isHead || isLabel && next == start - 1 { start = next }
            next -= 1
        }
        let isRestOfRow = followsTable && first == 0 && start < PDFRegions.splitLinesMax
        if isRestOfRow, lines[..<start].indices.allSatisfy({ lines[$0].box.x1 < body && !isBreak($0) }) { start = 0 }
        return start..<range.upperBound
    }

    /// More lines than these are not the rest of one label.
    private static let splitLinesMax = 9

    /// Takes in what is left of the last row's label, and rows without a figure.
    private func growDown(_ range: Range<Int>, to end: Int) -> Range<Int> {
        // Where no row has a label beside its figures, nothing that reaches over them is one.
        let body = min(bodyLeft(range), figuresLeft(range))
        var last = range.upperBound
        while last < end {
            let line = lines[last]
            let before = lines[last - 1].box
            let gap = line.box.y0 - before.y1
            let isBeside = line.box.overlapsY(before, part: 0.1)
            let isLabel = line.box.x1 < body && !isBreak(last)
            let isWrapped = isLabel && gap < 0.8 * line.box.em
            // Labels side by side are no sentence; one alone must stand where labels do.
            let isNumbered = line.box.ordinal != nil && isAligned(last, range)
            let isRow = isLabel && gap < 2.5 * line.box.em && (isNumbered || line.segments.count > 1)
            guard isBeside || isWrapped || isRow else { break }
            last += 1
        }
        return range.lowerBound..<last
    }

    /// Where the leftmost figure of a table begins.
    private func figuresLeft(_ range: Range<Int>) -> Double {
        range.compactMap { lines[$0].figures.first?.x0 }.min() ?? .infinity
    }

    /// Where the figures of a table begin to the right of its labels.
    private func bodyLeft(_ range: Range<Int>) -> Double {
        let starts = range.compactMap { index -> Double? in
            guard figures[index] > 0, let label = lines[index].segments.first, !label.isFigure else { return nil }
            return lines[index].figures.first { $0.x0 > label.x1 }?.x0
        }
        return starts.min() ?? .infinity
    }
}

extension PDFRegions {
    /// Whether a line ends the table above it: prose or a heading.
    private func isBreak(_ index: Int) -> Bool {
        let line = lines[index]
        guard line.segments.count == 1, !isBeside(index) else { return false }
        let text = line.box
        if text.endsSentence && text.text.count > 7 || text.x1 - text.x0 > 0.75 * (right - left) { return true }
        let em = nearestLabel(index, step: -1)?.em ?? nearestLabel(index, step: 1)?.em
        if let em, text.em > 1.25 * em, !text.isFigure { return true }
        guard text.ordinal == .chapter else { return false }
        return !isAligned(index, 0..<lines.count)
    }

    private func isBeside(_ index: Int, part: Double = 0.25) -> Bool {
        [index - 1, index + 1].contains { other in
            lines.indices.contains(other) && lines[index].box.overlapsY(lines[other].box, part: part)
        }
    }

    /// The label of the nearest row above or below.
    private func nearestLabel(_ index: Int, step: Int) -> PDFText? {
        var other = index + step
        while lines.indices.contains(other), abs(other - index) < 20 {
            if figures[other] > 0, lines[other].segments.count > 1 {
                return lines[other].segments.first { !$0.isFigure }
            }
            other += step
        }
        return nil
    }

    /// Whether a line stands where labels do: centred as those around it, or level with one of its kind.
    private func isAligned(_ index: Int, _ range: Range<Int>) -> Bool {
        let text = lines[index].box
        let around = [nearestLabel(index, step: -1), nearestLabel(index, step: 1)].compactMap { $0 }
        if !around.isEmpty, around.allSatisfy({ abs($0.centerX - text.centerX) < 0.7 * text.em }) { return true }
        return range.clamped(to: max(0, index - 60)..<index + 60).contains { other in
            guard figures[other] > 0, let label = lines[other].segments.first else { return false }
            // Chapters of a table count on; a heading begins where they end.
            if let chapter = text.chapter, let known = label.chapter {
                guard other < index ? 1...2 ~= chapter - known : 1...2 ~= known - chapter else { return false }
            }
            return label.ordinal == text.ordinal
                && (abs(label.x0 - text.x0) < 0.4 * text.em || abs(label.centerX - text.centerX) < 0.7 * text.em)
        }
    }

    /// Cuts a region where a head stands below rows: the columns of one table are not those of the next.
    private func split(_ range: Range<Int>) -> [Range<Int>] {
        let body = bodyLeft(range)
        let boxes = lines[range].map(\.box)
        let middle = ((boxes.map(\.x0).min() ?? 0) + (boxes.map(\.x1).max() ?? 0)) / 2
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        var hasRows = false
        for index in range {
            if figures[index] > 0 {
                hasRows = true
            } else if hasRows, isHead(index, body: body, middle: middle) {
                parts.append(start..<index)
                start = index
                hasRows = false
            }
        }
        return parts + [start..<range.upperBound]
    }

    private func isHead(_ index: Int, body: Double, middle: Double) -> Bool {
        let line = lines[index]
        func isBeside(part: Double) -> Bool {
            [index - 1, index + 1].contains { other in
                lines.indices.contains(other) && figures[other] > 0 && line.box.overlapsY(lines[other].box, part: part)
            }
        }
        // The boxes of tight rows share a little of their height.
        let isTitle =
            line.segments.count == 1 && !isBeside(part: 0.25)
            && [middle, (left + right) / 2].contains { abs(line.box.centerX - $0) < 1.5 * line.box.em }
        let labels = [nearestLabel(index, step: -1), nearestLabel(index, step: 1)].compactMap { $0 }
        if isTitle, labels.allSatisfy({ abs($0.centerX - middle) > 3 * line.box.em }) { return true }
        guard !isBeside(part: 0.1), line.box.x1 > body else { return false }
        // What stands close below a figure, and alone, goes on with it.
        let above = lines[..<index].lastIndex { !$0.figures.isEmpty }
        let gap = above.map { line.box.y0 - lines[$0].box.y1 } ?? .infinity
        return line.segments.count > 1 || line.box.x0 < body || gap > 0.5 * line.box.em
    }
}
