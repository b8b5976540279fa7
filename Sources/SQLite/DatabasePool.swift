internal import QueueExecutor
internal import Synchronization

/// One database file with one connection that writes and several that read.
///
/// In WAL mode readers see the last committed state, do not wait for the writer, and it does not wait for them
/// (sqlite.org/wal.html). There are four ways in:
///
/// - ``write(_:)`` for changes, one after another on the writer's queue;
/// - ``read(preferring:_:)`` for reads of microseconds, at once on the caller's own thread;
/// - ``readSnapshot(_:_:)`` for those of them that come in tens of thousands a second;
/// - ``readLong(deadline:_:)`` for everything slower, on the queues of their own readers.
///
/// What the closures return is `Sendable`, so no connection, statement or row leaves them.
public final class DatabasePool: Sendable {
    /// How many readers there are, and how each connection is set up.
    public struct Options: Hashable, Sendable {
        /// For each connection.
        public var connection = Connection.Options()

        /// The page cache of the connection that writes, in KiB. A transaction whose pages find no room in it writes them
        /// before its end, and those that it touches again twice.
        public var writerCacheKibibytesMax = 16_000

        /// How long nobody must have written before the WAL is copied into the file, however short it is, in milliseconds:
        /// what stands in the file is mapped, what stands in the WAL is not.
        public var quietMilliseconds = 1_000

        /// How many connections serve ``DatabasePool/read(preferring:_:)``: one for each thread that calls it is best.
        public var pointReaders = 4

        /// How many connections, each with a queue, serve ``DatabasePool/readLong(deadline:_:)``.
        public var longReaders = 2

        /// How long a long read may take if its caller does not say, in milliseconds.
        public var longReadMilliseconds = 30_000

        /// How long a point read waits for a lock, in milliseconds: it holds its caller's thread. In WAL mode readers
        /// meet locks only while a database recovers or closes.
        public var pointBusyMilliseconds = 100

        /// How many connections serve ``DatabasePool/readSnapshot(_:_:)``: one for each thread that calls it.
        public var snapshotReaders = 1

        /// How long a snapshot is kept from one read to the next, in milliseconds: the longest time for which commits
        /// of other processes stay unseen.
        public var snapshotMilliseconds = 20

        /// The defaults.
        public init() {}
    }

    /// The database file.
    public let path: String

    /// Whether the file is one that nothing can be written to: then ``write(_:)`` serves only what reads.
    public let isReadOnly: Bool

    let options: Options
    let writer: DatabaseActor
    private let pointReaders: [PointReader]
    let snapshotReaders: [SnapshotReader]
    private let longReaders: [LongReader]

    /// Counts writes, so that readers know when the snapshots they hold are out of date.
    let generation = Atomic<UInt64>(0)

    /// Whether somebody waits for a moment without writes.
    let awaitsQuiet = Atomic(false)

    /// Set once; long reads that still wait in a queue then end at once instead of running.
    private let isClosing = Atomic(false)

    /// Opens all connections; blocks while it reads the file's header.
    ///
    /// - Throws: What ``Connection/init(path:access:options:)`` and ``Connection/Access/reading(_:)`` throw.
    public init(path: String, options: Options = Options()) throws(SQLiteError) {
        precondition(
            options.pointReaders > 0 && options.snapshotReaders > 0 && options.longReaders > 0,
            "A pool needs readers of each kind.")
        self.path = path
        self.options = options
        let reading = try Connection.Access.reading(path)
        isReadOnly = reading == .immutable
        // The writer first: it makes the file, and the WAL that read-only connections need to find.
        var own = options.connection
        own.cacheKibibytesMax = options.writerCacheKibibytesMax
        let connection = try Connection(path: path, access: isReadOnly ? .immutable : .readWrite, options: own)
        connection.countLogPages()
        writer = DatabaseActor(connection, executor: QueueExecutor(label: "database.write"))
        pointReaders = try Self.openPointReaders(path, reading, options)
        snapshotReaders = try Self.openSnapshotReaders(path, reading, options)
        longReaders = try Self.openLongReaders(path, reading, options)
    }

    /// Runs `body` with the connection that writes, after all writes asked for before. Begin a transaction in it for
    /// more than one statement.
    ///
    /// - Throws: What `body` throws; ``SQLiteError/Code/misuse`` after ``close()``.
    @discardableResult
    public func write<R: Sendable>(_ body: @Sendable (Connection) throws -> R) async throws -> R {
        try await writer.run { connection in
            defer { publish(connection) }
            return try body(connection)
        }
    }

    /// Runs `body` at once on the calling thread with a connection that reads. For reads of a few rows by key.
    ///
    /// It takes the first free connection, beginning with the preferred one, and waits only if all are in use. Do not
    /// call it within itself. Each statement sees the last commit; use a deferred transaction for several that must
    /// agree.
    ///
    /// - Parameter preferred: Which connection to try first: the number of the calling loop, so that each keeps its
    ///   own warm cache. Any number will do.
    /// - Throws: What `body` throws; ``SQLiteError/Code/misuse`` after ``close()``.
    public func read<R: Sendable>(
        preferring preferred: Int = 0, _ body: @Sendable (Connection) throws -> R
    ) throws -> R {
        let first = Int(UInt(bitPattern: preferred) % UInt(pointReaders.count))
        for offset in pointReaders.indices {
            let reader = pointReaders[(first + offset) % pointReaders.count]
            if let result = try reader.runIfFree(body) { return result }
        }
        return try pointReaders[first].run(body)
    }

    /// Runs `body` at once on the calling thread, with the connection of that number, in a read transaction that is
    /// kept from call to call: this saves the locks that each transaction takes, some four microseconds a read.
    ///
    /// It sees every write through this pool that ended before the call, and commits of other processes after
    /// ``Options/snapshotMilliseconds`` at most. No snapshot is held for longer, whether anybody reads or not.
    ///
    /// - Parameters:
    ///   - number: Which connection: the number of the calling loop. Any number will do; callers that share one wait
    ///     for each other.
    ///   - body: Given the connection and the version of what it sees: a number that differs from that of an earlier
    ///     call with the same connection if anything was committed in between. Do not read within it again.
    /// - Throws: What `body` throws; ``SQLiteError/Code/misuse`` after ``close()``.
    public func readSnapshot<R: Sendable>(
        _ number: Int, _ body: @Sendable (Connection, _ version: Int) throws -> R
    ) throws -> R {
        try snapshotReader(number).run(generation.load(ordering: .acquiring), body)
    }

    /// The version of what ``readSnapshot(_:_:)`` would show with the connection of that number; no more than a lock and a
    /// look, most of the time.
    public func snapshotVersion(_ number: Int) throws(SQLiteError) -> Int {
        try snapshotReader(number).version(generation.load(ordering: .acquiring))
    }

    private func snapshotReader(_ number: Int) -> SnapshotReader {
        snapshotReaders[Int(UInt(bitPattern: number) % UInt(snapshotReaders.count))]
    }

    /// Runs `body` with a connection that reads, on the queue of the reader that has least to do.
    ///
    /// - Parameters:
    ///   - isHeavy: Whether it takes seconds and much memory. Those all wait for one reader, so that others are free for
    ///     what takes milliseconds.
    ///   - deadline: How long the statements in `body` may run in all, counted from their start; nil means
    ///     ``Options/longReadMilliseconds``. Cancelling the task ends them too.
    /// - Throws: What `body` throws, ``SQLiteError/Code/interrupt`` after the deadline; ``SQLiteError/Code/misuse``
    ///   after ``close()``.
    public func readLong<R: Sendable>(
        isHeavy: Bool = false, deadline: Duration? = nil, _ body: @Sendable (Connection) throws -> R
    ) async throws -> R {
        let deadline = deadline ?? .milliseconds(options.longReadMilliseconds)
        let reader = isHeavy ? longReaders[0] : leastBusyReader()
        reader.load.add(1, ordering: .relaxed)
        defer { reader.load.subtract(1, ordering: .relaxed) }
        return try await reader.actor.run { connection in
            guard !isClosing.load(ordering: .relaxed) else { throw SQLiteError.closed }
            return try connection.withDeadline(deadline) { try body(connection) }
        }
    }

    /// Interrupts long reads, waits for what else runs, copies the WAL into the file and closes every connection.
    ///
    /// Afterwards each way in throws. Closing twice is harmless.
    ///
    /// - Throws: What the checkpoint met. The connections are closed nevertheless, and nothing committed is lost.
    public func close() async throws {
        guard !isClosing.exchange(true, ordering: .relaxed) else { return }
        for reader in longReaders {
            reader.interrupter.interrupt()
            await reader.actor.close()
        }
        for reader in pointReaders { reader.close() }
        for reader in snapshotReaders { reader.close() }
        do {
            _ = try await writer.run { connection in try connection.checkpoint(.truncate) }
        } catch {
            await writer.close()
            throw error
        }
        await writer.close()
    }
}

extension DatabasePool {
    private static func openPointReaders(
        _ path: String, _ access: Connection.Access, _ options: Options
    ) throws(SQLiteError) -> [PointReader] {
        var readers: [PointReader] = []
        for _ in 0..<options.pointReaders { readers.append(PointReader(try openForPoints(path, access, options))) }
        return readers
    }

    private static func openSnapshotReaders(
        _ path: String, _ access: Connection.Access, _ options: Options
    ) throws(SQLiteError) -> [SnapshotReader] {
        let executor = QueueExecutor(label: "database.snapshots")
        let age = options.snapshotMilliseconds
        var readers: [SnapshotReader] = []
        for _ in 0..<options.snapshotReaders {
            readers.append(SnapshotReader(try openForPoints(path, access, options), milliseconds: age, executor))
        }
        return readers
    }

    private static func openForPoints(
        _ path: String, _ access: Connection.Access, _ options: Options
    ) throws(SQLiteError) -> sending Connection {
        var own = options.connection
        own.busyMilliseconds = options.pointBusyMilliseconds
        return try Connection(path: path, access: access, options: own)
    }

    private static func openLongReaders(
        _ path: String, _ access: Connection.Access, _ options: Options
    ) throws(SQLiteError) -> [LongReader] {
        var readers: [LongReader] = []
        for number in 0..<options.longReaders {
            let connection = try Connection(path: path, access: access, options: options.connection)
            readers.append(LongReader(connection, label: "database.read.\(number)"))
        }
        return readers
    }

    /// The reader with the fewest calls waiting or running; of those that have equally few, the one that heavy reads leave
    /// alone.
    private func leastBusyReader() -> LongReader {
        var best = longReaders[0]
        for reader in longReaders.dropFirst() where reader.loadNow <= best.loadNow { best = reader }
        return best
    }
}
