import HTTPServer
import HTTPTypes
import Support
import Testing

struct ServerTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test
    func `stopping finishes the request in flight and closes idle connections`() async throws {
        let (gate, entered, events) = (Gate(), Gate(), Events())
        let answerLater: @Sendable (Request) -> Answer = { request in
            guard request.path.elementsEqual("/later".utf8) else { return .now(Response(.ok)) }
            return .later {
                entered.open()
                await gate.wait()
                return Response(.ok, body: .bytes(Array("done".utf8)))
            }
        }
        let server = Server(limits: .patient, handler: answerLater, onEvent: { events.add($0) })
        let address = try await server.start()
        let (busy, idle, silent) = (try RawClient(address), try RawClient(address), try RawClient(address))
        await busy.send(Self.get.replacing("GET /", with: "GET /later"))
        await entered.wait()
        #expect(try await idle.exchange(Self.get).status == 200)
        // One that says nothing is accepted, too, after a while.
        await events.accepted(3)
        async let stopped: Void = server.stop(graceSeconds: 600)
        #expect(try await idle.readSome().isEmpty)
        #expect(try await silent.readSome().isEmpty)
        gate.open()
        let response = try await busy.readResponse()
        #expect(response.text == "done")
        #expect(response["Connection"] == "close")
        #expect(try await busy.readSome().isEmpty)
        await stopped
        #expect(throws: RawClient.Failure.self) { try RawClient(address) }
        #expect(RawClient.openSockets(boundTo: address.port) == 0)
    }

    @Test
    func `stopping cuts off what outlasts the grace`() async throws {
        let entered = Gate()
        let server = Server(
            limits: .patient,
            handler: { _ in
                .later {
                    entered.open()
                    await Gate().wait()
                    return Response(.ok)
                }
            })
        let address = try await server.start()
        let client = try RawClient(address)
        await client.send(Self.get)
        await entered.wait()
        await server.stop(graceSeconds: 0.05)
        #expect(try await client.readToEnd().isEmpty)
        #expect(RawClient.openSockets(boundTo: address.port) == 0)
    }

    @Test
    func `no descriptor is left after many connections of all kinds`() async throws {
        let server = Server(limits: .patient, handler: echo)
        let address = try await server.start()
        let requests = [
            Self.get, "GET / HTTP/1.0\r\n\r\n", "nonsense\r\n\r\n", "GET / HTTP/1.1\r\nHo",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\na",
        ]
        for number in 0..<50 {
            let client = try RawClient(address)
            await client.send(requests[number % requests.count])
            if number % 3 == 0 { client.finishSending() }
            if number % 4 == 0 { client.resetOnClose() }
            if number % 5 == 0 { _ = try await client.readResponse() }
        }
        await server.stop(graceSeconds: 0.1)
        #expect(RawClient.openSockets(boundTo: address.port) == 0)
    }

    @Test
    func `clients that do not read their answers are not forgotten when the server stops`() async throws {
        var limits = Limits.patient
        limits.eventLoopsMax = 2
        let events = Events()
        // The kernel takes all of it, and then no more.
        let large = [UInt8](repeating: 0, count: 2 << 20)
        let server = Server(
            limits: limits, handler: { _ in .now(Response(.ok, body: .bytes(large))) }, onEvent: { events.add($0) })
        let address = try await server.start()
        let clients = try (0..<8).map { _ in try RawClient(address, receiveBufferBytes: 4096) }
        for client in clients { await client.send(Self.get) }
        await events.completed(clients.count)
        await server.stop(graceSeconds: 0.1)
        #expect(RawClient.openSockets(boundTo: address.port) == 0)
    }

    @Test
    func `an address that is in use cannot be bound`() async throws {
        let first = Server(limits: .patient, handler: echo)
        let address = try await first.start()
        let second = Server(limits: .patient, handler: echo)
        await #expect(throws: SocketError.self) { try await second.start(port: address.port) }
        await first.stop(graceSeconds: 0)
    }

    @Test
    func `IPv6 is served where the machine has it`() async throws {
        let server = Server(limits: .patient, handler: echo)
        guard let address = try? await server.start(host: "::1") else { return }
        #expect(address.isLoopback)
        #expect(address.description == "[::1]:\(address.port)")
        await server.stop(graceSeconds: 0)
    }

    @Test
    func `each loop makes its own handler and keeps its state to itself`() async throws {
        var limits = Limits.patient
        limits.eventLoopsMax = 2
        let server = Server(
            limits: limits,
            makeHandler: { loop in
                var count = 0  // No lock: this handler is called on its loop alone.
                return { _ in
                    count += 1
                    return .now(Response(.ok, body: .bytes(Array("\(loop):\(count)".utf8))))
                }
            })
        let address = try await server.start()
        var seen: [String] = []
        for client in [try RawClient(address), try RawClient(address)] {
            for _ in 0..<5 { seen.append(try await client.exchange(Self.get).text) }
        }
        // Whichever loop answered, it counted without a gap.
        let counts = Dictionary(grouping: seen) { $0.prefix(2) }
        for (loop, answers) in counts { #expect(answers == (1...answers.count).map { "\(loop)\($0)" }) }
        await server.stop(graceSeconds: 0)
    }

    @Test
    func `a server that was never started can be stopped`() async {
        await Server(limits: .patient, handler: echo).stop(graceSeconds: 0)
    }

    @Test
    func `a request can be made without a connection`() async throws {
        let request = try Request(
            .post, "/a%20b?c=d", fields: [.accept: "text/csv", .ifNoneMatch: "\"x\""], body: [1, 2])
        #expect(Array(request.path) == Array("/a%20b".utf8))
        #expect(request.query.map(Array.init) == Array("c=d".utf8))
        #expect(request[.accept] == "text/csv")
        #expect(request.fields[.ifNoneMatch] == "\"x\"")
        #expect(try await request.body.collect(bytesMax: 10) == [1, 2])
        #expect(throws: ProtocolError.malformedTarget) { try Request(.get, "a") }
        let stream = Response.Body.stream(length: nil) { try await $0.write([1]) }
        #expect(try await stream.collect() == [1])
    }
}
