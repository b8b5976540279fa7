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
    /// What counts as progress within the stage: when it moves, the time starts anew.
    private var mark = -1

    mutating func set(_ stage: Stage, mark: Int, now: UInt64, limits: Limits) {
        guard stage != self.stage || mark != self.mark else { return }
        self.stage = stage
        self.mark = mark
        // Clamped: a limit may be set to any number.
        time = seconds(limits).map { now &+ UInt64(($0 > 0 ? min($0, 1e9) : 0) * 1e9) }
    }

    private func seconds(_ limits: Limits) -> Double? {
        switch stage {
        case .idle: limits.idleSeconds
        case .head: limits.headSeconds
        case .body: limits.bodyStallSeconds
        case .handler: limits.handlerSeconds
        case .producer: nil
        case .write: limits.writeStallSeconds
        case .linger: limits.lingerSeconds
        }
    }
}

extension Connection {
    /// Sets the deadline for what the connection now waits for.
    func updateDeadline(_ loop: LoopContext) {
        let (stage, mark) = stageAndMark
        deadline.set(stage, mark: mark, now: loop.now, limits: loop.limits)
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
