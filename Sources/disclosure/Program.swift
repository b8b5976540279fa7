import Foundation
import HTTPServer
import Logging
import ReportAPI
import ReportIngest
import ReportStore

/// A running service as a value: started, reached at its address, and stopped.
struct Program: Sendable {
    /// Where it listens.
    let address: PeerAddress
    /// Whether reports may be stored.
    let allowsWrites: Bool
    let store: Store

    private let server: Server
    private let service: Service
    private let stopSeconds: Double
    private let heapWatch: Task<Void, Never>

    /// Why it could not start, in one line.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The time, in seconds since 1970: that of the `Date` field, so that nothing seems to have changed later.
    static let clock: @Sendable () -> Int64 = { Int64(HTTPDate.now.secondsSince1970) }

    /// Opens the database, binds the address, and serves.
    ///
    /// - Parameter prepare: what is done with the database before anybody is answered.
    static func start(
        _ settings: Settings, logger: Logger, prepare: (Store) async throws -> Void = { _ in }
    ) async throws -> Program {
        let store = try await open(settings, logger)
        do {
            try await prepare(store)
        } catch {
            try await store.close()
            throw error
        }
        DescriptorLimit.raise()
        let inherited = try InheritedSocket.passed(environment: ProcessInfo.processInfo.environment)
        if store.isReadOnly {
            logger.warning("the database is on a disk that cannot be written; nothing can be stored")
        } else {
            try makeFolder(URL(filePath: settings.uploadFolder))
        }
        let allowsWrites = inherited?.address.isLoopback ?? isLoopback(settings.host)
        let service = service(store, settings, allowsWrites, logger)
        let server = Server(
            limits: settings.limits, renderProtocolError: Service.renderer(settings.limits),
            onEvent: { log($0, logger) }, tellsRequests: logger.logLevel <= .debug,
            makeHandler: { service.makeHandler(loop: $0) })
        let address: PeerAddress
        do {
            address = try await listen(server, inherited, settings)
        } catch {
            try await store.close()
            throw Failure(description: "\(settings.host) port \(settings.port): \(error)")
        }
        if allowsWrites, !store.isReadOnly { await start(service, logger) }
        return Program(
            address: address, allowsWrites: allowsWrites, store: store, server: server, service: service,
            stopSeconds: settings.stopSeconds, heapWatch: Task.detached(priority: .background) { await HeapWatch.run() }
        )
    }

    /// A database that cannot be written at this moment can be read nevertheless.
    private static func start(_ service: Service, _ logger: Logger) async {
        do {
            try await service.start()
        } catch {
            logger.warning("nothing can be stored", metadata: ["error": "\(error)"])
        }
    }

    static func open(_ settings: Settings, _ logger: Logger) async throws -> Store {
        let regions = try Regions.load(settings, logger: logger)
        var options = settings.store
        options.pointReaders = settings.limits.eventLoopsMax ?? min(4, ProcessInfo.processInfo.activeProcessorCount)
        do {
            try makeFolder(of: settings.databasePath)
            return try await Store.open(settings.databasePath, options: options, regions: regions, clock: clock)
        } catch {
            throw Failure(description: "\(settings.databasePath): \(error)")
        }
    }

    /// Listens on the socket that systemd passed, or on an own one.
    private static func listen(
        _ server: Server, _ inherited: InheritedSocket?, _ settings: Settings
    ) async throws -> PeerAddress {
        guard let inherited else {
            return try await server.start(
                host: settings.host, port: UInt16(settings.port), sharesPort: settings.sharesPort)
        }
        try await server.start(on: inherited)
        return inherited.address
    }

    /// Finishes the requests in flight, closes the connections, and the database.
    func stop() async throws {
        heapWatch.cancel()
        await service.close()
        await server.stop(graceSeconds: stopSeconds)
        try await store.close()
    }

    /// `http://127.0.0.1:8080`
    var url: String { "http://\(address)" }

    static func service(
        _ store: Store, _ settings: Settings, _ allowsWrites: Bool, _ logger: Logger
    ) -> Service {
        var surface = Service.Settings(clock: clock)
        surface.cacheControl = settings.cacheControl
        surface.corsOrigins = settings.corsOrigins
        surface.allowsWrites = allowsWrites
        surface.readyBytesMax = settings.answersBytes
        surface.placesBytesMax = settings.placesBytes
        surface.documentLimits = settings.documents
        surface.bulkLimits = settings.uploads
        surface.uploadBytesMax = settings.limits.bodyBytesMax
        surface.uploadFolder = settings.uploadFolder
        surface.answerSeconds = settings.limits.handlerSeconds / 3
        surface.uploadKeepSeconds = Int64(settings.uploadKeepDays) * 86_400
        return Service(store: store, settings: surface) { error, request in
            guard let request else {
                return logger.warning("an accepted upload waits, or has failed", metadata: ["error": "\(error)"])
            }
            logger.error("request failed", metadata: ["request": "\(request)", "error": "\(error)"])
        }
    }

    static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }

    static func makeFolder(of path: String) throws {
        try makeFolder(URL(filePath: path).deletingLastPathComponent())
    }

    static func makeFolder(_ folder: URL) throws {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw Failure(description: "the folder cannot be made")
        }
    }

    private static func log(_ event: ServerEvent, _ logger: Logger) {
        switch event {
        case .requestCompleted(let request, let status, let bodyBytes, let elapsed):
            // The message is made only where the level asks for it: this is the hot path.
            logger.debug(
                "\(request.method) \(String(decoding: request.target, as: UTF8.self).printable) \(status)",
                metadata: ["request": "\(request.id)", "bytes": "\(bodyBytes)", "duration": "\(elapsed.duration)"])
        case .protocolError(let error, let peer):
            logger.info("refused", metadata: ["error": "\(error)", "peer": "\(peer)"])
        case .acceptBackoff(let reason):
            logger.warning("accepting pauses", metadata: ["reason": "\(reason)"])
        case .refused(let peer):
            logger.info("refused", metadata: ["error": "connectionsPerAddress", "peer": "\(peer)"])
        case .accepted, .closed: break
        }
    }
}
