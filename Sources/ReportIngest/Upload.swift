public import Reports

/// A document as it arrived, with what came beside it.
public struct Upload: Sendable {
    /// The document's bytes.
    public var bytes: [UInt8]
    /// The declared media type, with its parameters; nil where none, or one that says nothing, was declared.
    public var mediaType: String?
    /// The file's name.
    public var fileName: String?
    /// Where it was published.
    public var url: String?
    /// Why it is stored.
    public var reason: String?
    /// The agency and year to file it under where the document does not say.
    public var supplied: Identity
    /// The agency and year that the address names; a document that names others is refused.
    public var address: Identity
    /// Whose figures the report states, where the uploader knows.
    public var scope: ReportScope?

    /// An agency and a year, as far as known.
    public struct Identity: Sendable, Hashable {
        /// The agency's name.
        public var agency: String?
        /// The year.
        public var year: ReportYear?

        /// Makes an identity.
        public init(agency: String? = nil, year: ReportYear? = nil) {
            self.agency = agency
            self.year = year
        }
    }

    /// Makes an upload.
    public init(
        bytes: [UInt8], mediaType: String? = nil, fileName: String? = nil, url: String? = nil, reason: String? = nil,
        supplied: Identity = Identity(), address: Identity = Identity(), scope: ReportScope? = nil
    ) {
        self.bytes = bytes
        self.mediaType = mediaType
        self.fileName = fileName
        self.url = url
        self.reason = reason
        self.supplied = supplied
        self.address = address
        self.scope = scope
    }
}
