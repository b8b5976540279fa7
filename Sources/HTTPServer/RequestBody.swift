/// The content of a request, in pieces as the client sends them.
///
/// Asking for a piece is what reads the socket: a reader that is busy holds the client back, and nothing is buffered
/// meanwhile. `Expect: 100-continue` is answered when the first piece is asked for. One reader at a time.
public struct RequestBody: AsyncSequence, Sendable {
    /// A piece of the body, never empty.
    public typealias Element = [UInt8]
    /// What the client did wrong while it sent the body, or what happened to the connection.
    public typealias Failure = ProtocolError

    enum Source: Sendable {
        case none
        case bytes([UInt8])
        case connection(EventLoop, ExchangeID)
    }

    let source: Source
    /// Bytes announced by `Content-Length`; `nil` for a chunked body, 0 when there is no body.
    public let bytesExpected: Int?

    /// A body that is there already, for handlers called without a connection.
    public init(_ bytes: [UInt8] = []) {
        source = bytes.isEmpty ? .none : .bytes(bytes)
        bytesExpected = bytes.count
    }

    init(_ source: Source, bytesExpected: Int?) {
        self.source = source
        self.bytesExpected = bytesExpected
    }

    /// Whether the request has no body, or an empty one by its `Content-Length`.
    public var isEmpty: Bool {
        if case .none = source { true } else { false }
    }

    /// Starts reading. A second iterator goes on where the first one stopped.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(source: source)
    }

    /// Reads the whole body into one array.
    ///
    /// - Parameter bytesMax: The most the caller is ready to hold.
    /// - Throws: `bodyTooLarge` beyond `bytesMax`; what the client did wrong; `connectionClosed`.
    public func collect(bytesMax: Int) async throws(ProtocolError) -> [UInt8] {
        guard (bytesExpected ?? 0) <= bytesMax else { throw .bodyTooLarge }
        var all: [UInt8] = []
        var iterator = makeAsyncIterator()
        while let piece = try await iterator.next() {
            guard piece.count <= bytesMax - all.count else { throw .bodyTooLarge }
            if all.isEmpty { all = piece } else { all.append(contentsOf: piece) }
        }
        return all
    }

    /// Reads a body piece by piece.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var source: Source

        init(source: Source) {
            self.source = source
        }

        /// Waits for the next piece; `nil` at the end.
        ///
        /// - Throws: What the client did wrong, after which the server itself answers; `connectionClosed`.
        public mutating func next() async throws(ProtocolError) -> [UInt8]? {
            switch source {
            case .none:
                return nil
            case .bytes(let bytes):
                source = .none
                return bytes
            case .connection(let loop, let exchange):
                return try await loop.nextBodyPiece(of: exchange)
            }
        }
    }
}
