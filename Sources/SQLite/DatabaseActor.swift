public import QueueExecutor

/// One connection confined to one queue: what runs on it may block, and others wait their turn without a thread.
public actor DatabaseActor {
    /// The queue on which everything here runs.
    public nonisolated let executor: QueueExecutor

    private var connection: Connection?

    /// Takes a connection over; nobody else may hold it.
    public init(_ connection: sending Connection, executor: QueueExecutor) {
        self.executor = executor
        self.connection = connection
    }

    /// The queue as the runtime wants it.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe executor.asUnownedSerialExecutor()
    }

    /// Runs `body` on the queue after everything that was asked before.
    ///
    /// - Throws: What `body` throws; ``SQLiteError/Code/misuse`` after ``close()``.
    @discardableResult
    public func run<R: Sendable>(_ body: @Sendable (Connection) throws -> R) throws -> R {
        guard let connection else { throw SQLiteError.closed }
        defer { precondition(!connection.isInTransaction, "Whoever begins a transaction ends it before returning.") }
        return try body(connection)
    }

    /// Closes the connection, after everything that was asked before. Closing twice is harmless.
    public func close() {
        connection = nil
    }
}

extension SQLiteError {
    static var closed: SQLiteError {
        SQLiteError(code: .misuse, message: "the database is closed")
    }
}
