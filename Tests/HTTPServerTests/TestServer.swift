import HTTPServer
import HTTPTypes
import Support
import Synchronization
import Testing

/// A running server on a free port, with what it told of itself.
struct TestServer {
    let address: PeerAddress
    let events: Events

    func client() throws -> RawClient {
        try RawClient(address)
    }

    /// Sends a request on a connection of its own and reads the first response.
    func exchange(_ request: String, toHead: Bool = false) async throws -> RawResponse {
        try await client().exchange(request, toHead: toHead)
    }

    /// Expects that status for a request on a connection of its own.
    func expect(_ status: Int, for request: String, at location: SourceLocation = #_sourceLocation) async throws {
        let response = try await exchange(request)
        #expect(response.status == status, sourceLocation: location)
    }

    /// Sends raw bytes, ends the sending side, and reads all responses to the end.
    func responses(to request: String) async throws -> [RawResponse] {
        let client = try client()
        await client.send(request)
        client.finishSending()
        return try RawResponse.all(in: await client.readToEnd())
    }
}

/// Collects the events of a server.
final class Events: Sendable {
    private let kept = Mutex<[ServerEvent]>([])
    let stream: AsyncStream<ServerEvent>
    private let continuation: AsyncStream<ServerEvent>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func add(_ event: ServerEvent) {
        kept.withLock { $0.append(event) }
        continuation.yield(event)
    }

    var all: [ServerEvent] { kept.withLock { $0 } }

    /// Waits for the reason of the next close.
    func closeReason() async -> ServerEvent.CloseReason? {
        for await event in stream {
            if case .closed(_, let reason, _) = event { return reason }
        }
        return nil
    }
}

extension Events {
    /// Waits until so many connections have been accepted since it last waited.
    func accepted(_ count: Int) async {
        var accepted = 0
        for await event in stream {
            if case .accepted = event { accepted += 1 }
            if accepted == count { return }
        }
    }

    /// Waits until so many requests have been answered since it last waited.
    func completed(_ count: Int) async {
        var completed = 0
        for await event in stream {
            if case .requestCompleted = event { completed += 1 }
            if completed == count { return }
        }
    }

    /// Waits until accepting rests for that reason.
    func backoff(_ reason: ServerEvent.BackoffReason) async {
        for await event in stream {
            if case .acceptBackoff(reason) = event { return }
        }
    }
}

/// A number that several tasks count up.
final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func add(_ number: Int) {
        count.withLock { $0 += number }
    }
}

/// A gate that opens once.
final class Gate: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func open() { continuation.finish() }

    /// Returns when the gate is open or the task is cancelled.
    func wait() async {
        for await _ in stream {}
    }
}

/// Runs `body` with a server that is stopped afterwards, whatever happens.
func withServer(
    _ limits: Limits = .patient, handler: @escaping @Sendable (Request) -> Answer = echo,
    _ body: (TestServer) async throws -> Void
) async throws {
    let events = Events()
    let server = Server(
        limits: limits, handler: handler,
        renderProtocolError: { Response($0.status, body: .bytes(Array("\($0)".utf8))) }, onEvent: { events.add($0) })
    let address = try await server.start()
    do {
        try await body(TestServer(address: address, events: events))
    } catch {
        await server.stop(graceSeconds: 0)
        throw error
    }
    await server.stop(graceSeconds: 5)
}

/// Answers with `METHOD target` and a line break, then the request's body.
@Sendable func echo(_ request: Request) -> Answer {
    let line = Array("\(request.method) \(String(decoding: request.target, as: UTF8.self))\n".utf8)
    guard !request.body.isEmpty else { return .now(Response(.ok, body: .bytes(line))) }
    return .later {
        do throws(ProtocolError) {
            return Response(.ok, body: .bytes(line + (try await request.body.collect(bytesMax: 1 << 30))))
        } catch {
            return Response(error.status)
        }
    }
}
