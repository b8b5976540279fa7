import Dispatch
import QueueExecutor

/// A lane: one serial queue, one epoll descriptor, and all the connections the descriptor holds.
///
/// Everything from a read to the write of its answer happens on the queue, in one go. A single long-lived
/// `DispatchSource` on the epoll descriptor starts a turn; making a source for each connection costs more than the
/// rest of the work (spec/performance.md).
actor EventLoop {
    nonisolated let executor: QueueExecutor
    nonisolated let interest: EpollInterest
    nonisolated let mailbox: Mailbox
    let addresses: AddressRegister
    private let index: Int
    private let configuration: ServerConfiguration
    private var epoll: Epoll
    var context: LoopContext?
    /// The connections by descriptor; the kernel gives out the lowest free number, so the table stays dense.
    var connections: [Connection?] = []
    var openConnections = 0
    /// Descriptors of connections that gave way to others.
    private var waitingTurn: [Int32] = []
    /// A turn for them is on the queue: no event need come for it.
    private var hasQueuedTurn = false
    var listener: Listener?
    var source: (any DispatchSourceRead)?
    var timer: (any DispatchSourceTimer)?
    var drained: CheckedContinuation<Void, Never>?

    init(index: Int, _ configuration: ServerConfiguration, _ addresses: AddressRegister) throws(SocketError) {
        self.index = index
        self.addresses = addresses
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
    nonisolated static func turn(
        _ loop: EventLoop, _ body: @escaping @Sendable (isolated EventLoop) -> Void
    ) -> @Sendable () -> Void {
        { loop.assumeIsolated { body($0) } }
    }

    /// Starts to accept on `socket`, which all of `loops` share.
    func listen(on socket: Socket, loops: [EventLoop]) {
        let lanes = loops.map { Listener.Lane(interest: $0.interest, mailbox: $0.mailbox) }
        listener = Listener(
            socket, lanes: lanes, own: index, connectionsMax: configuration.limits.connectionsMax,
            addresses: addresses)
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
    }

    private func queueTurn() {
        guard !hasQueuedTurn else { return }
        hasQueuedTurn = true
        executor.queue.async(
            execute: Self.turn(self) {
                $0.hasQueuedTurn = false
                $0.poll()
            })
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
        if let connection = connection(at: event.descriptor) {
            guard connection.generation == event.generation else { return }
            connection.note(event)
            run(connection, context)
        } else if let arrival = mailbox.welcome(event.descriptor, generation: event.generation) {
            // The loop that accepted it has put it here; this is its first event.
            let socket = Socket(descriptor: event.descriptor)
            let connection = adopt(socket, event.generation, arrival.peer, requests: arrival.requests, context)
            connection.note(event)
            run(connection, context)
        }
    }

    private func serveWaiting(_ context: LoopContext) {
        guard !waitingTurn.isEmpty else { return }
        let descriptors = waitingTurn
        waitingTurn.removeAll(keepingCapacity: true)
        for descriptor in descriptors {
            if let connection = connection(at: descriptor) { run(connection, context) }
        }
    }

    /// Gives a connection its turn and does what comes of it.
    func run(_ connection: Connection, _ context: LoopContext) {
        switch connection.serve(context) {
        case .open where context.isDraining && connection.isIdle && connection.requests > 0:
            close(connection, .stopped, context)
        case .open: connection.updateDeadline(context)
        case .again:
            connection.updateDeadline(context)
            waitingTurn.append(connection.socket.descriptor)
            queueTurn()
        case .closed(let reason): close(connection, reason, context)
        }
    }

    /// Ends the connections whose time is up, and accepts again after a pause.
    private func tick() {
        guard let context else { return }
        context.refreshClock()
        for connection in connections {
            guard let connection, let time = connection.deadline.time, time <= context.now else { continue }
            if let reason = connection.expire(context) {
                close(connection, reason, context)
            } else {
                run(connection, context)
            }
        }
        resumeAccepting(anyhow: true)
    }

    /// Serves what is ready now and does not wait for more.
    func serveReady(_ context: LoopContext) {
        while case let count = epoll.poll(milliseconds: 0), count > 0 { serve(count, context) }
    }
}
