/// One block of a document in reading order.
public enum Block: Sendable {
    /// A line or block of running text.
    case paragraph(Paragraph)
    /// A table.
    case grid(Grid)
}

/// A paragraph: one line of a text, one block-level element of a page.
public struct Paragraph: Sendable {
    /// Its text, without the white space around it; never empty.
    public let text: TextSpan
    /// Where it begins in the source.
    public let place: Place
    /// How many empty lines stand before it in a plain text; 0 for other formats.
    ///
    /// Tables pasted one cell a line show their blank cells in no other way.
    public let emptyLinesBefore: Int
    /// The level of a heading that the mark-up names (`h1`, `#`), else nil.
    public let headingLevel: Int?

    /// Makes a paragraph.
    public init(text: TextSpan, place: Place, emptyLinesBefore: Int = 0, headingLevel: Int? = nil) {
        self.text = text
        self.place = place
        self.emptyLinesBefore = emptyLinesBefore
        self.headingLevel = headingLevel
    }
}
