import Documents
import Reports

/// What a document says in one cell of a form.
struct Reading: Sendable, Hashable {
    /// The figure; nil for a blank.
    var value: Quantity?
    /// How many bytes of the folded text are words beside the figure.
    var remarkLength = 0
    /// The piece it was read from; nil for a blank that only the layout shows.
    var piece: Int?

    /// A blank.
    static let blank = Reading()

    init(value: Quantity? = nil, remarkLength: Int = 0, piece: Int? = nil) {
        self.value = value
        self.remarkLength = remarkLength
        self.piece = piece
    }

    init(_ slot: Slot) {
        self.piece = slot.piece
        if case .number(let quantity, let length) = slot.content {
            value = quantity
            remarkLength = length
        }
    }

    /// The count; nil for a blank and for what is no whole number.
    var count: Int? { value?.whole.count }
}

extension Quantity {
    /// The number without the `.0` or `.00` that programs write behind whole numbers; any other as it is: `12.000` may
    /// be twelve thousand.
    var whole: Quantity {
        guard places == 1 || places == 2 else { return self }
        let scale: Int64 = places == 1 ? 10 : 100
        return digits.isMultiple(of: scale) ? Quantity(digits: digits / scale, unit: unit) : self
    }
}

/// A row put in columns.
struct PlacedRow: Sendable {
    /// What the layout says, slot by slot: most rows, which are not copied for it.
    private let stated: ArraySlice<Slot>
    /// What was concluded, nil where the document does not say which figure stands there; empty where the layout says all.
    private let concluded: [Reading?]
    /// The identities that decided; nil where the layout says it all.
    let inferredBy: [String]?

    /// A row whose slots are its columns; one with words in it is left open.
    init(_ slots: ArraySlice<Slot>, inferredBy: [String]? = nil) {
        stated = slots
        concluded = []
        self.inferredBy = inferredBy
    }

    /// A row of readings, nil where a column is left open.
    init(cells: [Reading?], inferredBy: [String]? = nil) {
        stated = []
        concluded = cells
        self.inferredBy = inferredBy
    }

    /// A row all of whose columns are left open.
    static func open(_ count: Int) -> PlacedRow { PlacedRow(cells: Array(repeating: nil, count: count)) }

    /// What stands in a column; nil where that is left open.
    subscript(column: Int) -> Reading? {
        guard concluded.isEmpty else { return concluded[column] }
        let slot = stated[stated.startIndex + column]
        return slot.isText ? nil : Reading(slot)
    }
}
