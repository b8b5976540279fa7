public import Reports

/// An agency as the store knows it.
public struct Agency: Sendable, Hashable {
    /// Its number, which never changes.
    public let id: Int
    /// Its name as published.
    public let name: String

    /// Makes an agency.
    public init(id: Int, name: String) {
        self.id = id
        self.name = name
    }
}

/// What is known of a stored report without its document.
public struct ReportHead: Sendable, Hashable {
    /// The store's number of the report.
    public let id: Int
    /// Whose report it is.
    public let agency: Agency
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
    /// Why it was stored.
    public let reason: String?
    /// The digest (SHA-256) of the revision's source, 32 bytes.
    public let sha256: [UInt8]
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
    /// A hash of everything that the document shows: changes when and only when it does.
    public let tag: UInt64
}

extension ReportHead {
    /// What the report document says of the report's place in the store.
    public var filed: CanonicalJSON.Filed {
        CanonicalJSON.Filed(
            agency: (agency.id, agency.name), year: year, revision: revision, at: revisedAt, reason: reason,
            sha256: sha256)
    }
}

/// The uploaded document of a revision.
public struct StoredSource: Sendable, Hashable {
    /// The bytes, deflated (zlib).
    public let deflated: [UInt8]
    /// The number of bytes before that.
    public let length: Int
    /// The media type, with its charset where one was declared.
    public let mediaType: String
    /// The name of the file; nil where the upload named none.
    public let fileName: String?
    /// Where it was published; nil where the upload did not say.
    public let url: String?

    /// Makes a source.
    public init(deflated: [UInt8], length: Int, mediaType: String, fileName: String? = nil, url: String? = nil) {
        self.deflated = deflated
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
    /// Why it is stored, in the uploader's words.
    public let reason: String?

    /// Makes a submission.
    public init(checked: CheckedReport, source: StoredSource, sha256: [UInt8], reason: String? = nil) {
        self.checked = checked
        self.source = source
        self.sha256 = sha256
        self.reason = reason
    }
}

/// What became of a ``Submission``.
public enum SaveOutcome: String, Sendable, Hashable {
    /// The first report of its agency and year.
    case stored
    /// A new revision of a report that was there.
    case revised
    /// These very bytes are stored already; nothing changed.
    case unchanged
}
