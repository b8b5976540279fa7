import HTTPTypes

extension Connection {
    /// Reads the next head and has it answered; false when more bytes are needed.
    func beginRequest(_ loop: LoopContext) -> Bool {
        let (bytes, start) = (input.bytes, input.start)
        do throws(ProtocolError) {
            guard let head = try parser.parse(bytes, from: start) else { return false }
            input.consume(head.byteCount)
            begin(head, bytes: bytes, start: start, loop)
        } catch {
            refuse(error, loop)
        }
        return true
    }

    private func begin(_ head: RequestHead, bytes: [UInt8], start: Int, _ loop: LoopContext) {
        requests += 1
        let id = ExchangeID(descriptor: socket.descriptor, generation: generation, request: loop.nextRequestID())
        let request = Request(
            id: id.request, head: head, bytes: bytes, start: start, body: body(of: head, id, loop), peer: peer)
        if case .length(let count) = head.framing, count > loop.limits.bodyBytesMax {
            return refuse(.bodyTooLarge, isHead: head.method == .head, loop)
        }
        let keeps = head.keepsConnection && requests < loop.limits.requestsPerConnectionMax
        if head.framing != .none { open(id, request, keeps, loop) }
        switch loop.handler(request) {
        case .now(let response):
            answer(request, with: response, keeps: keeps, loop)
        case .later(let work):
            let exchange = exchange ?? open(id, request, keeps, loop)
            exchange.task = loop.loop.start(work, for: id)
        }
    }

    private func body(of head: RequestHead, _ id: ExchangeID, _ loop: LoopContext) -> RequestBody {
        switch head.framing {
        case .none: RequestBody()
        case .length(let count): RequestBody(.connection(loop.loop, id), bytesExpected: count)
        case .chunked: RequestBody(.connection(loop.loop, id), bytesExpected: nil)
        }
    }

    @discardableResult
    func open(_ id: ExchangeID, _ request: Request, _ keeps: Bool, _ loop: LoopContext) -> Exchange {
        let opened = Exchange(id: id, request: request, keepsConnection: keeps, loop)
        exchange = opened
        return opened
    }

    /// Answers a protocol error and gives the connection up: after it, no byte can be trusted to start a request.
    func refuse(_ error: ProtocolError, isHead: Bool = false, _ loop: LoopContext) {
        let failed = exchange
        let isHead = isHead || failed == nil && (parser.isHead || beginsWithHead)
        exchange = nil
        failed?.abandon(error)
        input.removeAll()
        loop.onEvent?(.protocolError(error, peer))
        if let failed, failed.hasBegunAnswer {
            // The client cannot be told: it must not take what it has for a whole answer.
            ending = .close(.protocolError)
            return
        }
        let response = loop.renderProtocolError(error)
        var content: [UInt8] = []
        if case .bytes(let bytes) = response.body { content = bytes }
        let context = ResponseEncoder.Context(framing: .length(content.count), closes: true, isHTTP10: false)
        ResponseEncoder.append(response, context, dateLine: loop.dateLine, to: &output.tail)
        if !isHead, failed?.request.method != .head { output.append(content) }
        ending = .linger(.protocolError)
    }
}

extension Connection {
    /// Whether what has come of a request whose first line cannot be read, or is not there in full, asks for no content
    /// (RFC 9110 §9.3.2).
    private var beginsWithHead: Bool {
        input.bytes[input.start...].drop { $0 == Byte.carriageReturn || $0 == Byte.lineFeed }.starts(with: "HEAD ".utf8)
    }
}

extension Exchange {
    var hasBegunAnswer: Bool {
        if case .pending = progress { false } else { true }
    }

    /// The answer is out and nobody wants the rest of the body.
    var isDiscarding: Bool {
        if case .answered = progress { true } else { false }
    }
}
