import Documents
import Reports

/// What a document says in one cell of a form.
struct Reading: Sendable, Hashable {
    /// The figure; nil for a blank.
    var value: Quantity?
    /// The words beside the figure.
    var remark: String?
    /// The piece it was read from; nil for a blank that only the layout shows.
    var piece: Int?

    /// A blank.
    static let blank = Reading()

    init(value: Quantity? = nil, remark: String? = nil, piece: Int? = nil) {
        self.value = value
        self.remark = remark
        self.piece = piece
    }

    init(_ slot: Slot) {
        self.piece = slot.piece
        if case .number(let quantity, let remark) = slot.content {
            value = quantity
            self.remark = remark
        }
    }

    /// The count; nil for a blank and for what is no whole number.
    var count: Int? { value?.count }
}

/// A row put in columns.
struct PlacedRow: Sendable {
    /// One reading a column; nil where the document does not say which figure stands there.
    var cells: [Reading?]
    /// The identities that decided; nil where the layout says it all.
    var inferredBy: [String]?
}

/// The ways in which a run of figures can be told apart.
enum DigitRun {
    /// The ways to cut a run into a number of cells, none of them blank, each a whole number without a leading zero or
    /// a sign for nothing. At most `limit` ways.
    ///
    /// - Parameter accepts: called with the figures so far; false ends a way early.
    static func cuts(
        _ text: String, into count: Int, limit: Int, accepts: ([Int?]) -> Bool
    ) -> [[Int?]] {
        var found: [[Int?]] = []
        var steps = 0
        let characters = Array(text)
        // Where a figure with a separator begins and ends cannot be told.
        guard !characters.contains(where: { $0 == "," || $0 == "." }) else { return [] }
        func extend(_ cells: [Int?], _ at: Int) {
            steps += 1
            guard found.count < limit, steps < stepsMax, accepts(cells) else { return }
            if cells.count == count {
                if at == characters.count { found.append(cells) }
                return
            }
            guard at < characters.count else { return }
            if !characters[at].isASCIIDigit { return extend(cells + [nil], at + 1) }
            var number = 0
            var end = at
            while end < characters.count, end - at < digitsMax, let digit = characters[end].asciiDigit {
                number = number * 10 + digit
                end += 1
                extend(cells + [number], end)
                if number == 0 { break }
            }
        }
        extend([], 0)
        return steps < stepsMax ? found : []
    }

    private static let stepsMax = 200_000
    private static let digitsMax = 9
}

extension Character {
    fileprivate var asciiDigit: Int? {
        guard let ascii = asciiValue, UInt8(ascii: "0")...UInt8(ascii: "9") ~= ascii else { return nil }
        return Int(ascii - UInt8(ascii: "0"))
    }

    fileprivate var isASCIIDigit: Bool { asciiDigit != nil }
}
