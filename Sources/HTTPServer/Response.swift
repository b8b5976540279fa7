public import HTTPTypes

/// An answer: a status, fields and a body.
///
/// The server itself sends `Date`, `Connection`, `Content-Length` and `Transfer-Encoding`; such fields given here are
/// dropped, but `Connection: close` closes, and an answer to HEAD may give the `Content-Length` of an `.empty` body.
public struct Response: Sendable {
    /// The final status; never 1xx.
    public var status: HTTPResponse.Status
    /// Fields of this answer.
    public var fields: HTTPFields
    /// Field lines put together once for many answers, sent before `fields`.
    public var prepared: PreparedFields
    /// The content. Not sent for HEAD, 204 and 304.
    public var body: Body

    /// An answer of these parts.
    public init(
        _ status: HTTPResponse.Status, fields: HTTPFields = [:], prepared: PreparedFields = PreparedFields(),
        body: Body = .empty
    ) {
        self.status = status
        self.fields = fields
        self.prepared = prepared
        self.body = body
    }

    /// The content of an answer.
    public enum Body: Sendable {
        /// No content; `Content-Length: 0` where the status allows a body.
        case empty
        /// Content that is there already.
        case bytes([UInt8])
        /// Content made while the client reads it: off the event loop, held back by `ResponseWriter.write`.
        ///
        /// `length` is its exact size in bytes, or `nil` to send it in chunks. When the producer throws, or writes
        /// another number of bytes than `length`, the connection is cut so that the client cannot take it for whole.
        case stream(length: Int?, Producer)
    }

    /// Writes a streamed body. Its task is cancelled when the client is gone.
    public typealias Producer = @concurrent @Sendable (ResponseWriter) async throws -> Void
}

extension Response.Body {
    /// The whole body as one array, for caches and for handlers called without a connection.
    ///
    /// - Throws: What the producer of a stream throws.
    public func collect() async throws -> [UInt8] {
        let collector = Collector()
        try await forEachPiece { await collector.append($0) }
        return await collector.bytes
    }

    /// Hands the body on piece by piece, for handlers called without a connection; a stream goes on when a piece is taken.
    ///
    /// - Throws: What the producer of a stream throws; `ClientGone` when `take` throws.
    public func forEachPiece(_ take: @escaping @Sendable ([UInt8]) async throws(ClientGone) -> Void) async throws {
        switch self {
        case .empty: break
        case .bytes(let bytes): try await take(bytes)
        case .stream(_, let produce): try await produce(ResponseWriter(.closure(take)))
        }
    }

    actor Collector {
        private(set) var bytes: [UInt8] = []

        func append(_ piece: [UInt8]) {
            bytes.append(contentsOf: piece)
        }
    }
}

/// Field lines as they go over the wire, made once for many answers.
public struct PreparedFields: Sendable {
    private let lines: [UInt8]
    private let validators: (eTag: [UInt8], lastModified: HTTPDate)?

    /// No fields.
    public init() { self.init(lines: [], validators: nil) }

    /// The lines of these fields, but for those the server itself sends.
    public init(_ fields: HTTPFields) {
        var lines: [UInt8] = []
        for field in fields where !ResponseEncoder.isServersOwn(field.name) {
            ResponseEncoder.append(field, to: &lines)
        }
        self.init(lines: lines, validators: nil)
    }

    private init(lines: [UInt8], validators: (eTag: [UInt8], lastModified: HTTPDate)?) {
        self.lines = lines
        self.validators = validators
    }

    /// These fields and the validators of a representation (RFC 9110 §8.8).
    ///
    /// - Parameter eTag: the value of `ETag`, quotes included.
    public func with(eTag: [UInt8], lastModified: HTTPDate) -> PreparedFields {
        PreparedFields(lines: lines, validators: (eTag, lastModified))
    }

    /// Adds the lines to an answer that is written.
    func append(to output: inout [UInt8]) {
        if !lines.isEmpty { output.append(contentsOf: lines) }
        guard let (eTag, lastModified) = validators else { return }
        output.append(contentsOf: "ETag: ".utf8)
        output.append(contentsOf: eTag)
        output.append(contentsOf: "\r\nLast-Modified: ".utf8)
        lastModified.append(to: &output)
        output.append(contentsOf: "\r\n".utf8)
    }
}

/// The client is gone; nothing more can be sent.
public struct ClientGone: Error, Sendable {
    /// One who takes no more.
    public init() {}
}

/// Sends a streamed body, piece by piece.
public struct ResponseWriter: Sendable {
    enum Sink: Sendable {
        case connection(EventLoop, ExchangeID)
        case closure(@Sendable ([UInt8]) async throws(ClientGone) -> Void)
    }

    private let sink: Sink

    init(_ sink: Sink) {
        self.sink = sink
    }

    /// Sends a piece, at once where possible, and waits while more than `Limits.outputBytesMax` are unread.
    ///
    /// - Throws: `ClientGone` when the connection is closed.
    public func write(_ bytes: [UInt8]) async throws(ClientGone) {
        switch sink {
        case .connection(let loop, let exchange): try await loop.write(bytes, to: exchange)
        case .closure(let take): try await take(bytes)
        }
    }
}
