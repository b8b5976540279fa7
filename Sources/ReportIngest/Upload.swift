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
                && !text.unicodeScalars.contains { $0.value < 0x20 || 0x7f...0x9f ~= $0.value }
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

extension Upload {
    /// The names of the fields that a form may have beside its files.
    public static let fieldNames = ["agency", "year", "region", "scope", "published", "reason", "author", "source_url"]

    /// The upload with what the fields of a form say.
    ///
    /// - Throws: ``IngestError/malformedField(_:expected:)`` for a field with an unknown name or a wrong value, or one that
    ///   contradicts what the query says.
    public func with(fields: [String: String], regions: RegionDirectory) throws(IngestError) -> Upload {
        var upload = self
        for (name, text) in fields.sorted(by: { $0.key < $1.key }) where !text.isEmpty {
            try upload.set(name, text, regions)
        }
        return upload
    }

    /// What an address of a document is, for people.
    public static let addressText = "an address that begins with http:// or https://"

    /// Whether a text is the address of a document on the web. It is shown as a link: what a browser would run is refused.
    public static func isAddress(_ text: String) -> Bool {
        let scheme = text.prefix(8).lowercased()
        let rest = scheme.hasPrefix("http://") ? text.dropFirst(7) : scheme == "https://" ? text.dropFirst(8) : ""
        return rest.first.map { $0 != "/" } ?? false
            && !text.unicodeScalars.contains { $0.value <= 0x20 || $0.value == 0x7f }
    }

    private mutating func set(_ name: String, _ text: String, _ regions: RegionDirectory) throws(IngestError) {
        switch name {
        case "agency":
            let isSame = supplied.agency.map { AgencyKey($0) == AgencyKey(text) } ?? true
            supplied.agency = try Self.agreed(name, supplied.agency, isSame ? supplied.agency ?? text : text)
        case "year":
            guard let year = Int(text).flatMap({ ReportYear($0) }) else {
                throw .malformedField(name, expected: "a year from \(ReportYear.first) on")
            }
            supplied.year = try Self.agreed(name, supplied.year, year)
        case "region":
            guard regions[text] != nil else { throw .malformedField(name, expected: "a code of GB/T 2260, six digits") }
            region = try Self.agreed(name, region, text)
        case "scope":
            guard let value = ReportScope(rawValue: text) else {
                throw .malformedField(name, expected: "own or consolidated")
            }
            scope = try Self.agreed(name, scope, value)
        case "published":
            guard let date = DocumentDate(text),
                CivilDate.day(year: date.year, month: date.month, day: date.day) != nil
            else { throw .malformedField(name, expected: "a date, YYYY-MM-DD") }
            published = try Self.agreed(name, published, date)
        case "reason": note.reason = try Self.agreed(name, note.reason, text)
        case "author": note.author = try Self.agreed(name, note.author, text)
        case "source_url":
            guard Self.isAddress(text) else { throw .malformedField(name, expected: Self.addressText) }
            url = try Self.agreed(name, url, text)
        default: throw .malformedField(name, expected: "one of \(Self.fieldNames.joined(separator: ", "))")
        }
    }

    /// What a form says where the query says the same or nothing: neither goes before the other.
    private static func agreed<Value: Equatable>(
        _ name: String, _ inQuery: Value?, _ inForm: Value
    ) throws(IngestError) -> Value {
        guard inQuery == nil || inQuery == inForm else {
            throw .malformedField(name, expected: "what the query says, or nothing,")
        }
        return inForm
    }
}
