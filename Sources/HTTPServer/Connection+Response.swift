import HTTPTypes

extension Connection {
    /// Puts an answer into the output; a streamed body is started.
    func answer(_ request: Request, with response: Response, keeps: Bool, _ loop: LoopContext) {
        guard response.status.code >= 200 else {
            // An interim status would leave the client waiting for the final one (RFC 9110 §15.2).
            return answer(request, with: Response(.internalServerError), keeps: keeps, loop)
        }
        var keeps = keeps && !loop.isDraining && !response.asksToClose && canReachNextRequest(loop)
        let framing = framing(of: response, to: request)
        if framing == .untilClose { keeps = false }
        let isHTTP10 = request.head.isHTTP10
        let context = ResponseEncoder.Context(framing: framing, closes: !keeps, isHTTP10: isHTTP10)
        ResponseEncoder.append(response, context, dateLine: loop.dateLine, to: &output.tail)
        exchange?.keepsConnection = keeps
        exchange?.status = response.status.code
        let sendsBody = framing != .none && request.method != .head
        if sendsBody, case .stream(let length, let produce) = response.body {
            stream(produce, length: length, framing, for: request, response.status.code, keeps, loop)
            return
        }
        var sent = 0
        if sendsBody, case .bytes(let bytes) = response.body {
            output.append(bytes)
            sent = bytes.count
        }
        exchange?.bodyBytes = sent
        if let exchange {
            answered(exchange, loop)
        } else {
            complete(request, response.status.code, sent, since: loop.now, loop)
            endUnless(keeps, after: request, loop)
        }
    }

    /// RFC 9110 §8.6, RFC 9112 §6: never both framings, and none where the status has no content.
    private func framing(of response: Response, to request: Request) -> ResponseEncoder.Framing {
        if response.status == .noContent || response.status == .notModified { return .none }
        switch response.body {
        case .empty:
            guard request.method == .head, let given = response.fields[.contentLength] else { return .length(0) }
            return Int(given).map { $0 >= 0 ? .length($0) : .length(0) } ?? .length(0)
        case .bytes(let bytes): return .length(bytes.count)
        case .stream(let length?, _): return .length(max(length, 0))
        case .stream(nil, _): return request.head.isHTTP10 ? .untilClose : .chunked
        }
    }

    /// Whether the rest of the request's body is little enough to be read away.
    private func canReachNextRequest(_ loop: LoopContext) -> Bool {
        guard let exchange, !exchange.body.isDone else { return true }
        // A client that was never asked for its body may send it or not: the next request cannot be found.
        guard !exchange.awaitsContinue else { return false }
        return (exchange.body.bytesRemaining ?? 0) <= loop.limits.discardedBodyBytesMax
    }

    private func stream(
        _ produce: @escaping Response.Producer, length: Int?, _ framing: ResponseEncoder.Framing,
        for request: Request, _ status: Int, _ keeps: Bool, _ loop: LoopContext
    ) {
        let id = ExchangeID(descriptor: socket.descriptor, generation: generation, request: request.id)
        let exchange = exchange ?? open(id, request, keeps, loop)
        exchange.progress = .streaming(framing, remaining: length)
        exchange.status = status
        exchange.task = loop.loop.start(produce, for: id)
    }

    /// Takes a piece of a streamed body; false when it is more than was announced.
    func append(_ bytes: [UInt8], to exchange: Exchange) -> Bool {
        guard case .streaming(let framing, let remaining) = exchange.progress else { return false }
        if let remaining {
            guard bytes.count <= remaining else { return false }
            exchange.progress = .streaming(framing, remaining: remaining - bytes.count)
        }
        exchange.bodyBytes += bytes.count
        if framing == .chunked {
            ResponseEncoder.appendChunk(bytes, to: &output)
        } else {
            output.append(bytes)
        }
        return true
    }

    /// The producer of a streamed body is done; `whole` says whether it ended well.
    func finishStream(of exchange: Exchange, whole: Bool, _ loop: LoopContext) {
        guard case .streaming(let framing, let remaining) = exchange.progress else { return }
        guard whole, remaining ?? 0 == 0 else {
            self.exchange = nil
            exchange.abandon(.connectionClosed)
            ending = .close(.producerFailed)
            return
        }
        if framing == .chunked { output.tail.append(contentsOf: "0\r\n\r\n".utf8) }
        answered(exchange, loop)
    }

    /// The answer is complete; the exchange ends with the request's body.
    private func answered(_ exchange: Exchange, _ loop: LoopContext) {
        exchange.progress = .answered
        exchange.discardedFrom = exchange.body.bytesDecoded
        exchange.resumeReader(.failure(.connectionClosed))
        let (request, status) = (exchange.request, exchange.status)
        complete(request, status, exchange.bodyBytes, since: exchange.startedAt, loop)
        if exchange.body.isDone {
            finish(exchange, loop)
        } else if !exchange.keepsConnection {
            self.exchange = nil
            ending = .linger(.finished)
        }
    }

    /// Makes way for the next request.
    func finish(_ exchange: Exchange, _ loop: LoopContext) {
        self.exchange = nil
        endUnless(exchange.keepsConnection && !loop.isDraining, after: exchange.request, loop)
    }

    private func endUnless(_ keeps: Bool, after request: Request, _ loop: LoopContext) {
        guard !keeps else { return }
        let reason: ServerEvent.CloseReason = loop.isDraining ? .stopped : .finished
        // A client that has not asked for the end may have its next request on the way: closed at once, it would be reset
        // and could lose the answer (RFC 9112 §9.6).
        ending = input.isEmpty && !request.head.keepsConnection ? .close(reason) : .linger(reason)
        input.removeAll()
    }

    private func complete(_ request: Request, _ status: Int, _ bytes: Int, since start: UInt64, _ loop: LoopContext) {
        guard let onRequest = loop.onRequest else { return }
        onRequest(.requestCompleted(request, status: status, bodyBytes: bytes, ServerEvent.Elapsed(since: start)))
    }
}

extension Response {
    fileprivate var asksToClose: Bool {
        !fields.isEmpty && fields.contains { $0.name == .connection && $0.value.lowercased().contains("close") }
    }
}
