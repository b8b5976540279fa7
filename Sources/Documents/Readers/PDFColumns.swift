/// The columns of a table, found from where its figures and the words of its head stand.
struct PDFColumns: Sendable {
    /// A stretch of a line.
    struct Extent: Sendable {
        var x0: Double
        var x1: Double
        /// The middle of its figures, if it has any.
        var figures: Double?
        /// The middle of the word that stands over it, if one does.
        var head: Double?

        var middle: Double { (x0 + x1) / 2 }

        /// Whether another one shares more than a fifth of the lesser width.
        func overlaps(_ other: Extent) -> Bool {
            min(x1, other.x1) - max(x0, other.x0) > 0.2 * min(x1 - x0, other.x1 - other.x0)
        }
    }

    /// The columns right of the labels, from left to right.
    private(set) var values: [Extent] = []
    /// Where the columns of the labels end, but for the last.
    private(set) var cuts: [Double] = []
    /// Whether there are labels.
    private(set) var hasLabels = false
    /// Where the figures begin.
    private let figuresLeft: Double

    /// The number of columns of labels.
    var labelCount: Int { hasLabels ? cuts.count + 1 : 0 }
    /// The number of all columns.
    var count: Int { labelCount + values.count }

    /// Finds the columns.
    ///
    /// - Parameters:
    ///   - head: the lines of the head, top down.
    ///   - body: the lines of the rows.
    ///   - inherited: the columns of the table that this one goes on with, if it does.
    init(head: [PDFLine], body: [PDFLine], inherited: PDFColumns?) {
        values = Self.merged(body.flatMap(\.figures).map { Extent(x0: $0.x0, x1: $0.x1) })
        for index in values.indices { values[index].figures = values[index].middle }
        figuresLeft = values.first?.x0 ?? .infinity
        let labels = body.flatMap { PDFColumns.joined($0.words, cuts: [], $0.breaks) }.filter { isLabel($0) }
        hasLabels = !labels.isEmpty
        var labelRight = labels.map(\.x1).max() ?? -.infinity
        if hasLabels { labelRight = max(labelRight, self.labelHeadRight(head)) }
        for index in head.indices.reversed() {
            addHead(head[index], labelRight: labelRight, isTitle: Self.isTitle(index, of: head, labelRight: labelRight))
        }
        values.sort { $0.x0 < $1.x0 }
        joinHeads()
        // A head of its own names all columns there are.
        let hasHead = head.contains { line in
            line.segments.first.map { $0.x1 < labelRight + 0.3 * $0.em && $0.ordinal == nil } == true
                && !Self.names(in: line, labelRight: labelRight).isEmpty
        }
        for extent in hasHead ? [] : inherited?.values ?? []
        where !values.contains(where: { $0.overlaps(extent) }) && extent.x0 > labelRight {
            values.append(extent)
        }
        for line in body { addText(line, labelRight: labelRight) }
        values.sort { $0.x0 < $1.x0 }
        cuts = PDFCuts.find(labels)
        if cuts.isEmpty, let inherited { cuts = inherited.cuts.filter { PDFCuts.holds($0, labels) } }
    }

    /// The texts of a line, cut where columns of labels end, and whether they are labels.
    func texts(of line: PDFLine) -> [(text: PDFText, isLabel: Bool)] {
        PDFColumns.joined(line.pieces, cuts: cuts, line.breaks).map { ($0, isLabel($0)) }
    }

    /// Whether a text stands left of the figures.
    private func isLabel(_ text: PDFText) -> Bool {
        text.x1 < figuresLeft + 0.3 * text.em
    }

    /// The right end of the leftmost word of the head, which stands over the labels.
    private func labelHeadRight(_ head: [PDFLine]) -> Double {
        guard let first = head.flatMap(\.segments).min(by: { $0.x0 < $1.x0 }),
            values.allSatisfy({ $0.x0 > first.x1 - 0.3 * first.em })
        else { return -.infinity }
        return first.x1
    }

    /// Joins the texts of a line, but not across a cut, nor where an ordinal shows that a label begins, nor figures.
    private static func joined(_ texts: [PDFText], cuts: [Double], _ breaks: [Double]) -> [PDFText] {
        var joined: [PDFText] = []
        for text in texts {
            guard let last = joined.last, !breaks.contains(text.x0), goesOn(last, text, cuts) else {
                joined.append(text)
                continue
            }
            joined[joined.count - 1].append(text, gap: text.x0 - last.x1)
        }
        return joined
    }

    private static func goesOn(_ left: PDFText, _ right: PDFText, _ cuts: [Double]) -> Bool {
        let gap = right.x0 - left.x1
        let em = min(left.em, right.em)
        if gap < 0.12 * em { return true }
        // A label that nearly reaches its figure is no part of it.
        guard gap < 0.6 * em, right.ordinal == nil, !(right.isFigure && gap > 0.3 * em) else { return false }
        return !cuts.contains { left.x1 <= $0 + 0.1 && $0 - 0.1 <= right.x0 }
    }

    /// The column of labels that a place lies in.
    func labelColumn(at x: Double) -> Int {
        cuts.count { $0 <= x }
    }

    /// The columns that a text covers: those it overlaps, else the nearest.
    func span(of text: PDFText) -> ClosedRange<Int> {
        let extent = Extent(x0: text.x0, x1: text.x1)
        let covered = values.indices.filter { values[$0].overlaps(extent) }
        let left = min(figuresLeft, values.first?.x0 ?? .infinity)
        let startsInLabels = hasLabels && text.x0 < left - 0.3 * text.em && covered.first != 0
        if let first = covered.first, let last = covered.last {
            // A title over the table reaches from the labels into the columns.
            return (startsInLabels ? labelColumn(at: text.x0) : labelCount + first)...(labelCount + last)
        }
        if hasLabels, text.centerX < left {
            return labelColumn(at: text.x0)...(labelCount - 1)
        }
        let nearest = values.indices.min { distance($0, text) < distance($1, text) } ?? 0
        return (labelCount + nearest)...(labelCount + nearest)
    }

    /// Whether a text begins, ends or has its middle where a column right of the labels has.
    func isAligned(_ text: PDFText, _ column: Int) -> Bool {
        guard column >= labelCount, values.indices.contains(column - labelCount) else { return false }
        let extent = values[column - labelCount]
        return [text.x0 - extent.x0, text.x1 - extent.x1, text.centerX - extent.middle].contains {
            abs($0) < 0.2 * text.em
        }
    }

    /// How wide a column right of the labels can be: as far as its neighbours are apart; no limit where there are none.
    func room(_ column: Int) -> Double {
        let index = column - labelCount
        guard values.indices.contains(index) else { return .infinity }
        let own = values[index].middle
        let distances = [index - 1, index + 1].filter { values.indices.contains($0) }.map {
            abs(values[$0].middle - own)
        }
        return distances.max().map { 1.15 * $0 } ?? .infinity
    }

    /// How far the middle of a column right of the labels is from the nearest beside it; no limit where there are none.
    func width(_ column: Int) -> Double {
        let index = column - labelCount
        guard values.indices.contains(index) else { return .infinity }
        let others = [index - 1, index + 1].filter { values.indices.contains($0) }
        return others.map { abs(values[$0].middle - values[index].middle) }.min() ?? .infinity
    }

    private func distance(_ index: Int, _ text: PDFText) -> Double {
        abs((values[index].x0 + values[index].x1) / 2 - text.centerX)
    }

    /// Joins extents that overlap.
    private static func merged(_ extents: [Extent]) -> [Extent] {
        var merged: [Extent] = []
        for extent in extents.sorted(by: { $0.x0 < $1.x0 }) {
            if let last = merged.indices.last, extent.x0 <= merged[last].x1 {
                merged[last].x1 = max(merged[last].x1, extent.x1)
            } else {
                merged.append(extent)
            }
        }
        return merged
    }

    /// Lets words of the head, the lowest first, name columns that hold no figure, and widen those that do.
    private mutating func addHead(_ line: PDFLine, labelRight: Double, isTitle: Bool) {
        for segment in Self.names(in: line, labelRight: labelRight) {
            for word in line.words where word.x0 >= segment.x0 && word.x1 <= segment.x1 {
                add(Extent(x0: max(word.x0, labelRight), x1: max(word.x1, labelRight)), isTitle: isTitle)
            }
        }
    }

    /// What stands right of the labels on a line of the head.
    private static func names(in line: PDFLine, labelRight: Double) -> [PDFText] {
        line.segments.filter { $0.x0 > labelRight - 0.3 * $0.em }
    }

    /// Whether a line of the head is one text over the names of the columns, and so the name of none: a title, or the
    /// clause that a part of a form is about.
    private static func isTitle(_ index: Int, of head: [PDFLine], labelRight: Double) -> Bool {
        let line = head[index]
        guard names(in: line, labelRight: labelRight).count == 1,
            head[..<index].allSatisfy({ names(in: $0, labelRight: labelRight).count < 2 }),
            head[(index + 1)...].contains(where: { $0.segments.count > 1 })
        else { return false }
        return head.indices.allSatisfy { $0 == index || !head[$0].box.overlapsY(line.box, part: 0.25) }
    }

    private mutating func add(_ extent: Extent, isTitle: Bool) {
        let covered = values.indices.filter { values[$0].overlaps(extent) }
        guard let index = covered.first else {
            // Nothing stands below it that it could name.
            if isTitle { return }
            values.append(Extent(x0: extent.x0, x1: extent.x1, head: extent.middle))
            return
        }
        guard covered.count == 1 else { return }
        values[index].head = values[index].head ?? extent.middle
        // A name over several columns may stand in the middle of one: its neighbours keep room for their own.
        let own = values[index]
        let leftEnd = values.filter { $0.x1 <= own.x0 }.map(\.x1).max()
        let rightEnd = values.filter { $0.x0 >= own.x1 }.map(\.x0).min()
        let low = leftEnd.map { $0 + (own.x0 - $0) / 3 } ?? -.infinity
        let high = rightEnd.map { $0 - ($0 - own.x1) / 3 } ?? .infinity
        values[index].x0 = min(own.x0, max(extent.x0, low))
        values[index].x1 = max(own.x1, min(extent.x1, high))
    }

    /// Joins a column of figures that no word stands over with one beside it that is all head: the words may be centred
    /// and the figures at an edge, as they then are in the other columns too.
    private mutating func joinHeads() {
        let shifts = values.compactMap { extent in
            extent.figures.flatMap { figures in extent.head.map { figures - $0 } }
        }.sorted()
        let shift = shifts.isEmpty ? nil : shifts[shifts.count / 2]
        var pairs: [(gap: Double, index: Int)] = []
        for index in values.indices.dropLast() {
            let pair = [values[index], values[index + 1]]
            guard let figures = pair.first(where: { $0.head == nil })?.figures,
                let head = pair.first(where: { $0.figures == nil })?.head
            else { continue }
            // Figures that stand in the middle of their columns stand so in all of them.
            if let shift, abs(shift) < 2 || (shift < 0) != (figures < head) { continue }
            pairs.append((values[index + 1].x0 - values[index].x1, index))
        }
        join(pairs.sorted { $0.gap < $1.gap }.map(\.index))
    }

    /// Joins columns to those on their right, each once.
    private mutating func join(_ indices: [Int]) {
        var joined: Set<Int> = []
        for index in indices where !joined.contains(index) && !joined.contains(index + 1) {
            joined.formUnion([index, index + 1])
            values[index].x1 = max(values[index].x1, values[index + 1].x1)
            values[index + 1].x0 = .infinity
        }
        values.removeAll { $0.x0 == .infinity }
    }

    /// Words between the columns of figures make columns of their own.
    private mutating func addText(_ line: PDFLine, labelRight: Double) {
        guard let first = values.map(\.x0).min() else { return }
        for segment in line.segments where segment.x0 > first && segment.x0 > labelRight {
            let extent = Extent(x0: segment.x0, x1: segment.x1)
            if !values.contains(where: { $0.overlaps(extent) }) { values.append(extent) }
        }
    }
}

/// Finds where labels of several levels stand side by side: groups at the left, their rows at the right.
enum PDFCuts {
    private static let textsMax = 500

    /// The right ends of the columns, but for the last. O(texts²).
    static func find(_ texts: [PDFText]) -> [Double] {
        guard texts.count > 1, texts.count <= textsMax else { return [] }
        var accepted: [Double] = []
        for candidate in texts.map(\.x1).compactMap({ candidate(at: $0, texts) }).sorted(by: { $0.order < $1.order }) {
            // Between two cuts there must stand something.
            let isNew = accepted.allSatisfy { other in
                let low = min(other, candidate.x)
                let high = max(other, candidate.x)
                return texts.contains { $0.x0 >= low - 0.1 && $0.x1 <= high + 0.1 }
            }
            if isNew { accepted.append(candidate.x) }
        }
        return accepted.sorted()
    }

    /// Whether a label behind a cut, numbered as rows are, stands beside one before it.
    private static func areSideBySide(_ x: Double, _ texts: [PDFText]) -> Bool {
        texts.contains { right in
            right.x0 > x && right.ordinal == .item
                && texts.contains { $0.x1 <= x + 0.1 && $0.overlapsY(right, part: 0.3) }
        }
    }

    /// Whether labels stand on both sides of a cut and none across it.
    static func holds(_ cut: Double, _ texts: [PDFText]) -> Bool {
        let before = texts.count { $0.x1 <= cut + 0.1 }
        let behind = texts.count { $0.x0 >= cut - 0.1 }
        return before > 0 && behind > 0 && before + behind == texts.count
    }

    private struct Candidate {
        let x: Double
        let crossing: Int
        let gap: Double

        var order: (Int, Double, Double) { (crossing, -gap, x) }
    }

    /// A cut behind a text; nil where more labels cross it than stand to its right.
    private static func candidate(at x: Double, _ texts: [PDFText]) -> Candidate? {
        var crossing = 0
        var behind = 0
        var gap = Double.infinity
        var numberedGap = Double.infinity
        for text in texts where text.x1 > x + 0.1 {
            if text.x0 < x {
                crossing += 1
            } else {
                behind += 1
                // The rest of a wrapped label that crosses may begin anywhere.
                if text.ordinal != nil { numberedGap = min(numberedGap, text.x0 - x) }
                gap = min(gap, text.x0 - x)
            }
        }
        if numberedGap < .infinity { gap = numberedGap }
        guard let em = texts.first?.em, gap > 0.1 * em, behind >= crossing || areSideBySide(x, texts) else {
            return nil
        }
        // One text is a column only where it plainly stands apart.
        guard behind >= 2 || behind == 1 && crossing == 0 && gap > 2 * em else { return nil }
        return Candidate(x: x, crossing: crossing, gap: gap)
    }
}
