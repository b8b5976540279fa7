/// By which characters a text differs from the label that it may be a misprint of.
///
/// A misprint replaces, drops or doubles a character here and there. Local forms have rows of their own whose labels are as
/// near (历年累计主动公开政府信息数, 未接受培训人员数): there the characters that differ are words.
struct LabelDifference: Sendable {
    /// Characters of the label for which others stand in the text, one side empty where they are left out or too many.
    private struct Run: Sendable {
        var left: [UInt32] = []
        var added: [UInt32] = []
    }

    private var runs: [Run] = []

    /// Compares a text with a label. O(product of their lengths).
    init(_ text: [UInt32], from label: [UInt32]) {
        let columns = text.count + 1
        var distances = [Int](repeating: 0, count: (label.count + 1) * columns)
        for row in 0...label.count {
            for column in 0...text.count {
                let at = row * columns + column
                if row == 0 || column == 0 {
                    distances[at] = row + column
                    continue
                }
                let same = label[row - 1] == text[column - 1] ? 0 : 1
                distances[at] = min(
                    distances[at - columns - 1] + same, distances[at - 1] + 1, distances[at - columns] + 1)
            }
        }
        trace(text, label, distances)
    }

    /// Gathers from the ends of both what differs.
    private mutating func trace(_ text: [UInt32], _ label: [UInt32], _ distances: [Int]) {
        let columns = text.count + 1
        var (row, column) = (label.count, text.count)
        var run = Run()
        while row > 0 || column > 0 {
            let distance = distances[row * columns + column]
            if row > 0, column > 0, label[row - 1] == text[column - 1],
                distances[(row - 1) * columns + column - 1] == distance
            {
                close(&run)
                (row, column) = (row - 1, column - 1)
            } else if row > 0, column > 0, distances[(row - 1) * columns + column - 1] == distance - 1 {
                run.left.append(label[row - 1])
                run.added.append(text[column - 1])
                (row, column) = (row - 1, column - 1)
            } else if column > 0, distances[row * columns + column - 1] == distance - 1 {
                run.added.append(text[column - 1])
                column -= 1
            } else {
                run.left.append(label[row - 1])
                row -= 1
            }
        }
        close(&run)
    }

    private mutating func close(_ run: inout Run) {
        if !run.left.isEmpty || !run.added.isEmpty { runs.append(run) }
        run = Run()
    }

    /// The number of characters that the label does not have there; letters are what is left of mark-up.
    var added: Int { runs.reduce(0) { $0 + $1.added.count(where: Self.isWord) } }
    /// The number of characters of the label that are not there.
    var left: Int { runs.reduce(0) { $0 + $1.left.count } }

    /// Whether the characters make another label of it: one that denies or says when, or the opposite of one.
    var changesSense: Bool {
        runs.contains { run in
            if run.added.contains(where: { Self.senses.contains($0) && !run.left.contains($0) }) { return true }
            if run.added.isEmpty { return run.left.count == 1 && run.left.allSatisfy(Self.denials.contains) }
            return run.added.contains(where: Self.times.contains) && run.left.contains(where: Self.times.contains)
                && run.added != run.left
        }
    }

    /// Whether characters side by side differ, so that they are a word: more is needed for that than their order.
    var hasWords: Bool {
        runs.contains { $0.added.count(where: Self.isWord) > 1 && $0.added.sorted() != $0.left.sorted() }
    }

    private static func isWord(_ character: UInt32) -> Bool { character > 0x7f }

    private static func characters(_ text: String) -> Set<UInt32> { Set(text.unicodeScalars.map(\.value)) }

    /// What may not stand in a text where the label has it not.
    private static let senses = characters("未不非无否应已有能可内去前累历占率其")
    /// What may not be missing alone.
    private static let denials = characters("不未无非")
    /// What may not stand for another of them.
    private static let times = characters("本上下今明去前")
}
