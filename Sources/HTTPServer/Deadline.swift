/// What a connection waits for, and until when.
struct Deadline {
    enum Stage: Equatable {
        /// For the first byte of a request.
        case idle
        /// For the end of a head.
        case head
        /// For bytes of a body that somebody asked for.
        case body
        /// For the handler.
        case handler
        /// For the producer of a streamed body: as long as it likes.
        case producer
        /// For the client to take what is ready.
        case write
        /// For the client to see a refusal.
        case linger
    }

    private(set) var stage = Stage.idle
    /// Nanoseconds, as `Clock.nanoseconds`; `nil` for no limit.
    private(set) var time: UInt64?
    /// When the wait began, in the same nanoseconds.
    private(set) var since: UInt64 = 0
    /// What counts as progress within the stage: when it moves, the time starts anew.
    private(set) var mark = -1

    mutating func set(_ stage: Stage, mark: Int, now: UInt64, wait: UInt64?) {
        (self.stage, self.mark, since) = (stage, mark, now)
        time = wait.map { now &+ $0 }
    }
}

/// The time limits in nanoseconds, put ready once for each loop.
struct DeadlineTimes {
    let idle, head, handler, linger: UInt64
    let body, write: Patience.Measure

    init(_ limits: Limits) {
        func nanoseconds(_ seconds: Double) -> UInt64 { Patience.Measure(seconds: seconds, bytesPerSecondMin: 0).full }
        idle = nanoseconds(limits.idleSeconds)
        head = nanoseconds(limits.headSeconds)
        handler = nanoseconds(limits.handlerSeconds)
        linger = nanoseconds(limits.lingerSeconds)
        body = Patience.Measure(
            seconds: limits.bodyStallSeconds, bytesPerSecondMin: limits.bodyBytesPerSecondMin)
        write = Patience.Measure(
            seconds: limits.writeStallSeconds, bytesPerSecondMin: limits.writeBytesPerSecondMin)
    }
}

extension Connection {
    /// Sets the deadline for what the connection now waits for.
    func updateDeadline(_ loop: LoopContext) {
        let (stage, mark) = stageAndMark
        guard stage != deadline.stage || mark != deadline.mark else { return }
        noteTransfer(next: stage, loop)
        deadline.set(stage, mark: mark, now: loop.now, wait: wait(stage, loop.times))
    }

    /// What the wait that ends here has used up and earned.
    private func noteTransfer(next stage: Deadline.Stage, _ loop: LoopContext) {
        let waited = loop.now &- deadline.since
        if deadline.stage == .body {
            exchange?.patience.note(waited: waited, bytes: bytesReceived &- deadline.mark, loop.times.body)
        } else if deadline.stage == .write, stage == .write {
            patience.note(waited: waited, bytes: bytesSent &- deadline.mark, loop.times.write)
        } else {
            patience = Patience()
        }
    }

    private func wait(_ stage: Deadline.Stage, _ times: DeadlineTimes) -> UInt64? {
        switch stage {
        case .idle: times.idle
        case .head: times.head
        case .body: exchange?.patience.left(times.body)
        case .handler: times.handler
        case .producer: nil
        case .write: patience.left(times.write)
        case .linger: times.linger
        }
    }

    private var stageAndMark: (Deadline.Stage, mark: Int) {
        if !output.isEmpty { return (.write, bytesSent) }
        if case .lingering = ending { return (.linger, 0) }
        guard let exchange else { return isIdle ? (.idle, requests) : (.head, requests) }
        if !exchange.body.isDone, exchange.bodyWaiter != nil || exchange.isDiscarding { return (.body, bytesReceived) }
        if case .streaming = exchange.progress { return (.producer, 0) }
        return (.handler, requests &+ exchange.bodyPieces)
    }

    /// The deadline has passed: refuses what is late; gives how to close what cannot be told.
    func expire(_ loop: LoopContext) -> ServerEvent.CloseReason? {
        switch deadline.stage {
        case .idle: return .idle
        case .write: return .writeStall
        case .linger: return .protocolError
        case .head: refuse(.headTimeout, loop)
        case .body: refuse(.bodyTimeout, loop)
        case .handler: refuse(.handlerTimeout, loop)
        case .producer: break
        }
        return nil
    }
}
