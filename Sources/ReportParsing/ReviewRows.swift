import Documents
import Reports

/// A row of figures under a head of table 四.
struct ReviewRow: Sendable {
    /// The blocks that the head names, in order, nil for one of which it is not known whose it is; none where its columns
    /// are not in the form's order.
    var routes: [ReviewRoute?]
    /// The first piece of the row.
    let first: Int
    /// The figures.
    fileprivate(set) var slots: [Slot]
    /// The head above it, counted from 1: rows of one head are of several years or units.
    let head: Int
    /// The piece that says of which year or unit the row is; nil where nothing stands before its figures.
    var name: Int?
}

/// The rows of table 四, found as the pieces of a document come.
struct ReviewRows: Sendable {
    /// The rows in order.
    private(set) var all: [ReviewRow] = []
    /// The outcomes that the head has named so far, none once its first row has been read.
    private var outcomes: [ReviewOutcome] = []
    private var head = ReviewHead()
    private var headCount = 0
    /// How many blocks begin in the head's last row.
    private var lastHead = (table: 0, row: 0, blocks: 0)
    /// The piece behind the row that was read last, while others may follow it.
    private var end: Int?
    /// The order of the columns under the head of that row.
    private var order: [ReviewOutcome]?

    /// Whether a head has begun under which no row stands yet.
    var isInHead: Bool { !outcomes.isEmpty }

    /// Takes the next block that a head names.
    mutating func add(_ name: ReviewHead.Name) {
        head.add(name)
    }

    /// Takes the next column that a head names.
    mutating func add(_ outcome: ReviewOutcome, _ piece: Piece) {
        end = nil
        if outcome == .upheld {
            let isSameRow = lastHead.table == piece.table && lastHead.row == piece.row
            lastHead = (piece.table, piece.row, isSameRow ? lastHead.blocks + 1 : 1)
        }
        outcomes.append(outcome)
    }

    /// Adds a figure that stands on a line below the last row.
    mutating func append(_ slot: Slot) {
        guard !all.isEmpty else { return }
        all[all.count - 1].slots.append(slot)
    }

    /// Forgets the head: no table goes on behind the heading of a section.
    mutating func endTable() {
        outcomes = []
        head = ReviewHead()
        end = nil
    }

    /// Takes the rows out for which a condition holds; gives them.
    mutating func remove(where isOut: (ReviewRow) -> Bool) -> [ReviewRow] {
        let out = all.filter(isOut)
        all.removeAll(where: isOut)
        return out
    }
}

extension ReviewRows {
    /// Takes the first row under a head where it begins at a piece; gives the piece behind it.
    mutating func row(_ tape: Tape, _ at: Int) -> Int? {
        guard starts(tape, at) else { return nil }
        var (slots, next) = tape.slots(from: at, like: tape.pieces[at])
        if isFiller(slots, tape, at, next) { return max(next, at + 1) }
        // A head whose last row names all three needs no other, which may be there as well: merged cells written in
        // all their places.
        let count = ReviewRoute.allCases.count
        let isLastHead = tape.pieces[at].table == lastHead.table && lastHead.blocks == count
        let blocks = isLastHead ? count : outcomes.count { $0 == .upheld }
        headCount += 1
        let hasYear = hasYear(slots, of: blocks * blockWidth, tape, at)
        if hasYear { slots.removeFirst() }
        order = isInOrder ? ReviewOutcome.allCases : order(of: blocks, tape.pieces[at])
        let ordered = inOrder(slots)
        all.append(
            ReviewRow(
                routes: ordered == nil ? [] : head.blocks(blocks), first: hasYear ? at + 1 : at,
                slots: ordered ?? slots, head: headCount, name: hasYear ? at : name(tape, before: at)))
        endTable()
        end = max(next, at + 1)
        return end
    }

    /// Takes a further row under the head of the last one, of another year or unit, where it begins at a piece; gives the
    /// piece behind it.
    mutating func furtherRow(_ tape: Tape, _ at: Int) -> Int? {
        guard let end, let last = all.last else { return nil }
        let piece = tape.pieces[at]
        let isNear = piece.keepsRows && piece.table == tape.pieces[last.first].table
        guard isNear || at == end else {
            self.end = nil
            return nil
        }
        guard !piece.keepsRows || at == 0 || !piece.isBeside(tape.pieces[at - 1]) else { return nil }
        var start = figures(tape, at)
        guard start < tape.pieces.count, tape.pieces[start].isValue else { return nil }
        var (slots, next) = tape.slots(from: start, like: tape.pieces[start])
        if hasYear(slots, of: last.slots.count, tape, start) {
            slots.removeFirst()
            start += 1
        }
        let isLikeLast = slots.count == last.slots.count && tape.pieces[start].grid == tape.pieces[last.first].grid
        guard slots.contains(where: { !$0.isBlank }), isLikeLast || piece.keepsRows && slots.count > blockWidth else {
            return nil
        }
        let ordered = inOrder(slots)
        var row = ReviewRow(
            routes: ordered == nil ? [] : last.routes, first: start, slots: ordered ?? slots, head: last.head,
            name: start > at ? start - 1 : nil)
        // Rows of five columns may be blocks one below the other.
        if row.routes.count == 1, start > at {
            switch tape.pieces[start - 1].label {
            case .route(let route): row.routes = [route]
            case .litigation: row.routes = [nil]
            // Below a block with a name of its own another name, as 行政诉讼合计, is not of that block.
            default: if last.name.map({ isBlock(tape.pieces[$0]) }) ?? false { row.routes = [nil] }
            }
        }
        all.append(row)
        self.end = max(next, start + 1)
        return self.end
    }

    /// Whether a row of a table holds nothing, or the numbers of its columns, and that of its figures follows.
    private func isFiller(_ slots: [Slot], _ tape: Tape, _ at: Int, _ next: Int) -> Bool {
        guard next < tape.pieces.count, tape.pieces[at].keepsRows, tape.pieces[next].table == tape.pieces[at].table,
            !tape.pieces[next].isBeside(tape.pieces[at]), slots.count >= blockWidth
        else { return false }
        let isBlank = slots.allSatisfy { !$0.isPrinted }
        guard isBlank || slots.indices.allSatisfy({ Reading(slots[$0]).count == $0 + 1 }) else { return false }
        let start = figures(tape, next)
        // A row with a name may be of another year.
        guard start < tape.pieces.count, !isBlank || start == next, tape.pieces[start].isBeside(tape.pieces[next])
        else { return false }
        let (figures, _) = tape.slots(from: start, like: tape.pieces[start])
        return figures.count >= slots.count && figures.contains { !$0.isBlank }
    }

    /// Whether a year stands in the first cell of a row, before as many others as there are columns.
    private func hasYear(_ slots: [Slot], of columns: Int, _ tape: Tape, _ at: Int) -> Bool {
        guard tape.pieces[at].keepsRows, tape.pieces[at].column == 0, columns > 0, slots.count == columns + 1,
            let year = slots.first.flatMap({ Reading($0).count })
        else { return false }
        return ReportYear(year) != nil && slots.dropFirst().allSatisfy { !$0.isText }
    }

    private var blockWidth: Int { ReviewOutcome.allCases.count }

    /// Where the figures of a row begin, behind its names; those of another head end it.
    private func figures(_ tape: Tape, _ at: Int) -> Int {
        var start = at
        for index in tape.pieces[at...].prefix(Self.namesMax).indices {
            let piece = tape.pieces[index]
            guard piece.isBeside(tape.pieces[at]) || !piece.keepsRows else { break }
            if isName(piece) { start = index + 1 }
        }
        return start
    }

    /// The piece that names the row whose figures begin at another.
    private func name(_ tape: Tape, before at: Int) -> Int? {
        let piece = tape.pieces[at]
        let before = tape.pieces[..<at].suffix(piece.keepsRows ? Self.namesMax : 1)
        return before.indices.last { index in
            guard isName(before[index]) else { return false }
            // Where rows are not kept, the label before the first figure is the head's last.
            return piece.keepsRows ? piece.isBeside(before[index]) : before[index].content.isText
        }
    }

    private func isName(_ piece: Piece) -> Bool {
        switch piece.content {
        case .text: piece.span.end - piece.span.start <= Self.nameBytesMax
        case .label(.total, _), .label(.route, _), .label(.litigation, _): true
        default: false
        }
    }

    private func isBlock(_ piece: Piece) -> Bool {
        switch piece.label {
        case .route, .litigation: true
        default: false
        }
    }

    /// A number, a year and a unit.
    private static let namesMax = 3
    private static let nameBytesMax = 60
}

extension ReviewRows {
    /// Whether figures begin here under a head.
    private func starts(_ tape: Tape, _ at: Int) -> Bool {
        guard outcomes.contains(.upheld), tape.pieces[at].isValue || isFigureRow(tape, at) else { return false }
        // Cells that a head's merged cells have left empty are not a row yet, and no figure stands beside a label.
        let isEmpty = tape.pieces[at].span.isEmpty
        switch tape.pieces[at].grid {
        case .stream: return !isEmpty || !isPadding(tape, at)
        case .tabs, .pipes, .markup:
            if isHeadRow(tape, at) { return !isEmpty && endsRow(tape, at) }
            return !isEmpty || tape.pieces[at].column == 0
        case nil: return true
        }
    }

    /// Whether a row begins with a cell that cannot be read: nearly all others hold figures, and there are as many as its
    /// blocks have columns.
    private func isFigureRow(_ tape: Tape, _ at: Int) -> Bool {
        let first = tape.pieces[at]
        guard first.keepsRows, first.column == 0, first.content.isText else { return false }
        let cells = tape.pieces[at...].prefix(while: first.isBeside)
        guard !cells.isEmpty, cells.count.isMultiple(of: blockWidth) else { return false }
        return cells.count { $0.content.isFigure } * 2 > cells.count && cells.allSatisfy { $0.label == nil }
    }

    /// Whether nothing but figures follows in the row: the whole table stands in one.
    private func endsRow(_ tape: Tape, _ at: Int) -> Bool {
        tape.pieces[at...].prefix(while: tape.pieces[at].isBeside).allSatisfy(\.isValue)
    }

    /// A merged cell of a head leaves its empty cells on one line (`|||||`), and labels may follow them.
    private func isPadding(_ tape: Tape, _ at: Int) -> Bool {
        let piece = tape.pieces[at]
        let neighbours = tape.pieces[max(0, at - 1)...].prefix(3)
        let sharesLine = neighbours.count { $0.table == piece.table && $0.place.line == piece.place.line } > 1
        return sharesLine || tape.pieces[at...].first { !$0.isValue || $0.content != .blank }?.label != nil
    }

    private func isHeadRow(_ tape: Tape, _ at: Int) -> Bool {
        let piece = tape.pieces[at]
        let start = tape.pieces[..<at].lastIndex { !piece.isBeside($0) } ?? -1
        return tape.pieces[(start + 1)...].prefix(while: piece.isBeside).contains { $0.label != nil }
    }

    /// The order of the columns of each block, where a head names all of them, in every block in the same order, and cells can
    /// be counted by.
    private func order(of blocks: Int, _ piece: Piece) -> [ReviewOutcome]? {
        let first = Array(outcomes.prefix(blockWidth))
        guard piece.keepsRows, outcomes.count == blocks * blockWidth, Set(first).count == blockWidth,
            outcomes.indices.allSatisfy({ outcomes[$0] == first[$0 % blockWidth] })
        else { return nil }
        return first
    }

    /// The slots of a row in the form's order; nil where it is not known or they are not as many as the head's columns.
    private func inOrder(_ slots: [Slot]) -> [Slot]? {
        guard let order else { return nil }
        guard order != ReviewOutcome.allCases else { return slots }
        guard slots.count.isMultiple(of: blockWidth) else { return nil }
        return slots.indices.map { index in
            let place = order.firstIndex(of: ReviewOutcome.allCases[index % blockWidth]) ?? 0
            return slots[index - index % blockWidth + place]
        }
    }

    /// Whether the outcomes of every block stand in the form's order.
    private var isInOrder: Bool {
        var last: ReviewOutcome?
        for outcome in outcomes {
            guard outcome == .upheld || last.map({ $0.rawValue <= outcome.rawValue }) ?? false else { return false }
            last = outcome
        }
        return true
    }
}
