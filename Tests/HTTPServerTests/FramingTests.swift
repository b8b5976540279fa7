import Support
import Testing

@testable import HTTPServer

/// Raw request bytes and what becomes of them: the rules of RFC 9112 as a table.
struct FramingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let rule: String
        let bytes: String
        /// The statuses of all responses, in order.
        let statuses: [Int]

        init(_ rule: String, _ bytes: String, _ statuses: Int...) {
            (self.rule, self.bytes, self.statuses) = (rule, bytes, statuses)
        }

        var testDescription: String { rule }
    }

    static let host = "Host: a\r\n"

    static let accepted = [
        Case("a plain request", "GET / HTTP/1.1\r\n\(host)\r\n", 200),
        Case("empty lines before the request line", "\r\n\r\nGET / HTTP/1.1\r\n\(host)\r\n", 200),
        Case("white space around a value", "GET / HTTP/1.1\r\nHost: \t a \t \r\n\r\n", 200),
        Case("no white space before a value", "GET / HTTP/1.1\r\nHost:a\r\n\r\n", 200),
        Case("an empty value", "GET / HTTP/1.1\r\n\(host)X:\r\n\r\n", 200),
        Case("obs-text in a value", "GET / HTTP/1.1\r\n\(host)X: é\r\n\r\n", 200),
        Case("an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 200),
        Case("a Host with a port", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 200),
        Case("absolute-form", "GET http://a/b?c HTTP/1.1\r\n\(host)\r\n", 200),
        Case("asterisk-form", "OPTIONS * HTTP/1.1\r\n\(host)\r\n", 200),
        Case("raw UTF-8 in the target", "GET /reports/镇平县政府办公室/2023 HTTP/1.1\r\n\(host)\r\n", 200),
        Case("an unknown method", "BREW / HTTP/1.1\r\n\(host)\r\n", 200),
        Case("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", 200),
        Case("a later minor version", "GET / HTTP/1.2\r\n\(host)\r\n", 200),
        Case("a body by length", "POST / HTTP/1.1\r\n\(host)Content-Length: 3\r\n\r\nabc", 200),
        Case("a body of no bytes", "POST / HTTP/1.1\r\n\(host)Content-Length: 0\r\n\r\n", 200),
        Case("chunks", "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 200),
        Case(
            "chunk extensions and trailers",
            "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: Chunked\r\n\r\n3;a=b\r\nabc\r\n00 ;x\r\nT: u\r\n\r\n", 200),
        Case("two requests at once", "GET / HTTP/1.1\r\n\(host)\r\nGET /b HTTP/1.1\r\n\(host)\r\n", 200, 200),
        Case(
            "a request behind a body",
            "POST / HTTP/1.1\r\n\(host)Content-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\n\(host)\r\n", 200, 200),
        Case("Connection: close ends it", "GET / HTTP/1.1\r\n\(host)Connection: x, Close\r\n\r\nGET /", 200),
        Case("HTTP/1.0 ends it", "GET / HTTP/1.0\r\n\r\nGET / HTTP/1.0\r\n\r\n", 200),
        Case(
            "HTTP/1.0 with keep-alive", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n", 200,
            200),
    ]

    static let refused = [
        Case("no Host", "GET / HTTP/1.1\r\n\r\n", 400),
        Case("two Hosts", "GET / HTTP/1.1\r\n\(host)\(host)\r\n", 400),
        Case("two Hosts in HTTP/1.0", "GET / HTTP/1.0\r\n\(host)\(host)\r\n", 400),
        Case("a Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
        Case("a Host with a space", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
        Case("a Host with user information", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400),
        Case("white space before a colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
        Case("a folded line", "GET / HTTP/1.1\r\n\(host)X: a\r\n b\r\n\r\n", 400),
        Case("white space before the first field", "GET / HTTP/1.1\r\n \(host)\r\n", 400),
        Case("a field without a name", "GET / HTTP/1.1\r\n\(host): a\r\n\r\n", 400),
        Case("a field without a colon", "GET / HTTP/1.1\r\n\(host)X\r\n\r\n", 400),
        Case("a bare CR in a value", "GET / HTTP/1.1\r\n\(host)X: a\rb\r\n\r\n", 400),
        Case("a bare LF after a field", "GET / HTTP/1.1\r\n\(host)X: a\nY: b\r\n\r\n", 400),
        Case("a bare LF after the request line", "GET / HTTP/1.1\n\(host)\r\n", 400),
        Case("a bare LF before the request line", "\nGET / HTTP/1.1\r\n\(host)\r\n", 400),
        Case("NUL in a value", "GET / HTTP/1.1\r\n\(host)X: a\0b\r\n\r\n", 400),
        Case("NUL in a target", "GET /\0 HTTP/1.1\r\n\(host)\r\n", 400),
        Case("DEL in a value", "GET / HTTP/1.1\r\n\(host)X: a\u{7F}\r\n\r\n", 400),
        Case("two spaces in the request line", "GET  / HTTP/1.1\r\n\(host)\r\n", 400),
        Case("a tab in the request line", "GET\t/ HTTP/1.1\r\n\(host)\r\n", 400),
        Case("a space behind the version", "GET / HTTP/1.1 \r\n\(host)\r\n", 400),
        Case("no version", "GET /\r\n\r\n", 400),
        Case("a version in lower case", "GET / http/1.1\r\n\(host)\r\n", 400),
        Case("a version of two digits", "GET / HTTP/1.10\r\n\(host)\r\n", 400),
        Case("a fragment", "GET /#a HTTP/1.1\r\n\(host)\r\n", 400),
        Case("a target of no form", "GET a HTTP/1.1\r\n\(host)\r\n", 400),
        Case("an asterisk for GET", "GET * HTTP/1.1\r\n\(host)\r\n", 400),
        Case("CONNECT", "CONNECT a:1 HTTP/1.1\r\n\(host)\r\n", 501),
        Case("HTTP/2", "GET / HTTP/2.0\r\n\(host)\r\n", 505),
        Case("the HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        Case("a TLS hello", "\u{16}\u{3}\u{1}", 400),
        Case("a signed Content-Length", "POST / HTTP/1.1\r\n\(host)Content-Length: +3\r\n\r\nabc", 400),
        Case("an empty Content-Length", "POST / HTTP/1.1\r\n\(host)Content-Length:\r\n\r\n", 400),
        Case("a hexadecimal Content-Length", "POST / HTTP/1.1\r\n\(host)Content-Length: 0x3\r\n\r\nabc", 400),
        Case("a list of Content-Lengths", "POST / HTTP/1.1\r\n\(host)Content-Length: 3, 3\r\n\r\nabc", 400),
        Case(
            "a second Content-Length", "POST / HTTP/1.1\r\n\(host)Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
            400),
        Case(
            "an overflowing Content-Length",
            "POST / HTTP/1.1\r\n\(host)Content-Length: 99999999999999999999\r\n\r\n", 400),
        Case("a huge Content-Length", "POST / HTTP/1.1\r\n\(host)Content-Length: 9223372036854775807\r\n\r\n", 413),
        Case(
            "both framings",
            "POST / HTTP/1.1\r\n\(host)Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        Case("Transfer-Encoding in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        Case("a coding that is not chunked", "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: gzip\r\n\r\n", 400),
        Case("an empty Transfer-Encoding", "POST / HTTP/1.1\r\n\(host)Transfer-Encoding:\r\n\r\n", 400),
        Case("chunked twice", "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked, chunked\r\n\r\n", 400),
        Case(
            "chunked in two lines",
            "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        Case("a coding before chunked", "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
        Case("another expectation", "POST / HTTP/1.1\r\n\(host)Expect: x\r\n\r\n", 417),
        Case("a chunk size with a sign", chunked("+3\r\nabc\r\n0\r\n\r\n"), 400),
        Case("a chunk size with a prefix", chunked("0x3\r\nabc\r\n0\r\n\r\n"), 400),
        Case("an empty chunk size", chunked("\r\nabc\r\n0\r\n\r\n"), 400),
        Case("an overflowing chunk size", chunked("10000000000000000\r\nabc"), 400),
        Case("a chunk that is too long", chunked("3\r\nabcd\r\n0\r\n\r\n"), 400),
        Case("a bare LF after a chunk size", chunked("3\nabc\r\n0\r\n\r\n"), 400),
        Case("a bare LF after a chunk", chunked("3\r\nabc\n0\r\n\r\n"), 400),
        Case("a bare CR in an extension", chunked("3;a\rb\r\nabc\r\n0\r\n\r\n"), 400),
        Case("a folded trailer", chunked("0\r\n a\r\n\r\n"), 400),
        Case("a head that ends early", "GET / HTTP/1.1\r\nHost", 400),
        Case("a body that ends early", "POST / HTTP/1.1\r\n\(host)Content-Length: 3\r\n\r\na", 400),
    ]

    static func chunked(_ body: String) -> String {
        "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n\(body)"
    }

    @Test(arguments: accepted)
    func `what the RFC allows is answered`(example: Case) async throws {
        try await withServer { server in
            let responses = try await server.responses(to: example.bytes)
            #expect(responses.map(\.status) == example.statuses)
        }
    }

    @Test(arguments: refused)
    func `what the RFC forbids is refused, and nothing after it is answered`(example: Case) async throws {
        try await withServer { server in
            let responses = try await server.responses(to: example.bytes)
            #expect(responses.map(\.status) == example.statuses)
            #expect(responses.first?["Connection"] == "close")
            guard !example.rule.contains("early"), !example.rule.contains("TLS") else { return }
            let smuggled = "GET /smuggled HTTP/1.1\r\n\(Self.host)\r\n"
            let again = try await server.responses(to: example.bytes + smuggled)
            #expect(again.allSatisfy { !$0.text.contains("smuggled") })
        }
    }

    @Test(arguments: accepted + refused)
    func `the parser finds the same at every split of the bytes`(example: Case) {
        let bytes = Array(example.bytes.utf8)
        let whole = outcome(of: [bytes])
        for split in 1..<bytes.count {
            #expect(outcome(of: [Array(bytes[..<split]), Array(bytes[split...])]) == whole)
        }
        #expect(outcome(of: bytes.map { [$0] }) == whole)
    }

    /// What parser and decoder make of the first request in these pieces.
    private func outcome(of pieces: [[UInt8]]) -> String {
        var parser = RequestParser(limits: Limits())
        var input = InputBuffer()
        var body: BodyDecoder?
        var head = ""
        var content: [UInt8] = []
        do throws(ProtocolError) {
            for piece in pieces {
                input.append(piece)
                if body == nil, let parsed = try parser.parse(input.bytes, from: input.start) {
                    let fields = parsed.fields.map { $0.value.moved(by: input.start) }.map { input.bytes[$0] }
                    head = "\(parsed.method) \(parsed.path) \(fields.map { String(decoding: $0, as: UTF8.self) })"
                    input.consume(parsed.byteCount)
                    body = BodyDecoder(parsed.framing, limits: Limits())
                }
                while body?.isDone == false, let piece = try body?.decode(&input), !piece.isEmpty { content += piece }
            }
        } catch {
            return "\(error)"
        }
        return "\(head) \(String(decoding: content, as: UTF8.self)) \(body?.isDone as Any)"
    }
}
