internal import CSQLite

extension Connection {
    /// How a database keeps the way back (sqlite.org/pragma.html#pragma_journal_mode).
    public enum Journal: String, Hashable, Sendable {
        /// A write-ahead log beside the file: readers and the writer do not wait for each other.
        case wal
        /// A rollback journal that exists only during a write: the database is one file.
        case delete
    }

    /// Changes the journal mode, which is a property of the file.
    ///
    /// - Throws: ``SQLiteError/Code/busy`` if other connections prevent it.
    public func setJournal(_ journal: Journal) throws(SQLiteError) {
        let sql = SQL("PRAGMA journal_mode = \(journal.rawValue)")
        let mode = try queryOne(sql) { row in row.text(0) }
        guard mode == journal.rawValue else {
            throw SQLiteError(code: .error, message: "the journal mode stayed \(mode ?? "unknown")", sql: sql.text)
        }
    }

    /// How thorough a checkpoint is (sqlite.org/c3ref/wal_checkpoint_v2.html).
    public enum CheckpointMode: Hashable, Sendable {
        /// Copies what it can without waiting for anyone.
        case passive
        /// Waits for the writer, then copies everything readers allow.
        case full
        /// As ``full``, and the next writer begins the WAL anew.
        case restart
        /// As ``restart``, and the WAL file is cut to nothing.
        case truncate
    }

    /// What a checkpoint did.
    public struct Checkpoint: Hashable, Sendable {
        /// Whether a reader or writer kept it from finishing.
        public let isPartial: Bool
        /// How many pages the WAL holds.
        public let walPages: Int
        /// How many of them are in the database file now.
        public let copiedPages: Int
    }

    /// Copies the WAL into the database file.
    ///
    /// A lock that others hold is not an error: the result says so.
    @discardableResult
    public func checkpoint(_ mode: CheckpointMode = .passive) throws(SQLiteError) -> Checkpoint {
        var walPages: Int32 = 0
        var copiedPages: Int32 = 0
        // Safe: SQLite writes two numbers into variables that outlive the call.
        let result = unsafe sqlite3_wal_checkpoint_v2(handle, "main", mode.rawValue, &walPages, &copiedPages)
        guard result == SQLITE_OK || result & 0xFF == SQLITE_BUSY else { throw unsafe SQLiteError(connection: handle) }
        return Checkpoint(
            isPartial: result != SQLITE_OK || copiedPages < walPages, walPages: Int(walPages),
            copiedPages: Int(copiedPages))
    }

    /// A number in the file's header that is the application's to use; the migrator keeps the schema's version in it.
    public func userVersion() throws(SQLiteError) -> Int {
        try pragma("PRAGMA user_version")
    }

    /// Sets ``userVersion()``; within a transaction it is part of it.
    public func setUserVersion(_ version: Int32) throws(SQLiteError) {
        try execute(SQL("PRAGMA user_version = \(version)"))
    }

    /// A number in the file's header that tells whose file it is; `file(1)` shows it.
    public func applicationID() throws(SQLiteError) -> Int {
        try pragma("PRAGMA application_id")
    }

    /// Sets ``applicationID()``; within a transaction it is part of it.
    public func setApplicationID(_ id: Int32) throws(SQLiteError) {
        try execute(SQL("PRAGMA application_id = \(id)"))
    }

    /// A number that differs from call to call if another connection, of any process, committed a change between.
    ///
    /// Compare only numbers of the same connection (sqlite.org/pragma.html#pragma_data_version). About a microsecond.
    public func dataVersion() throws(SQLiteError) -> Int {
        try pragma("PRAGMA data_version")
    }

    /// What a full check of the file finds wrong: empty if it is sound. Reads the whole database.
    public func integrityFaults(limit: Int = 20) throws(SQLiteError) -> [String] {
        let lines = try query(SQL("PRAGMA integrity_check(\(limit))")) { row in row.text(0) }
        return lines == ["ok"] ? [] : lines
    }

    /// The rows whose foreign keys lead nowhere, each by its table and number: empty where all lead somewhere. Reads
    /// every row that has such a key.
    public func foreignKeyFaults(limit: Int = 20) throws(SQLiteError) -> [String] {
        try query(
            "SELECT \"table\", coalesce(rowid, 0), parent FROM pragma_foreign_key_check LIMIT ?1", [Value(limit)]
        ) { row in "row \(row.int(1)) of \(row.text(0)) refers to a row of \(row.text(2)) that is not there" }
    }

    private func pragma(_ sql: SQL) throws(SQLiteError) -> Int {
        try queryOne(sql) { row in row.int(0) } ?? 0
    }
}

extension Connection.CheckpointMode {
    fileprivate var rawValue: Int32 {
        switch self {
        case .passive: SQLITE_CHECKPOINT_PASSIVE
        case .full: SQLITE_CHECKPOINT_FULL
        case .restart: SQLITE_CHECKPOINT_RESTART
        case .truncate: SQLITE_CHECKPOINT_TRUNCATE
        }
    }
}
