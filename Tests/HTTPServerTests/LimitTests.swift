import HTTPServer
import HTTPTypes
import Support
import Testing

struct LimitTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test
    func `a request line of the longest length is accepted, a longer one is not`() async throws {
        var limits = Limits.patient
        limits.requestLineBytesMax = 100
        try await withServer(limits) { server in
            let path = String(repeating: "a", count: 100 - "GET / HTTP/1.1".count)
            try await server.expect(200, for: "GET /\(path) HTTP/1.1\r\nHost: a\r\n\r\n")
            try await server.expect(414, for: "GET /\(path)a HTTP/1.1\r\nHost: a\r\n\r\n")
            let endless = String(repeating: "a", count: 200)
            try await server.expect(414, for: "GET /\(endless)")
        }
    }

    @Test
    func `there are as many loops as said, or one for each core but one`() {
        var limits = Limits()
        #expect([-1, 1, 2, 3, 5, 64].map { limits.eventLoops(cores: $0) } == [1, 1, 1, 2, 4, 4])
        limits.eventLoopsMax = 3
        #expect(limits.eventLoops(cores: 1) == 3)
        limits.eventLoopsMax = 0
        #expect(limits.eventLoops(cores: 8) == 1)
    }

    @Test
    func `a field section beyond its bytes or its lines is refused`() async throws {
        var limits = Limits.patient
        limits.headerBytesMax = 1000
        limits.headerFieldsMax = 10
        try await withServer(limits) { server in
            let long = String(repeating: "a", count: 1000)
            try await server.expect(431, for: "GET / HTTP/1.1\r\nHost: a\r\nX: \(long)\r\n\r\n")
            try await server.expect(431, for: "GET / HTTP/1.1\r\nHost: a\r\nX: \(long)")
            let many = String(repeating: "X: a\r\n", count: 10)
            try await server.expect(431, for: "GET / HTTP/1.1\r\nHost: a\r\n\(many)\r\n")
            let enough = String(repeating: "X: a\r\n", count: 9)
            try await server.expect(200, for: "GET / HTTP/1.1\r\nHost: a\r\n\(enough)\r\n")
        }
    }

    /// Else the answer would depend on the pieces in which the bytes come.
    @Test
    func `what is wrong beyond a limit is not looked at, what is wrong before it is`() async throws {
        var limits = Limits.patient
        (limits.requestLineBytesMax, limits.headerBytesMax) = (100, 1000)
        try await withServer(limits) { server in
            let (path, value) = (String(repeating: "a", count: 100), String(repeating: "a", count: 1000))
            try await server.expect(414, for: "GET /\(path)\u{1} HTTP/1.1\r\nHost: a\r\n\r\n")
            try await server.expect(414, for: "GET /\(path) HTTP/x\r\nHost: a\r\n\r\n")
            try await server.expect(400, for: "GET /\u{1}\(path) HTTP/1.1\r\nHost: a\r\n\r\n")
            try await server.expect(431, for: "GET / HTTP/1.1\r\nHost: a\r\nX: \(value)\u{1}\r\n\r\n")
            try await server.expect(400, for: "GET / HTTP/1.1\r\nHost: a\r\nX: \u{1}\(value)\r\n\r\n")
            // In pieces: the first tells that there is a line, the second where it goes wrong, but not where it ends.
            for (first, second, status) in [
                ("GET /", "\u{1}\(path)", 400), ("GET /", "\(path)\u{1}", 414),
                ("GET / HTTP/1.1\r\nX: ", "\u{1}\(value)", 400), ("GET / HTTP/1.1\r\nX: ", "\(value)\u{1}", 431),
            ] {
                let client = try server.client()
                await client.send(first)
                // The piece has been read once another connection is answered.
                try await server.expect(200, for: Self.get)
                #expect(try await client.exchange(second).status == status, "\(first)")
            }
        }
    }

    @Test
    func `trailers and chunk extensions without end are refused`() async throws {
        let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        try await withServer { server in
            let endless = String(repeating: "a", count: 40_000)
            try await server.expect(400, for: "\(head)1;\(endless)")
            try await server.expect(431, for: "\(head)0\r\nX: \(endless)")
            let zeros = String(repeating: "0", count: 40_000)
            try await server.expect(400, for: "\(head)\(zeros)")
        }
    }

    @Test
    func `a head that does not end in time is answered 408`() async throws {
        var limits = Limits.patient
        limits.headSeconds = 0.05
        try await withServer(limits) { server in
            let client = try server.client()
            #expect(try await client.exchange("GET / HTTP/1.1\r\nHost").status == 408)
            #expect(try await client.readSome().isEmpty)
        }
    }

    @Test
    func `a connection on which nothing comes is closed without a word`() async throws {
        var limits = Limits.patient
        limits.idleSeconds = 0.5
        try await withServer(limits) { server in
            let unused = try server.client()
            #expect(try await unused.readSome().isEmpty)
            #expect(await server.events.closeReason() == .idle)
            let used = try server.client()
            #expect(try await used.exchange(Self.get).status == 200)
            #expect(try await used.readSome().isEmpty)
        }
    }

    @Test
    func `a body that stalls is answered 408`() async throws {
        var limits = Limits.patient
        limits.bodyStallSeconds = 0.05
        try await withServer(limits) { server in
            let request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab"
            try await server.expect(408, for: request)
        }
    }

    @Test
    func `a handler that takes too long is cancelled and the client told`() async throws {
        var limits = Limits.patient
        limits.handlerSeconds = 0.05
        let cancelled = Gate()
        let handler: @Sendable (Request) -> Answer = { _ in
            .later {
                await Gate().wait()
                if Task.isCancelled { cancelled.open() }
                return Response(.ok)
            }
        }
        try await withServer(limits, handler: handler) { server in
            try await server.expect(503, for: Self.get)
            await cancelled.wait()
        }
    }

    @Test
    func `a client that reads nothing is dropped`() async throws {
        var limits = Limits.patient
        limits.writeStallSeconds = 0.1
        let gone = Gate()
        let handler: @Sendable (Request) -> Answer = { _ in
            .now(
                Response(
                    .ok,
                    body: .stream(length: nil) { writer in
                        defer { gone.open() }
                        while true { try await writer.write([UInt8](repeating: 0x61, count: 100_000)) }
                    }))
        }
        try await withServer(limits, handler: handler) { server in
            let client = try server.client()
            await client.send(Self.get)
            #expect(await server.events.closeReason() == .writeStall)
            await gone.wait()
        }
    }

    @Test
    func `a refused client that goes on sending still sees the answer`() async throws {
        try await withServer { server in
            let client = try server.client()
            await client.send("GET / HTTP/1.1\r\nHost : a\r\n\r\n" + String(repeating: "x", count: 200_000))
            #expect(try await client.readResponse().status == 400)
        }
    }
}
