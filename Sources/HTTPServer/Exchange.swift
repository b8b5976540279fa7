/// Names a request in flight, from any thread. What it names may be gone by the time it is looked up.
struct ExchangeID: Sendable, Hashable {
    let descriptor: Int32
    let generation: UInt32
    let request: UInt64
}

/// A request in flight that is not answered on the spot: it has a body, or its answer comes later or in pieces.
///
/// A class because a connection and the waiting tasks of its handler change it in turns; only its loop touches it.
final class Exchange {
    enum Progress {
        /// The handler has not answered yet.
        case pending
        /// The head is out and a producer writes the body; `remaining` counts down a known length.
        case streaming(ResponseEncoder.Framing, remaining: Int?)
        /// The answer is complete, but the request's body is not read to its end.
        case answered
    }

    typealias BodyWaiter = CheckedContinuation<Result<[UInt8]?, ProtocolError>, Never>

    let id: ExchangeID
    let request: Request
    let startedAt: UInt64
    var keepsConnection: Bool
    var body: BodyDecoder
    /// The client waits for `100 Continue` before it sends the body.
    var awaitsContinue: Bool
    var progress = Progress.pending
    var status = 0
    var bodyBytes = 0
    /// The handler's or the producer's task.
    var task: Task<Void, Never>?
    /// A reader that waits for the next piece of the body.
    var bodyWaiter: BodyWaiter?
    /// A producer that waits for the client to read; told whether the client is still there.
    var writeWaiter: CheckedContinuation<Bool, Never>?
    /// Pieces handed to the reader: while it works, the handler's time runs anew.
    var bodyPieces = 0
    /// With the client, while its body is awaited.
    var patience = Patience()
    /// Bytes of the body that had been read when the answer was complete.
    var discardedFrom = 0

    /// The waiting tasks go on with a job on the loop's queue, which has to be announced.
    private let mailbox: Mailbox

    init(id: ExchangeID, request: Request, keepsConnection: Bool, _ loop: LoopContext) {
        self.id = id
        mailbox = loop.loop.mailbox
        startedAt = loop.now
        self.request = request
        self.keepsConnection = keepsConnection
        body = BodyDecoder(request.head.framing, limits: loop.limits)
        awaitsContinue = request.head.expectsContinue
    }

    /// Hands a reader the next piece of the body, or `nil` at its end.
    func resumeReader(_ result: Result<[UInt8]?, ProtocolError>) {
        guard let waiter = bodyWaiter else { return }
        bodyWaiter = nil
        mailbox.announce()
        waiter.resume(returning: result)
    }

    /// Lets a producer go on: the client has caught up, or is gone.
    func resumeWriter(clientIsThere: Bool = true) {
        guard let waiter = writeWaiter else { return }
        writeWaiter = nil
        mailbox.announce()
        waiter.resume(returning: clientIsThere)
    }

    /// Lets go of all that waits: the connection has ended, or the request has failed.
    func abandon(_ error: ProtocolError) {
        task?.cancel()
        resumeReader(.failure(error))
        resumeWriter(clientIsThere: false)
    }
}
