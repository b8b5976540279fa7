internal import Codecs
internal import HTTPServer
internal import HTTPTypes
internal import Reports

/// A representation that a client can keep and ask about again.
struct Entity: Sendable {
    /// The media type, with its charset where it has one.
    var mediaType: String
    /// What the strong entity tag says: changes when and only when the bytes do.
    var tag: String
    /// When the content last changed, in seconds since 1970.
    var lastModified: Int64?
    /// Further fields.
    var fields: HTTPFields = [:]
    /// The bytes; made only when they are sent.
    var content: @Sendable () throws -> [UInt8]
}

extension Entity {
    /// An entity whose tag is that of its bytes.
    init(mediaType: String, bytes: [UInt8], lastModified: Int64? = nil, fields: HTTPFields = [:]) {
        self.init(
            mediaType: mediaType, tag: StableHash.hex(TextTag.of(bytes)), lastModified: lastModified,
            fields: fields
        ) { bytes }
    }

    /// What a question over many reports answers; a workbook has a name under which it is saved.
    ///
    /// - Parameter title: the name in Chinese, where it has one (RFC 6266 §5).
    init(
        _ format: Format, named name: String, title: String? = nil, bytes: [UInt8], lastModified: Int64?,
        fields: HTTPFields = [:]
    ) {
        self.init(mediaType: format.mediaType, bytes: bytes, lastModified: lastModified, fields: fields)
        guard format == .xlsx else { return }
        let full = title.map { "; filename*=UTF-8''\(PercentEncoding.encode($0 + ".xlsx"))" } ?? ""
        self.fields[.contentDisposition] = "attachment; filename=\"\(name).xlsx\"\(full)"
    }

    /// Shorter bodies are sent as they are: gzip would not make them smaller.
    private static let gzipBytesMin = 1024

    /// The answer to a GET: 304 where the client has it already, else 200; gzip where it is welcome and worth it.
    ///
    /// - Throws: ``Problem/Code/preconditionFailed`` where the client demands another; what ``content`` throws.
    func response(to request: Request, cacheControl: String) throws -> Response {
        guard !request.demandsWhatIsKnown || current.permits(request) else { throw Problem.preconditionFailed }
        var fields = fields
        fields[.cacheControl] = cacheControl
        fields[.vary] = "Accept, Accept-Encoding" + (fields[.vary].map { ", " + $0 } ?? "")
        if let lastModified { fields[.lastModified] = HTTPDate(secondsSince1970: Int(lastModified)).description }
        if let known = knownTag(request) {
            fields[.eTag] = known
            return Response(.notModified, fields: fields)
        }
        var bytes = try content()
        fields[.contentType] = mediaType
        let accepted = request.acceptedCodings
        let isCompressed = accepted.gzip && (bytes.count > Self.gzipBytesMin || !accepted.identity)
        if isCompressed {
            bytes = try Gzip.compress(bytes, level: 5)
            fields[.contentEncoding] = "gzip"
        }
        fields[.eTag] = isCompressed ? gzipTag : plainTag
        return Response(.ok, fields: fields, body: .bytes(bytes))
    }

    private var plainTag: String { "\"\(tag)\"" }
    /// Another representation has another strong tag (RFC 9110 §8.8.3.3).
    private var gzipTag: String { "\"\(tag)-gzip\"" }

    /// The tags of the plain and of the compressed content.
    static func tags(_ opaque: [UInt8]) -> [EntityTag] {
        [EntityTag(opaque), EntityTag(opaque + Array("-gzip".utf8))]
    }

    private var current: CurrentRepresentation {
        CurrentRepresentation(tags: Self.tags(Array(tag.utf8)), lastModified: lastModified)
    }

    /// The tag of the representation that the client has, where it is the current one.
    private func knownTag(_ request: Request) -> String? {
        if let field = request.bytes(of: .ifNoneMatch) {
            guard let condition = EntityTagCondition(field) else { return nil }
            let plain = condition.contains(EntityTag(Array(tag.utf8)))
            if plain { return plainTag }
            return condition.contains(EntityTag(Array("\(tag)-gzip".utf8))) ? gzipTag : nil
        }
        // If-None-Match goes before If-Modified-Since (RFC 9110 §13.2.2).
        guard let lastModified, let field = request.bytes(of: .ifModifiedSince), let since = HTTPDate(field) else {
            return nil
        }
        return lastModified <= Int64(since.secondsSince1970) ? plainTag : nil
    }
}

extension Request {
    /// Whether the client takes gzip at least as gladly as the plain bytes, and whether it takes these.
    var acceptedCodings: (gzip: Bool, identity: Bool) {
        guard let field = bytes(of: .acceptEncoding) else { return (false, true) }
        let names = WeightedNames(field)
        // The old name is to be taken for the same (RFC 9110 §8.4.1.3).
        return (names.bestCoding(of: ["gzip", "x-gzip"]) != nil, names.accepts(coding: "identity"))
    }
}
