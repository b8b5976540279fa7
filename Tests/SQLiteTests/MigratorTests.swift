import SQLite
import Support
import Testing

@Suite struct MigratorTests {
    private let folder: TemporaryFolder
    private let connection: Connection

    init() throws {
        folder = try TemporaryFolder()
        connection = try Connection(path: folder.path())
    }

    private static let first = Migration(number: 1, name: "reports", sql: "CREATE TABLE a (x INTEGER PRIMARY KEY);")
    private static let second = Migration(number: 2, name: "tags", sql: "CREATE TABLE b (x REFERENCES a (x));")
    private static let third = Migration(number: 3, name: "seed", sql: "INSERT INTO a VALUES (1);")
    private static let all = [first, second, third]

    private func migrator(_ migrations: [Migration] = all) throws -> Migrator {
        try Migrator(migrations) { 1_700_000_000 }
    }

    private func count(_ table: String) throws -> Int? {
        try connection.queryOne(SQL("SELECT count(*) FROM \(table)")) { row in row.int(0) }
    }

    @Test func `an empty database gets every migration, with its time`() throws {
        let migrator = try migrator()
        #expect(try migrator.status(of: connection).pending.map(\.number) == [1, 2, 3])
        #expect(try migrator.migrate(connection).map(\.number) == [1, 2, 3])
        let status = try migrator.status(of: connection)
        #expect(status.pending.isEmpty && status.version == 3)
        #expect(status.applied.map(\.name) == ["reports", "tags", "seed"])
        #expect(status.applied.allSatisfy { $0.appliedAt == 1_700_000_000 })
        #expect(status.applied.map(\.checksum) == Self.all.map(\.checksum))
        #expect(try connection.userVersion() == 3)
        #expect(try count("a") == 1)
    }

    @Test func `migrating twice changes nothing`() throws {
        try migrator().migrate(connection)
        #expect(try migrator().migrate(connection).isEmpty)
        #expect(try count("a") == 1)
    }

    @Test func `a look at the status writes nothing`() throws {
        _ = try migrator().status(of: connection)
        #expect(try count("sqlite_schema") == 0)
        let reader = try Connection(path: folder.path(), access: .readOnly)
        #expect(try migrator().status(of: reader).version == 0)
    }

    @Test func `migrating goes as far as it is told and on from there`() throws {
        #expect(try migrator().migrate(connection, to: 1).map(\.number) == [1])
        #expect(try migrator().migrate(connection, to: 3).map(\.number) == [2, 3])
        #expect(throws: MigrationError.unreachable(target: 2, database: 3)) {
            try migrator().migrate(connection, to: 2)
        }
        #expect(throws: MigrationError.unreachable(target: 4, database: 3)) {
            try migrator().migrate(connection, to: 4)
        }
    }

    @Test func `an edited migration is refused`() throws {
        try migrator().migrate(connection, to: 1)
        let edited = Migration(number: 1, name: "reports", sql: Self.first.sql + " ")
        #expect(throws: MigrationError.edited(number: 1, name: "reports")) {
            try migrator([edited, Self.second]).migrate(connection)
        }
        let renamed = Migration(number: 1, name: "report", sql: Self.first.sql)
        #expect(throws: MigrationError.edited(number: 1, name: "reports")) {
            try migrator([renamed]).status(of: connection)
        }
        #expect(try connection.userVersion() == 1)
    }

    @Test func `a gap, a repetition and a wrong order are refused`() {
        #expect(throws: MigrationError.misnumbered(expected: 2, found: 3)) { try migrator([Self.first, Self.third]) }
        #expect(throws: MigrationError.misnumbered(expected: 2, found: 1)) { try migrator([Self.first, Self.first]) }
        #expect(throws: MigrationError.misnumbered(expected: 1, found: 2)) { try migrator([Self.second, Self.first]) }
    }

    @Test func `a database newer than the program is refused with both versions`() throws {
        try migrator().migrate(connection)
        let older = try migrator([Self.first])
        #expect(throws: MigrationError.newerSchema(database: 3, program: 1)) { try older.migrate(connection) }
        #expect(throws: MigrationError.newerSchema(database: 3, program: 1)) { try older.status(of: connection) }
    }

    @Test func `a hole in what the database remembers is refused`() throws {
        try migrator().migrate(connection)
        try connection.run("DELETE FROM schema_migration WHERE number = 2")
        #expect(throws: MigrationError.missing(number: 2)) { try migrator().migrate(connection) }
    }

    @Test func `a database of another program is refused`() throws {
        try connection.setUserVersion(2)
        #expect(throws: MigrationError.versionMismatch(recorded: 0, userVersion: 2)) {
            try migrator().migrate(connection)
        }
    }

    @Test func `a migration that fails leaves nothing and those before it stay`() throws {
        let bad = Migration(number: 2, name: "bad", sql: "CREATE TABLE c (x); INSERT INTO nowhere VALUES (1);")
        let error = #expect(throws: MigrationError.self) { try migrator([Self.first, bad]).migrate(connection) }
        guard case .failed(number: 2, let cause) = error else {
            Issue.record("not the expected error: \(String(describing: error))")
            return
        }
        #expect(cause.sql?.hasPrefix("INSERT INTO nowhere") == true)
        #expect(try connection.userVersion() == 1)
        #expect(try count("sqlite_schema WHERE name = 'c'") == 0)
    }

    @Test func `a migration may not end its transaction`() throws {
        let sly = Migration(number: 1, name: "sly", sql: "CREATE TABLE c (x); COMMIT;")
        #expect(throws: MigrationError.endsTransaction(number: 1)) { try migrator([sly]).migrate(connection) }
    }

    @Test func `a table with references to it can be rebuilt`() throws {
        let rebuild = Migration(
            number: 4, name: "rebuild",
            sql: """
                INSERT INTO b VALUES (1);
                CREATE TABLE new_a (x INTEGER PRIMARY KEY, y INTEGER);
                INSERT INTO new_a (x) SELECT x FROM a;
                DROP TABLE a;
                ALTER TABLE new_a RENAME TO a;
                """)
        try migrator(Self.all + [rebuild]).migrate(connection)
        #expect(try count("b") == 1)
        #expect(try connection.queryOne("PRAGMA foreign_keys") { row in row.int(0) } == 1)
    }

    @Test func `a migration that leaves dangling references is refused`() throws {
        let cut = Migration(number: 4, name: "cut", sql: "INSERT INTO b VALUES (1); DELETE FROM a;")
        #expect(throws: MigrationError.danglingReference(number: 4, table: "b")) {
            try migrator(Self.all + [cut]).migrate(connection)
        }
        #expect(try connection.userVersion() == 3)
        #expect(try count("a") == 1)
    }

    @Test func `two programs that migrate at once do each migration once`() async throws {
        let path = folder.path()
        let applied = try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<2 {
                group.addTask {
                    let connection = try Connection(path: path)
                    return try Migrator(Self.all) { 0 }.migrate(connection).map(\.number)
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(applied.sorted() == [1, 2, 3])
    }

    @Test func `the checksum is FNV-1a of 64 bits`() {
        #expect(Migration(number: 1, name: "", sql: "").checksum == "cbf29ce484222325")
        #expect(Migration(number: 1, name: "", sql: "foobar").checksum == "85944171f73967e8")
    }
}
