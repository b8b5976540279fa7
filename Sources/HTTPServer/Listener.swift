import Synchronization

/// Counts the connections of all loops.
final class Census: Sendable {
    private let count = Atomic<Int>(0)

    func entered() { count.add(1, ordering: .relaxed) }
    func left() { count.subtract(1, ordering: .relaxed) }
    var current: Int { count.load(ordering: .relaxed) }
}

/// Accepts connections on one loop and gives them out to all in turn.
///
/// A connection reaches another loop by being put into that loop's epoll descriptor: the kernel does the hand-over, no
/// queue is woken twice and nothing is shared.
final class Listener {
    let socket: Socket
    private let loops: [EpollInterest]
    private let own: Int
    private let census: Census
    private let connectionsMax: Int
    private var next = 0
    private var generation: UInt32 = 0
    private var isPaused = false

    init(_ socket: Socket, loops: [EpollInterest], own: Int, census: Census, connectionsMax: Int) {
        self.socket = socket
        self.loops = loops
        self.own = own
        self.census = census
        self.connectionsMax = connectionsMax
    }

    /// Takes connections from the backlog: `keep` gets this loop's, `handOver` hears of the others'.
    ///
    /// - Returns: Why accepting must rest, or `nil` to go on.
    func accept(
        atMost limit: Int, keep: (Socket, _ generation: UInt32, PeerAddress) -> Void, handOver: (PeerAddress) -> Void
    ) -> ServerEvent.BackoffReason? {
        for _ in 0..<limit {
            guard census.current < connectionsMax else { return rest(.connectionsMax) }
            switch socket.accept() {
            case .wouldBlock: return nil
            case .exhausted: return rest(.descriptorsExhausted)
            case .socket(let accepted, let peer):
                census.entered()
                generation = generation == .max ? 1 : generation + 1
                next = (next + 1) % loops.count
                if next == own {
                    keep(accepted, generation, peer)
                } else {
                    handOver(peer)
                    if !loops[next].add(accepted, generation: generation) { discard(accepted) }
                }
            }
        }
        return nil
    }

    /// Whether accepting, which rests, may go on.
    func resume() -> Bool {
        guard isPaused, census.current < connectionsMax else { return false }
        isPaused = false
        return true
    }

    private func rest(_ reason: ServerEvent.BackoffReason) -> ServerEvent.BackoffReason {
        isPaused = true
        return reason
    }

    private func discard(_ socket: Socket) {
        socket.close()
        census.left()
    }
}
