extension RawClient {
    /// Sends one request, its target byte for byte as given, and reads the answer.
    ///
    /// `Host` and `Content-Length` are added; fields go out as they are given.
    public func request(
        _ method: String, _ target: [UInt8], _ fields: [(String, String)] = [], body: [UInt8] = []
    ) async throws -> RawResponse {
        await send(Self.bytes(method, target, fields, body: body))
        return try await readResponse(toHead: method == "HEAD")
    }

    /// Sends one request and reads the answer.
    public func request(
        _ method: String, _ target: String, _ fields: [(String, String)] = [], body: [UInt8] = []
    ) async throws -> RawResponse {
        try await request(method, Array(target.utf8), fields, body: body)
    }

    /// The bytes of a request.
    public static func bytes(
        _ method: String, _ target: [UInt8], _ fields: [(String, String)] = [], body: [UInt8] = []
    ) -> [UInt8] {
        var head = " HTTP/1.1\r\nHost: localhost\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        if !body.isEmpty || ["POST", "PUT", "PATCH"].contains(method) { head += "Content-Length: \(body.count)\r\n" }
        return Array("\(method) ".utf8) + target + Array("\(head)\r\n".utf8) + body
    }
}
