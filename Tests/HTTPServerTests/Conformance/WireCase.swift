import Testing

/// A line of the table: a rule of the RFC, why it matters here, the bytes a client sends, and what becomes of them.
struct WireCase: Sendable, CustomTestStringConvertible {
    enum Outcome: Sendable {
        /// Each request is answered with its line and its body, and the connection stays.
        case answers([String])
        /// The same, and then the server closes: what follows is not answered.
        case answersAndCloses([String])
        /// Refused with this status, and closed: what follows is not answered. `after` is what was answered before it.
        case refused(Int, after: [String] = [])
        /// Refused once the client has ended its side in the middle.
        case cutShort(Int)
    }

    let rule: String
    let reason: String
    let bytes: [UInt8]
    let outcome: Outcome

    init(_ rule: String, _ reason: String, _ bytes: String, _ outcome: Outcome) {
        self.init(rule, reason, bytes: Array(bytes.utf8), outcome)
    }

    init(_ rule: String, _ reason: String, bytes: [UInt8], _ outcome: Outcome) {
        (self.rule, self.reason, self.bytes, self.outcome) = (rule, reason, bytes, outcome)
    }

    var testDescription: String { "\(rule): \(reason)" }

    static let table =
        requestLines + targets + fields + hosts + hostNames + lengths + codings + chunks + connections + sizes
}

extension WireCase.Outcome {
    static func answers(_ text: String) -> Self { .answers([text]) }
}

/// A GET with these field lines beside `Host`.
func get(_ fields: String = "", _ target: String = "/") -> String {
    "GET \(target) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"
}

/// A POST with these field lines and this body.
func post(_ fields: String, _ body: String = "") -> String {
    "POST / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\(body)"
}

/// A POST whose body comes in chunks.
func chunked(_ body: String) -> String {
    post("Transfer-Encoding: chunked\r\n", body)
}
