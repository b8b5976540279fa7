public import ReportStore
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
    /// Why it is stored, and who stores it.
    public var note: Note
    /// The agency and year to file it under where the document does not say.
    public var supplied: Identity
    /// The agency and year that the address names; a document that names others is refused.
    public var address: Identity
    /// The known agency at that address; nil for one that is not known yet.
    public var target: Target?
    /// Whose figures the report states, where the uploader knows.
    public var scope: ReportScope?
    /// The code of the division that the agency is in, where the uploader knows.
    public var region: String?
    /// The day on which it was published, where the uploader knows.
    public var published: DocumentDate?

    /// An agency that is known.
    public struct Target: Sendable, Hashable {
        /// The store's number of it.
        public let id: Int
        /// Its other names: a document may bear any of them.
        public let otherNames: [String]

        /// Makes a target.
        public init(id: Int, otherNames: [String]) {
            self.id = id
            self.otherNames = otherNames
        }
    }

    /// An agency and a year, as far as known.
    public struct Identity: Sendable, Hashable {
        /// The agency's name.
        public var agency: String?
        /// The year.
        public var year: ReportYear?

        /// Whether a text can be an agency's name in addresses and lists: not blank, no number, which an address would
        /// take for an agency's id, no step of a path, and without line ends and other control characters within.
        public static func isName(_ text: String) -> Bool {
            let key = AgencyKey(text).text
            return ![".", ".."].contains(text) && !key.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
                && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
        }

        /// Makes an identity.
        public init(agency: String? = nil, year: ReportYear? = nil) {
            self.agency = agency
            self.year = year
        }
    }

    /// Makes an upload.
    public init(
        bytes: [UInt8], mediaType: String? = nil, fileName: String? = nil, url: String? = nil, note: Note = Note(),
        supplied: Identity = Identity(), address: Identity = Identity(), scope: ReportScope? = nil
    ) {
        self.bytes = bytes
        self.mediaType = mediaType
        self.fileName = fileName
        self.url = url
        self.note = note
        self.supplied = supplied
        self.address = address
        self.scope = scope
    }
}
