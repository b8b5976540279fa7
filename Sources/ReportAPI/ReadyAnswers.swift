internal import HTTPServer
internal import HTTPTypes
internal import ReportStore
internal import Reports
internal import Synchronization

/// The last answers of one event loop, ready to be sent again: body, fields and tag.
///
/// Not Sendable on purpose: each loop has its own, so there is neither a lock nor a contended reference count. An
/// answer is good for as long as nothing was written (``Store/version(reader:)``); after a write each is looked up anew
/// when it is asked for. An answer is kept when it is asked for a second time: one who walks through all reports must not
/// push out those that are polled, nor pay for keeping what nobody wants.
final class ReadyAnswers {
    private struct Ready {
        let path: [UInt8]
        let query: [UInt8]?
        let acceptsGzip: Bool
        let tag: EntityTag
        /// That of the same content in the other coding.
        let otherTag: EntityTag
        /// The tag as it stands in a field: most clients send back the one that they got.
        let tagField: [UInt8]
        /// Nil where only clients that have it already have asked.
        let found: Response?
        let notModified: Response
        /// What it takes in memory, nearly.
        let byteCount: Int
        let version: Int
    }

    /// What a request must be to get a ready answer: a plain GET or HEAD, also with a query.
    struct Key: Sendable {
        fileprivate let hash: UInt64
        fileprivate let path: ArraySlice<UInt8>
        fileprivate let query: ArraySlice<UInt8>?
        fileprivate let acceptsGzip: Bool

        /// The key of a request; nil for one whose answer depends on more than its path and coding.
        init?(_ request: Request) {
            guard request.method == .get || request.method == .head,
                (request.query?.count ?? 0) <= ReadyAnswers.queryMax,
                request.bytes(of: .ifModifiedSince) == nil || request.bytes(of: .ifNoneMatch) != nil,
                ReadyAnswers.acceptsJSON(request), !request.demandsWhatIsKnown,
                !ReadyAnswers.timed.contains(where: { request.path.starts(with: $0) })
            else { return nil }
            let accepted = request.acceptedCodings
            guard accepted.identity else { return nil }
            path = request.path
            query = request.query
            acceptsGzip = accepted.gzip
            var hash = StableHash()
            hash.add(path)
            if let query {
                hash.add([UInt8(ascii: "?")])
                hash.add(query)
            }
            self.hash = hash.value ^ (acceptsGzip ? 1 : 0)
        }
    }

    /// Longer questions are asked by nobody who polls.
    private static let queryMax = 1_024
    private static let any = Array("*/*".utf8)
    private static let json = Array("application/json".utf8)
    /// What changes with time alone: how long an upload will take, and the years that there can be reports for.
    private static let timed = ["/uploads/", "/openapi.json", "/docs"].map { Array($0.utf8) }

    /// Whether JSON is asked for in one of the two commonest ways; any other is negotiated.
    static func acceptsJSON(_ request: Request) -> Bool {
        guard let field = request.bytes(of: .accept) else { return true }
        return field.elementsEqual(any) || field.elementsEqual(json)
    }

    private let store: Store
    private let loop: Int
    private let bytesMax: Int
    private var bytes = 0
    private var answers: [UInt64: Ready] = [:]
    private let inbox = Inbox()
    /// What was asked for once: the hash of a key in the place that its low bits name, until another takes the place.
    private var seen = [UInt64](repeating: 0, count: 4096)
    /// The version of what the last request saw.
    private var version: Int?

    /// - Parameters:
    ///   - store: whose reports the answers hold.
    ///   - loop: the number of the event loop.
    ///   - bytesMax: how many bytes of bodies are kept; when they are more, all are dropped and collected anew.
    init(store: Store, loop: Int, bytesMax: Int) {
        self.store = store
        self.loop = loop
        self.bytesMax = bytesMax
    }

    private func drop() {
        answers.removeAll(keepingCapacity: true)
        bytes = 0
    }

    /// Answers that were made off the loop, until it takes them.
    private final class Inbox: Sendable {
        private let isFull = Atomic(false)
        private let delivered = Mutex<[(response: Response, key: Key, version: Int)]>([])

        func put(_ response: Response, _ key: Key, version: Int) {
            delivered.withLock { delivered in
                delivered.append((response, key, version))
                isFull.store(true, ordering: .relaxed)
            }
        }

        func take() -> [(response: Response, key: Key, version: Int)] {
            guard isFull.load(ordering: .relaxed) else { return [] }
            return delivered.withLock { delivered in
                isFull.store(false, ordering: .relaxed)
                defer { delivered = [] }
                return delivered
            }
        }
    }

    /// The ready answer; nil where there is none or something was written since it was made.
    func answer(_ key: Key, _ request: Request) -> Response? {
        version = try? store.version(reader: loop)
        for answer in inbox.take() { keep(answer.response, answer.key, version: answer.version) }
        guard let ready = answers[key.hash], ready.version == version, ready.acceptsGzip == key.acceptsGzip,
            ready.path.elementsEqual(key.path), ready.query.map({ $0[...] }) == key.query
        else { return nil }
        guard let field = request.bytes(of: .ifNoneMatch) else { return ready.found }
        if field.elementsEqual(ready.tagField) { return ready.notModified }
        guard let condition = EntityTagCondition(field) else { return ready.found }
        if condition.contains(ready.tag) { return ready.notModified }
        // Who has it in the other coding is told so under that tag, which the route knows.
        return condition.contains(ready.otherTag) ? nil : ready.found
    }

    /// Keeps the answer that a route gave where ``answer(_:_:)`` had none, when it is not the first to this key in a
    /// while: it shows the version seen then, or a later one.
    func keep(_ response: Response, _ key: Key) {
        if let version, isAskedAgain(key) { keep(response, key, version: version) }
    }

    /// The same for an answer that is yet to be made, off the loop: what is to be told of it; nil where it is not kept.
    func keeper(for key: Key) -> (@Sendable (Response) -> Void)? {
        guard let version, isAskedAgain(key) else { return nil }
        return { [inbox] response in inbox.put(response, key, version: version) }
    }

    private func isAskedAgain(_ key: Key) -> Bool {
        let place = Int(key.hash % UInt64(seen.count))
        defer { seen[place] = key.hash }
        return seen[place] == key.hash
    }

    private func keep(_ response: Response, _ key: Key, version: Int) {
        guard let tag = response.fields[.eTag] else { return }
        var found: Response?
        var byteCount = Self.overheadBytes
        switch (response.status, response.body) {
        case (.ok, .bytes(let body)):
            found = Response(.ok, prepared: PreparedFields(response.fields), body: response.body)
            byteCount += body.count
        case (.notModified, _): break
        default: return
        }
        guard byteCount <= bytesMax else { return }
        if let old = answers.removeValue(forKey: key.hash) { bytes -= old.byteCount }
        if bytes + byteCount > bytesMax { drop() }
        bytes += byteCount
        let content = Array(tag.utf8.dropFirst().dropLast())
        let opaque = EntityTag(content)
        let suffix = Array("-gzip".utf8)
        let other =
            content.suffix(suffix.count) == suffix[...] ? Array(content.dropLast(suffix.count)) : content + suffix
        answers[key.hash] = Ready(
            path: Array(key.path), query: key.query.map { Array($0) }, acceptsGzip: key.acceptsGzip, tag: opaque,
            otherTag: EntityTag(other), tagField: opaque.bytes, found: found,
            notModified: Response(.notModified, prepared: PreparedFields(Self.withoutContent(response.fields))),
            byteCount: byteCount, version: version)
    }

    /// The fields and the path of an answer, twice over.
    private static let overheadBytes = 1024

    /// The fields of a 304: what the 200 would say of caching, without what describes the content (RFC 9110 §15.4.5).
    private static func withoutContent(_ fields: HTTPFields) -> HTTPFields {
        var fields = fields
        fields[.contentType] = nil
        fields[.contentEncoding] = nil
        return fields
    }
}
