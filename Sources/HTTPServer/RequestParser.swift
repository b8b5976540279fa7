internal import HTTPTypes

/// Reads request heads, line by line, from bytes that come in pieces (RFC 9112 §2 to §6).
///
/// Pure: it holds no bytes and does no input. It is strict where leniency would let two readers of the same bytes see
/// different messages. However the bytes are split, the outcome is the same.
struct RequestParser {
    private let limits: Limits
    /// The start of the line being read, counted from the first byte of the request.
    private var position = 0
    /// No line ends before this: an unfinished line is not read anew for each byte that comes.
    private var scanned = 0
    private var line: RequestLine?
    private var fields: [FieldRange] = []
    private var rules = HeadRules()

    init(limits: Limits) {
        self.limits = limits
    }

    /// Whether so many bytes are no more than empty lines, which may stand before a request (RFC 9112 §2.2): nothing of one
    /// has been seen.
    func hasSkipped(_ count: Int) -> Bool { line == nil && position == count }

    /// Whether the request line has been read and asks for no content.
    var isHead: Bool { line?.method == .head }

    /// Reads on in the request that begins at `bytes[start]`; all its bytes so far must be there at each call.
    ///
    /// - Returns: The head, after which the parser is ready for the next one, or `nil` when more bytes are needed.
    mutating func parse(_ bytes: [UInt8], from start: Int) throws(ProtocolError) -> RequestHead? {
        let span = bytes.span.extracting(start...)
        guard hasNewLine(span) || span.count > bytesMax else { return nil }
        // What lies beyond the limit is never looked at: else it would depend on the pieces what is found first.
        while let end = try parseLine(span.extracting(..<min(span.count, bytesMax))) {
            position = end
            try checkLimits()
            if let head = try finishedHead(span) { return head }
        }
        scanned = span.count
        guard span.count <= bytesMax else { throw line == nil ? .requestLineTooLong : .headerTooLarge }
        return nil
    }

    /// Where the line being read must have ended: the request line, or the last of the field lines and the empty one.
    private var bytesMax: Int {
        (line.map { $0.end + limits.headerBytesMax } ?? position + limits.requestLineBytesMax) + 2
    }

    private mutating func hasNewLine(_ bytes: Span<UInt8>) -> Bool {
        guard scanned > 0 else { return !bytes.isEmpty }
        while scanned < bytes.count {
            scanned += 1
            if bytes[scanned - 1] == Byte.lineFeed { return true }
        }
        return false
    }

    /// Reads one line; gives where the next one begins.
    private mutating func parseLine(_ bytes: Span<UInt8>) throws(ProtocolError) -> Int? {
        guard line != nil else { return try parseRequestLine(bytes) }
        guard position < bytes.count else { return nil }
        if bytes[position] == Byte.carriageReturn {
            // The head ends here, once its last byte has come.
            return try endOfLine(bytes, at: position, else: .malformedField).map { _ in position }
        }
        guard let field = try FieldLine.parse(bytes, from: position) else { return nil }
        fields.append(field.field)
        try rules.note(field.field, in: bytes)
        return field.end
    }

    private mutating func parseRequestLine(_ bytes: Span<UInt8>) throws(ProtocolError) -> Int? {
        guard position < bytes.count else { return nil }
        // Empty lines before a request are skipped (RFC 9112 §2.2).
        if bytes[position] == Byte.carriageReturn {
            return try endOfLine(bytes, at: position, else: .malformedRequestLine)
        }
        guard let parsed = try RequestLine.parse(bytes, from: position) else { return nil }
        line = parsed
        fields.reserveCapacity(12)
        return parsed.end
    }

    /// Holds the lines so far to the limits.
    private func checkLimits() throws(ProtocolError) {
        if let line {
            guard position - line.end <= limits.headerBytesMax, fields.count <= limits.headerFieldsMax else {
                throw .headerTooLarge
            }
        } else if position > limits.headerBytesMax {
            throw .malformedRequestLine
        }
    }

    /// The head, when the empty line that ends it stands at `position`.
    private mutating func finishedHead(_ bytes: Span<UInt8>) throws(ProtocolError) -> RequestHead? {
        guard let line, position < bytes.count, bytes[position] == Byte.carriageReturn else { return nil }
        guard let end = try endOfLine(bytes, at: position, else: .malformedField) else { return nil }
        let head = RequestHead(
            method: line.method, target: line.target, path: line.path, query: line.query, isHTTP10: line.isHTTP10,
            fields: fields, framing: try rules.framing(isHTTP10: line.isHTTP10),
            keepsConnection: rules.keepsConnection(isHTTP10: line.isHTTP10),
            expectsContinue: rules.expectsContinue && !line.isHTTP10, byteCount: end)
        self = RequestParser(limits: limits)
        return head
    }
}
