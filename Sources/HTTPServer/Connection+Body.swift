extension Connection {
    /// Hands the next piece of the request's body to whoever waits for it, or drops it when nobody will.
    ///
    /// - Returns: Whether there may be more to do without another read.
    func pumpBody(_ loop: LoopContext) -> Bool {
        guard let exchange, !exchange.body.isDone, exchange.bodyWaiter != nil || exchange.isDiscarding else {
            return false
        }
        let piece: [UInt8]
        do throws(ProtocolError) { piece = try exchange.body.decode(&input) } catch {
            refuse(error, loop)
            return true
        }
        if exchange.isDiscarding { return discard(exchange, loop) }
        guard !piece.isEmpty || exchange.body.isDone else { return false }
        exchange.bodyPieces += 1
        exchange.resumeReader(.success(piece.isEmpty ? nil : piece))
        return false
    }

    /// Reads away the rest of a body after its answer, so that the next request can be found.
    private func discard(_ exchange: Exchange, _ loop: LoopContext) -> Bool {
        if exchange.body.isDone {
            finish(exchange, loop)
            return true
        }
        guard exchange.body.bytesDecoded - exchange.discardedFrom <= loop.limits.discardedBodyBytesMax else {
            self.exchange = nil
            ending = .linger(.finished)
            return true
        }
        return false
    }

    /// Asks for the body when the client waits to be asked (RFC 9110 §10.1.1).
    func sendContinue(_ exchange: Exchange) {
        guard exchange.awaitsContinue else { return }
        exchange.awaitsContinue = false
        guard input.isEmpty, !exchange.hasBegunAnswer else { return }
        output.tail.append(contentsOf: "HTTP/1.1 100 Continue\r\n\r\n".utf8)
    }
}
