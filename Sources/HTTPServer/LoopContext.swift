/// What all connections of a loop share: the limits, the handler, buffers to work in, and the time.
///
/// A class because connections change it in place; it belongs to one loop and never leaves it.
final class LoopContext {
    let limits: Limits
    let times: DeadlineTimes
    let handler: Handler
    let renderProtocolError: @Sendable (ProtocolError) -> Response
    let onEvent: (@Sendable (ServerEvent) -> Void)?
    /// Whoever hears of every request that is answered.
    let onRequest: (@Sendable (ServerEvent) -> Void)?
    let loop: EventLoop

    /// Where every read of the loop lands before its bytes are handed on.
    var scratch = [UInt8](repeating: 0, count: 64 * 1024)
    /// An output array that wanders between the connections, so that idle ones hold none.
    var arena: [UInt8] = []
    /// The time of this turn in nanoseconds (`Clock.nanoseconds`).
    var now = Clock.nanoseconds
    /// The finished `Date` field line of this second.
    private(set) var dateLine: [UInt8] = []
    private var dateSecond = 0
    /// `Server.stop` was called: every answer from now on closes its connection.
    var isDraining = false
    private var lastRequest: UInt64

    init(_ configuration: ServerConfiguration, loop: EventLoop, index: Int) {
        limits = configuration.limits
        times = DeadlineTimes(configuration.limits)
        renderProtocolError = configuration.renderProtocolError
        onEvent = configuration.onEvent
        onRequest = configuration.tellsRequests ? configuration.onEvent : nil
        handler = configuration.makeHandler(index)
        self.loop = loop
        lastRequest = UInt64(truncatingIfNeeded: index) << 56
        arena.reserveCapacity(64 * 1024)
        refreshClock()
    }

    /// Reads the clocks; once a turn is enough for deadlines and the `Date` field (RFC 9110 §6.6.1).
    func refreshClock() {
        now = Clock.nanoseconds
        let second = Clock.secondsSince1970
        guard second != dateSecond else { return }
        dateSecond = second
        dateLine =
            Array("Date: ".utf8) + HTTPDate(secondsSince1970: second).bytes + [Byte.carriageReturn, Byte.lineFeed]
    }

    /// Request ids differ between loops by their upper byte.
    func nextRequestID() -> UInt64 {
        lastRequest &+= 1
        return lastRequest
    }
}
