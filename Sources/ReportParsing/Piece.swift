import Documents
import Reports

/// One paragraph or cell of a document, in reading order: what all tables are read from, whatever their layout.
struct Piece: Sendable {
    /// Where its text stands in the document.
    let span: TextSpan
    /// Where its folded text stands in ``Tape/folded``.
    let folded: TextSpan
    /// The place that a finding about it names.
    let place: Place
    /// Its table, from 1; 0 for a paragraph.
    let table: Int
    /// Its row in the table, from 0. A row ends where this number or `table` changes.
    let row: Int
    /// How many cells stand before it in its row.
    var column: Int
    /// How many cells before it in its row have been taken out.
    var cellsOut = 0
    /// How far the rows of its table can be trusted; nil for a paragraph.
    let grid: Grid.Kind?
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
        /// A figure; the last bytes of the folded text are words beside it, if any.
        case number(Quantity, remarkLength: Int)
        /// Figures run together, to be told apart (`361002140`).
        case run
        /// A label of a form.
        case label(FormLabel, LabelKey.Ordinal?)
        /// Anything else.
        case text
    }

    /// Whether its table states where rows end.
    var keepsRows: Bool { grid != nil && grid != .stream }

    /// Whether another piece stands in the same row.
    func isBeside(_ other: Piece) -> Bool { table == other.table && row == other.row }

    /// The table that a head above it must be of; 0 where rows are not kept, so that each line may be a table of its own.
    var headTable: Int { keepsRows ? table : 0 }

    /// Whether it can stand for figures.
    var isValue: Bool { content.isValue }

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
        self = Self.of(
            Normalization.fold(bytes), printedLength: bytes.count, allowsMisprints: allowsMisprints)
    }

    /// The content of an empty cell, or of one that holds nothing but a few digits: most cells. Nil for any other.
    @inline(__always)
    init?(plain text: Span<UInt8>) {
        guard text.count <= 9 else { return nil }
        var number = 0
        for index in text.indices {
            let byte = text[index]
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        self = text.isEmpty ? .blank : .number(Quantity(number), remarkLength: 0)
    }

    /// The content of a label of the forms that is printed as it should be, told by its folded text; nil for any other.
    init?(label folded: Span<UInt8>, printedLength: Int) {
        guard printedLength <= Self.labelBytesMax, folded.count <= FormLabel.bytesMax,
            case let (ordinal, start) = LabelKey.start(folded), start < folded.count,
            let label = FormLabel.printed(folded.extracting(start...), ordinal)
        else { return nil }
        self = .label(label, ordinal)
    }

    /// What a text is whose folded form is at hand.
    ///
    /// - Parameter printedLength: the bytes of the text as printed.
    static func of(_ folded: ArraySlice<UInt8>, printedLength: Int, allowsMisprints: Bool) -> Piece.Content {
        switch CellValue(folded: folded.span, printedLength: printedLength) {
        case .blank: .blank
        case .number(let quantity, let remarkLength): .number(quantity, remarkLength: remarkLength)
        case .text: words(folded, printedLength: printedLength, allowsMisprints: allowsMisprints)
        }
    }

    /// What a text is that is no figure: a label, or anything else.
    static func words(_ folded: ArraySlice<UInt8>, printedLength: Int, allowsMisprints: Bool) -> Piece.Content {
        guard printedLength <= labelBytesMax else { return .text }
        guard allowsMisprints || folded.count <= FormLabel.bytesMax else { return .text }
        let key = LabelKey.of(folded)
        if let label = FormLabel.exact(key) { return .label(label, key.ordinal) }
        if let label = FormLabel.qualified(folded) { return .label(label, key.ordinal) }
        guard allowsMisprints else { return .text }
        if let label = FormLabel.suffix(key), !FormLabel.endsInBrackets(folded) { return .label(label, nil) }
        return FormLabel.misprinted(key).map { .label($0, key.ordinal) } ?? .text
    }

    /// A longer text is a sentence, not a label.
    private static let labelBytesMax = 240

    /// Whether it can stand for figures.
    var isValue: Bool {
        switch self {
        case .blank, .number, .run: true
        case .label, .text: false
        }
    }

    /// Whether it is a number.
    var isFigure: Bool {
        if case .number = self { true } else { false }
    }

    /// Whether it is neither label nor figure nor blank.
    var isText: Bool {
        if case .text = self { true } else { false }
    }
}
