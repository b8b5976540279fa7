import Documents
import Reports

/// One place of a row where a figure can stand.
struct Slot: Sendable {
    /// What stands there.
    enum Content: Sendable, Hashable {
        /// Nothing, or a placeholder.
        case blank
        /// A figure, and how many bytes of its text are words beside it.
        case number(Quantity, remarkLength: Int)
        /// Figures of several cells, run together.
        case run
        /// Words that are no figure.
        case text
    }

    /// What stands there.
    let content: Content
    /// The piece it was read from; nil for a blank that only an empty line shows.
    let piece: Int?

    /// Whether a text stands there, be it only a sign for nothing.
    let isPrinted: Bool

    /// A blank that only the layout shows.
    static let missing = Slot(content: .blank, piece: nil, isPrinted: false)

    /// Whether no figure stands there.
    var isBlank: Bool {
        if case .blank = content { true } else { false }
    }

    /// Whether words stand there.
    var isText: Bool {
        if case .text = content { true } else { false }
    }

    /// Whether figures run together stand there.
    var isRun: Bool {
        if case .run = content { true } else { false }
    }
}

/// A row of a table as it stands in the document: a label and what follows it, not yet put in columns.
struct Row<Line: Sendable>: Sendable {
    /// What the label stands for.
    let line: Line
    /// The piece of the label.
    let label: Int
    /// What follows it in its row.
    private(set) var slots: [Slot]
    /// The head above it, by its number in ``TableRows/heads``; of table 二 only.
    var head: Int?
    /// Whether the head names the columns in another order than the form, or the figures may be another row's.
    var hasForeignColumns = false
    /// Whether the slots have been put in the form's order, from that of their head.
    var isReordered = false
    /// The columns of table 三 that its head does not name.
    private(set) var absent: EnumSet<Applicant> = []

    init(line: Line, label: Int, slots: [Slot], head: Int? = nil, hasForeignColumns: Bool = false) {
        self.line = line
        self.label = label
        self.slots = slots
        self.head = head
        self.hasForeignColumns = hasForeignColumns
    }

    /// Leaves out the slots before one.
    mutating func removeSlots(before slot: Int) {
        slots.removeFirst(min(slot, slots.count))
    }

    /// Keeps the slots in some columns.
    mutating func keepSlots(_ isKept: [Bool]) {
        slots = zip(slots, isKept).filter(\.1).map(\.0)
    }

    /// Gives the row other slots; without any, its figures are left open.
    mutating func replaceSlots(_ slots: [Slot]) {
        self.slots = slots
        hasForeignColumns = slots.isEmpty
    }

    /// Adds what stands on a further line.
    mutating func append(_ slot: Slot) {
        slots.append(slot)
    }
}

extension Row<RequestLine> {
    /// Puts the slots in the form's order; without the head's, or with slots that cannot be counted by, the row is left
    /// open.
    mutating func reorder(_ columns: [Applicant?]?, _ grid: Grid.Kind?) {
        // Where lines are all there is, names that have changed places look the same as columns in another order.
        guard let columns, grid != nil, slots.count == columns.count, !slots.contains(where: \.isRun),
            grid == .markup || slots.allSatisfy(\.isPrinted),
            grid != .stream || Set(columns) == Set(Applicant.allCases)
        else {
            hasForeignColumns = true
            return
        }
        slots = Applicant.allCases.map { applicant in
            columns.firstIndex(of: applicant).map { slots[$0] } ?? .missing
        }
        for applicant in Applicant.allCases where !columns.contains(applicant) { absent.insert(applicant) }
        isReordered = true
    }
}

/// The head that names the columns of the rows of table 二 below it.
struct HeadRow: Sendable {
    /// Its table and its row.
    let table: Int, row: Int
    /// The columns that it names, and how many cells stand before each name.
    var columns: [(name: ProactiveColumn, cell: Int)]
    /// How many cells stand before a name that only repeats the one before: a merged cell, written in all its places.
    var repeated: [Int] = []
    /// How many cells stand before each name that the form does not have.
    var others: [Int] = []
    /// The number of its cells; nil where the document does not keep rows, so that cells cannot be counted by.
    let cells: Int?

    /// Whether a piece stands in its row.
    func isBeside(_ piece: Piece) -> Bool { table == piece.table && row == piece.row }

    /// Whether it names some columns in this order and no other.
    func names(_ columns: [ProactiveColumn]) -> Bool {
        self.columns.map(\.name).filter { columns.contains($0) } == columns
    }
}

extension Slot.Content {
    /// The content of a slot that a piece fills.
    init(_ content: Piece.Content) {
        switch content {
        case .blank: self = .blank
        case .number(let quantity, let length): self = .number(quantity, remarkLength: length)
        case .run: self = .run
        case .label, .text: self = .text
        }
    }
}

extension Slot {
    /// The slot that a piece fills.
    init(_ piece: Piece, _ index: Int) {
        self.init(content: Content(piece.content), piece: index, isPrinted: !piece.span.isEmpty)
    }
}

extension Tape {
    /// More slots than any row has.
    private static var slotsMax: Int { 64 }
    /// The columns of table 三, and what merged cells before them leave.
    private static let slotsUsual = Applicant.allCases.count + 3

    /// The slots behind a label.
    func slots(after label: Int) -> ([Slot], next: Int) {
        slots(from: label + 1, like: pieces[label])
    }

    /// The slots from a piece on: to the end of the row where rows are known, else to the next label or sentence.
    func slots(from start: Int, like first: Piece) -> ([Slot], next: Int) {
        var slots: [Slot] = []
        slots.reserveCapacity(Self.slotsUsual)
        var at = start
        let keepsRows = first.keepsRows
        let all = pieces.span
        while at < all.count, slots.count < Self.slotsMax {
            guard all[at].table == first.table, !keepsRows || all[at].row == first.row else { break }
            if all[at].label != nil || (!keepsRows && all[at].content.isText) { break }
            let blanks = all[at].blanksBefore
            if blanks > 0 { slots.append(contentsOf: repeatElement(.missing, count: min(blanks, Self.slotsMax))) }
            slots.append(Slot(all[at], at))
            at += 1
        }
        if first.table == 0, at < pieces.count, pieces[at].table == 0 {
            for _ in 0..<min(pieces[at].blanksBefore, Self.slotsMax) { slots.append(.missing) }
        }
        return (slots, at)
    }
}
