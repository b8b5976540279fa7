/// Takes the chunk framing off a body that comes in pieces (RFC 9112 §7.1).
///
/// Pure and strict: sizes are bare hexadecimal, every line ends in CRLF. Extensions and trailers are checked and dropped.
struct ChunkedDecoder {
    private enum State {
        case sizeStart
        case size
        case extensions
        case sizeLineFeed
        case data(remaining: Int)
        case dataReturn
        case dataLineFeed
        case trailer
        case done
    }

    private let limits: Limits
    private var state = State.sizeStart
    private var size = 0
    /// Bytes of size lines and trailers that no bytes of data have made up for: their sum over all chunks is limited, since a
    /// body of nearly nothing but extensions could else go on for ever (RFC 9112 §7.1.1).
    private var overhead = 0
    private var trailers = 0
    /// Extensions or a trailer, as far as they have come.
    private var line: [UInt8] = []

    init(limits: Limits) {
        self.limits = limits
    }

    /// Whether the last chunk and the trailers have been read.
    var isDone: Bool {
        if case .done = state { true } else { false }
    }

    /// Uses up bytes of `input` and gives the data among them; empty when there is only framing.
    mutating func decode(_ input: inout InputBuffer) throws(ProtocolError) -> [UInt8] {
        var data: [UInt8] = []
        while !input.isEmpty, !isDone {
            if case .data(let remaining) = state {
                let piece = input.take(atMost: remaining)
                state = piece.count == remaining ? .dataReturn : .data(remaining: remaining - piece.count)
                if data.isEmpty { data = piece } else { data.append(contentsOf: piece) }
            } else {
                input.consume(try readFraming(input.bytes.span, from: input.start))
            }
        }
        return data
    }

    /// Steps through framing up to the next data or the end; gives how many bytes that was.
    private mutating func readFraming(_ bytes: Span<UInt8>, from start: Int) throws(ProtocolError) -> Int {
        var index = start
        while index < bytes.count {
            try step(bytes[index])
            index += 1
            switch state {
            case .data, .done: return index - start
            default: continue
            }
        }
        return index - start
    }

    private mutating func step(_ byte: UInt8) throws(ProtocolError) {
        switch state {
        case .sizeStart, .size: try stepSize(byte)
        case .extensions: try stepExtensions(byte)
        case .sizeLineFeed:
            try expect(Byte.lineFeed, byte)
            state = size == 0 ? .trailer : .data(remaining: size)
        case .dataReturn:
            try expect(Byte.carriageReturn, byte)
            state = .dataLineFeed
        case .dataLineFeed:
            try expect(Byte.lineFeed, byte)
            (state, overhead, size) = (.sizeStart, max(0, overhead - size), 0)
        case .trailer: try stepTrailer(byte)
        case .data, .done: break
        }
    }

    private mutating func stepSize(_ byte: UInt8) throws(ProtocolError) {
        if let digit = Byte.hexadecimal(byte) {
            let (shifted, overflow) = size.multipliedReportingOverflow(by: 16)
            // Leading zeros would otherwise go on for ever.
            guard !overflow, countOverhead() else { throw .malformedChunk }
            (size, state) = (shifted + Int(digit), .size)
            return
        }
        guard case .size = state else { throw .malformedChunk }
        switch byte {
        case Byte.carriageReturn: state = .sizeLineFeed
        case Byte.semicolon, Byte.space, Byte.tab:
            line.append(byte)
            state = .extensions
        default: throw .malformedChunk
        }
    }

    private mutating func stepExtensions(_ byte: UInt8) throws(ProtocolError) {
        guard countOverhead() else { throw .malformedChunk }
        guard byte == Byte.carriageReturn else {
            guard Byte.isFieldContent(byte) else { throw .malformedChunk }
            line.append(byte)
            return
        }
        var scanner = FieldValueScanner(line[...])
        guard scanner.takeChunkExtensions() else { throw .malformedChunk }
        line.removeAll(keepingCapacity: true)
        state = .sizeLineFeed
    }

    private mutating func stepTrailer(_ byte: UInt8) throws(ProtocolError) {
        guard countOverhead() else { throw .headerTooLarge }
        line.append(byte)
        guard byte == Byte.lineFeed else { return }
        guard line.count > 2 || line.first != Byte.carriageReturn else {
            state = .done
            return
        }
        do { _ = try FieldLine.parse(line.span, from: 0) } catch { throw .malformedChunk }
        guard line.dropLast().last == Byte.carriageReturn else { throw .malformedChunk }
        trailers += 1
        guard trailers <= limits.headerFieldsMax else { throw .headerTooLarge }
        line.removeAll(keepingCapacity: true)
    }

    /// False when there is too much of it.
    private mutating func countOverhead() -> Bool {
        overhead += 1
        return overhead <= limits.headerBytesMax
    }

    private func expect(_ wanted: UInt8, _ byte: UInt8) throws(ProtocolError) {
        guard byte == wanted else { throw .malformedChunk }
    }
}

extension FieldValueScanner {
    /// Takes `; name`, `; name=token` and `; name="string"` up to the end; false when they are malformed (RFC 9112 §7.1.1).
    fileprivate mutating func takeChunkExtensions() -> Bool {
        while !isAtEnd {
            skipSpace()
            guard take(Byte.semicolon) else { return false }
            skipSpace()
            guard token() != nil else { return false }
            var rest = self
            rest.skipSpace()
            guard rest.take(Byte.equals) else { continue }
            rest.skipSpace()
            guard rest.tokenOrQuotedString() != nil else { return false }
            self = rest
        }
        return true
    }
}
