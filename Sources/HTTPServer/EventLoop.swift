import Dispatch
import QueueExecutor

/// A lane: one serial queue, one epoll descriptor, and all the connections the descriptor holds.
///
/// Everything from a read to the write of its answer happens on the queue, in one go. A single long-lived
/// `DispatchSource` on the epoll descriptor starts a turn; making a source for each connection costs more than the
/// rest of the work (spec/performance.md).
actor EventLoop {
    struct Slot {
        var connection: Connection?
        /// The generation of the connection that is or was here: tells late events from new connections.
        var generation: UInt32 = 0
    }

    nonisolated let executor: QueueExecutor
    nonisolated let interest: EpollInterest
    nonisolated let mailbox: Mailbox
    private let index: Int
    private let configuration: ServerConfiguration
    private var epoll: Epoll
    var context: LoopContext?
    var slots: [Slot] = []
    private var openConnections = 0
    /// Descriptors of connections that gave way to others.
    private var waitingTurn: [Int32] = []
    private var listener: Listener?
    private var source: (any DispatchSourceRead)?
    private var timer: (any DispatchSourceTimer)?
    private var drained: CheckedContinuation<Void, Never>?

    init(index: Int, _ configuration: ServerConfiguration) throws(SocketError) {
        self.index = index
        self.configuration = configuration
        executor = QueueExecutor(label: "HTTPServer.EventLoop \(index)")
        mailbox = try Mailbox()
        do throws(SocketError) { epoll = try Epoll() } catch {
            mailbox.bell.socket.close()
            throw error
        }
        interest = epoll.interest
        interest.addBell(mailbox.bell)
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe executor.asUnownedSerialExecutor()
    }

    /// Makes this loop's handler and starts to take turns.
    func start() {
        context = LoopContext(configuration, loop: self, index: index)
        let source = DispatchSource.makeReadSource(fileDescriptor: interest.descriptor, queue: executor.queue)
        source.setEventHandler(handler: Self.turn(self) { $0.poll() })
        let timer = DispatchSource.makeTimerSource(queue: executor.queue)
        let tick = configuration.limits.tickSeconds
        timer.schedule(deadline: .now() + tick, repeating: tick)
        timer.setEventHandler(handler: Self.turn(self) { $0.tick() })
        (self.source, self.timer) = (source, timer)
        source.activate()
        timer.activate()
    }

    /// A block for Dispatch that enters the loop without a hop.
    private nonisolated static func turn(
        _ loop: EventLoop, _ body: @escaping @Sendable (isolated EventLoop) -> Void
    ) -> @Sendable () -> Void {
        { loop.assumeIsolated { body($0) } }
    }

    /// Starts to accept on `socket`, which all of `loops` share.
    func listen(on socket: Socket, loops: [EventLoop]) {
        let lanes = loops.map { Listener.Lane(interest: $0.interest, mailbox: $0.mailbox) }
        listener = Listener(socket, lanes: lanes, own: index, connectionsMax: configuration.limits.connectionsMax)
        interest.addListener(socket)
    }

    // MARK: Turns

    /// Serves whatever is ready, rests a little in case more comes, and returns when nothing does.
    private func poll() {
        guard let context else { return }
        // Bounded, so that the timer gets its turn.
        for _ in 0..<Self.turnsMax {
            guard let count = collectEvents(context), count > 0 || !waitingTurn.isEmpty else { break }
            serve(count, context)
            // Jobs on the queue come first; the source starts the next turn.
            guard mailbox.isEmpty else { break }
        }
        if !waitingTurn.isEmpty { executor.queue.async(execute: Self.turn(self) { $0.poll() }) }
    }

    private static var turnsMax: Int { 256 }
    /// A loop that has been busy waits so long for more before it gives its thread back.
    private static var restMilliseconds: Int32 { 10 }

    /// How many descriptors are ready; `nil` when the queue is wanted for something else.
    private func collectEvents(_ context: LoopContext) -> Int? {
        guard waitingTurn.isEmpty, !context.isDraining else { return epoll.poll(milliseconds: 0) }
        return mailbox.rest { epoll.poll(milliseconds: Self.restMilliseconds) }
    }

    private func serve(_ count: Int, _ context: LoopContext) {
        context.refreshClock()
        for position in 0..<count { handle(epoll[position], context) }
        serveWaiting(context)
    }

    private func handle(_ event: Epoll.Event, _ context: LoopContext) {
        guard event.generation != 0 else {
            return event.descriptor == mailbox.bell.socket.descriptor ? mailbox.bell.still() : accept(context)
        }
        let slot = slot(event.descriptor)
        if let connection = slots[slot].connection {
            guard connection.generation == event.generation else { return }
            connection.note(event)
            run(connection, context)
        } else if slots[slot].generation != event.generation {
            // The loop that accepted it has put it here; this is its first event.
            let socket = Socket(descriptor: event.descriptor)
            let connection = adopt(socket, event.generation, socket.peerAddress, context)
            connection.note(event)
            run(connection, context)
        }
    }

    private func serveWaiting(_ context: LoopContext) {
        guard !waitingTurn.isEmpty else { return }
        let descriptors = waitingTurn
        waitingTurn.removeAll(keepingCapacity: true)
        for descriptor in descriptors {
            if let connection = slots[slot(descriptor)].connection { run(connection, context) }
        }
    }

    /// Gives a connection its turn and does what comes of it.
    func run(_ connection: Connection, _ context: LoopContext) {
        switch connection.serve(context) {
        case .open where context.isDraining && connection.isIdle: close(connection, .stopped, context)
        case .open: connection.updateDeadline(context)
        case .again:
            connection.updateDeadline(context)
            waitingTurn.append(connection.socket.descriptor)
        case .closed(let reason): close(connection, reason, context)
        }
    }

    /// Ends the connections whose time is up, and accepts again after a pause.
    private func tick() {
        guard let context else { return }
        context.refreshClock()
        for slot in slots {
            guard let connection = slot.connection, let time = connection.deadline.time, time <= context.now else {
                continue
            }
            if let reason = connection.expire(context) {
                close(connection, reason, context)
            } else {
                run(connection, context)
            }
        }
        if let listener, listener.resume() { interest.addListener(listener.socket) }
    }

    // MARK: Connections

    private func accept(_ context: LoopContext) {
        guard let listener else { return }
        let obstacle = listener.accept { socket, generation, peer in
            context.onEvent?(.accepted(peer))
            let connection = adopt(socket, generation, peer, context)
            // Its request has often come by now: answered before it is watched, a short connection costs no epoll_ctl.
            run(connection, context)
            settle(connection, listener)
        }
        guard let obstacle else { return }
        interest.remove(listener.socket)
        context.onEvent?(.acceptBackoff(obstacle))
    }

    /// Has a new connection watched if it is still there, by this loop or another.
    private func settle(_ connection: Connection, _ listener: Listener) {
        let slot = slot(connection.socket.descriptor)
        guard slots[slot].connection === connection else { return }
        let stays = listener.settle(
            connection.socket, generation: connection.generation, mayMove: connection.isIdle && connection.isOpen)
        guard !stays else { return }
        slots[slot].connection = nil
        openConnections -= 1
    }

    private func adopt(
        _ socket: Socket, _ generation: UInt32, _ peer: PeerAddress, _ context: LoopContext
    ) -> Connection {
        let connection = Connection(socket, generation: generation, peer: peer, limits: context.limits)
        slots[slot(socket.descriptor)] = Slot(connection: connection, generation: generation)
        openConnections += 1
        return connection
    }

    private func close(_ connection: Connection, _ reason: ServerEvent.CloseReason, _ context: LoopContext) {
        slots[slot(connection.socket.descriptor)].connection = nil
        openConnections -= 1
        let exchange = connection.exchange
        connection.exchange = nil
        exchange?.abandon(.connectionClosed)
        connection.socket.close()
        mailbox.connectionClosed()
        context.onEvent?(.closed(connection.peer, reason, requests: connection.requests))
        if openConnections == 0 { resumeDrained() }
    }

    /// The place of a descriptor; the kernel gives out the lowest free number, so the table stays dense.
    func slot(_ descriptor: Int32) -> Int {
        let index = Int(descriptor)
        if index >= slots.count { slots.append(contentsOf: Array(repeating: Slot(), count: index + 64 - slots.count)) }
        return index
    }

    // MARK: Stopping

    /// Stops accepting; the listening socket is the server's to close.
    func stopListening() {
        guard let listener else { return }
        interest.remove(listener.socket)
        self.listener = nil
    }

    /// Closes idle connections and waits for the others, at most so many seconds; then closes those too.
    func drain(graceSeconds: Double) async {
        guard let context else { return }
        context.isDraining = true
        // Connections that another loop has put here and whose first event is still to be read would be lost.
        while case let count = epoll.poll(milliseconds: 0), count > 0 { serve(count, context) }
        closeAll(context) { $0.isIdle }
        guard openConnections > 0 else { return }
        executor.queue.asyncAfter(deadline: .now() + graceSeconds, execute: Self.turn(self) { $0.cutOff() })
        await withCheckedContinuation { drained = $0 }
    }

    private func cutOff() {
        guard let context else { return }
        closeAll(context) { _ in true }
        resumeDrained()
    }

    private func closeAll(_ context: LoopContext, where matches: (Connection) -> Bool) {
        for slot in slots {
            if let connection = slot.connection, matches(connection) { close(connection, .stopped, context) }
        }
    }

    private func resumeDrained() {
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
