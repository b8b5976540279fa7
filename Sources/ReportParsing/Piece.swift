import Documents
import Reports

/// One paragraph or cell of a document, in reading order: what all tables are read from, whatever their layout.
struct Piece: Sendable {
    /// Where its text stands in the document.
    let span: TextSpan
    /// The place that a finding about it names.
    let place: Place
    /// Its table, from 1; 0 for a paragraph.
    let table: Int
    /// Its row in the table, from 0. A row ends where this number or `table` changes.
    let row: Int
    /// How many cells stand before it in its row.
    let column: Int
    /// How far the rows of its table can be trusted; nil for a paragraph.
    let grid: Grid.Kind?
    /// How many columns it covers.
    let columnSpan: Int
    /// The level of a heading; nil for anything else.
    let headingLevel: Int?
    /// Blank cells that only empty lines before it show.
    let blanksBefore: Int
    /// What it holds.
    var content: Content

    /// What a piece holds.
    enum Content: Sendable, Hashable {
        /// Nothing, or a placeholder.
        case blank
        /// A figure.
        case number(Quantity, remark: String?)
        /// Figures run together, to be told apart (`361002140`).
        case run
        /// A label of a form.
        case label(FormLabel, LabelKey.Ordinal?)
        /// Anything else.
        case text
    }

    /// Whether it can stand for figures.
    var isValue: Bool {
        switch content {
        case .blank, .number, .run: true
        case .label, .text: false
        }
    }

    /// The label, if it is one.
    var label: FormLabel? {
        if case .label(let label, _) = content { label } else { nil }
    }
}

extension Piece.Content {
    /// What a cell's or short paragraph's text is.
    ///
    /// - Parameter allowsMisprints: whether a label may be told by most of its characters; in tables only.
    init(_ bytes: ArraySlice<UInt8>, allowsMisprints: Bool) {
        switch CellValue(bytes) {
        case .blank: self = .blank
        case .number(let quantity, let remark): self = .number(quantity, remark: remark)
        case .text: self = Self.label(bytes, allowsMisprints: allowsMisprints)
        }
    }

    /// A longer text is a sentence, not a label.
    private static let labelBytesMax = 240

    private static func label(_ bytes: ArraySlice<UInt8>, allowsMisprints: Bool) -> Piece.Content {
        guard bytes.count <= labelBytesMax else { return .text }
        let key = LabelKey(folded: Normalization.fold(bytes))
        if let label = FormLabel.exact(key) { return .label(label, key.ordinal) }
        guard allowsMisprints else { return .text }
        if let label = FormLabel.suffix(key) { return .label(label, nil) }
        return FormLabel.misprinted(key).map { .label($0, key.ordinal) } ?? .text
    }
}
