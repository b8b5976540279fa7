internal import QueueExecutor
internal import Synchronization

/// A connection for whoever's thread comes by; the lock is what makes it one at a time.
final class PointReader: Sendable {
    private let lent: Mutex<LentConnection>

    init(_ connection: sending Connection, snapshotAgeMax: Duration) {
        lent = Mutex(LentConnection(connection, snapshotAgeMax: snapshotAgeMax))
    }

    /// Runs `body`, waiting for the connection if need be. It sees every write up to that generation.
    func run<R: Sendable>(_ generation: UInt64, _ body: @Sendable (Connection) throws -> R) throws -> R {
        try lent.withLock { lent in try lent.run(generation, body) }
    }

    /// Nil if another thread uses the connection at this moment.
    func runIfFree<R: Sendable>(_ generation: UInt64, _ body: @Sendable (Connection) throws -> R) throws -> R? {
        try lent.withLockIfAvailable { lent in try lent.run(generation, body) }
    }

    func releaseIfIdle() {
        _ = lent.withLockIfAvailable { lent in lent.release() }
    }

    func close() {
        lent.withLock { lent in lent.close() }
    }
}

/// What a point reader's lock guards: the connection, and the snapshot that it may keep from read to read.
private struct LentConnection {
    private struct Snapshot {
        let generation: UInt64
        let end: ContinuousClock.Instant
    }

    private var connection: Connection?
    private var snapshot: Snapshot?
    private let snapshotAgeMax: Duration

    init(_ connection: Connection, snapshotAgeMax: Duration) {
        self.connection = connection
        self.snapshotAgeMax = snapshotAgeMax
    }

    mutating func run<R: Sendable>(
        _ generation: UInt64, _ body: @Sendable (Connection) throws -> R
    ) throws -> R {
        guard let connection else { throw SQLiteError.closed }
        if snapshotAgeMax > .zero { try renewSnapshot(of: connection, generation) }
        defer {
            // An error may have ended the transaction that holds the snapshot.
            if !connection.isInTransaction { snapshot = nil }
            let isOver = snapshot != nil || !connection.isInTransaction
            precondition(isOver, "Whoever begins a transaction ends it before returning.")
        }
        return try body(connection)
    }

    /// Ends the snapshot if there is one.
    mutating func release() {
        guard snapshot != nil else { return }
        snapshot = nil
        // Ending a transaction that has only read cannot fail once its statements are reset, as they are between reads.
        _ = try? connection?.run("COMMIT")
    }

    mutating func close() {
        connection = nil
        snapshot = nil
    }

    /// Makes sure that a snapshot begins no earlier than the generation. SQLite takes it at the first statement.
    private mutating func renewSnapshot(of connection: Connection, _ generation: UInt64) throws(SQLiteError) {
        let now = ContinuousClock.now
        if let snapshot, snapshot.generation >= generation, now < snapshot.end { return }
        release()
        try connection.run("BEGIN DEFERRED")
        snapshot = Snapshot(generation: generation, end: now + snapshotAgeMax)
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
