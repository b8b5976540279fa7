internal import QueueExecutor
internal import Synchronization

/// A connection for whoever's thread comes by; the lock is what makes it one at a time.
final class PointReader: Sendable {
    private let lent: Mutex<Connection?>

    init(_ connection: sending Connection) {
        lent = Mutex(connection)
    }

    /// Runs `body`, waiting for the connection if need be.
    func run<R: Sendable>(_ body: @Sendable (Connection) throws -> R) throws -> R {
        try lent.withLock { connection in try Self.run(connection, body) }
    }

    /// Nil if another thread uses the connection at this moment.
    func runIfFree<R: Sendable>(_ body: @Sendable (Connection) throws -> R) throws -> R? {
        try lent.withLockIfAvailable { connection in try Self.run(connection, body) }
    }

    func close() {
        lent.withLock { connection in connection = nil }
    }

    private static func run<R: Sendable>(
        _ connection: Connection?, _ body: @Sendable (Connection) throws -> R
    ) throws -> R {
        guard let connection else { throw SQLiteError.closed }
        defer { precondition(!connection.isInTransaction, "Whoever begins a transaction ends it before returning.") }
        return try body(connection)
    }
}

/// A connection with its own queue, and how many calls wait for it or run on it.
final class LongReader: Sendable {
    let actor: DatabaseActor
    let interrupter: Interrupter
    let load = Atomic(0)

    init(_ connection: sending Connection, label: String) {
        interrupter = connection.interrupter
        actor = DatabaseActor(connection, executor: QueueExecutor(label: label))
    }

    var loadNow: Int { load.load(ordering: .relaxed) }
}
