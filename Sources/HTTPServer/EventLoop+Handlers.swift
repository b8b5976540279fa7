/// The way from the tasks of handlers back to the loop. Whoever enters announces it (see `Mailbox`).
extension EventLoop {
    /// Runs a handler off the loop and brings its answer back.
    nonisolated func start(_ work: @escaping @concurrent @Sendable () async -> Response, for id: ExchangeID)
        -> Task<Void, Never>
    {
        Task { @concurrent in
            let response = await work()
            self.mailbox.announce()
            await self.answer(id, with: response)
        }
    }

    /// Runs the producer of a streamed body off the loop.
    nonisolated func start(_ produce: @escaping Response.Producer, for id: ExchangeID) -> Task<Void, Never> {
        Task { @concurrent in
            do {
                try await produce(ResponseWriter(.connection(self, id)))
                self.mailbox.announce()
                await self.finishStream(id, whole: true)
            } catch {
                self.mailbox.announce()
                await self.finishStream(id, whole: false)
            }
        }
    }

    private func find(_ id: ExchangeID) -> (Connection, Exchange, LoopContext)? {
        guard let context, let connection = connection(at: id.descriptor),
            connection.generation == id.generation, let exchange = connection.exchange, exchange.id == id
        else { return nil }
        context.refreshClock()
        return (connection, exchange, context)
    }

    private func answer(_ id: ExchangeID, with response: Response) {
        mailbox.receive()
        guard let (connection, exchange, context) = find(id), !exchange.hasBegunAnswer else { return }
        connection.answer(exchange.request, with: response, keeps: exchange.keepsConnection, context)
        run(connection, context)
    }

    /// The next piece of a request's body; `nil` at its end.
    nonisolated func nextBodyPiece(of id: ExchangeID) async throws(ProtocolError) -> [UInt8]? {
        mailbox.announce()
        return try await takeBodyPiece(of: id)
    }

    private func takeBodyPiece(of id: ExchangeID) async throws(ProtocolError) -> [UInt8]? {
        mailbox.receive()
        guard let (connection, exchange, context) = find(id), !exchange.isDiscarding else { throw .connectionClosed }
        guard !exchange.body.isDone else { return nil }
        precondition(exchange.bodyWaiter == nil, "A request body has one reader at a time.")
        connection.sendContinue(exchange)
        let result = await withCheckedContinuation { waiter in
            exchange.bodyWaiter = waiter
            run(connection, context)
        }
        mailbox.receive()
        return try result.get()
    }

    /// Sends a piece of a streamed body and waits while the client is far behind.
    nonisolated func write(_ bytes: [UInt8], to id: ExchangeID) async throws(ClientGone) {
        mailbox.announce()
        try await send(bytes, to: id)
    }

    private func send(_ bytes: [UInt8], to id: ExchangeID) async throws(ClientGone) {
        mailbox.receive()
        guard let (connection, exchange, context) = find(id) else { throw ClientGone() }
        guard connection.append(bytes, to: exchange) else {
            connection.finishStream(of: exchange, whole: false, context)
            run(connection, context)
            throw ClientGone()
        }
        run(connection, context)
        guard find(id) != nil else { throw ClientGone() }
        guard connection.output.count > context.limits.outputBytesMax else { return }
        let isThere = await withCheckedContinuation { exchange.writeWaiter = $0 }
        mailbox.receive()
        guard isThere else { throw ClientGone() }
    }

    private func finishStream(_ id: ExchangeID, whole: Bool) {
        mailbox.receive()
        guard let (connection, exchange, context) = find(id) else { return }
        connection.finishStream(of: exchange, whole: whole, context)
        run(connection, context)
    }
}
