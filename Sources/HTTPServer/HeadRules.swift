/// What the fields of a head say about the message and the connection, checked as the fields come.
struct HeadRules {
    private var hosts = 0
    private var contentLength: Int?
    private var hasTransferEncoding = false
    private var endsInChunked = false
    private var hasOtherCoding = false
    private var closes = false
    private var keepsAlive = false
    private(set) var expectsContinue = false

    /// Takes note of a field line.
    mutating func note(_ field: FieldRange, in bytes: Span<UInt8>) throws(ProtocolError) {
        let (name, value) = (field.name.indices, field.value.indices)
        switch name.count {
        case 4 where Byte.matchIgnoringCase(bytes, name, "host"): try noteHost(bytes, value)
        case 6 where Byte.matchIgnoringCase(bytes, name, "expect"): try noteExpectation(bytes, value)
        case 10 where Byte.matchIgnoringCase(bytes, name, "connection"): noteConnection(bytes, value)
        case 14 where Byte.matchIgnoringCase(bytes, name, "content-length"): try noteLength(bytes, value)
        case 17 where Byte.matchIgnoringCase(bytes, name, "transfer-encoding"): try noteCodings(bytes, value)
        default: break
        }
    }

    /// How the body ends, once all fields are known (RFC 9112 §6.3).
    func framing(isHTTP10: Bool) throws(ProtocolError) -> BodyFraming {
        // RFC 9112 §3.2: HTTP/1.1 needs one Host.
        guard hosts == 1 || isHTTP10 else { throw .malformedHost }
        guard hasTransferEncoding else { return contentLength.map { $0 == 0 ? .none : .length($0) } ?? .none }
        // RFC 9112 §6.1: both, or a coding in HTTP/1.0, is what request smuggling is made of.
        guard contentLength == nil, !isHTTP10, endsInChunked else { throw .malformedTransferEncoding }
        guard !hasOtherCoding else { throw .unsupportedTransferEncoding }
        return .chunked
    }

    /// RFC 9112 §9.3.
    func keepsConnection(isHTTP10: Bool) -> Bool {
        !closes && (!isHTTP10 || keepsAlive)
    }

    private mutating func noteHost(_ bytes: Span<UInt8>, _ value: Range<Int>) throws(ProtocolError) {
        hosts += 1
        guard hosts == 1, HostRule.accepts(bytes, value) else { throw .malformedHost }
    }

    private mutating func noteExpectation(_ bytes: Span<UInt8>, _ value: Range<Int>) throws(ProtocolError) {
        var rest = value
        while let expectation = nextListMember(bytes, &rest) {
            guard Byte.matchIgnoringCase(bytes, expectation, "100-continue") else { throw .unsupportedExpectation }
            expectsContinue = true
        }
    }

    private mutating func noteConnection(_ bytes: Span<UInt8>, _ value: Range<Int>) {
        var rest = value
        while let option = nextListMember(bytes, &rest) {
            if Byte.matchIgnoringCase(bytes, option, "close") { closes = true }
            if Byte.matchIgnoringCase(bytes, option, "keep-alive") { keepsAlive = true }
        }
    }

    /// One plain number: no sign, no list, no second field, nothing that overflows.
    private mutating func noteLength(_ bytes: Span<UInt8>, _ value: Range<Int>) throws(ProtocolError) {
        guard contentLength == nil, !value.isEmpty else { throw .malformedContentLength }
        var length = 0
        for index in value {
            guard Byte.isDigit(bytes[index]) else { throw .malformedContentLength }
            let (tens, tooLarge) = length.multipliedReportingOverflow(by: 10)
            let (sum, carries) = tens.addingReportingOverflow(Int(bytes[index] &- Byte.zero))
            guard !tooLarge, !carries else { throw .malformedContentLength }
            length = sum
        }
        contentLength = length
    }

    /// `chunked` must stand once, and last, over all field lines (RFC 9112 §6.1).
    private mutating func noteCodings(_ bytes: Span<UInt8>, _ value: Range<Int>) throws(ProtocolError) {
        hasTransferEncoding = true
        var rest = value
        while let coding = nextListMember(bytes, &rest) {
            guard !endsInChunked else { throw .malformedTransferEncoding }
            endsInChunked = Byte.matchIgnoringCase(bytes, coding, "chunked")
            hasOtherCoding = hasOtherCoding || !endsInChunked
        }
    }

    /// The next non-empty member of a comma-separated list, without the white space around it (RFC 9110 §5.6.1).
    private func nextListMember(_ bytes: Span<UInt8>, _ rest: inout Range<Int>) -> Range<Int>? {
        while !rest.isEmpty {
            var end = rest.lowerBound
            while end < rest.upperBound, bytes[end] != Byte.comma { end += 1 }
            let member = Byte.trim(bytes, rest.lowerBound..<end)
            rest = min(end + 1, rest.upperBound)..<rest.upperBound
            if !member.isEmpty { return member }
        }
        return nil
    }
}
