internal import HTTPServer
internal import HTTPTypes
internal import ReportStore
internal import Reports

/// The last answers of one event loop, ready to be sent again: body, fields and tag.
///
/// Not Sendable on purpose: each loop has its own, so there is neither a lock nor a contended reference count. An
/// answer is good for as long as nothing was written; after a write each is looked up anew when it is asked for. What
/// other programs write is noticed within a tenth of a second. An answer is kept when it is asked for a second time:
/// one who walks through all reports must not push out those that are polled, nor pay for keeping what nobody wants.
final class ReadyAnswers {
    private struct Ready {
        let path: [UInt8]
        let acceptsGzip: Bool
        /// The tag without its quotes.
        let tag: [UInt8]
        let found: Response
        let notModified: Response
        /// The length of the body.
        let byteCount: Int
        let writeCount: UInt64
    }

    /// What a request must be to get a ready answer: a plain GET or HEAD of a path.
    struct Key {
        fileprivate let hash: UInt64
        fileprivate let path: ArraySlice<UInt8>
        fileprivate let acceptsGzip: Bool

        /// The key of a request; nil for one whose answer depends on more than its path and coding.
        init?(_ request: Request) {
            guard request.method == .get || request.method == .head, request.query == nil,
                request.bytes(of: .ifModifiedSince) == nil || request.bytes(of: .ifNoneMatch) != nil,
                Self.acceptsJSON(request.bytes(of: .accept))
            else { return nil }
            path = request.path
            acceptsGzip = request.acceptsGzip
            var hash = StableHash()
            hash.add(path)
            self.hash = hash.value ^ (acceptsGzip ? 1 : 0)
        }

        private static let any = Array("*/*".utf8)
        private static let json = Array("application/json".utf8)

        /// The two commonest ways to ask for JSON; any other is negotiated.
        private static func acceptsJSON(_ field: ArraySlice<UInt8>?) -> Bool {
            guard let field else { return true }
            return field.elementsEqual(any) || field.elementsEqual(json)
        }
    }

    private static let foreignWritesSeenWithin = Duration.milliseconds(100)

    private let store: Store
    private let loop: Int
    private let bytesMax: Int
    private var bytes = 0
    private var answers: [UInt64: Ready] = [:]
    /// What was asked for once: the hash of a key in the place that its low bits name, until another takes the place.
    private var seen = [UInt64](repeating: 0, count: 4096)
    private var foreignVersion: Int?
    private var lookedAt = ContinuousClock.now

    /// - Parameters:
    ///   - store: whose reports the answers hold.
    ///   - loop: the number of the event loop.
    ///   - bytesMax: how many bytes of bodies are kept; when they are more, all are dropped and collected anew.
    init(store: Store, loop: Int, bytesMax: Int) {
        self.store = store
        self.loop = loop
        self.bytesMax = bytesMax
    }

    /// Drops everything when another program has written.
    private func lookForForeignWrites() {
        let now = ContinuousClock.now
        guard foreignVersion == nil || now - lookedAt > Self.foreignWritesSeenWithin else { return }
        lookedAt = now
        let version = try? store.foreignVersion(reader: loop)
        if version != foreignVersion || version == nil { drop() }
        foreignVersion = version
    }

    private func drop() {
        answers.removeAll(keepingCapacity: true)
        bytes = 0
    }

    /// The ready answer; nil where there is none or something was written since it was made.
    func answer(_ key: Key, _ request: Request, writeCount: UInt64) -> Response? {
        lookForForeignWrites()
        guard let ready = answers[key.hash], ready.writeCount == writeCount, ready.acceptsGzip == key.acceptsGzip,
            ready.path.elementsEqual(key.path)
        else { return nil }
        guard let field = request.bytes(of: .ifNoneMatch) else { return ready.found }
        // Most clients send back the one tag that they got.
        let isSame = field.count == ready.tag.count + 2 && field.dropFirst().dropLast().elementsEqual(ready.tag)
        let isKnown = isSame || EntityTagCondition(field)?.contains(EntityTag(ready.tag)) == true
        return isKnown ? ready.notModified : ready.found
    }

    /// Keeps the answer that a route gave, when it is not the first to this key in a while.
    func keep(_ response: Response, _ key: Key, writeCount: UInt64) {
        let place = Int(key.hash % UInt64(seen.count))
        guard seen[place] == key.hash else {
            seen[place] = key.hash
            return
        }
        guard response.status == .ok, case .bytes(let body) = response.body, let tag = response.fields[.eTag] else {
            return
        }
        guard body.count <= bytesMax else { return }
        if let old = answers.removeValue(forKey: key.hash) { bytes -= old.byteCount }
        if bytes + body.count > bytesMax { drop() }
        bytes += body.count
        answers[key.hash] = Ready(
            path: Array(key.path), acceptsGzip: key.acceptsGzip, tag: Array(tag.utf8.dropFirst().dropLast()),
            found: Response(.ok, prepared: PreparedFields(response.fields), body: response.body),
            notModified: Response(.notModified, prepared: PreparedFields(Self.withoutContent(response.fields))),
            byteCount: body.count, writeCount: writeCount)
    }

    /// The fields of a 304: what the 200 would say of caching, without what describes the content (RFC 9110 §15.4.5).
    private static func withoutContent(_ fields: HTTPFields) -> HTTPFields {
        var fields = fields
        fields[.contentType] = nil
        fields[.contentEncoding] = nil
        return fields
    }
}
