import HTTPTypes

/// Writes response heads (RFC 9112 §4 to §6).
enum ResponseEncoder {
    /// How the body of an answer ends. A response never has both framings.
    enum Framing: Equatable {
        /// The status has no body: 204 and 304.
        case none
        case length(Int)
        case chunked
        /// Ends with the connection: a stream of unknown length to an HTTP/1.0 client.
        case untilClose
    }

    /// What else the head depends on.
    struct Context {
        var framing: Framing
        var closes: Bool
        var isHTTP10: Bool
    }

    /// Appends the head of `response`. `dateLine` is a finished `Date` field line.
    static func append(_ response: Response, _ context: Context, dateLine: [UInt8], to output: inout [UInt8]) {
        appendStatusLine(response.status, to: &output)
        output.append(contentsOf: dateLine)
        response.prepared.append(to: &output)
        // Walking over none costs more than asking: answers of prepared fields have no others.
        if !response.fields.isEmpty {
            for field in response.fields where !isServersOwn(field.name) { append(field, to: &output) }
        }
        switch context.framing {
        case .length(let count):
            output.append(contentsOf: "Content-Length: ".utf8)
            appendDecimal(count, to: &output)
            output.append(contentsOf: "\r\n".utf8)
        case .chunked: output.append(contentsOf: "Transfer-Encoding: chunked\r\n".utf8)
        case .none, .untilClose: break
        }
        if context.closes {
            output.append(contentsOf: "Connection: close\r\n".utf8)
        } else if context.isHTTP10 {
            output.append(contentsOf: "Connection: keep-alive\r\n".utf8)
        }
        output.append(contentsOf: "\r\n".utf8)
    }

    /// Appends a chunk (RFC 9112 §7.1); nothing for an empty one, which would end the body.
    static func appendChunk(_ bytes: [UInt8], to output: inout OutputBuffer) {
        guard !bytes.isEmpty else { return }
        output.tail.append(contentsOf: String(bytes.count, radix: 16).utf8)
        output.tail.append(contentsOf: "\r\n".utf8)
        output.append(bytes)
        output.tail.append(contentsOf: "\r\n".utf8)
    }

    static func append(_ field: HTTPField, to output: inout [UInt8]) {
        output.append(contentsOf: field.name.rawName.utf8)
        output.append(contentsOf: ": ".utf8)
        output.append(contentsOf: field.value.utf8)
        output.append(contentsOf: "\r\n".utf8)
    }

    /// Fields that are for the server alone to send.
    static func isServersOwn(_ name: HTTPField.Name) -> Bool {
        switch name.canonicalName {
        case "connection", "content-length", "transfer-encoding", "date", "keep-alive": true
        default: false
        }
    }

    static func appendDecimal(_ number: Int, to output: inout [UInt8]) {
        if number >= 10 { appendDecimal(number / 10, to: &output) }
        output.append(Byte.zero + UInt8(truncatingIfNeeded: number % 10))
    }

    private static func appendStatusLine(_ status: HTTPResponse.Status, to output: inout [UInt8]) {
        // Nearly all answers.
        if status == .ok { return output.append(contentsOf: "HTTP/1.1 200 OK\r\n".utf8) }
        if status == .notModified { return output.append(contentsOf: "HTTP/1.1 304 Not Modified\r\n".utf8) }
        output.append(contentsOf: "HTTP/1.1 ".utf8)
        appendDecimal(status.code, to: &output)
        output.append(Byte.space)
        output.append(contentsOf: status.reasonPhrase.utf8)
        output.append(contentsOf: "\r\n".utf8)
    }
}
