/// How connections come to a loop and leave it.
extension EventLoop {
    /// Takes what has come in from the backlog.
    func accept(_ context: LoopContext) {
        guard let listener, case .rest(let obstacle) = acceptBatch(listener, context) else { return }
        interest.remove(listener.socket)
        context.onEvent?(.acceptBackoff(obstacle))
    }

    func acceptBatch(_ listener: Listener, _ context: LoopContext) -> Listener.Outcome {
        listener.accept(makeRoom: { makeRoom(context) }, refuse: { context.onEvent?(.refused($0)) }) {
            socket, generation, peer in
            context.onEvent?(.accepted(peer))
            let connection = adopt(socket, generation, peer, requests: 0, context)
            // Its request has often come by now: answered before it is watched, a short connection costs no epoll_ctl.
            run(connection, context)
            settle(connection, listener)
        }
    }

    /// Has a new connection watched if it is still there, by this loop or another.
    private func settle(_ connection: Connection, _ listener: Listener) {
        guard self.connection(at: connection.socket.descriptor) === connection else { return }
        // The other loop hears of it by its being writable, which it may not be while the client reads much.
        let mayMove = connection.isIdle && connection.isOpen && connection.bytesSent <= Self.movableBytesMax
        guard !listener.settle(connection, mayMove: mayMove) else { return }
        connections[Int(connection.socket.descriptor)] = nil
        openConnections -= 1
    }

    /// Less than the smallest send buffer of the kernel (tcp(7), tcp_wmem).
    private static var movableBytesMax: Int { 16 * 1024 }

    func adopt(
        _ socket: Socket, _ generation: UInt32, _ peer: PeerAddress, requests: Int, _ context: LoopContext
    ) -> Connection {
        let connection = Connection(
            socket, generation: generation, peer: peer, requests: requests, limits: context.limits)
        let index = Int(socket.descriptor)
        if index >= connections.count {
            connections.append(contentsOf: Array(repeating: nil, count: index + 64 - connections.count))
        }
        connections[index] = connection
        openConnections += 1
        return connection
    }

    func close(_ connection: Connection, _ reason: ServerEvent.CloseReason, _ context: LoopContext) {
        connections[Int(connection.socket.descriptor)] = nil
        openConnections -= 1
        let exchange = connection.exchange
        connection.exchange = nil
        exchange?.abandon(.connectionClosed)
        if reason == .writeStall || !connection.output.isEmpty { connection.socket.dropUnsent() }
        connection.socket.close()
        mailbox.connectionClosed()
        addresses.release(connection.peer)
        context.onEvent?(.closed(connection.peer, reason, requests: connection.requests))
        resumeAccepting()
        if openConnections == 0 { resumeDrained() }
    }

    /// The connection of a descriptor, if it is here.
    func connection(at descriptor: Int32) -> Connection? {
        let index = Int(descriptor)
        return index < connections.count ? connections[index] : nil
    }

    /// Accepts again after a pause, where that is possible.
    func resumeAccepting(anyhow: Bool = false) {
        guard let listener, listener.resume(anyhow: anyhow) else { return }
        interest.addListener(listener.socket)
    }

    /// Ends some of the connections that have waited longest for a request: whoever keeps many open to shut others out
    /// loses them first.
    ///
    /// - Returns: Whether there were any.
    private func makeRoom(_ context: LoopContext) -> Bool {
        let before = context.now &- min(context.now, Self.evictableNanoseconds)
        var waiting: [Connection] = []
        for connection in connections {
            guard let connection, connection.waitsForRequest, connection.deadline.since < before else { continue }
            waiting.append(connection)
        }
        waiting.sort { $0.deadline.since < $1.deadline.since }
        // Several at once: the search looks at every connection.
        for connection in waiting.prefix(Self.evictedMax) { close(connection, .evicted, context) }
        return !waiting.isEmpty
    }

    private static var evictedMax: Int { 32 }
    /// A client that means to send a request has begun by then.
    private static var evictableNanoseconds: UInt64 { 1_000_000_000 }
}
