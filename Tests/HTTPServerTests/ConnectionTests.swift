import HTTPServer
import HTTPTypes
import Support
import Testing

struct ConnectionTests {
    @Test
    func `a thousand pipelined requests are answered in order`() async throws {
        try await withServer { server in
            let requests = (0..<1000).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
            let bodies = try await server.responses(to: requests).map(\.text)
            #expect(bodies == (0..<1000).map { "GET /\($0)\n" })
        }
    }

    @Test
    func `pipelined requests stay in order when some are answered later`() async throws {
        let handler: @Sendable (Request) -> Answer = { request in
            let body = Array(request.path)
            return request.id % 2 == 0
                ? .now(Response(.ok, body: .bytes(body))) : .later { Response(.ok, body: .bytes(body)) }
        }
        try await withServer(handler: handler) { server in
            let requests = (0..<100).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
            let bodies = try await server.responses(to: requests).map(\.text)
            #expect(bodies == (0..<100).map { "/\($0)" })
        }
    }

    @Test
    func `a pipeline whose answers exceed the output limit is answered in full`() async throws {
        var limits = Limits.patient
        limits.outputBytesMax = 10_000
        let large = [UInt8](repeating: 0x61, count: 30_000)
        try await withServer(limits, handler: { _ in .now(Response(.ok, body: .bytes(large))) }) { server in
            let requests = (0..<50).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
            let bodies = try await server.responses(to: requests).map(\.body)
            #expect(bodies == Array(repeating: large, count: 50))
        }
    }

    @Test
    func `a long pipeline behind a request that is answered later is answered in full`() async throws {
        var limits = Limits.patient
        // So little that the pipeline takes many turns, none of which waits for the client.
        limits.outputBytesMax = 1000
        let handler: @Sendable (Request) -> Answer = { request in
            request.path.elementsEqual("/0".utf8) ? .later { Response(.ok) } : .now(Response(.ok))
        }
        try await withServer(limits, handler: handler) { server in
            let requests = (0..<1000).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
            let responses = try await server.responses(to: requests)
            #expect(responses.count == 1000)
        }
    }

    @Test
    func `a request that comes one byte at a time is answered`() async throws {
        try await withServer { server in
            let client = try server.client()
            for byte in "POST /é HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody".utf8 {
                await client.send([byte])
            }
            #expect(try await client.readResponse().text == "POST /é\nbody")
        }
    }

    @Test
    func `a client that has ended its side still gets its answer`() async throws {
        let gate = Gate()
        let handler: @Sendable (Request) -> Answer = { _ in
            .later {
                await gate.wait()
                return Response(.ok, body: .bytes([1, 2, 3]))
            }
        }
        try await withServer(handler: handler) { server in
            let client = try server.client()
            await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            client.finishSending()
            gate.open()
            #expect(try await client.readResponse().body == [1, 2, 3])
            #expect(try await client.readSome().isEmpty)
        }
    }

    @Test
    func `a connection is kept from request to request`() async throws {
        try await withServer { server in
            let client = try server.client()
            for number in 0..<20 {
                let response = try await client.exchange("GET /\(number) HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(response.text == "GET /\(number)\n")
                #expect(response["Connection"] == nil)
            }
            #expect(server.events.all.count { if case .accepted = $0 { true } else { false } } == 1)
        }
    }

    @Test
    func `an HTTP/1.0 client is told that its connection is kept`() async throws {
        try await withServer { server in
            let client = try server.client()
            let response = try await client.exchange("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
            #expect(response["Connection"] == "keep-alive")
            #expect(try await client.exchange("GET / HTTP/1.0\r\n\r\n")["Connection"] == "close")
            #expect(try await client.readSome().isEmpty)
        }
    }

    @Test
    func `the last request a connection may carry closes it`() async throws {
        var limits = Limits.patient
        limits.requestsPerConnectionMax = 2
        try await withServer(limits) { server in
            let client = try server.client()
            let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
            #expect(try await client.exchange(request)["Connection"] == nil)
            #expect(try await client.exchange(request)["Connection"] == "close")
            #expect(try await client.readSome().isEmpty)
        }
    }

    @Test
    func `the last answer reaches a client that has sent another request already`() async throws {
        var limits = Limits.patient
        limits.requestsPerConnectionMax = 1
        let large = [UInt8](repeating: 0x61, count: 400_000)
        try await withServer(limits, handler: { _ in .now(Response(.ok, body: .bytes(large))) }) { server in
            let client = try RawClient(server.address, receiveBufferBytes: 4096)
            let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
            await client.send(request)
            let start = try await client.readSome(atMost: 100)
            await client.send(request)
            let answers = try RawResponse.all(in: start + (await client.readToEnd()))
            #expect(answers.map(\.body.count) == [large.count])
        }
    }

    @Test(arguments: [true, false])
    func `empty lines behind a request are nothing to be told of`(clientEnds: Bool) async throws {
        var limits = Limits.patient
        limits.headSeconds = 0.05
        if !clientEnds { limits.idleSeconds = 0.5 }
        try await withServer(limits) { server in
            let client = try server.client()
            await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n\r\n\r\n")
            if clientEnds { client.finishSending() }
            let answers = try RawResponse.all(in: await client.readToEnd())
            #expect(answers.map(\.status) == [200])
            #expect(await server.events.closeReason() == (clientEnds ? .finished : .idle))
        }
    }

    @Test
    func `a connection that changes its loop keeps its count of requests`() async throws {
        var limits = Limits.patient
        limits.requestsPerConnectionMax = 3
        limits.eventLoopsMax = 3
        try await withServer(limits) { server in
            let clients = try (0..<60).map { _ in try server.client() }
            for _ in 0..<3 {
                for client in clients { await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
            }
            for client in clients {
                #expect(try RawResponse.all(in: await client.readToEnd()).map(\.status) == [200, 200, 200])
            }
        }
    }

    @Test
    func `connections beyond the limit wait until one that is in use is closed`() async throws {
        var limits = Limits.patient
        limits.connectionsMax = 1
        let gate = Gate()
        let handler: @Sendable (Request) -> Answer = { _ in
            .later {
                await gate.wait()
                return Response(.ok)
            }
        }
        try await withServer(limits, handler: handler) { server in
            let request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            let (first, second) = (try server.client(), try server.client())
            await first.send(request)
            await second.send(request)
            await server.events.backoff(.connectionsMax)
            gate.open()
            #expect(try await first.readResponse().status == 200)
            #expect(try await second.readResponse().status == 200)
        }
    }

    @Test
    func `many clients at once are served by all loops`() async throws {
        var limits = Limits.patient
        limits.eventLoopsMax = 3
        try await withServer(limits) { server in
            let clients = try (0..<30).map { _ in try server.client() }
            for round in 0..<3 {
                for client in clients { await client.send("GET /\(round) HTTP/1.1\r\nHost: a\r\n\r\n") }
                for client in clients { #expect(try await client.readResponse().text == "GET /\(round)\n") }
            }
            let loops = Set(
                server.events.all.compactMap { event in
                    if case .requestCompleted(let request, _, _, _) = event { request.id >> 56 } else { nil }
                })
            #expect(loops == [0, 1, 2])
        }
    }

    @Test
    func `a reset in the middle of a request ends the connection and nothing else`() async throws {
        try await withServer { server in
            do {
                let client = try server.client()
                await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
                client.resetOnClose()
            }
            try await server.expect(200, for: "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        }
    }

    @Test
    func `the events tell what happened`() async throws {
        try await withServer { server in
            let client = try server.client()
            _ = try await client.exchange("GET /a?b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(await server.events.closeReason() == .finished)
            let completed = server.events.all.compactMap { event -> (String, Int, Int)? in
                guard case .requestCompleted(let request, let status, let bytes, let elapsed) = event else {
                    return nil
                }
                #expect(elapsed.duration > .zero)
                return (String(decoding: request.path, as: UTF8.self), status, bytes)
            }
            #expect(completed.count == 1)
            #expect(completed.first.map { $0 == ("/a", 200, 9) } == true)
        }
    }

    @Test
    func `who does not want to hear of requests hears of connections`() async throws {
        let events = Events()
        let server = Server(limits: .patient, onEvent: { events.add($0) }, tellsRequests: false) { _ in echo }
        let client = try RawClient(try await server.start())
        #expect(try await client.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").status == 200)
        #expect(await events.closeReason() == .finished)
        await server.stop(graceSeconds: 0)
        #expect(!events.all.contains { if case .requestCompleted = $0 { true } else { false } })
    }
}
