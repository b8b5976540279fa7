public import HTTPTypes

/// A request whose head has been read and found right. Nothing is decoded and hardly anything copied.
public struct Request: Sendable {
    /// Unique within the server: for logs and for answers that name it.
    public let id: UInt64
    /// The method, any token.
    public let method: HTTPRequest.Method
    /// The content, read on demand.
    public let body: RequestBody
    /// Who asks.
    public let peer: PeerAddress

    private let bytes: [UInt8]
    private let start: Int
    let head: RequestHead

    init(id: UInt64, head: RequestHead, bytes: [UInt8], start: Int, body: RequestBody, peer: PeerAddress) {
        self.id = id
        self.method = head.method
        self.body = body
        self.peer = peer
        self.bytes = bytes
        self.start = start
        self.head = head
    }

    /// The request target as sent: raw bytes, percent-encoding kept (RFC 9112 §3.2).
    public var target: ArraySlice<UInt8> { slice(head.target) }

    /// The path of the target as sent, percent-encoding kept; `/` when an absolute target has none, `*` for `OPTIONS *`.
    public var path: ArraySlice<UInt8> { head.path.count == 0 ? [Byte.slash] : slice(head.path) }

    /// What follows the first `?` of the target, as sent; `nil` without `?`.
    public var query: ArraySlice<UInt8>? { head.query.map(slice) }

    /// The value of a field as sent; the values of several lines are joined with `, ` (RFC 9110 §5.3).
    ///
    /// Copies nothing when the field has one line.
    public func bytes(of name: HTTPField.Name) -> ArraySlice<UInt8>? {
        let wanted = name.canonicalName
        var found: ArraySlice<UInt8>?
        for field in head.fields where field.name.count == wanted.utf8.count {
            guard Byte.matchIgnoringCase(bytes.span, field.name.moved(by: start), wanted) else { continue }
            let value = slice(field.value)
            found = found.map { $0 + [Byte.comma, Byte.space] + value } ?? value
        }
        return found
    }

    /// The value of a field as text; bytes that are not UTF-8 are replaced. `nil` when the field is absent.
    public subscript(name: HTTPField.Name) -> String? {
        bytes(of: name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// All fields in order. Built anew at each call: look up single fields with `bytes(of:)` on hot paths.
    public var fields: HTTPFields {
        var fields = HTTPFields()
        for field in head.fields {
            let name = String(decoding: slice(field.name), as: UTF8.self)
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: slice(field.value))) }
        }
        return fields
    }

    private func slice(_ range: ByteRange) -> ArraySlice<UInt8> {
        bytes[range.moved(by: start)]
    }
}

extension Request {
    /// A request that came over no connection, checked like one that did; `Host` is added when `fields` has none.
    ///
    /// - Parameter limits: what the request line and the fields may take.
    /// - Throws: What is wrong with the target or the fields.
    public init(
        _ method: HTTPRequest.Method, _ target: String, fields: HTTPFields = [:], body: [UInt8] = [],
        peer: PeerAddress = .loopback, id: UInt64 = 0, limits: Limits = Limits()
    ) throws(ProtocolError) {
        var text = "\(method.rawValue) \(target) HTTP/1.1\r\n"
        if !fields.contains(where: { $0.name.canonicalName == "host" }) { text += "Host: localhost\r\n" }
        for field in fields { text += "\(field.name.rawName): \(field.value)\r\n" }
        let bytes = Array("\(text)\r\n".utf8)
        var parser = RequestParser(limits: limits)
        guard let head = try parser.parse(bytes, from: 0) else { throw .incompleteRequest }
        self.init(id: id, head: head, bytes: bytes, start: 0, body: RequestBody(body), peer: peer)
    }
}
