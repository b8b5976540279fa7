internal import Dispatch
internal import QueueExecutor
internal import Synchronization

/// A connection that keeps its read transaction from one read to the next.
///
/// Without it every statement takes and gives back the WAL's locks and looks at the size of the file: half a dozen
/// system calls (sqlite.org/walformat.html#locks). A lock for the loop that reads and the queue that ends what is old.
final class SnapshotReader: Sendable {
    private let held: Mutex<HeldConnection>
    private let age: DispatchTimeInterval
    private let executor: QueueExecutor

    init(_ connection: sending Connection, milliseconds: Int, _ executor: QueueExecutor) {
        held = Mutex(HeldConnection(connection))
        age = .milliseconds(milliseconds)
        self.executor = executor
    }

    /// Runs `body` in a snapshot that holds every write up to that generation.
    func run<R: Sendable>(_ generation: UInt64, _ body: @Sendable (Connection, Int) throws -> R) throws -> R {
        try held.withLock { held in
            if try held.begin(generation) { endLater() }
            return try held.run(body)
        }
    }

    /// The version of a snapshot that holds every write up to that generation.
    func version(_ generation: UInt64) throws(SQLiteError) -> Int {
        try held.withLock { held throws(SQLiteError) in
            if try held.begin(generation) { endLater() }
            guard let version = held.version else { throw SQLiteError.closed }
            return version
        }
    }

    /// Ends the snapshot once nobody reads, which takes microseconds.
    func release() {
        held.withLock { held in held.end() }
    }

    func close() {
        held.withLock { held in held.close() }
    }

    private func endLater() {
        // A weak reference would make every retain of the reader a slow one; this one is gone in a moment.
        executor.queue.asyncAfter(deadline: .now() + age) { self.held.withLock { held in held.expire() } }
    }
}

/// What a snapshot reader's lock guards.
private struct HeldConnection {
    private struct Snapshot {
        let generation: UInt64
        let version: Int
    }

    private var connection: Connection?
    private var snapshot: Snapshot?
    /// That of the snapshot; nil where there is none.
    var version: Int? { snapshot?.version }
    /// A time is set at which the snapshot ends.
    private var isTimed = false

    init(_ connection: Connection) {
        self.connection = connection
    }

    /// Makes sure that there is a snapshot that began no earlier than the generation.
    ///
    /// - Returns: Whether a time must be set for its end.
    mutating func begin(_ generation: UInt64) throws(SQLiteError) -> Bool {
        if let snapshot, snapshot.generation >= generation { return false }
        guard let connection else { throw SQLiteError.closed }
        end()
        do {
            try connection.run("BEGIN DEFERRED")
            // The first statement is what takes the snapshot.
            snapshot = Snapshot(generation: generation, version: try connection.dataVersion())
        } catch {
            end()
            throw error
        }
        defer { isTimed = true }
        return !isTimed
    }

    mutating func run<R: Sendable>(_ body: @Sendable (Connection, Int) throws -> R) throws -> R {
        guard let connection, let snapshot else { throw SQLiteError.closed }
        // An error may have ended the transaction.
        defer { if !connection.isInTransaction { self.snapshot = nil } }
        return try body(connection, snapshot.version)
    }

    /// Ends the snapshot if there is one.
    mutating func end() {
        snapshot = nil
        guard let connection, connection.isInTransaction else { return }
        // Ending a transaction that has only read cannot fail once its statements are reset, as they are between reads.
        _ = try? connection.run("COMMIT")
    }

    mutating func expire() {
        isTimed = false
        end()
    }

    mutating func close() {
        connection = nil
        snapshot = nil
    }
}
