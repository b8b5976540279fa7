import HTTPTypes

/// A stretch of bytes within a head, counted from the head's first byte.
struct ByteRange: Sendable, Equatable {
    var lower: Int32
    var upper: Int32

    init(_ lower: Int, _ upper: Int) {
        self.lower = Int32(truncatingIfNeeded: lower)
        self.upper = Int32(truncatingIfNeeded: upper)
    }

    var count: Int { Int(upper) - Int(lower) }
    var indices: Range<Int> { Int(lower)..<Int(upper) }

    func moved(by distance: Int) -> Range<Int> {
        Int(lower) + distance..<Int(upper) + distance
    }
}

/// A field line: where its name and its value without the white space around it stand.
struct FieldRange: Sendable, Equatable {
    let name: ByteRange
    let value: ByteRange
}

/// How the length of a request body is told (RFC 9112 §6.3).
enum BodyFraming: Sendable, Equatable {
    case none
    case length(Int)
    case chunked
}

/// A request head as places within its bytes: nothing of it is copied.
struct RequestHead: Sendable, Equatable {
    var method: HTTPRequest.Method
    var target: ByteRange
    var path: ByteRange
    var query: ByteRange?
    /// `HTTP/1.0`: no chunked answers, and the connection ends unless the client asks to keep it.
    var isHTTP10: Bool
    var fields: [FieldRange]
    var framing: BodyFraming
    var keepsConnection: Bool
    var expectsContinue: Bool
    /// Bytes of the head with the empty lines before it and the one after it.
    var byteCount: Int
}
