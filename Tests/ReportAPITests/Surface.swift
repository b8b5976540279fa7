import Foundation
import HTTPServer
import HTTPTypes
import ReportAPI
import ReportIngest
import ReportStore
import Reports
import Support
import Synchronization

/// The two ways in which every test of the surface asks.
enum Way: String, CaseIterable, Sendable, CustomStringConvertible {
    /// `Service.handle`, without sockets.
    case direct
    /// A live server on a free port.
    case wire

    var description: String { rawValue }
}

/// A service over an empty store, asked in one of two ways.
struct Surface {
    let way: Way
    let folder: TemporaryFolder
    let store: Store
    let service: Service
    let clock: Clock
    let settings: Service.Settings
    /// Errors that should not happen.
    let failures: Failures
    private let address: PeerAddress?
    private let server: Server?

    /// Runs a body with a surface that is taken down afterwards.
    static func run(
        _ way: Way, limits: Limits = .patient, regions: RegionDirectory = .empty,
        _ change: (inout Service.Settings) -> Void = { _ in }, _ body: (Surface) async throws -> Void
    ) async throws {
        let surface = try await Surface(way, limits, regions, change)
        do {
            try await body(surface)
        } catch {
            try await surface.end()
            throw error
        }
        try await surface.end()
    }

    private init(
        _ way: Way, _ limits: Limits, _ regions: RegionDirectory, _ change: (inout Service.Settings) -> Void
    ) async throws {
        let clock = Clock()
        let folder = try TemporaryFolder()
        var settings = Service.Settings(clock: { clock.now })
        settings.allowsWrites = true
        // Where every core is busy with other tests, an answer may take long.
        settings.answerSeconds = 600
        settings.uploadFolder = folder.url.appending(path: "uploads").path
        try FileManager.default.createDirectory(atPath: settings.uploadFolder, withIntermediateDirectories: true)
        change(&settings)
        let failures = Failures()
        let store = try await Store.open(folder.path(), regions: regions) { clock.now }
        let service = Service(store: store, settings: settings) { error, _ in failures.add(error) }
        self.way = way
        self.folder = folder
        self.store = store
        self.service = service
        self.clock = clock
        self.settings = settings
        self.failures = failures
        switch way {
        case .direct: (server, address) = (nil, nil)
        case .wire:
            let live = Server(
                limits: limits, renderProtocolError: Service.renderer(limits),
                makeHandler: { service.makeHandler(loop: $0) })
            server = live
            address = try await live.start()
        }
        if settings.allowsWrites { try await service.start() }
    }

    private func end() async throws {
        await service.close()
        await server?.stop(graceSeconds: 5)
        try await store.close()
    }

    /// A new connection; nil where there are no sockets.
    func client() throws -> RawClient? {
        try address.map { try RawClient($0) }
    }

    /// Asks.
    func send(
        _ method: String, _ target: String, _ fields: [(String, String)] = [], body: [UInt8] = []
    ) async throws -> RawResponse {
        if let client = try client() { return try await client.request(method, target, fields, body: body) }
        guard let method = HTTPRequest.Method(method) else { throw NoSuchMethod() }
        return try await direct(method, target, fields, body)
    }

    func get(_ target: String, _ fields: [(String, String)] = []) async throws -> RawResponse {
        try await send("GET", target, fields)
    }

    /// Asks without sockets, whichever way the test goes: for a peer that is not this machine.
    func direct(
        _ method: HTTPRequest.Method, _ target: String, _ fields: [(String, String)] = [], _ body: [UInt8] = [],
        peer: PeerAddress = .loopback
    ) async throws -> RawResponse {
        var all = HTTPFields()
        for (name, value) in fields {
            guard let name = HTTPField.Name(name) else { throw NoSuchMethod() }
            all.append(HTTPField(name: name, value: value))
        }
        let request = try Request(method, target, fields: all, body: body, peer: peer, id: 7)
        let response: Response
        switch service.handle(request) {
        case .now(let answer): response = answer
        case .later(let work): response = await work()
        }
        let hasBody = method != .head && ![204, 304].contains(response.status.code)
        return RawResponse(
            status: response.status.code, fields: response.fields.map { (name: $0.name.rawName, value: $0.value) },
            body: hasBody ? try await response.body.collect() : [])
    }

    struct NoSuchMethod: Error {}
}

extension Surface {
    /// Uploads a sample; gives the answer.
    @discardableResult
    func upload(
        _ sample: SampleReport, query: String = "", _ fields: [(String, String)] = []
    ) async throws -> RawResponse {
        try await send("POST", "/reports" + query, fields, body: try sample.bytes)
    }

    /// Uploads a document; gives the answer.
    @discardableResult
    func upload(_ bytes: [UInt8], query: String = "") async throws -> RawResponse {
        try await send("POST", "/reports" + query, body: bytes)
    }

    /// Sends a JSON object.
    func send(
        _ method: String, _ target: String, json: String, _ fields: [(String, String)] = []
    ) async throws -> RawResponse {
        try await send(method, target, [("Content-Type", "application/json")] + fields, body: Array(json.utf8))
    }

    /// The findings of one check of a report.
    func findings(_ path: String, _ check: String) async throws -> [JSONValue] {
        try await get(path + "/findings").json.items().filter { $0["check"]?.string == check }
    }
}

extension SampleReport {
    /// This report with words replaced. For documents in UTF-8.
    func bytes(_ replacements: (String, String)...) throws -> [UInt8] {
        let text = String(decoding: try bytes, as: UTF8.self)
        return Array(replacements.reduce(text) { $0.replacing($1.0, with: $1.1) }.utf8)
    }

    /// The divisions of GB/T 2260 as the service knows them.
    static let regions =
        (try? RegionDirectory(csv: [UInt8](Data(contentsOf: root.appending(path: "Config/regions.csv")))))
        ?? .empty
}

/// A clock that stands until it is moved: 2026-05-28T20:26:40Z at first.
final class Clock: Sendable {
    private let seconds = Mutex<Int64>(1_780_000_000)

    var now: Int64 { seconds.withLock { $0 } }

    func move(_ by: Int64) { seconds.withLock { $0 += by } }
}

/// Errors that the service told of.
final class Failures: Sendable {
    private let kept = Mutex<[any Error]>([])

    func add(_ error: any Error) { kept.withLock { $0.append(error) } }

    var isEmpty: Bool { kept.withLock { $0.isEmpty } }
    var count: Int { kept.withLock { $0.count } }
}

extension RawResponse {
    /// The body as JSON.
    var json: JSONValue {
        get throws { try JSONValue(body) }
    }
}

extension RawResponse {
    /// The body as JSON without what only tells from where it is looked at: from the present, or in the past.
    var apartFromView: JSONValue {
        get throws {
            guard case .object(var members) = try json else { return try json }
            members["links"] = nil
            if case .array(let items)? = members["items"] {
                members["items"] = .array(
                    items.map { item in
                        guard case .object(var finding) = item else { return item }
                        finding["other"] = nil
                        return .object(finding)
                    })
            }
            if case .object(var revision)? = members["revision"] {
                revision["asOf"] = nil
                revision["exact"] = nil
                members["revision"] = members["items"] == nil ? .object(revision) : nil
            }
            return .object(members)
        }
    }
}

extension JSONValue {
    /// The member at a path of names.
    func at(_ path: String) -> JSONValue? {
        path.split(separator: ".").reduce(self as JSONValue?) { $0?[String($1)] }
    }

    /// The items of the array at a path of names; empty where there is none.
    func items(_ path: String = "items") -> [JSONValue] {
        if case .array(let items)? = at(path) { return items }
        return []
    }

    /// The names of the members, if it is an object.
    var names: Set<String> {
        if case .object(let members) = self { return Set(members.keys) }
        return []
    }
}
