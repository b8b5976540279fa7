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
    var count: Int? { value?.count }
}

/// A row put in columns.
struct PlacedRow: Sendable {
    /// One reading a column; nil where the document does not say which figure stands there.
    var cells: [Reading?]
    /// The identities that decided; nil where the layout says it all.
    var inferredBy: [String]?
}
