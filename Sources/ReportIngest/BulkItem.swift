/// One document of many, or why it cannot be had.
public struct BulkItem: Sendable {
    /// The bytes, and the media type where one was declared that says something.
    public typealias Content = (bytes: [UInt8], mediaType: String?)

    /// Its number in the upload, from 0; refused items are counted, too.
    public let index: Int
    /// Its path in the upload: `outer.zip/县/inner.docx`; nil for a line.
    public let name: String?
    /// The number of its line, from 1, where it is one of NDJSON.
    public let line: Int?
    /// The name under which its document is kept.
    public let fileName: String?
    /// Its content, or what is wrong with this item alone.
    public let content: Result<Content, IngestError>

    /// Makes an item; its document is kept under its name where no other is given.
    public init(
        index: Int, name: String?, line: Int? = nil, fileName: String? = nil, content: Result<Content, IngestError>
    ) {
        self.index = index
        self.name = name
        self.line = line
        self.fileName = fileName ?? name
        self.content = content
    }
}
