internal import Foundation
public import HTTPServer
internal import HTTPTypes
public import ReportIngest
public import ReportStore
internal import Reports

/// The REST surface over a store: a request in, a response out.
public struct Service: Sendable {
    /// What the surface is told by the configuration.
    public struct Settings: Sendable {
        /// The value of `Cache-Control` for what can be kept.
        public var cacheControl = "no-cache"
        /// Origins whose pages may read: `*` for all.
        public var corsOrigins = ["*"]
        /// Whether reports may be stored. Without tokens that is for a loopback address alone.
        public var allowsWrites = false
        /// How many bytes of ready answers each event loop keeps.
        public var readyBytesMax = 8 << 20
        /// How many bytes each event loop keeps of where reports are: 56 to 110 for each that was asked for.
        public var placesBytesMax = 64 << 20
        /// The limits of one document.
        public var documentLimits = IngestLimits()
        /// Bytes of an upload of many, inflated from its content coding.
        public var uploadBytesMax = 4 << 30
        /// Tables of reports up to so many bytes are made before they are sent, so that they have a tag and are not sent again
        /// to those who poll them. For longer ones that much is made twice.
        public var wholeTableBytesMax = 1 << 20
        /// How much an upload of many may be; bytes of one item are those of a document.
        public var bulkLimits = BulkLimits()
        /// Where uploads stand on the disk while they are worked on: a folder that is there.
        public var uploadFolder = "/tmp"
        /// Where workbooks are made: not beside the database, which may be on a disk that is full or only read.
        public var temporaryFolder = FileManager.default.temporaryDirectory.path
        /// After so many seconds the answer to an upload of many is begun, whether it is there or not.
        public var answerSeconds = 20.0
        /// How long the results of an upload are kept after its end, in seconds: 30 days.
        public var uploadKeepSeconds: Int64 = 30 * 86_400
        /// The time, in seconds since 1970.
        public var clock: @Sendable () -> Int64

        /// The defaults, with a clock.
        public init(clock: @escaping @Sendable () -> Int64) {
            self.clock = clock
        }
    }

    /// The release, which the tags of answers depend on.
    public static let version = "0.1.0"

    let store: Store
    let settings: Settings
    let ingestor: Ingestor
    let bulkIngestor: BulkIngestor
    let changes: ChangeHub
    let worker: UploadWorker
    let router: Router<Route>
    /// The first second in which no process before this one can have answered, in seconds since 1970.
    let startedAt: Int64
    /// Told of errors that should not happen, with the request's number; nil for what makes accepted uploads wait, or fail.
    private let onError: @Sendable (any Error, UInt64?) -> Void

    /// Makes the surface.
    ///
    /// - Parameter onError: told of errors whose cause is not the client, with the number of the request; without one of
    ///   what makes accepted uploads wait, or fail.
    public init(
        store: Store, settings: Settings, onError: @escaping @Sendable (any Error, UInt64?) -> Void = { _, _ in }
    ) {
        self.store = store
        self.settings = settings
        ingestor = Ingestor(store: store, limits: settings.documentLimits)
        let bulkIngestor = BulkIngestor(store: store, limits: settings.documentLimits)
        let changes = ChangeHub(store: store)
        self.bulkIngestor = bulkIngestor
        self.changes = changes
        worker = UploadWorker(
            store: store, ingestor: bulkIngestor, limits: settings.limitsOfMany, folder: settings.uploadFolder,
            keepSeconds: settings.uploadKeepSeconds, clock: settings.clock,
            onChange: { changes.signal() }, onFault: { onError($0, nil) })
        router = Route.router()
        startedAt = settings.clock() + 1
        self.onError = onError
    }

    /// A handler for one event loop, with ready answers of its own.
    public func makeHandler(loop: Int) -> Handler {
        let known = KnownReports(self, loop: loop)
        let ready = ReadyAnswers(store: store, loop: loop, bytesMax: settings.readyBytesMax)
        let dependsOnOrigin = answersDependOnOrigin
        return { request in
            if let response = known?.answer(request) { return .now(response) }
            guard let key = ReadyAnswers.Key(request), !(dependsOnOrigin && request[.origin] != nil) else {
                return handle(request)
            }
            return ready.answer(key, request).map { .now($0) } ?? handle(request, keeping: (ready, key))
        }
    }

    /// Goes on with the uploads that the process before this one left.
    ///
    /// - Throws: why nothing can be written at this moment; uploads will be worked on when that has passed.
    public func start() async throws {
        worker.wake()
        try await store.releaseKeys(now: settings.clock())
    }

    /// Ends the streams of changes, so that a server that stops need not wait for listeners, and the work on uploads,
    /// which the next process goes on with.
    public func close() async {
        changes.close()
        await worker.close()
    }

    /// Answers a request: at once where a read by key is enough, else later, off the event loop.
    public func handle(_ request: Request) -> Answer { handle(request, keeping: nil) }

    /// - Parameter keeping: where the answer is kept for who asks again, and under which key.
    private func handle(_ request: Request, keeping: (ready: ReadyAnswers, key: ReadyAnswers.Key)?) -> Answer {
        switch reply(request) {
        case .now(let response):
            let response = dated(response)
            keeping.map { $0.ready.keep(response, $0.key) }
            return .now(response)
        case .snapshot(let respond):
            let keep = keeping.flatMap { $0.ready.keeper(for: $0.key) }
            return .later {
                let response = dated(await respond())
                keep?(response)
                return response
            }
        case .later(let respond): return .later { dated(await respond()) }
        }
    }

    /// An answer with times of change as they are kept: each change of a report has its own.
    enum Reply {
        case now(Response)
        /// Off the event loop, from one snapshot: it stays the same for as long as nothing is written.
        case snapshot(@concurrent @Sendable () async -> Response)
        case later(@concurrent @Sendable () async -> Response)
    }

    /// Answers a request as the routes do.
    func reply(_ request: Request) -> Reply {
        switch router.match(request.method, request.path) {
        case .found(let route, let segments):
            return answer(route, segments, request)
        case .notFound:
            return .now(finished(notFound.response(Language(request), request: request.id), request))
        case .methodNotAllowed(let methods):
            return .now(finished(methodNotAllowed(methods).response(Language(request), request: request.id), request))
        case .notImplemented:
            return .now(finished(notImplemented.response(Language(request), request: request.id), request))
        case .options(let methods):
            return .now(finished(options(methods), request))
        case .malformedPath:
            return .now(finished(malformedPath.response(Language(request), request: request.id), request))
        }
    }

    /// Renders errors of the wire as problems. The head of such a request is not read to its end, so nobody knows which
    /// language the client would like: its detail is in both.
    ///
    /// - Parameter limits: those of the server.
    public static func renderer(_ limits: Limits) -> @Sendable (ProtocolError) -> Response {
        { error in
            var response = Problem(error, limits).inBothLanguages.response(.english, status: error.status)
            response.fields[.xContentTypeOptions] = "nosniff"
            return response
        }
    }
}

extension Service {
    private func answer(_ route: Route, _ segments: [[UInt8]], _ request: Request) -> Reply {
        let call: Call
        do {
            call = Call(
                request: request, path: try path(segments),
                query: try Query(request.query, known: route.parameters, filters: route.filters),
                language: Language(request))
        } catch {
            return .now(finished(error.response(Language(request), request: request.id), request))
        }
        let longer = route.longer.flatMap { $0.asks(call) ? $0.action : nil }
        switch longer ?? route.action {
        case .now(let action):
            return atOnce(call) { try action(self, call) }
        case .read(let action):
            return atOnce(call) { try reading { reading in try following(call) { try action(reading, $0) } } }
        case .quickRead(let quick, let action):
            do {
                if let response = try reading({ reading in try quick(reading, call) }) {
                    return .now(finished(response, request))
                }
            } catch {
                return failure(error, call)
            }
            return long(call, isHeavy: true, action)
        case .heavyRead(let action):
            return long(call, isHeavy: true, action)
        case .longRead(let action):
            return long(call, action)
        case .later(let action):
            return .later {
                // Listeners are told at once of what was written.
                defer { if request.method != .get { changes.signal() } }
                return await respond(call) {
                    try await requirePreconditions(call)
                    return try await following(call) { try await action(self, $0) }
                }
            }
        }
    }

    private func long(
        _ call: Call, isHeavy: Bool = false, _ action: @escaping @Sendable (Reading, Call) throws -> Response
    ) -> Reply {
        .snapshot {
            await respond(call) {
                try await readingLong(isHeavy: isHeavy) { reading in try following(call) { try action(reading, $0) } }
            }
        }
    }

    private func atOnce(_ call: Call, _ action: () throws -> Response) -> Reply {
        do {
            return .now(finished(try action(), call.request))
        } catch {
            return failure(error, call)
        }
    }

    /// What an action on the loop could not do: at once but where the nearest names are sought.
    private func failure(_ error: any Error, _ call: Call) -> Reply {
        guard let unknown = error as? UnknownAgency else { return .now(failed(error, call)) }
        return .later { await respond(call) { try await suggest(unknown) } }
    }

    func path(_ segments: [[UInt8]]) throws(Problem) -> [String] {
        let texts = segments.compactMap { String(validating: $0, as: UTF8.self) }
        guard texts.count == segments.count else { throw malformedPath }
        return texts
    }

    /// Runs an action; where what was asked for stands under another name now, runs it there and answers with a
    /// redirection that holds the content, for those who do not follow.
    private func following(_ call: Call, _ action: (Call) throws -> Response) throws -> Response {
        do {
            return try action(call)
        } catch let moved as MovedToAgency {
            return redirection(try following(call.moved(to: moved.name), action), call, moved)
        }
    }

    private func following(
        _ call: Call, _ action: (Call) async throws -> Response
    ) async throws -> Response {
        do {
            return try await action(call)
        } catch let moved as MovedToAgency {
            return redirection(try await following(call.moved(to: moved.name), action), call, moved)
        }
    }

    private func redirection(_ response: Response, _ call: Call, _ moved: MovedToAgency) -> Response {
        guard response.status == .ok else { return response }
        var response = response
        response.status = .movedPermanently
        response.fields[.location] = call.address(under: moved.name)
        // The tag is that of the resource at its own address.
        response.fields[.eTag] = nil
        response.fields[.lastModified] = nil
        return response
    }

    private func respond(_ call: Call, _ action: @Sendable () async throws -> Response) async -> Response {
        do {
            return finished(try await action(), call.request)
        } catch let unknown as UnknownAgency {
            return await respond(call) { try await suggest(unknown) }
        } catch {
            return failed(error, call)
        }
    }

    private func failed(_ error: any Error, _ call: Call) -> Response {
        finished(noted(error, call).response(call.language, request: call.request.id), call.request)
    }

    /// The problem of an error, which is told of where its cause is not the client.
    func noted(_ error: any Error, _ call: Call) -> Problem {
        let problem = Problem(any: error)
        if [.internal, .databaseDamaged].contains(problem.code) { onError(error, call.request.id) }
        return problem
    }

    private func suggest(_ unknown: UnknownAgency) async throws -> Response {
        let names = try await store.suggestions(for: unknown.name).map { JSONValue.string($0.name) }
        let hint = names.isEmpty ? "" : " The nearest names are in “suggestions”."
        throw Problem(
            .agencyNotFound, "No agency is named “\(unknown.name)”.\(hint)", chinese: "没有名为“\(unknown.name)”的机关。",
            members: ["suggestions": .array(names)].merging(
                unknown.parameter.map { ["parameter": .string($0)] } ?? [:], uniquingKeysWith: { first, _ in first }))
    }

    private var malformedPath: Problem {
        Problem(.badRequest, "The path is not percent-encoded UTF-8.", chinese: "路径不是百分号编码的 UTF-8。")
    }

    private var notFound: Problem {
        Problem(.notFound, "Nothing is at this path. GET / lists what there is.", chinese: "此路径无内容，GET / 列出全部资源。")
    }

    private var notImplemented: Problem {
        Problem(.notImplemented, "No path knows this method.", chinese: "所有路径均不支持该方法。")
    }

    private func methodNotAllowed(_ methods: [HTTPRequest.Method]) -> Problem {
        let allow = methods.map(\.rawValue).joined(separator: ", ")
        return Problem(.methodNotAllowed, "Allowed here: \(allow).", chinese: "此处允许：\(allow)。", fields: [.allow: allow])
    }
}

extension Service {
    /// OPTIONS, and a browser's preflight with it (Fetch standard, CORS protocol).
    private func options(_ methods: [HTTPRequest.Method]) -> Response {
        let allow = methods.map(\.rawValue).joined(separator: ", ")
        return Response(
            .noContent,
            fields: [
                .allow: allow, .accessControlAllowMethods: "GET, HEAD", .accessControlMaxAge: "86400",
                .accessControlAllowHeaders: "Accept, Accept-Language, If-None-Match, If-Modified-Since",
            ])
    }

    /// Whether answers tell one asking page from another.
    var answersDependOnOrigin: Bool { !settings.corsOrigins.isEmpty && !settings.corsOrigins.contains("*") }

    /// A time of change as the client is told of it, never later than the clock (RFC 9110 §8.8.2.1): of changes within one
    /// second each is a second later than the one before.
    func notInFuture(_ seconds: Int64) -> HTTPDate {
        HTTPDate(secondsSince1970: Int(min(seconds, settings.clock())))
    }

    private func dated(_ response: Response) -> Response {
        guard let text = response.fields[.lastModified], let date = HTTPDate(text.utf8) else { return response }
        var response = response
        response.fields[.lastModified] = notInFuture(Int64(date.secondsSince1970)).description
        return response
    }

    /// What every answer carries.
    func finished(_ response: Response, _ request: Request) -> Response {
        var response = response
        // What has a tag has been held to the request's preconditions where its answer was made.
        if request.demandsWhatIsKnown, [.get, .head].contains(request.method), response.fields[.eTag] == nil,
            CurrentRepresentation(of: response)?.permits(request) == false
        {
            response = Problem.preconditionFailed.response(Language(request), request: request.id)
        }
        response.fields[.xContentTypeOptions] = "nosniff"
        if answersDependOnOrigin {
            // Without an Origin, too: a cache keeps the answers apart by what they say.
            response.fields[.vary] = (response.fields[.vary].map { $0 + ", " } ?? "") + "Origin"
            guard let origin = request[.origin], settings.corsOrigins.contains(origin) else { return response }
            response.fields[.accessControlAllowOrigin] = origin
        } else if settings.corsOrigins.contains("*") {
            response.fields[.accessControlAllowOrigin] = "*"
        } else {
            return response
        }
        response.fields[.accessControlExposeHeaders] = "ETag, Link, Location, Retry-After"
        return response
    }
}

extension Service.Settings {
    /// The limits of an upload of many and of each document in it.
    var limitsOfMany: BulkLimits {
        var limits = bulkLimits
        limits.itemBytesMax = documentLimits.bytesMax
        limits.lineBytesMax = documentLimits.bytesMax
        return limits
    }
}
