internal import Migrations
public import Reports
internal import SQLite

/// Reports in one SQLite file: every revision of each, found by agency and year.
///
/// Reads by key run at once on the caller's thread; lists run on the queues of their own readers; writes run one after
/// another. What a save answered is on the disk (`synchronous=FULL`).
public final class Store: Sendable {
    /// How the database is opened.
    public struct Options: Sendable, Hashable {
        /// The number of connections that serve reads by key.
        public var pointReaders = 4
        /// The number of connections that serve lists.
        public var longReaders = 2
        /// How long a lock of another program is waited for, in milliseconds.
        public var busyMilliseconds = 5_000
        /// How many bytes of the file are mapped into memory.
        public var mmapBytes: Int64 = 2_147_418_112
        /// How many bytes are kept of sums, for questions about many reports that are asked again.
        public var sumsBytesMax = 64 << 20
        /// How many bytes are kept of lists in their order, for those whose next page is asked for: 16 for each report.
        public var listsBytesMax = 64 << 20
        /// How many bytes are kept of documents that were read: some 700 for each report.
        public var documentsBytesMax = 80 << 20
        /// Whether an older schema is brought up to date; if not, opening it is refused.
        public var migrates = true

        /// The defaults.
        public init() {}
    }

    let pool: DatabasePool
    let saves = SaveQueue()
    /// What readers keep for those who ask again.
    let kept: Kept
    let documents: KeptDocuments
    let texts = TextIndexer()
    /// The shapes of the documents in the file.
    let shapes = ShapeBook()
    /// The divisions that agencies are placed in.
    public let regions: RegionDirectory

    private init(_ pool: DatabasePool, _ options: Options, _ regions: RegionDirectory) {
        self.pool = pool
        documents = KeptDocuments(bytesMax: options.documentsBytesMax)
        kept = Kept(sumsBytesMax: options.sumsBytesMax, listsBytesMax: options.listsBytesMax)
        self.regions = regions
    }

    /// Opens a database, makes it when it is missing, and migrates it where that is allowed.
    ///
    /// - Parameters:
    ///   - path: the file; its folder must exist.
    ///   - options: how it is opened.
    ///   - regions: the divisions that agencies are placed in.
    ///   - clock: the time, in seconds since 1970.
    /// - Throws: ``StoreError/newerSchema(database:program:)`` for a database of a newer program, and what opening a
    ///   file can meet.
    public static func open(
        _ path: String, options: Options = Options(), regions: RegionDirectory = .empty,
        clock: @escaping @Sendable () -> Int64
    ) async throws(StoreError) -> Store {
        do {
            let store = Store(try DatabasePool(path: path, options: poolOptions(options)), options, regions)
            try await store.bringUpToDate(migrates: options.migrates, clock: clock)
            try await store.doPendingTasks(now: clock())
            store.texts.willWrite()
            store.texts.wrote(to: store)
            return store
        } catch {
            throw StoreError(any: error)
        }
    }

    /// Whether the file is one that nothing can be written to, as on read-only media: reads are served from it, as it is.
    public var isReadOnly: Bool { pool.isReadOnly }

    /// A number that stays the same for as long as nothing that this reader gives has changed. A write through this
    /// store changes it before it is answered; one of another program within a fiftieth of a second. Numbers are
    /// comparable for one reader only. Tens of nanoseconds.
    ///
    /// - Parameter reader: the number of the caller's event loop.
    public func version(reader: Int) throws(StoreError) -> Int {
        try StoreError.mapping { try pool.snapshotVersion(reader) }
    }

    /// Copies the WAL into the file and closes every connection.
    public func close() async throws(StoreError) {
        do {
            try await pool.close()
        } catch {
            let error = StoreError(any: error)
            // What the file has no room for stays in the WAL, where whoever opens it next finds it.
            guard error == .full else { throw error }
        }
    }

    private static func poolOptions(_ options: Options) -> DatabasePool.Options {
        var result = DatabasePool.Options()
        result.pointReaders = max(1, options.pointReaders)
        result.snapshotReaders = result.pointReaders
        result.longReaders = max(1, options.longReaders)
        result.connection.busyMilliseconds = options.busyMilliseconds
        result.connection.mapBytesMax = options.mmapBytes
        #if !DEBUG
        // The numbers that rows refer to each other by are made in the same transaction. To look each of them up again takes
        // a tenth of the writer's time: all tests do, and `disclosure verify` does.
        result.connection.enforcesForeignKeys = false
        #endif
        return result
    }

    private func bringUpToDate(migrates: Bool, clock: @escaping @Sendable () -> Int64) async throws {
        let migrator = try Migrator(Self.migrations, clock: clock)
        try await pool.write { connection in
            let status = try Self.status(of: connection, migrator)
            guard !status.pending.isEmpty else { return }
            guard migrates || status.version == 0 else {
                throw StoreError.olderSchema(database: status.version, program: migrator.programVersion)
            }
            try migrator.migrate(connection)
        }
    }

    /// Where a database stands, in one snapshot: another program may be making it at this moment.
    ///
    /// - Throws: ``StoreError/foreignSchema(_:)`` for a database with tables and no history of ours.
    private static func status(of connection: Connection, _ migrator: Migrator) throws -> Migrator.Status {
        try connection.transaction(.deferred) {
            let status = try migrator.status(of: connection)
            guard status.version == 0 else { return status }
            let table = try connection.queryOne("SELECT name FROM sqlite_schema LIMIT 1") { row in row.text(0) }
            if let table { throw StoreError.foreignSchema("it holds “\(table)”, which is not of this program") }
            return status
        }
    }

    /// Refuses a database that another version of this program has to read.
    static func requireCurrentSchema(_ connection: Connection) throws {
        let migrator = try Migrator(migrations) { 0 }
        let status = try status(of: connection, migrator)
        guard status.pending.isEmpty else {
            throw StoreError.olderSchema(database: status.version, program: migrator.programVersion)
        }
    }

    static let migrations = Migrations.all.map { Migration(number: $0.number, name: $0.name, sql: $0.sql) }
}

extension Store {
    /// One step of the schema's history.
    public struct SchemaStep: Sendable, Hashable {
        /// Its number.
        public let number: Int
        /// Its name.
        public let name: String
        /// When it was applied, in seconds since 1970; nil while it is pending.
        public let appliedAt: Int64?
    }

    /// The schema's history in a database file, applied and pending steps, without changing it.
    public static func schema(at path: String) throws(StoreError) -> [SchemaStep] {
        try StoreError.mapping {
            let connection = try Connection(path: path, access: .reading(path))
            let status = try status(of: connection, Migrator(migrations) { 0 })
            let applied = status.applied.map { SchemaStep(number: $0.number, name: $0.name, appliedAt: $0.appliedAt) }
            return applied + status.pending.map { SchemaStep(number: $0.number, name: $0.name, appliedAt: nil) }
        }
    }

    /// Migrates a database file, which is made when it is missing.
    ///
    /// - Parameter target: the number of the last step to apply; nil for all.
    /// - Returns: the steps that were applied.
    public static func migrate(
        _ path: String, to target: Int? = nil, clock: @escaping @Sendable () -> Int64
    ) throws(StoreError) -> [SchemaStep] {
        try StoreError.mapping {
            let connection = try Connection(path: path)
            let migrator = try Migrator(migrations, clock: clock)
            _ = try status(of: connection, migrator)
            let done = Set(try migrator.migrate(connection, to: target).map(\.number))
            // With the times that were written: the clock may have gone on.
            return try status(of: connection, migrator).applied.filter { done.contains($0.number) }
                .map { SchemaStep(number: $0.number, name: $0.name, appliedAt: $0.appliedAt) }
        }
    }
}
