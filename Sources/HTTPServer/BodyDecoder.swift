/// Takes a request body out of the bytes of its connection and watches its size (RFC 9112 §6).
struct BodyDecoder {
    private enum Framing {
        case length(remaining: Int)
        case chunked(ChunkedDecoder)
        case done
    }

    private var framing: Framing
    private let bytesMax: Int
    private(set) var bytesDecoded = 0

    init(_ framing: BodyFraming, limits: Limits) {
        bytesMax = limits.bodyBytesMax
        switch framing {
        case .none: self.framing = .done
        case .length(let count): self.framing = .length(remaining: count)
        case .chunked: self.framing = .chunked(ChunkedDecoder(limits: limits))
        }
    }

    /// Whether the whole body has been taken out.
    var isDone: Bool {
        if case .done = framing { true } else { false }
    }

    /// How many bytes are still to come, where that is known.
    var bytesRemaining: Int? {
        switch framing {
        case .length(let remaining): remaining
        case .chunked: nil
        case .done: 0
        }
    }

    /// Takes what `input` has of the body; empty when more bytes are needed or the body is done.
    mutating func decode(_ input: inout InputBuffer) throws(ProtocolError) -> [UInt8] {
        let piece: [UInt8]
        switch framing {
        case .done:
            return []
        case .length(let remaining):
            piece = input.take(atMost: remaining)
            framing = piece.count == remaining ? .done : .length(remaining: remaining - piece.count)
        case .chunked(var decoder):
            framing = .done  // Leaves the decoder's buffer with one owner.
            piece = try decoder.decode(&input)
            framing = decoder.isDone ? .done : .chunked(decoder)
        }
        bytesDecoded += piece.count
        guard bytesDecoded <= bytesMax else { throw .bodyTooLarge }
        return piece
    }
}
