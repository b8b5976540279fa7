import Dispatch
import QueueExecutor

/// The end of a loop: no new connections, then no old ones, then nothing.
extension EventLoop {
    /// Answers from now on close their connections.
    func announceStop() {
        context?.isDraining = true
    }

    /// Stops accepting once the backlog is empty; the listening socket is the server's to close.
    ///
    /// - Parameter emptiesBacklog: Nobody else will: what waits there would be reset when the socket is closed.
    func stopListening(emptiesBacklog: Bool) {
        guard let listener, let context else { return }
        context.isDraining = true
        context.refreshClock()
        // Bounded by what the backlog held: others may go on connecting.
        var batches = emptiesBacklog ? context.limits.backlogConnectionsMax / Listener.batchMax + 1 : 0
        while batches > 0, case .more = acceptBatch(listener, context) { batches -= 1 }
        interest.remove(listener.socket)
        self.listener = nil
    }

    /// Closes idle connections and waits for the others, at most so many seconds; then closes those too.
    func drain(graceSeconds: Double) async {
        guard let context else { return }
        context.isDraining = true
        // Connections that another loop has put here and whose first event is still to be read would be lost.
        serveReady(context)
        let young = context.now &- min(context.now, UInt64(Self.firstRequestSeconds * 1e9))
        closeAll(context) { $0.isIdle && ($0.requests > 0 || $0.deadline.since < young) }
        guard openConnections > 0 else { return }
        after(min(Self.firstRequestSeconds, graceSeconds)) { $0.closeIdle() }
        after(graceSeconds) { $0.cutOff() }
        await withCheckedContinuation { drained = $0 }
    }

    /// A connection made just before the stop has its first request on the way: it is given this long.
    private static var firstRequestSeconds: Double { 2 }

    private func after(_ seconds: Double, _ body: @escaping @Sendable (isolated EventLoop) -> Void) {
        executor.queue.asyncAfter(deadline: .now() + seconds, execute: Self.turn(self, body))
    }

    private func closeIdle() {
        guard let context else { return }
        // A request that is there already is answered, not reset.
        serveReady(context)
        closeAll(context) { $0.isIdle }
    }

    private func cutOff() {
        guard let context else { return }
        closeAll(context) { _ in true }
        resumeDrained()
    }

    private func closeAll(_ context: LoopContext, where matches: (Connection) -> Bool) {
        for connection in connections {
            if let connection, matches(connection) { close(connection, .stopped, context) }
        }
    }

    func resumeDrained() {
        drained?.resume()
        drained = nil
    }

    /// Ends the turns and gives the descriptors back. The loop must be drained.
    func shutDown() async {
        timer?.cancel()
        timer = nil
        await withCheckedContinuation { cancelled in
            guard let source else { return cancelled.resume() }
            source.setCancelHandler { cancelled.resume() }
            source.cancel()
        }
        source = nil
        context = nil
        discard()
    }

    /// Gives back the descriptors of a loop that does not run.
    nonisolated func discard() {
        interest.close()
        mailbox.bell.socket.close()
    }
}
