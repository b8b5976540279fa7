public import Reports

/// An agency as the store knows it.
public struct Agency: Sendable, Hashable {
    /// Its number, which never changes.
    public let id: Int
    /// Its current name.
    public let name: String
    /// The code of its division (GB/T 2260), six digits; nil where it is not known.
    public let region: String?

    /// Makes an agency.
    public init(id: Int, name: String, region: String? = nil) {
        self.id = id
        self.name = name
        self.region = region
    }
}

/// What is known of a stored report without its document.
public struct ReportHead: Sendable, Hashable {
    /// The store's number of the report.
    public let id: Int
    /// Whose report it is, by its current name.
    public let agency: Agency
    /// The agency's name in that year, as the report states it.
    public let agencyName: String
    /// The year it is for.
    public let year: Int
    /// Its form.
    public let form: ReportForm
    /// Whose figures it states.
    public let scope: ReportScope
    /// Its title as printed.
    public let title: String
    /// The number of its current revision, from 1.
    public let revision: Int
    /// When that revision was stored, in seconds since 1970.
    public let revisedAt: Int64
    /// When its document or findings last changed, in seconds since 1970.
    public let modifiedAt: Int64
    /// Whether it is withdrawn: then its last revision is the withdrawal.
    public let isWithdrawn: Bool
    /// Why it was stored or withdrawn.
    public let reason: String?
    /// The digest (SHA-256) of the last source, 32 bytes.
    public let sha256: [UInt8]
    /// The day of publication, `YYYY-MM-DD`; nil where it is not known.
    public let publishedOn: String?
    /// The number of findings that are errors.
    public let errors: Int
    /// The number of findings that are warnings.
    public let warnings: Int
}

/// A stored report.
public struct StoredReport: Sendable {
    /// What is known of it without its document.
    public let head: ReportHead
    /// The report document as it is served.
    public let document: [UInt8]
    /// A hash of the document: changes when and only when it does.
    public let tag: UInt64
}

/// The uploaded document of a revision.
public struct StoredSource: Sendable, Hashable {
    /// The bytes, in one of two ways.
    public enum Content: Sendable, Hashable {
        /// Deflated (zlib).
        case deflated([UInt8])
        /// As they are: JSON, which the store packs itself.
        case plain([UInt8])
    }

    /// The bytes.
    public let content: Content
    /// The number of bytes before that.
    public let length: Int
    /// The media type, with its charset where one was declared.
    public let mediaType: String
    /// The name of the file; nil where the upload named none.
    public let fileName: String?
    /// Where it was published; nil where the upload did not say.
    public let url: String?

    /// Makes a source.
    public init(content: Content, length: Int, mediaType: String, fileName: String? = nil, url: String? = nil) {
        self.content = content
        self.length = length
        self.mediaType = mediaType
        self.fileName = fileName
        self.url = url
    }
}

/// A report to be stored.
public struct Submission: Sendable {
    /// The report, with what the checks say of it.
    public let checked: CheckedReport
    /// The document it was read from.
    public let source: StoredSource
    /// The digest of the document, 32 bytes.
    public let sha256: [UInt8]
    /// Why it is stored, and who stores it, in the uploader's words.
    public let note: Note
    /// The code of the division (GB/T 2260) that the agency is in, where the document or the uploader says one.
    public let region: String?
    /// Whether several divisions share the name of the agency, and neither the document nor the uploader says which is
    /// meant.
    public var leavesRegionOpen = false
    /// What the uploader said beside the document, and is news where it was not said before.
    public var given: Given = []
    /// The number of the agency that it is filed under; nil where the name in the report decides.
    public let agencyID: Int?
    /// Whether it is one of many that may be sent again as a whole: then bytes that an earlier revision has are known, too.
    public var isOneOfMany = false
    /// What has to hold for it to be stored; nil for nothing.
    public var precondition: Precondition?

    /// What may be said beside a document.
    public struct Given: OptionSet, Sendable, Hashable {
        /// A bit each.
        public let rawValue: Int

        /// Makes a set of bits.
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// The agency.
        public static let agency = Given(rawValue: 1)
        /// The scope.
        public static let scope = Given(rawValue: 2)
        /// The day of publication.
        public static let published = Given(rawValue: 4)
    }

    /// What is stored of it: made here, on the threads of those who bring it, and not on the writer's.
    let rendered: Rendered

    /// Makes a submission.
    public init(
        checked: CheckedReport, source: StoredSource, sha256: [UInt8], note: Note = Note(), region: String? = nil,
        agencyID: Int? = nil
    ) {
        self.checked = checked
        self.source = source
        self.sha256 = sha256
        self.note = note
        self.region = region
        self.agencyID = agencyID
        rendered = Rendered(checked)
    }
}

/// What someone who changes a report says of it.
public struct Note: Sendable, Hashable {
    /// Why.
    public var reason: String?
    /// Who.
    public var author: String?

    /// Makes a note.
    public init(reason: String? = nil, author: String? = nil) {
        self.reason = reason
        self.author = author
    }
}

/// What became of a ``Submission``.
public enum SaveOutcome: String, Sendable, Hashable {
    /// The first report of its agency and year.
    case stored
    /// A new revision of a report that was there.
    case revised
    /// These very bytes are stored already, and nothing else was said of them; nothing changed.
    case unchanged
}

/// One entry of a report's history.
public struct Revision: Sendable, Hashable {
    /// What happened.
    public enum Kind: String, Sendable, Hashable {
        /// The first document came.
        case stored
        /// Another document came.
        case corrected
        /// The report was withdrawn.
        case withdrawn
    }

    /// Its number, from 1.
    public let number: Int
    /// When it happened, in seconds since 1970.
    public let at: Int64
    /// What happened.
    public let kind: Kind
    /// Why, and who did it.
    public let note: Note
    /// The digest (SHA-256) of the document, 32 bytes; nil for a withdrawal.
    public let sha256: [UInt8]?
    /// The document's media type, file name, address and length in bytes; nil for a withdrawal.
    public let source: Source?
    /// The number of findings that are errors, those across reports included, as it stood at last.
    public let errors: Int
    /// The number of findings that are warnings, likewise.
    public let warnings: Int

    /// What is known of a revision's document without its bytes.
    public struct Source: Sendable, Hashable {
        /// The media type, with its charset where it is text.
        public let mediaType: String
        /// The name of the file.
        public let fileName: String?
        /// Where it was published.
        public let url: String?
        /// The number of bytes.
        public let length: Int
    }
}

/// One entry of the feed of changes.
public struct Change: Sendable, Hashable {
    /// What happened.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A report came that was not there.
        case stored
        /// A new revision came.
        case corrected
        /// The report was withdrawn.
        case withdrawn
        /// The document or its findings changed, because another report or the registry did.
        case reassessed
    }

    /// Its place in the feed; later entries have greater ones.
    public let cursor: Int
    /// When it happened, in seconds since 1970.
    public let at: Int64
    /// What happened.
    public let kind: Kind
    /// The agency as it is known now.
    public let agency: Agency
    /// What it was called then.
    public let agencyName: String
    /// The year of the report.
    public let year: Int
    /// The number of the revision that is concerned.
    public let revision: Int
}
