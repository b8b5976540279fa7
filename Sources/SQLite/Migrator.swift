/// Brings the schema of a database to the program's version, forward only.
///
/// Each migration runs in one transaction together with its entry in the table `schema_migration` and the new
/// `user_version`. Two programs that migrate at once do each migration once.
public struct Migrator: Sendable {
    /// Where a database stands.
    public struct Status: Hashable, Sendable {
        /// What was applied, in order.
        public let applied: [AppliedMigration]
        /// What the program would apply, in order.
        public let pending: [Migration]
        /// The number of the last migration applied; 0 for an empty database.
        public var version: Int { applied.count }
    }

    private let migrations: [Migration]
    private let clock: @Sendable () -> Int64

    /// Takes the program's whole list, in order.
    ///
    /// - Parameters:
    ///   - migrations: All that ever were, numbered from 1.
    ///   - clock: The time to record, in seconds since 1970-01-01T00:00:00Z.
    /// - Throws: ``MigrationError/misnumbered(expected:found:)`` at a gap, a repetition or a wrong order.
    public init(_ migrations: [Migration], clock: @escaping @Sendable () -> Int64) throws(MigrationError) {
        for (index, migration) in migrations.enumerated() where migration.number != index + 1 {
            throw .misnumbered(expected: index + 1, found: migration.number)
        }
        self.migrations = migrations
        self.clock = clock
    }

    /// The version that the program wants.
    public var programVersion: Int { migrations.count }

    /// Reads where the database stands and checks that its past is the program's past. Writes nothing.
    ///
    /// - Throws: Every case of ``MigrationError`` that a mere look can find.
    public func status(of connection: Connection) throws(MigrationError) -> Status {
        let applied: [AppliedMigration]
        let userVersion: Int
        do throws(SQLiteError) {
            (applied, userVersion) = try past(of: connection)
        } catch {
            throw .failed(number: 0, error)
        }
        try check(applied, userVersion)
        return Status(applied: applied, pending: Array(migrations[applied.count...]))
    }

    /// Applies what is pending, up to a number if one is given.
    ///
    /// Foreign keys are not enforced while a migration runs, so that it can rebuild tables
    /// (sqlite.org/lang_altertable.html §7), and are checked before it is committed.
    ///
    /// - Returns: What was applied by this call.
    /// - Throws: ``MigrationError``; the migrations before the one that failed stay.
    @discardableResult
    public func migrate(_ connection: Connection, to target: Int? = nil) throws(MigrationError) -> [Migration] {
        let target = target ?? programVersion
        let version = try status(of: connection).version
        guard (version...programVersion).contains(target) else {
            throw .unreachable(target: target, database: version)
        }
        var done: [Migration] = []
        try withForeignKeysOff(connection) { () throws(MigrationError) in
            while let migration = try applyNext(connection, target) { done.append(migration) }
        }
        return done
    }
}

extension Migrator {
    /// The history and the version, both of one snapshot: another program may be migrating at this moment.
    private func past(of connection: Connection) throws(SQLiteError) -> ([AppliedMigration], Int) {
        guard !connection.isInTransaction else {
            return (try recorded(in: connection), try connection.userVersion())
        }
        do {
            return try connection.transaction(.deferred) {
                (try recorded(in: connection), try connection.userVersion())
            }
        } catch let error as SQLiteError {
            throw error
        } catch {
            throw SQLiteError(code: .error, message: "\(error)")
        }
    }

    private func recorded(in connection: Connection) throws(SQLiteError) -> [AppliedMigration] {
        let tables = try connection.query(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration'"
        ) { row in row.text(0) }
        guard !tables.isEmpty else { return [] }
        return try connection.query(
            "SELECT number, name, checksum, applied_at FROM schema_migration ORDER BY number"
        ) { row in
            AppliedMigration(number: row.int(0), name: row.text(1), checksum: row.text(2), appliedAt: row.int64(3))
        }
    }

    private func check(_ applied: [AppliedMigration], _ userVersion: Int) throws(MigrationError) {
        let last = applied.last?.number ?? 0
        guard max(last, applied.isEmpty ? 0 : userVersion) <= programVersion else {
            throw .newerSchema(database: max(last, userVersion), program: programVersion)
        }
        for (index, entry) in applied.enumerated() {
            guard entry.number == index + 1 else { throw .missing(number: index + 1) }
            let known = migrations[index]
            guard known.checksum == entry.checksum, known.name == entry.name else {
                throw .edited(number: entry.number, name: entry.name)
            }
        }
        guard userVersion == last else { throw .versionMismatch(recorded: last, userVersion: userVersion) }
    }

    /// Applies one migration; nil if there is none up to the target. The look and the change are one transaction.
    private func applyNext(_ connection: Connection, _ target: Int) throws(MigrationError) -> Migration? {
        var number = 0
        do {
            return try connection.transaction(.immediate) {
                guard let next = try status(of: connection).pending.first, next.number <= target else { return nil }
                number = next.number
                try apply(next, connection)
                return next
            }
        } catch let error as MigrationError {
            throw error
        } catch let error as SQLiteError {
            throw .failed(number: number, error)
        } catch {
            throw .failed(number: number, SQLiteError(code: .error, message: "\(error)"))
        }
    }

    private func apply(_ migration: Migration, _ connection: Connection) throws {
        try connection.execute(SQL(migration.sql))
        guard connection.isInTransaction else { throw MigrationError.endsTransaction(number: migration.number) }
        let dangling = try connection.queryOne("PRAGMA foreign_key_check") { row in row.text(0) }
        if let dangling { throw MigrationError.danglingReference(number: migration.number, table: dangling) }
        try record(migration, connection)
    }

    private func record(_ migration: Migration, _ connection: Connection) throws(SQLiteError) {
        try connection.execute(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
                number INTEGER PRIMARY KEY,
                name TEXT NOT NULL,
                checksum TEXT NOT NULL,
                applied_at INTEGER NOT NULL
            ) STRICT
            """)
        try connection.run(
            "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)",
            [Value(migration.number), .text(migration.name), .text(migration.checksum), .integer(clock())])
        try connection.setUserVersion(Int32(clamping: migration.number))
    }

    /// The pragma does nothing within a transaction, so it is set around them.
    private func withForeignKeysOff(
        _ connection: Connection, _ body: () throws(MigrationError) -> Void
    ) throws(MigrationError) {
        let wereOn: Bool
        do throws(SQLiteError) {
            wereOn = try connection.queryOne("PRAGMA foreign_keys") { row in row.bool(0) } ?? false
            try connection.execute("PRAGMA foreign_keys = OFF")
        } catch {
            throw .failed(number: 0, error)
        }
        // Setting it back cannot fail outside a transaction, which each migration has ended.
        defer { if wereOn { try? connection.execute("PRAGMA foreign_keys = ON") } }
        try body()
    }
}
