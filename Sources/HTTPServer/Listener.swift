/// One loop's share in the listening socket, which all loops watch: whichever is free accepts.
///
/// A new connection is served at once where it was accepted; most short ones end there. One that stays is settled on the
/// loop that has the fewest, by being put into that loop's epoll descriptor: the kernel does the hand-over, no job is
/// queued and nothing is shared.
final class Listener {
    /// A loop, as far as a listener needs to know it.
    struct Lane {
        let interest: EpollInterest
        let mailbox: Mailbox
    }

    /// Connections accepted in a row before others get their turn.
    private static var batchMax: Int { 16 }

    let socket: Socket
    private let lanes: [Lane]
    private let own: Int
    private let connectionsMax: Int
    private var generation: UInt32
    private var isPaused = false

    init(_ socket: Socket, lanes: [Lane], own: Int, connectionsMax: Int) {
        self.socket = socket
        self.lanes = lanes
        self.own = own
        self.connectionsMax = connectionsMax
        generation = UInt32(truncatingIfNeeded: own)
    }

    /// Takes connections from the backlog and gives each to `keep`.
    ///
    /// - Returns: Why accepting must rest, or `nil` to go on.
    func accept(keep: (Socket, _ generation: UInt32, PeerAddress) -> Void) -> ServerEvent.BackoffReason? {
        for _ in 0..<Self.batchMax {
            guard hasRoom else { return rest(.connectionsMax) }
            switch socket.accept() {
            case .wouldBlock: return nil
            case .exhausted: return rest(.descriptorsExhausted)
            case .socket(let accepted, let peer):
                lanes[own].mailbox.connectionOpened()
                keep(accepted, nextGeneration(), peer)
            }
        }
        return nil
    }

    /// Has a connection watched that stays: by this loop, or by another that has fewer.
    ///
    /// - Returns: Whether it stays on this loop.
    func settle(_ socket: Socket, generation: UInt32, mayMove: Bool) -> Bool {
        let lane = mayMove ? emptiestLane : own
        if lane != own {
            lanes[lane].mailbox.connectionOpened()
            if lanes[lane].interest.add(socket, generation: generation) {
                lanes[own].mailbox.connectionClosed()
                return false
            }
            lanes[lane].mailbox.connectionClosed()
        }
        lanes[own].interest.add(socket, generation: generation)
        return true
    }

    /// Whether accepting, which rests, may go on.
    func resume() -> Bool {
        guard isPaused, hasRoom else { return false }
        isPaused = false
        return true
    }

    private var hasRoom: Bool {
        lanes.reduce(0) { $0 + $1.mailbox.openConnections } < connectionsMax
    }

    private var emptiestLane: Int {
        // The connection in question is counted here already.
        var best = (lane: own, load: lanes[own].mailbox.openConnections - 1)
        for lane in lanes.indices where lane != own {
            let load = lanes[lane].mailbox.openConnections
            if load < best.load { best = (lane, load) }
        }
        return best.lane
    }

    /// Generations of different loops differ, and 0 is none.
    private func nextGeneration() -> UInt32 {
        repeat { generation &+= UInt32(truncatingIfNeeded: lanes.count) } while generation == 0
        return generation
    }

    private func rest(_ reason: ServerEvent.BackoffReason) -> ServerEvent.BackoffReason {
        isPaused = true
        return reason
    }
}
