import HTTPServer
import Support
import Testing

@testable import HTTPServer

/// Valid requests, damaged at random: the server answers or closes, and never mixes two answers.
struct MutationTests {
    private static let seeds: [String] = [
        "GET /a/%E9%95%87?x=y HTTP/1.1\r\nHost: a:80\r\nAccept: */*;q=0.5\r\n\r\n",
        "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\nConnection: keep-alive\r\n\r\nhello world",
        "PUT /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n"
            + "5;a=b\r\nhello\r\n0\r\nTrailer: x\r\n\r\n",
        "HEAD http://a/d HTTP/1.1\r\nHost: a\r\n\r\nGET /e HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    ]

    /// Bytes that HTTP gives a meaning to, or none.
    private static let telling: [UInt8] = [0, 9, 10, 13, 32, 58, 127, 255]

    @Test
    func `parser and decoder survive any damage`() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<20_000 {
            var bytes = Array(Self.seeds[Int.random(in: 0..<Self.seeds.count, using: &random)].utf8)
            damage(&bytes, &random)
            var parser = RequestParser(limits: Limits())
            var input = InputBuffer()
            input.append(bytes)
            var turns = 0
            do throws(ProtocolError) {
                while let head = try parser.parse(input.bytes, from: input.start) {
                    input.consume(head.byteCount)
                    var body = BodyDecoder(head.framing, limits: Limits())
                    while !body.isDone, try !body.decode(&input).isEmpty { turns += 1 }
                    turns += 1
                    guard body.isDone, turns < 1000 else { break }
                }
            } catch {}
            #expect(turns < 1000)
        }
    }

    @Test(arguments: 0..<8)
    func `the server answers or closes whatever comes`(seed: Int) async throws {
        var random = SeededGenerator(seed: seed)
        var limits = Limits()
        limits.headSeconds = 5
        limits.bodyStallSeconds = 5
        try await withServer(limits) { server in
            for _ in 0..<40 {
                var bytes: [UInt8] = []
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    bytes += Array(Self.seeds[Int.random(in: 0..<Self.seeds.count, using: &random)].utf8)
                }
                damage(&bytes, &random)
                let client = try server.client()
                let split = Int.random(in: 0...bytes.count, using: &random)
                await client.send(Array(bytes[..<split]))
                await client.send(Array(bytes[split...]))
                client.finishSending()
                // Its end must come, and it must begin with a status line when there is anything.
                let answer = try await client.readToEnd()
                #expect(answer.isEmpty || answer.starts(with: "HTTP/1.1 ".utf8))
            }
            try await server.expect(200, for: "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        }
    }

    private func damage(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let index = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(Self.telling[Int.random(in: 0..<Self.telling.count, using: &random)], at: index)
            case 3: bytes.insert(contentsOf: bytes[index..<min(index + 20, bytes.count)], at: index)
            default: bytes.removeSubrange(index..<min(index + 8, bytes.count))
            }
            if bytes.isEmpty { bytes = [13] }
        }
    }
}
