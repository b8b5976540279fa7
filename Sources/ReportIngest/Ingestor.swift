internal import Codecs
internal import Documents
internal import Foundation
internal import ReportParsing
public import ReportStore
public import Reports

/// The one way in: an upload becomes a document, a report, a checked report, and a revision in the store.
public struct Ingestor: Sendable {
    /// What became of an upload.
    public struct Result: Sendable {
        /// Whether it is new, a new revision, or known already.
        public let outcome: SaveOutcome
        /// The report as it now stands in the store.
        public let head: ReportHead
    }

    private let store: Store
    private let limits: IngestLimits

    /// Makes an ingestor.
    public init(store: Store, limits: IngestLimits = IngestLimits()) {
        self.store = store
        self.limits = limits
    }

    /// Reads and checks an upload, and stores it. When this returns, it is on the disk.
    ///
    /// - Parameters:
    ///   - now: the time, in seconds since 1970.
    ///   - precondition: what has to hold for it to be stored; nil for nothing.
    public func ingest(
        _ upload: Upload, now: Int64, if precondition: Precondition? = nil
    ) async throws(IngestError) -> Result {
        let regions = store.regions
        var submission = try await ReadingQueue.run { () throws(IngestError) in
            try Self.submission(upload, limits: limits, regions: regions, now: now)
        }
        if let whole = try known(submission, upload) {
            submission = try await ReadingQueue.run { () throws(IngestError) in
                try Self.submission(whole, limits: limits, regions: regions, now: now)
            }
        }
        submission.precondition = precondition
        do {
            let (outcome, head) = try await store.save(submission, now: now)
            return Result(outcome: outcome, head: head)
        } catch {
            throw .store(error)
        }
    }

    /// The upload with what was said of the same bytes before, where something is said of them now: who adds a word takes
    /// none back. Nil where there is nothing to add.
    private func known(_ submission: Submission, _ upload: Upload) throws(IngestError) -> Upload? {
        guard upload.scope != nil || upload.published != nil || upload.url != nil else { return nil }
        let report = submission.checked.report
        do {
            return try store.snapshot { snapshot in
                let named = try submission.agencyID.flatMap { try snapshot.agency(id: $0) }
                guard let agency = try named ?? snapshot.agency(report.agency) else { return nil }
                let holder = try snapshot.holder(of: agency, year: report.year.value)
                guard let head = try snapshot.report(of: holder, year: report.year.value)?.head, !head.isWithdrawn,
                    head.sha256 == submission.sha256
                else { return nil }
                var whole = upload
                whole.scope = upload.scope ?? head.scope
                whole.published = upload.published ?? head.publishedOn.flatMap { DocumentDate($0) }
                whole.url = try upload.url ?? snapshot.revisions(of: head).first?.source?.url
                return whole
            }
        } catch {
            throw .store(error as? StoreError ?? .internal("\(error)"))
        }
    }

    /// What is stored of an upload. Deflating a large document takes as long as reading it: it belongs off the pool, too.
    static func submission(
        _ upload: Upload, limits: IngestLimits, regions: RegionDirectory, now: Int64
    ) throws(IngestError) -> Submission {
        let read = try readNow(upload, limits: limits, regions: regions, now: now)
        let source = StoredSource(
            content: try content(upload.bytes, mediaType: read.mediaType), length: upload.bytes.count,
            mediaType: read.mediaType, fileName: upload.fileName, url: upload.url)
        let said = regions.statement(of: read.checked.report, within: read.region ?? upload.region)
        var submission = Submission(
            checked: read.checked, source: source, sha256: Digest(of: upload.bytes).bytes, note: upload.note,
            region: said.region, agencyID: upload.target?.id)
        submission.leavesRegionOpen = said.isOpen
        if upload.supplied.agency != nil { submission.given.insert(.agency) }
        if upload.scope != nil { submission.given.insert(.scope) }
        if upload.published != nil { submission.given.insert(.published) }
        return submission
    }

    private static func content(_ bytes: [UInt8], mediaType: String) throws(IngestError) -> StoredSource.Content {
        guard mediaType != "application/json" else { return .plain(bytes) }
        // A tenth larger than at level 6, in two thirds of the time.
        do { return .deflated(try Zlib.compress(bytes, level: 3)) } catch { throw .store(.internal("\(error)")) }
    }

    /// An upload that has been read and checked.
    public struct Read: Sendable {
        /// The report, with what the checks say of it.
        public let checked: CheckedReport
        /// The media type of the document, with the character set it was read in.
        public let mediaType: String
        /// The code of the division that the document itself gives for its agency, apart from names.
        public var region: String?
    }

    /// Reads and checks an upload without storing it, on a thread of its own.
    public static func read(
        _ upload: Upload, limits: IngestLimits = IngestLimits(), regions: RegionDirectory = .empty, now: Int64
    ) async throws(IngestError) -> Read {
        try await ReadingQueue.run { () throws(IngestError) in
            try readNow(upload, limits: limits, regions: regions, now: now)
        }
    }

    private static func readNow(
        _ upload: Upload, limits: IngestLimits, regions: RegionDirectory, now: Int64
    ) throws(IngestError) -> Read {
        guard upload.bytes.contains(where: { $0 > 0x20 }) else { throw .empty }
        if isJSON(upload) {
            guard upload.bytes.count <= limits.bytesMax else {
                throw .limitExceeded("bytes", maximum: limits.bytesMax)
            }
            return try readJSON(upload, regions: regions, now: now)
        }
        let document = try document(upload.bytes, mediaType: upload.mediaType, name: upload.fileName, limits)
        return try read(document, upload, regions: regions, now: now)
    }

    /// The printed cells of a stored document, read again: the reader is deterministic, so they need not be stored.
    ///
    /// - Throws: ``IngestError`` for a document that can no longer be read.
    public func cells(of source: StoredSource) async throws(IngestError) -> [PrintedCell] {
        guard !source.mediaType.hasPrefix("application/json") else { return [] }
        return try await ReadingQueue.run { () throws(IngestError) in
            let document = try Self.document(
                try bytes(of: source), mediaType: source.mediaType, name: source.fileName, limits)
            return ReportParser.parse(document).cells
        }
    }

    private static func document(
        _ bytes: [UInt8], mediaType: String?, name: String?, _ limits: IngestLimits
    ) throws(IngestError) -> Document {
        do {
            return try Document.read(bytes, mediaType: mediaType, name: name, limits: limits.document)
        } catch {
            throw IngestError(error)
        }
    }

    /// The uploaded bytes of a stored document.
    ///
    /// - Throws: ``IngestError/store(_:)`` when they are damaged.
    public func bytes(of source: StoredSource) throws(IngestError) -> [UInt8] {
        let whole = CompressionLimits(outputBytesMax: max(source.length, 1), ratioMax: 5_000)
        do {
            switch source.content {
            case .plain(let bytes): return bytes
            case .deflated(let bytes): return try Zlib.decompress(bytes, limits: whole)
            }
        } catch {
            throw .store(.corrupt("a stored source cannot be inflated"))
        }
    }

    private static func read(
        _ document: Document, _ upload: Upload, regions: RegionDirectory, now: Int64
    ) throws(IngestError) -> Read {
        let parsed = ReportParser.parse(document)
        guard parsed.isReport else { throw .notAReport }
        let identity = try Filing(
            stated: Upload.Identity(agency: parsed.agency, year: parsed.year), upload: upload, now: now)
        var report = parsed.report(agency: identity.agency, year: identity.year)
        if let scope = upload.scope { report.scope = scope }
        try requireShortTitle(report)
        let checked = CheckedReport(
            report, cells: parsed.cells,
            readerFindings: parsed.findings + identity.findings
                + Contradictions.findings(report, published: parsed.published, upload, regions),
            published: parsed.published ?? upload.published)
        let isText = document.mediaType.hasPrefix("text/")
        let charset = isText ? "; charset=\(document.characterSet.lowercased())" : ""
        return Read(checked: checked, mediaType: document.mediaType + charset)
    }

    private static let titleCharactersMax = 1_000

    /// Lists show the titles of many reports.
    private static func requireShortTitle(_ report: AnnualReport) throws(IngestError) {
        guard report.title.unicodeScalars.count <= titleCharactersMax else {
            throw .limitExceeded("characters of the title", maximum: titleCharactersMax)
        }
    }

    /// Whether an upload is a report document: by its media type, or by its first two signs where that says nothing.
    private static func isJSON(_ upload: Upload) -> Bool {
        if upload.mediaType == "application/json" { return true }
        let type = (upload.mediaType ?? "").prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        guard ["", "application/octet-stream"].contains(type) else { return type == "application/json" }
        return upload.bytes.lazy.filter { $0 > 0x20 }.prefix(2).elementsEqual("{\"".utf8)
    }

    private static func readJSON(
        _ upload: Upload, regions: RegionDirectory, now: Int64
    ) throws(IngestError) -> Read {
        let json: JSONDocument
        do { json = try JSONDocument(upload.bytes) } catch { throw .malformedJSON(error) }
        guard json.items(of: .root) == nil else {
            throw .unreadableDocument(
                "it is a list; reports are sent as NDJSON, one in each line (application/x-ndjson)")
        }
        try requireWords(json)
        var report: AnnualReport
        do {
            report = try AnnualReport(document: json)
            try report.requireAll(of: json)
        } catch {
            throw .malformedReport(error)
        }
        let stated = Upload.Identity(agency: report.agency.isEmpty ? nil : report.agency, year: report.year)
        let identity = try Filing(stated: stated, upload: upload, now: now)
        report.agency = identity.agency
        report.year = identity.year
        if let scope = upload.scope { report.scope = scope }
        try requireShortTitle(report)
        let published = json.text("published", of: .root).flatMap { DocumentDate($0) }
        let region = json.value(at: ["agency", "region", "code"]).flatMap { json.string($0) }
        let contradictions =
            Contradictions.findings(report, published: published, upload, regions)
            + Contradictions.findings(report, region: region, upload, regions)
        let checked = CheckedReport(
            report, readerFindings: identity.findings + contradictions, published: published ?? upload.published)
        return Read(
            checked: checked, mediaType: "application/json", region: region.flatMap { regions[$0] == nil ? nil : $0 })
    }

    /// Refuses members that would be passed over in silence, since they are not the words or the date that they should be.
    private static func requireWords(_ json: JSONDocument) throws(IngestError) {
        func words(_ path: [String], _ expected: String, _ isFine: (String) -> Bool = { _ in true }) throws(IngestError)
        {
            guard let value = json.value(at: path), !json.isNull(value) else { return }
            guard let text = json.string(value), isFine(text) else {
                throw .unreadableDocument("\(path.joined(separator: ".")): \(expected) or null is expected")
            }
        }
        try words(["title"], "a text")
        try words(["published"], "a date, YYYY-MM-DD,") { text in
            DocumentDate(text).flatMap { CivilDate.day(year: $0.year, month: $0.month, day: $0.day) } != nil
        }
        guard let agency = json.member("agency"), json.isObject(agency) else {
            return try words(["agency"], "a name, an object with one,")
        }
        try words(["agency", "name"], "a text")
    }
}
