/// A document of any format as the one thing that all readers make: an ordered list of paragraphs and grids.
///
/// All text lies in one UTF-8 buffer and is referred to by ``TextSpan``, so that reading a document allocates a few
/// arrays and no strings. The text is what stands in the source: nothing is normalised, only mark-up, line ends and the
/// white space that a browser would collapse are outside every span.
public struct Document: Sendable {
    /// The UTF-8 text of every paragraph and cell, in reading order; of a plain text the whole source, line ends and
    /// separators between them included.
    public let text: [UInt8]
    /// Paragraphs and grids in reading order.
    public let blocks: [Block]
    /// What the document says of itself outside its text: `title`, HTML `meta` elements under their names, and the names of
    /// a workbook's sheets under ``Metadata/sheetPrefix`` and their number, which places give as their page.
    public let metadata: [Metadata]
    /// The media type that the bytes were read as, without parameters (`text/plain`, `text/html`,
    /// `application/pdf`, those of Word and Excel files).
    public let mediaType: String
    /// The character set that the bytes were read in, by its IANA name (`UTF-8`, `GB18030`, `UTF-16LE`).
    public let characterSet: String

    /// Makes a document from parts; every span in `blocks` must lie within `text`.
    public init(
        text: [UInt8], blocks: [Block], metadata: [Metadata] = [], mediaType: String = "text/plain",
        characterSet: String = "UTF-8"
    ) {
        self.text = text
        self.blocks = blocks
        self.metadata = metadata
        self.mediaType = mediaType
        self.characterSet = characterSet
    }

    /// The bytes of a span. O(1).
    @inlinable
    public func bytes(_ span: TextSpan) -> ArraySlice<UInt8> {
        text[span.start..<span.end]
    }

    /// The text of a span. O(length).
    @inlinable
    public func string(_ span: TextSpan) -> String {
        String(decoding: bytes(span), as: UTF8.self)
    }
}

/// One named value that a document carries beside its text.
public struct Metadata: Sendable, Hashable {
    /// The name as the document gives it, such as `title` or `PubDate`.
    public let name: String
    /// The value, entities resolved and surrounding white space removed.
    public let value: String

    /// What stands before the number of a sheet in the name of the entry that gives the sheet's name.
    public static let sheetPrefix = "sheet:"

    /// Makes an entry.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// A range of bytes in ``Document/text``, which is shorter than 4 GiB: documents have thousands of spans.
public struct TextSpan: Sendable, Hashable {
    @usableFromInline let first: UInt32
    @usableFromInline let behind: UInt32

    /// The offset of the first byte.
    @inlinable
    public var start: Int { Int(first) }

    /// The offset after the last byte; never below `start`.
    @inlinable
    public var end: Int { Int(behind) }

    /// Makes a span; `end` must not be below `start`.
    @inlinable
    public init(start: Int, end: Int) {
        precondition(start <= end, "a span ends before it starts")
        first = UInt32(start)
        behind = UInt32(end)
    }

    /// Whether the span holds no byte.
    @inlinable
    public var isEmpty: Bool { first == behind }
}
