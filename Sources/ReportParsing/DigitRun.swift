/// The ways in which a run of figures can be told apart.
struct DigitRun {
    private let text: ArraySlice<UInt8>
    private let count: Int
    private let limit: Int
    private let accepts: ([Int?]) -> Bool
    private var cells: [Int?] = []
    private var found: [[Int?]] = []
    private var steps = 0

    /// The ways to cut a run into a number of cells, none of them blank, each a whole number without a leading zero or
    /// a sign for nothing. At most `limit` ways.
    ///
    /// - Parameters:
    ///   - text: the run, folded.
    ///   - accepts: called with the figures so far; false ends a way early.
    static func cuts(
        _ text: ArraySlice<UInt8>, into count: Int, limit: Int, accepts: ([Int?]) -> Bool
    ) -> [[Int?]] {
        // Where a figure with a separator begins and ends cannot be told.
        guard !text.contains(UInt8(ascii: ",")), !text.contains(UInt8(ascii: ".")) else { return [] }
        return withoutActuallyEscaping(accepts) { accepts in
            var run = DigitRun(text: text, count: count, limit: limit, accepts: accepts)
            run.cells.reserveCapacity(count)
            run.extend(text.startIndex)
            return run.steps < stepsMax ? run.found : []
        }
    }

    private init(text: ArraySlice<UInt8>, count: Int, limit: Int, accepts: @escaping ([Int?]) -> Bool) {
        self.text = text
        self.count = count
        self.limit = limit
        self.accepts = accepts
    }

    /// Goes on with the cells from an offset.
    private mutating func extend(_ start: Int) {
        steps += 1
        guard found.count < limit, steps < Self.stepsMax, accepts(cells) else { return }
        if cells.count == count {
            if start == text.endIndex { found.append(cells) }
            return
        }
        guard start < text.endIndex else { return }
        guard text[start].isDigit else {
            return extend(min(start + GluedText.width(text[start]), text.endIndex), nil)
        }
        var number = 0
        var end = start
        while end < text.endIndex, end - start < Self.digitsMax, text[end].isDigit {
            number = number * 10 + Int(text[end] - UInt8(ascii: "0"))
            end += 1
            extend(end, number)
            if number == 0 { break }
        }
    }

    private mutating func extend(_ end: Int, _ cell: Int?) {
        cells.append(cell)
        extend(end)
        cells.removeLast()
    }

    private static let stepsMax = 200_000
    private static let digitsMax = 9
}
