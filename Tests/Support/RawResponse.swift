/// A response as it came over the wire, read independently of the server's own code.
public struct RawResponse: Sendable {
    /// The status code.
    public let status: Int
    /// The words behind it; empty for one that came over no wire.
    public var phrase = ""
    /// The field lines in order.
    public let fields: [(name: String, value: String)]
    /// The content without chunk framing.
    public let body: [UInt8]

    /// A response of these parts, for one that came over no wire.
    public init(status: Int, fields: [(name: String, value: String)], body: [UInt8]) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// All values of a field.
    public func values(_ name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    /// The only value of a field; `nil` when it is absent or repeated.
    public subscript(name: String) -> String? {
        let values = values(name)
        return values.count == 1 ? values[0] : nil
    }

    /// The content as text.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// Reads all responses in the bytes of a finished connection.
    public static func all(in bytes: [UInt8]) throws -> [RawResponse] {
        var rest = bytes
        var responses: [RawResponse] = []
        while !rest.isEmpty {
            guard let (response, used) = try parse(rest, toHead: false, isWhole: true) else {
                throw RawClient.Failure.malformedResponse(rest)
            }
            responses.append(response)
            rest = Array(rest[used...])
        }
        return responses
    }

    /// Reads one response; `nil` when more bytes are needed.
    static func parse(_ bytes: [UInt8], toHead: Bool, isWhole: Bool) throws -> (RawResponse, used: Int)? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let parts = lines[0].split(separator: " ", maxSplits: 2)
        guard parts.count >= 2, parts[0] == "HTTP/1.1", let status = Int(parts[1]) else {
            throw RawClient.Failure.malformedResponse(bytes)
        }
        let fields = lines.dropFirst().map { line in
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            return (name: String(line[..<colon]), value: String(line[colon...].dropFirst(2)))
        }
        var head = RawResponse(status: status, fields: fields, body: [])
        head.phrase = parts.count > 2 ? String(parts[2]) : ""
        let start = end.upperBound
        if toHead || status == 204 || status == 304 || status < 200 { return (head, start) }
        if head["Transfer-Encoding"] == "chunked" { return try chunked(bytes, from: start, head) }
        if let length = head["Content-Length"].flatMap({ Int($0) }) {
            guard bytes.count - start >= length else { return nil }
            return (head.with(Array(bytes[start..<start + length])), start + length)
        }
        return isWhole ? (head.with(Array(bytes[start...])), bytes.count) : nil
    }

    private static func chunked(
        _ bytes: [UInt8], from start: Int, _ head: RawResponse
    ) throws -> (RawResponse, used: Int)? {
        var body: [UInt8] = []
        var index = start
        while let line = bytes[index...].firstRange(of: [13, 10]) {
            guard let size = Int(String(decoding: bytes[index..<line.lowerBound], as: UTF8.self), radix: 16) else {
                throw RawClient.Failure.malformedResponse(bytes)
            }
            let data = line.upperBound
            guard bytes.count >= data + size + 2 else { return nil }
            guard bytes[data + size] == 13, bytes[data + size + 1] == 10 else {
                throw RawClient.Failure.malformedResponse(bytes)
            }
            body += bytes[data..<data + size]
            index = data + size + 2
            if size == 0 { return (head.with(body), index) }
        }
        return nil
    }

    private func with(_ body: [UInt8]) -> RawResponse {
        var whole = RawResponse(status: status, fields: fields, body: body)
        whole.phrase = phrase
        return whole
    }
}
