import Support
import Testing

@testable import HTTPServer

/// The table of `WireCase`, on the wire and at every split of the bytes.
struct ConformanceTests {
    @Test(arguments: WireCase.table)
    func `what comes of each line of the table`(example: WireCase) async throws {
        try await withServer { server in
            switch example.outcome {
            case .answers(let texts):
                let responses = try await responses(server, to: example.bytes, ends: true)
                #expect(responses.map(\.status) == texts.map { _ in 200 })
                #expect(responses.map(\.text) == texts)
            case .answersAndCloses(let texts):
                for responses in try await closed(server, after: example.bytes) {
                    #expect(responses.map(\.status) == texts.map { _ in 200 })
                    #expect(responses.map(\.text) == texts)
                }
            case .refused(let status, let before):
                for responses in try await closed(server, after: example.bytes) {
                    #expect(responses.map(\.status) == before.map { _ in 200 } + [status])
                    #expect(responses.dropLast().map(\.text) == before)
                    #expect(responses.last?["Connection"] == "close")
                }
            case .cutShort(let status):
                let responses = try await responses(server, to: example.bytes, ends: true)
                #expect(responses.map(\.status) == [status])
            }
        }
    }

    /// What is answered when the server closes by itself, alone and with another request behind.
    private func closed(_ server: TestServer, after bytes: [UInt8]) async throws -> [[RawResponse]] {
        [
            try await responses(server, to: bytes, ends: false),
            try await responses(server, to: bytes + Array(get("", "/smuggled").utf8), ends: false),
        ]
    }

    private func responses(_ server: TestServer, to bytes: [UInt8], ends: Bool) async throws -> [RawResponse] {
        let client = try server.client()
        await client.send(bytes)
        if ends { client.finishSending() }
        return try RawResponse.all(in: await client.readToEnd())
    }

    @Test(arguments: WireCase.table.filter { $0.bytes.count < 2000 })
    func `the parser finds the same at every split of the bytes`(example: WireCase) {
        let bytes = example.bytes
        let whole = outcome(of: [bytes])
        for split in 1..<bytes.count {
            #expect(outcome(of: [Array(bytes[..<split]), Array(bytes[split...])]) == whole)
        }
        #expect(outcome(of: bytes.map { [$0] }) == whole)
    }

    /// What parser and decoder make of the requests in these pieces.
    private func outcome(of pieces: [[UInt8]]) -> String {
        var parser = RequestParser(limits: Limits())
        var input = InputBuffer()
        var body = BodyDecoder(.none, limits: Limits())
        // Of a body that fails, more or less may have been handed on by then.
        var (outcome, content) = ("", "")
        do throws(ProtocolError) {
            for piece in pieces {
                input.append(piece)
                while !input.isEmpty {
                    if body.isDone {
                        guard let head = try parser.parse(input.bytes, from: input.start) else { break }
                        outcome += content + describe(head, in: input)
                        content = ""
                        input.consume(head.byteCount)
                        body = BodyDecoder(head.framing, limits: Limits())
                    } else {
                        content += String(decoding: try body.decode(&input), as: UTF8.self)
                    }
                }
            }
        } catch {
            return "\(outcome) \(error)"
        }
        return "\(outcome) \(content) \(body.isDone) \(parser.hasSkipped(0))"
    }

    private func describe(_ head: RequestHead, in input: InputBuffer) -> String {
        func text(_ range: ByteRange) -> String {
            String(decoding: input.bytes[range.moved(by: input.start)], as: UTF8.self)
        }
        let fields = head.fields.map { "\(text($0.name))=\(text($0.value))" }
        return "\(head.method) \(text(head.path)) \(fields) \(head.framing) \(head.keepsConnection)\n"
    }
}
