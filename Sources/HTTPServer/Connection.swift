/// One connection: reads requests, answers them in order, one at a time.
///
/// A class, not `Sendable`, that belongs to the event loop which holds its descriptor; nothing here waits.
final class Connection {
    /// What has become of the connection after a turn.
    enum Fate {
        /// It waits for the socket, the handler or a deadline.
        case open
        /// It has more to do, but others come first.
        case again
        case closed(ServerEvent.CloseReason)
    }

    /// What happens once everything ready has been sent.
    enum Ending {
        case none
        case close(ServerEvent.CloseReason)
        /// Say that nothing more comes, then read on a little: closing with unread bytes would reset the connection
        /// and could take the answer away from the client (RFC 9112 §9.6).
        case linger(ServerEvent.CloseReason)
        case lingering(ServerEvent.CloseReason)
    }

    /// Reads in a row before other connections get their turn.
    private static var turnsMax: Int { 16 }

    let socket: Socket
    let generation: UInt32
    let peer: PeerAddress
    var input = InputBuffer()
    var output = OutputBuffer()
    var parser: RequestParser
    var exchange: Exchange?
    var ending = Ending.none
    var deadline = Deadline()
    /// With the client, while it takes what is ready.
    var patience = Patience()
    var requests: Int
    var bytesReceived = 0
    var bytesSent = 0
    /// The socket may have bytes: set by an edge of epoll, cleared by a read that found the end of them.
    var isReadable = true
    var isWritable = true
    /// The peer's end was announced, so reading must go on until it is reached.
    var peerFinishes = false
    var isBroken = false

    init(_ socket: Socket, generation: UInt32, peer: PeerAddress, requests: Int, limits: Limits) {
        self.socket = socket
        self.generation = generation
        self.peer = peer
        self.requests = requests
        parser = RequestParser(limits: limits)
    }

    /// Between requests, with nothing to send.
    var isIdle: Bool {
        exchange == nil && output.isEmpty && (input.isEmpty || parser.hasSkipped(input.count))
    }

    /// Waits for the client to begin or to end a request, and for nothing else.
    var waitsForRequest: Bool {
        guard exchange == nil, output.isEmpty, case .none = ending else { return false }
        return deadline.stage == .idle || deadline.stage == .head
    }

    /// Not about to end.
    var isOpen: Bool {
        if case .none = ending { !isBroken && !peerFinishes } else { false }
    }

    func note(_ event: Epoll.Event) {
        if event.readable || event.finished { isReadable = true }
        if event.writable { isWritable = true }
        if event.finished { peerFinishes = true }
        if event.broken { isBroken = true }
    }

    /// Does all that can be done now: answer, send, read, again.
    func serve(_ loop: LoopContext) -> Fate {
        if isBroken { return .closed(.reset) }
        if output.isEmpty { swap(&output.tail, &loop.arena) }
        defer { if output.isEmpty { swap(&output.tail, &loop.arena) } }
        for _ in 0..<Self.turnsMax {
            let isHeldBack = answer(loop)
            guard flush() else { return .closed(.reset) }
            if output.count <= loop.limits.outputBytesMax / 2 { exchange?.resumeWriter() }
            if output.isEmpty {
                if let fate = end() { return fate }
                if isHeldBack { continue }
            }
            guard isReadable, wantsInput, !isHeldBack else { return .open }
            receive(loop)
            if isBroken { return .closed(.reset) }
        }
        return .again
    }

    /// Answers the requests that have come in.
    ///
    /// - Returns: Whether it stopped because too much waits to be sent.
    private func answer(_ loop: LoopContext) -> Bool {
        while case .none = ending {
            if exchange != nil {
                guard pumpBody(loop) else { return false }
            } else {
                guard !input.isEmpty else { return false }
                guard output.count <= loop.limits.outputBytesMax else { return true }
                guard beginRequest(loop) else { return false }
            }
        }
        return false
    }

    /// Sends what is ready; false when the peer is gone.
    private func flush() -> Bool {
        guard isWritable, !output.isEmpty else { return true }
        let before = output.count
        let transfer = output.flush(to: socket)
        bytesSent &+= before - output.count
        isWritable = transfer != .wouldBlock
        return transfer != .failed
    }

    /// Ends the connection when that is due and everything has been sent.
    private func end() -> Fate? {
        switch ending {
        case .none: return nil
        case .close(let reason): return .closed(reason)
        case .linger(let reason):
            socket.finishSending()
            ending = .lingering(reason)
            return nil
        case .lingering: return nil
        }
    }

    private var wantsInput: Bool {
        if case .none = ending {} else { return output.isEmpty }
        guard let exchange else { return true }
        return !exchange.body.isDone && (exchange.bodyWaiter != nil || exchange.isDiscarding)
    }

    private func receive(_ loop: LoopContext) {
        switch socket.receive(into: &loop.scratch) {
        case .bytes(let count):
            // A short read has emptied a stream socket (epoll(7)); the end of the stream still has to be read.
            isReadable = count == loop.scratch.count || peerFinishes
            bytesReceived &+= count
            if case .none = ending { input.append(Array(loop.scratch[..<count])) }
        case .wouldBlock: isReadable = false
        case .end:
            isReadable = false
            peerEnded(loop)
        case .failed: isBroken = true
        }
    }

    /// The client sends no more; what it asked for is still answered.
    private func peerEnded(_ loop: LoopContext) {
        switch ending {
        case .lingering(let reason): ending = .close(reason)
        case .close, .linger: break
        case .none:
            if exchange == nil, parser.hasSkipped(input.count) {
                ending = .close(.finished)
            } else {
                refuse(.incompleteRequest, loop)
            }
        }
    }
}
