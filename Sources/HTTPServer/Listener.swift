/// One loop's share in the listening socket, which all loops watch: whichever is free accepts.
///
/// A new connection is served at once where it was accepted; most short ones end there. One that stays is settled on the
/// loop that has the fewest, by being put into that loop's epoll descriptor: the kernel does the hand-over and no job is
/// queued.
final class Listener {
    /// A loop, as far as a listener needs to know it.
    struct Lane {
        let interest: EpollInterest
        let mailbox: Mailbox
    }

    /// Connections accepted in a row before others get their turn.
    static var batchMax: Int { 16 }

    let socket: Socket
    private let lanes: [Lane]
    private let own: Int
    private let connectionsMax: Int
    private let addresses: AddressRegister
    private var generation: UInt32
    private var isPaused = false

    init(_ socket: Socket, lanes: [Lane], own: Int, connectionsMax: Int, addresses: AddressRegister) {
        self.socket = socket
        self.lanes = lanes
        self.own = own
        self.connectionsMax = connectionsMax
        self.addresses = addresses
        generation = UInt32(truncatingIfNeeded: own)
    }

    /// What came of taking connections from the backlog.
    enum Outcome {
        /// The backlog is empty.
        case done
        /// There may be more; others come first.
        case more
        /// Accepting must rest.
        case rest(ServerEvent.BackoffReason)
    }

    /// Takes connections from the backlog and gives each to `keep`.
    ///
    /// - Parameter makeRoom: Closes what can be done without; false when there is no such thing.
    func accept(
        makeRoom: () -> Bool, refuse: (PeerAddress) -> Void,
        keep: (Socket, _ generation: UInt32, PeerAddress) -> Void
    ) -> Outcome {
        for _ in 0..<Self.batchMax {
            guard hasRoom || makeRoom() else { return rest(.connectionsMax) }
            switch socket.accept() {
            case .wouldBlock: return .done
            case .exhausted: guard makeRoom() else { return rest(.descriptorsExhausted) }
            case .socket(let accepted, let peer):
                guard addresses.admit(peer) else {
                    accepted.close()
                    refuse(peer)
                    continue
                }
                lanes[own].mailbox.connectionOpened()
                keep(accepted, nextGeneration(), peer)
            }
        }
        return .more
    }

    /// Has a connection watched that stays: by this loop, or by another that has fewer.
    ///
    /// - Returns: Whether it stays on this loop.
    func settle(_ connection: Connection, mayMove: Bool) -> Bool {
        let (socket, generation) = (connection.socket, connection.generation)
        let lane = mayMove ? emptiestLane : own
        guard lane != own else {
            _ = lanes[own].interest.add(socket, generation: generation)
            return true
        }
        let arrival = Mailbox.Arrival(
            generation: generation, peer: connection.peer, requests: connection.requests)
        lanes[lane].mailbox.expect(arrival, on: socket.descriptor)
        if lanes[lane].interest.add(socket, generation: generation) {
            lanes[own].mailbox.connectionClosed()
            return false
        }
        lanes[lane].mailbox.forget(socket.descriptor)
        _ = lanes[own].interest.add(socket, generation: generation)
        return true
    }

    /// Whether accepting, which rests, may go on: there is room, or it is time to look whether some can be made.
    func resume(anyhow: Bool) -> Bool {
        guard isPaused, anyhow || hasRoom else { return false }
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

    private func rest(_ reason: ServerEvent.BackoffReason) -> Outcome {
        isPaused = true
        return .rest(reason)
    }
}
