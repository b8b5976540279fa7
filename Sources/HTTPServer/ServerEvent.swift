/// All that can be noticed from outside: for logs, metrics and tests.
///
/// Events are told on the event loop they happen on, so whoever listens must be quick.
public enum ServerEvent: Sendable {
    /// A connection was accepted.
    case accepted(PeerAddress)
    /// A connection was closed unserved: its address has `Limits.connectionsPerAddressMax` open.
    case refused(PeerAddress)
    /// Accepting rests for a moment; connections wait in the backlog.
    case acceptBackoff(BackoffReason)
    /// An answer has been handed over to the socket in full. `bodyBytes` counts the content sent, the time runs from the
    /// end of the request's head.
    case requestCompleted(Request, status: Int, bodyBytes: Int, Elapsed)
    /// A client did something wrong, or took too long.
    case protocolError(ProtocolError, PeerAddress)
    /// A connection was closed after so many requests.
    case closed(PeerAddress, CloseReason, requests: Int)

    /// A time that runs: it is measured when it is asked for, since most requests are not logged.
    public struct Elapsed: Sendable {
        private let start: UInt64

        init(since start: UInt64) { self.start = start }

        /// How long it has been until now.
        public var duration: Duration { .nanoseconds(Int64(clamping: Clock.nanoseconds &- start)) }
    }

    /// Why accepting rests.
    public enum BackoffReason: Sendable, Hashable {
        /// No descriptor or no memory is left.
        case descriptorsExhausted
        /// `Limits.connectionsMax` is reached.
        case connectionsMax
    }

    /// Why a connection was closed.
    public enum CloseReason: Sendable, Hashable {
        /// As agreed by `Connection`, or because the client ended it between requests.
        case finished
        /// Nothing came for `Limits.idleSeconds`.
        case idle
        /// The client took no byte for `Limits.writeStallSeconds`, or fewer than `Limits.writeBytesPerSecondMin` ask.
        case writeStall
        /// The client reset the connection or vanished.
        case reset
        /// After a protocol error.
        case protocolError
        /// The producer of a streamed body failed.
        case producerFailed
        /// `Server.stop` ended it, idle or after its grace.
        case stopped
        /// It waited for a request and made room for others: connections or descriptors had run out.
        case evicted
    }
}
