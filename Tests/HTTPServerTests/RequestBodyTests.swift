import HTTPServer
import HTTPTypes
import Support
import Testing

struct RequestBodyTests {
    @Test(arguments: [1, 1000, 100_000, 3_000_000])
    func `a body by length is echoed`(count: Int) async throws {
        try await withServer { server in
            let body = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            let client = try server.client()
            await client.send(Array("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(count)\r\n\r\n".utf8) + body)
            #expect(try await client.readResponse().body == Array("POST /\n".utf8) + body)
            #expect(try await client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status == 200)
        }
    }

    @Test(arguments: [1, 7, 4096, 100_000])
    func `a chunked body is echoed whatever the size of its chunks`(size: Int) async throws {
        try await withServer { server in
            let body = (0..<300_000 / max(1, 4096 / size)).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            var framed: [UInt8] = []
            for start in stride(from: 0, to: body.count, by: size) {
                let chunk = body[start..<min(start + size, body.count)]
                framed += Array("\(String(chunk.count, radix: 16, uppercase: true))\r\n".utf8) + chunk + [13, 10]
            }
            let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            let client = try server.client()
            await client.send(Array(head.utf8) + framed + Array("0\r\n\r\n".utf8))
            #expect(try await client.readResponse().body == Array("POST /\n".utf8) + body)
            #expect(try await client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status == 200)
        }
    }

    @Test
    func `100 Continue is sent when the handler asks for the body`() async throws {
        try await withServer { server in
            let client = try server.client()
            await client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.readResponse().status == 100)
            await client.send("abc")
            #expect(try await client.readResponse().text == "PUT /\nabc")
        }
    }

    @Test
    func `100 Continue is not sent when the handler answers without the body`() async throws {
        try await withServer(handler: { _ in .now(Response(.unauthorized)) }) { server in
            let client = try server.client()
            await client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
            let response = try await client.readResponse()
            #expect(response.status == 401)
            #expect(response["Connection"] == "close")
            #expect(try await client.readSome().isEmpty)
        }
    }

    @Test
    func `a small body that nobody reads is skipped and the connection kept`() async throws {
        try await withServer(handler: { _ in .now(Response(.notFound)) }) { server in
            let client = try server.client()
            let body = String(repeating: "x", count: 30_000)
            for _ in 0..<3 {
                let request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                #expect(try await client.exchange(request).status == 404)
            }
        }
    }

    @Test
    func `a large body that nobody reads closes the connection after the answer`() async throws {
        try await withServer(handler: { _ in .now(Response(.notFound)) }) { server in
            let client = try server.client()
            await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n")
            let response = try await client.readResponse()
            #expect(response.status == 404)
            #expect(response["Connection"] == "close")
        }
    }

    @Test
    func `a reader that does not ask holds the client back`() async throws {
        let gate = Gate()
        let handler: @Sendable (Request) -> Answer = { request in
            guard request.path.count == 1 else { return .now(Response(.ok)) }
            return .later {
                await gate.wait()
                var count = 0
                do throws(ProtocolError) {
                    var pieces = request.body.makeAsyncIterator()
                    while let piece = try await pieces.next() { count += piece.count }
                } catch {
                    return Response(error.status)
                }
                return Response(.ok, body: .bytes(Array("\(count)".utf8)))
            }
        }
        try await withServer(handler: handler) { server in
            let client = try server.client()
            let count = 32 * 1024 * 1024
            await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(count)\r\n\r\n")
            let sent = Counter()
            async let all: Void = {
                let piece = [UInt8](repeating: 0x61, count: 64 * 1024)
                for _ in 0..<count / piece.count where await client.send(piece) { sent.add(piece.count) }
            }()
            // Others are served meanwhile, and give the client time to send what it can.
            let other = try server.client()
            for _ in 0..<500 {
                #expect(try await other.exchange("GET /other HTTP/1.1\r\nHost: a\r\n\r\n").status == 200)
            }
            // What the kernel buffers on both sides (tcp(7): tcp_wmem, tcp_rmem).
            #expect(sent.value < 12 << 20)
            gate.open()
            await all
            #expect(sent.value == count)
            #expect(try await client.readResponse().text == "\(count)")
        }
    }

    @Test
    func `a body beyond the limit is refused, announced or not`() async throws {
        var limits = Limits.patient
        limits.bodyBytesMax = 10
        try await withServer(limits) { server in
            let announced = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n"
            try await server.expect(413, for: announced)
            let chunked =
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nhello world\r\n0\r\n\r\n"
            try await server.expect(413, for: chunked)
        }
    }

    @Test
    func `a body larger than its reader wants is refused by the reader`() async throws {
        let handler: @Sendable (Request) -> Answer = { request in
            .later {
                do throws(ProtocolError) {
                    return Response(.ok, body: .bytes(try await request.body.collect(bytesMax: 5)))
                } catch {
                    return Response(error.status)
                }
            }
        }
        try await withServer(handler: handler) { server in
            let request = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n0\r\n\r\n"
            try await server.expect(413, for: request)
        }
    }

    @Test
    func `results are streamed while the body is still coming`() async throws {
        let handler: @Sendable (Request) -> Answer = { request in
            .now(
                Response(
                    .ok,
                    body: .stream(length: nil) { writer in
                        for try await piece in request.body { try await writer.write(piece) }
                    }))
        }
        try await withServer(handler: handler) { server in
            let client = try server.client()
            await client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            var seen: [UInt8] = []
            for number in 0..<5 {
                await client.send("2\r\n\(number);\r\n")
                while !String(decoding: seen, as: UTF8.self).contains("\(number);\r\n") {
                    seen += try await client.readSome()
                }
            }
            await client.send("0\r\n\r\n")
            client.finishSending()
            seen += try await client.readToEnd()
            #expect(try RawResponse.all(in: seen).map(\.text) == ["0;1;2;3;4;"])
        }
    }
}
