import Foundation
import Support
import Testing

@testable import HTTPServer

/// Valid requests, damaged at random: the server answers or closes, and never mixes two answers.
///
/// `make fuzz` runs the same with more cases: `FUZZ_ROUNDS` multiplies them.
struct MutationTests {
    private static let rounds = ProcessInfo.processInfo.environment["FUZZ_ROUNDS"].flatMap { Int($0) } ?? 1

    private static let seeds: [String] = [
        "GET /a/%E9%95%87?x=y HTTP/1.1\r\nHost: a:80\r\nAccept: */*;q=0.5\r\n\r\n",
        "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\nConnection: keep-alive\r\n\r\nhello world",
        "PUT /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5;a=b\r\nhello\r\n0\r\nTrailer: x\r\n\r\n",
        "DELETE http://a/d HTTP/1.1\r\nHost: a\r\n\r\nGET /e HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    ]

    /// Bytes that HTTP gives a meaning to, or none.
    private static let telling: [UInt8] = [0, 9, 10, 13, 32, 58, 127, 255]

    @Test(arguments: 0..<8)
    func `whatever comes, the wire shows what the parser says, answer by answer`(seed: Int) async throws {
        var random = SeededGenerator(seed: seed)
        var limits = Limits.patient
        limits.discardedBodyBytesMax = 1 << 20
        try await withServer(limits) { server in
            for round in 0..<60 * Self.rounds {
                let bytes = Self.damagedPipeline(&random)
                let expected = Self.expectation(bytes, limits)
                let client = try server.client()
                let split = Int.random(in: 0...bytes.count, using: &random)
                await client.send(Array(bytes[..<split]))
                await client.send(Array(bytes[split...]))
                client.finishSending()
                // Its end must come, and everything in it must be whole answers.
                let answers = try RawResponse.all(in: await client.readToEnd())
                #expect(answers.map { $0.status == 200 ? $0.text : "\($0.status)" } == expected, "round \(round)")
            }
            try await server.expect(200, for: "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        }
    }

    @Test(arguments: 100..<104)
    func `however a damaged pipeline is split, the parser says the same`(seed: Int) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 * Self.rounds {
            let bytes = Self.damagedPipeline(&random)
            var pieces: [[UInt8]] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                pieces.append(Array(rest.prefix(Int.random(in: 1...40, using: &random))))
                rest = rest.dropFirst(pieces.last?.count ?? 1)
            }
            #expect(Self.expectation(of: pieces, Limits()) == Self.expectation(bytes, Limits()))
        }
    }

    private static func damagedPipeline(_ random: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            bytes += Array(seeds[Int.random(in: 0..<seeds.count, using: &random)].utf8)
        }
        for _ in 0..<Int.random(in: 0...4, using: &random) { damage(&bytes, &random) }
        return bytes
    }

    private static func damage(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(telling[Int.random(in: 0..<telling.count, using: &random)], at: index)
        case 3: bytes.insert(contentsOf: bytes[index..<min(index + 20, bytes.count)], at: index)
        default: bytes.removeSubrange(index..<min(index + 8, bytes.count))
        }
        if bytes.isEmpty { bytes = [13] }
    }

    private static func expectation(_ bytes: [UInt8], _ limits: Limits) -> [String] {
        expectation(of: [bytes], limits)
    }

    /// The answers to these bytes: what `echo` makes of each request, then the status of a refusal.
    private static func expectation(of pieces: [[UInt8]], _ limits: Limits) -> [String] {
        var parser = RequestParser(limits: limits)
        var input = InputBuffer()
        var open: (line: String, body: BodyDecoder, content: [UInt8], keeps: Bool)?
        var answers: [String] = []
        do throws(ProtocolError) {
            for piece in pieces {
                input.append(piece)
                while true {
                    if var request = open {
                        request.content += try request.body.decode(&input)
                        open = request
                        guard request.body.isDone else { break }
                        answers.append(request.line + String(decoding: request.content, as: UTF8.self))
                        open = nil
                        guard request.keeps else { return answers }
                    } else {
                        guard let head = try parser.parse(input.bytes, from: input.start) else { break }
                        let target = input.bytes[head.target.moved(by: input.start)]
                        let line = "\(head.method) \(String(decoding: target, as: UTF8.self))\n"
                        open = (line, BodyDecoder(head.framing, limits: limits), [], head.keepsConnection)
                        input.consume(head.byteCount)
                    }
                }
            }
        } catch {
            return answers + ["\(error.status.code)"]
        }
        return open == nil && parser.hasSkipped(input.count) ? answers : answers + ["400"]
    }
}
