/// Every bound of the server on one screen: what one client may take, in bytes, counts and seconds.
///
/// The defaults are safe for an address open to the public. Seconds may be fractions.
public struct Limits: Sendable {
    /// Longest request line, in bytes; a longer one is answered `414`.
    public var requestLineBytesMax = 8 * 1024
    /// Largest field section of a head, in bytes; a larger one is answered `431`.
    public var headerBytesMax = 32 * 1024
    /// Most field lines of a head; more are answered `431`. The same bound holds for trailers.
    public var headerFieldsMax = 100
    /// Largest request body, in bytes after the chunk framing is taken off; a larger one is answered `413`.
    public var bodyBytesMax = 4 << 30
    /// Most of an unread request body that is read away so that the connection can be kept, in bytes.
    public var discardedBodyBytesMax = 64 * 1024
    /// Bytes of answers waiting for a slow reader before its next request or stream piece is taken up.
    public var outputBytesMax = 256 * 1024
    /// Most connections open at a time. Beyond it those give way that wait longest for a request; when none does,
    /// further ones wait in the listen backlog.
    public var connectionsMax = 16_384
    /// Most connections of one IPv4 address or IPv6 /64 network at a time; further ones are closed at once.
    public var connectionsPerAddressMax = 1024
    /// Whether loopback addresses may open as many as they like: a proxy on the same machine speaks for everybody.
    public var exemptsLoopback = true
    /// Connections the kernel holds for us before they are accepted.
    public var backlogConnectionsMax = 1024
    /// Most requests on one connection; the last one is answered with `Connection: close`.
    public var requestsPerConnectionMax = 1_000_000
    /// Event loops, each a serial queue; `nil` means one for each core but one, at least one and four at most.
    public var eventLoopsMax: Int?

    /// Longest time from the first byte of a head to its last; then `408`.
    public var headSeconds = 10.0
    /// Longest pause within a request body while its bytes are awaited; then `408`.
    public var bodyStallSeconds = 20.0
    /// Least rate of a request body in bytes per second, over a window of `bodyStallSeconds`, counting only the time in
    /// which its bytes are awaited; a slower one is answered `408`. 0 for none.
    public var bodyBytesPerSecondMin = 240
    /// Longest wait for the next request on a kept connection; then it is closed without a word.
    public var idleSeconds = 60.0
    /// Longest time in which a client may take no byte of what is ready for it; then the connection is closed.
    public var writeStallSeconds = 30.0
    /// Least rate at which a client takes what is ready, in bytes per second, over a window of `writeStallSeconds`;
    /// a slower one is cut off. 0 for none.
    public var writeBytesPerSecondMin = 240
    /// Longest time a handler may take for its `Response` while it does not wait for the body; then `503`.
    public var handlerSeconds = 60.0
    /// Longest time the server reads on after a refusal, so that the client can see the answer.
    public var lingerSeconds = 2.0

    /// The defaults above.
    public init() {}
}

extension Limits {
    /// How many loops there are on so many cores.
    ///
    /// One core is left to what else runs: a loop that waits for a core holds its connections back for a time slice of
    /// the kernel's, some milliseconds, while another loop could have served them at once.
    public func eventLoops(cores: Int) -> Int {
        max(eventLoopsMax ?? min(cores - 1, 4), 1)
    }

    /// Seconds between two looks at the deadlines: one, or less where a limit is shorter than two.
    var tickSeconds: Double {
        let shortest = [headSeconds, bodyStallSeconds, idleSeconds, writeStallSeconds, handlerSeconds, lingerSeconds]
            .reduce(2) { min($0, $1) }
        return max(shortest / 2, 0.005)
    }
}
