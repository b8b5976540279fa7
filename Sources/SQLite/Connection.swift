internal import CSQLite

/// One open connection to a database file.
///
/// A class only because it holds a C handle, and deliberately not `Sendable`: SQLite is opened without its mutexes, so
/// one thread at a time may use a connection, and the compiler sees to it. ``DatabasePool`` lends connections to many.
///
/// It closes when the last reference goes.
@safe public final class Connection {
    /// What the connection may do.
    public let access: Access

    /// Stops a running statement from another thread.
    public let interrupter: Interrupter

    let handle: OpaquePointer
    var statements: StatementCache
    var watch: Watch?
    var logLength: LogLength?

    /// Opens the file and sets the connection up.
    ///
    /// - Parameters:
    ///   - path: The file. With ``Access/readWrite`` it is made if absent, its folder is not.
    ///   - access: What the connection may do. Reading a WAL database needs write access to its folder.
    ///   - options: Waiting, caching and durability.
    /// - Throws: ``SQLiteError/Code/cannotOpen``, ``SQLiteError/Code/notADatabase``, and what the pragmas meet.
    public init(
        path: String, access: Access = .readWrite, options: Options = Options()
    ) throws(SQLiteError) {
        self.access = access
        unsafe handle = try Self.open(path, access)
        interrupter = unsafe Interrupter(handle)
        statements = StatementCache(countMax: options.statementsMax)
        try configure(options)
    }

    deinit {
        statements.removeAll()
        interrupter.detach()
        // Safe: the handle is this object's alone. `_v2` waits for statements that are still on loan.
        unsafe sqlite3_close_v2(handle)
    }

    /// Whether writes are refused (sqlite.org/c3ref/db_readonly.html).
    public var isReadOnly: Bool { access != .readWrite }

    /// Lends the prepared statement of a text, from the cache if it is there. See ``Statement``.
    ///
    /// - Throws: ``SQLiteError/Code/error`` with the text, if SQLite cannot read it.
    public func prepare(_ sql: SQL) throws(SQLiteError) -> Statement {
        let prepared = try statements.lend(sql.key) { () throws(SQLiteError) in
            try sql.withBytes { bytes throws(SQLiteError) in try prepareOnly(in: bytes) }
        }
        return Statement(prepared)
    }

    /// Runs each statement of a script. Rows are passed over; nothing is bound and nothing kept in the cache.
    ///
    /// - Throws: The error of the first statement that fails, with its text; those before it have run.
    public func execute(_ script: SQL) throws(SQLiteError) {
        try script.withBytes { bytes throws(SQLiteError) in
            var start = 0
            while let prepared = try prepareNext(in: bytes, from: &start) {
                try Statement(prepared).run()
            }
        }
    }
}

extension Connection {
    /// Turns SQLite's memory statistics off, once and before its first use: they cost a lock on each allocation
    /// (sqlite.org/c3ref/c_config_covering_index_scan.html#sqliteconfigmemstatus). A refusal changes only speed.
    private static let hasConfiguredLibrary = csqlite_disable_memory_statistics() == SQLITE_OK

    private static func open(_ path: String, _ access: Access) throws(SQLiteError) -> OpaquePointer {
        _ = hasConfiguredLibrary
        let mode =
            switch access {
            case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            case .readOnly: SQLITE_OPEN_READONLY
            case .immutable: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
            }
        let path = access == .immutable ? "file:\(escaped(path))?immutable=1" : path
        var handle: OpaquePointer?
        // Safe: SQLite copies the path. On failure it may still give a handle, which holds the reason.
        let result = unsafe sqlite3_open_v2(path, &handle, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard result == SQLITE_OK, let handle = unsafe handle else {
            let error = unsafe SQLiteError(connection: handle)
            unsafe sqlite3_close_v2(handle)
            throw error
        }
        return unsafe handle
    }

    /// A path as it stands in a URI.
    private static func escaped(_ path: String) -> String {
        path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
    }

    private func configure(_ options: Options) throws(SQLiteError) {
        // Safe: these take an open handle and numbers. Defensive: SQL cannot damage the file. The others make a
        // misspelt column in double quotes an error instead of a string (sqlite.org/quirks.html#dblquote).
        unsafe sqlite3_busy_timeout(handle, Int32(clamping: options.busyMilliseconds))
        for flag in [SQLITE_DBCONFIG_DEFENSIVE] { unsafe _ = csqlite_set_flag(handle, flag, 1) }
        for flag in [SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL] { unsafe _ = csqlite_set_flag(handle, flag, 0) }
        try execute(SQL(options.pragmas(for: access)))
        if access == .readWrite { try setJournal(.wal) }
    }

    private func prepareOnly(in bytes: Span<UInt8>) throws(SQLiteError) -> PreparedStatement {
        var start = 0
        guard let only = try prepareNext(in: bytes, from: &start) else {
            throw SQLiteError(code: .misuse, message: "there is no statement in this text")
        }
        let next = try prepareNext(in: bytes, from: &start)
        precondition(next == nil, "This runs one statement; use execute for a script: \(only.sql)")
        return only
    }

    /// Prepares the next statement of a script and moves `start` behind it; nil if only space is left.
    private func prepareNext(
        in bytes: Span<UInt8>, from start: inout Int
    ) throws(SQLiteError) -> PreparedStatement? {
        while start < bytes.count {
            let rest = bytes.extracting(start...)
            var statement: OpaquePointer?
            var length = 0
            let result = unsafe rest.withUnsafeBytes { rest in unsafe prepare(rest, &statement, &length) }
            guard result == SQLITE_OK, length > 0 else {
                let text = Self.excerpt(of: rest)
                guard result == SQLITE_OK else { throw unsafe SQLiteError(connection: handle, sql: text) }
                throw SQLiteError(code: .error, message: "SQL cannot hold a NUL character", sql: text)
            }
            start += length
            if let statement = unsafe statement { return unsafe PreparedStatement(handle: statement) }
        }
        return nil
    }

    /// The beginning of what could not be read as SQL; a script's end is found only by reading it.
    private static func excerpt(of bytes: Span<UInt8>) -> String {
        let text = unsafe bytes.extracting(first: 1_000).withUnsafeBufferPointer {
            unsafe String(decoding: $0, as: UTF8.self)
        }
        return String(text.drop { $0.isWhitespace })
    }

    /// Prepares the first statement of some bytes, none if they are only space, and tells how many bytes it took.
    private func prepare(
        _ bytes: UnsafeRawBufferPointer, _ statement: inout OpaquePointer?, _ length: inout Int
    ) -> Int32 {
        let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        var tail: UnsafePointer<CChar>?
        // Safe: SQLite reads at most `count` bytes, copies them, and sets the tail within them or at their end.
        let result = unsafe sqlite3_prepare_v3(
            handle, start, Int32(clamping: bytes.count), UInt32(SQLITE_PREPARE_PERSISTENT), &statement, &tail)
        if let start = unsafe start, let tail = unsafe tail { length = unsafe tail - start }
        return result
    }
}
