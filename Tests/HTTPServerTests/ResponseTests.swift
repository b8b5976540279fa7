import HTTPServer
import HTTPTypes
import Support
import Testing

struct ResponseTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    private static let head = "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"

    private func exchange(_ request: String, _ response: Response, toHead: Bool = false) async throws -> RawResponse {
        var result: RawResponse?
        try await withServer(handler: { _ in .now(response) }) { server in
            let client = try server.client()
            result = try await client.exchange(request, toHead: toHead)
            // Whatever the answer, the next one must be found behind it.
            #expect(try await client.exchange(Self.get, toHead: false).status == response.status.code)
        }
        return try #require(result)
    }

    @Test
    func `an answer has one Date and an exact Content-Length`() async throws {
        let response = try await exchange(Self.get, Response(.ok, body: .bytes(Array("hello".utf8))))
        #expect(response["Content-Length"] == "5")
        #expect(response["Transfer-Encoding"] == nil)
        let date = try #require(response["Date"].flatMap { HTTPDate(Array($0.utf8)) })
        #expect(date > HTTPDate(secondsSince1970: 1_700_000_000))
    }

    @Test
    func `HEAD gets the length of the body and not the body`() async throws {
        let response = try await exchange(Self.head, Response(.ok, body: .bytes(Array("hello".utf8))), toHead: true)
        #expect(response["Content-Length"] == "5")
    }

    @Test
    func `HEAD gets no body when it is refused either`() async throws {
        try await withServer { server in
            for field in ["X : a", "Content-Length: x", "Expect: x", "Content-Length: \(1 << 40)"] {
                let client = try server.client()
                await client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\(field)\r\n\r\n")
                #expect(try await client.readResponse(toHead: true).status >= 400)
                #expect(try await client.readSome().isEmpty, "\(field)")
            }
        }
    }

    @Test(arguments: [
        "HEAD foo HTTP/1.1\r\nHost: a\r\n\r\n", "HEAD / HTTP/x\r\nHost: a\r\n\r\n", "HEAD / HTTP/1.1\n",
        "\r\nHEAD /\(String(repeating: "a", count: 9_000)) HTTP/1.1\r\nHost: a\r\n\r\n",
    ])
    func `HEAD gets no body where its own line is refused`(request: String) async throws {
        try await withServer { server in
            let client = try server.client()
            await client.send(request)
            #expect(try await client.readResponse(toHead: true).status >= 400)
            #expect(try await client.readSome().isEmpty)
        }
    }

    @Test
    func `HEAD may be answered without making the body`() async throws {
        let answer = Response(.ok, fields: [.contentLength: "1234"])
        try await withServer(handler: { _ in .now(answer) }) { server in
            let client = try server.client()
            #expect(try await client.exchange(Self.head, toHead: true)["Content-Length"] == "1234")
            #expect(try await client.exchange(Self.get)["Content-Length"] == "0")
        }
    }

    @Test(arguments: [HTTPResponse.Status.noContent, .notModified])
    func `a status without content has no body and no framing`(status: HTTPResponse.Status) async throws {
        let response = try await exchange(Self.get, Response(status, body: .bytes([1, 2, 3])))
        #expect(response["Content-Length"] == nil)
        #expect(response["Transfer-Encoding"] == nil)
    }

    @Test
    func `an empty answer says so`() async throws {
        #expect(try await exchange(Self.get, Response(.ok))["Content-Length"] == "0")
    }

    @Test
    func `fields of the server are not taken from the handler`() async throws {
        let fields: HTTPFields = [
            .contentLength: "99", .transferEncoding: "chunked", .date: "x", .connection: "keep-alive", .eTag: "\"a\"",
        ]
        let prepared = PreparedFields([.contentLength: "98", .vary: "Accept"])
        let answer = Response(.ok, fields: fields, prepared: prepared, body: .bytes([0x61]))
        let response = try await exchange(Self.get, answer)
        #expect(response.values("Content-Length") == ["1"])
        #expect(response.values("Transfer-Encoding").isEmpty)
        #expect(response.values("Date").count == 1)
        #expect(response["ETag"] == "\"a\"")
        #expect(response["Vary"] == "Accept")
    }

    @Test
    func `a handler can close the connection`() async throws {
        try await withServer(handler: { _ in .now(Response(.ok, fields: [.connection: "close"])) }) { server in
            let client = try server.client()
            #expect(try await client.exchange(Self.get)["Connection"] == "close")
            #expect(try await client.readSome().isEmpty)
        }
    }

    @Test(arguments: [100, 101, 103])
    func `an interim status, which would leave the client waiting, is our own mistake`(code: Int) async throws {
        try await withServer(handler: { _ in .now(Response(HTTPResponse.Status(code: code))) }) { server in
            let client = try server.client()
            for _ in 0..<2 { #expect(try await client.exchange(Self.get).status == 500) }
        }
    }

    @Test
    func `a stream of unknown length is sent in chunks`() async throws {
        let body = Response.Body.stream(length: nil) { writer in
            for number in 0..<5 { try await writer.write(Array("\(number)".utf8)) }
            try await writer.write([])
        }
        let response = try await exchange(Self.get, Response(.ok, body: body))
        #expect(response["Transfer-Encoding"] == "chunked")
        #expect(response["Content-Length"] == nil)
        #expect(response.text == "01234")
    }

    @Test
    func `a stream of known length is sent with it`() async throws {
        let body = Response.Body.stream(length: 5) { try await $0.write(Array("hello".utf8)) }
        let response = try await exchange(Self.get, Response(.ok, body: body))
        #expect(response["Content-Length"] == "5")
        #expect(response.text == "hello")
    }

    @Test
    func `HEAD does not start a stream`() async throws {
        let body = Response.Body.stream(length: 7) { _ in Issue.record("The producer ran for HEAD.") }
        try await withServer(handler: { _ in .now(Response(.ok, body: body)) }) { server in
            let response = try await server.exchange(Self.head, toHead: true)
            #expect(response["Content-Length"] == "7")
        }
    }

    @Test
    func `a stream to an HTTP/1.0 client ends with the connection`() async throws {
        let body = Response.Body.stream(length: nil) { try await $0.write(Array("hello".utf8)) }
        try await withServer(handler: { _ in .now(Response(.ok, body: body)) }) { server in
            let client = try server.client()
            let response = try await client.exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(response["Connection"] == "close")
            #expect(response["Transfer-Encoding"] == nil)
            #expect(response.text == "hello")
        }
    }

    @Test(arguments: [nil, 10], [true, false])
    func `a stream that fails is cut, so that nobody takes it for whole`(length: Int?, fails: Bool) async throws {
        let body = Response.Body.stream(length: length) { writer in
            try await writer.write([0x61, 0x62])
            if fails { throw CancellationError() }
            if length != nil { try await writer.write([UInt8](repeating: 0x63, count: 20)) }
        }
        guard fails || length != nil else { return }
        try await withServer(handler: { _ in .now(Response(.ok, body: body)) }) { server in
            let client = try server.client()
            await client.send(Self.get)
            await #expect(throws: RawClient.Failure.self) { try await client.readResponse() }
            #expect(await server.events.closeReason() == .producerFailed)
        }
    }

    @Test
    func `a slow reader holds the producer back instead of filling memory`() async throws {
        let made = Counter()
        let piece = [UInt8](repeating: 0x61, count: 64 * 1024)
        let total = 64 * 1024 * 1024
        let handler: @Sendable (Request) -> Answer = { request in
            guard request.path.elementsEqual("/stream".utf8) else { return .now(Response(.ok)) }
            return .now(
                Response(
                    .ok,
                    body: .stream(length: total) { writer in
                        for _ in 0..<total / piece.count {
                            try await writer.write(piece)
                            made.add(piece.count)
                        }
                    }))
        }
        try await withServer(handler: handler) { server in
            let client = try RawClient(server.address, receiveBufferBytes: 64 * 1024)
            let other = try server.client()
            await client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
            var received = 0
            while received < total {
                // Gives the producer time without sleeping.
                if received < 1 << 20 { #expect(try await other.exchange(Self.get).status == 200) }
                let bytes = try await client.readSome()
                try #require(!bytes.isEmpty)
                received += bytes.count
                // What the kernel buffers (tcp(7), tcp_wmem: 4 MiB) and our own high-water mark.
                #expect(made.value - received < 6 << 20)
                if received >= total { break }
            }
            #expect(made.value <= total)
        }
    }
}
