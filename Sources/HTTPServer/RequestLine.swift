import HTTPTypes

/// The first line of a request (RFC 9112 §3).
struct RequestLine: Sendable, Equatable {
    var method: HTTPRequest.Method
    var target: ByteRange
    var path: ByteRange
    var query: ByteRange?
    var isHTTP10: Bool
    /// Where the line after it begins.
    var end: Int
}

extension RequestLine {
    /// Reads the line that begins at `start`.
    ///
    /// - Returns: `nil` when the line is right as far as it goes but has not ended.
    static func parse(_ bytes: Span<UInt8>, from start: Int) throws(ProtocolError) -> RequestLine? {
        guard let methodEnd = try endOfMethod(bytes, from: start) else { return nil }
        var query: Int?
        guard let targetEnd = try endOfTarget(bytes, from: methodEnd + 1, query: &query) else { return nil }
        guard let minor = try minorVersion(bytes, from: targetEnd + 1) else { return nil }
        let method = try method(bytes, start..<methodEnd)
        let target = ByteRange(methodEnd + 1, targetEnd)
        let pathStart = try startOfPath(bytes, target, method)
        let pathEnd = max(query ?? targetEnd, pathStart)
        return RequestLine(
            method: method, target: target, path: ByteRange(pathStart, pathEnd),
            query: query.map { ByteRange($0 + 1, targetEnd) }, isHTTP10: minor == 0,
            end: targetEnd + 1 + versionBytes)
    }

    /// `HTTP/1.1` and CRLF.
    private static var versionBytes: Int { 10 }

    private static func endOfMethod(_ bytes: Span<UInt8>, from start: Int) throws(ProtocolError) -> Int? {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte == Byte.space {
                guard index > start else { throw .malformedRequestLine }
                return index
            }
            guard Byte.isToken(byte) else { throw .malformedRequestLine }
            index += 1
        }
        return nil
    }

    /// Raw UTF-8 is let through, and so are the visible characters that a URI has to encode, as `|` and `"`: curl sends what
    /// was typed, and no reader of the line takes them for anything else.
    private static func endOfTarget(
        _ bytes: Span<UInt8>, from start: Int, query: inout Int?
    ) throws(ProtocolError) -> Int? {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte == Byte.space {
                guard index > start else { throw .malformedRequestLine }
                return index
            }
            guard byte > Byte.space, byte != Byte.delete else { throw .malformedRequestLine }
            // A fragment is never sent (RFC 9112 §3.2).
            guard byte != Byte.numberSign else { throw .malformedTarget }
            if byte == Byte.questionMark, query == nil { query = index }
            index += 1
        }
        return nil
    }

    /// The digit after `HTTP/1.`; the line must end right behind it.
    private static func minorVersion(_ bytes: Span<UInt8>, from start: Int) throws(ProtocolError) -> UInt8? {
        var digits: (major: UInt8, minor: UInt8) = (0, 0)
        for offset in 0..<versionBytes {
            guard start + offset < bytes.count else { return nil }
            let byte = bytes[start + offset]
            switch offset {
            case 5: digits.major = byte &- Byte.zero
            case 7: digits.minor = byte &- Byte.zero
            default: guard byte == versionPattern[offset] else { throw .malformedRequestLine }
            }
        }
        guard digits.major < 10, digits.minor < 10 else { throw .malformedRequestLine }
        guard digits.major == 1 else { throw .unsupportedVersion }
        return digits.minor
    }

    private static var versionPattern: InlineArray<10, UInt8> {
        [0x48, 0x54, 0x54, 0x50, 0x2F, 0x31, 0x2E, 0x31, 0x0D, 0x0A]
    }

    private static func method(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ProtocolError) -> HTTPRequest.Method {
        switch (range.count, bytes[range.lowerBound]) {
        case (3, 0x47) where Byte.match(bytes, range, "GET"): return .get
        case (3, 0x50) where Byte.match(bytes, range, "PUT"): return .put
        case (4, 0x48) where Byte.match(bytes, range, "HEAD"): return .head
        case (4, 0x50) where Byte.match(bytes, range, "POST"): return .post
        case (5, 0x50) where Byte.match(bytes, range, "PATCH"): return .patch
        case (6, 0x44) where Byte.match(bytes, range, "DELETE"): return .delete
        case (7, 0x4F) where Byte.match(bytes, range, "OPTIONS"): return .options
        case (7, 0x43) where Byte.match(bytes, range, "CONNECT"): throw .unsupportedMethod
        default:
            let name = String(decoding: range.map { bytes[$0] }, as: UTF8.self)
            guard let method = HTTPRequest.Method(name) else { throw .malformedRequestLine }
            return method
        }
    }

    /// Origin-form, absolute-form and, for OPTIONS alone, asterisk-form (RFC 9112 §3.2).
    private static func startOfPath(
        _ bytes: Span<UInt8>, _ target: ByteRange, _ method: HTTPRequest.Method
    ) throws(ProtocolError) -> Int {
        let range = target.indices
        if bytes[range.lowerBound] == Byte.slash { return range.lowerBound }
        if range.count == 1, bytes[range.lowerBound] == Byte.asterisk, method == .options { return range.lowerBound }
        var index = range.lowerBound
        if Byte.startsIgnoringCase(bytes, range, with: "http://") {
            index += 7
        } else if Byte.startsIgnoringCase(bytes, range, with: "https://") {
            index += 8
        } else {
            throw .malformedTarget
        }
        let authority = index
        while index < range.upperBound, bytes[index] != Byte.slash, bytes[index] != Byte.questionMark { index += 1 }
        guard HostRule.accepts(bytes, authority..<index), index > authority, bytes[authority] != Byte.colon else {
            throw .malformedTarget
        }
        return index
    }
}
