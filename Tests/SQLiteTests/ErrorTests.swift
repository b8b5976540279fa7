import Foundation
import SQLite
import Support
import Testing

@Suite struct ErrorTests {
    private let folder: TemporaryFolder
    private let connection: Connection

    init() throws {
        folder = try TemporaryFolder()
        connection = try Connection(path: folder.path())
        try connection.execute(
            """
            CREATE TABLE t (
                a INTEGER PRIMARY KEY, b TEXT UNIQUE, c INTEGER NOT NULL DEFAULT 0, d INTEGER CHECK (d > 0),
                e INTEGER REFERENCES t (a)
            ) STRICT;
            CREATE TRIGGER guard BEFORE DELETE ON t BEGIN SELECT raise(ABORT, 'kept'); END;
            INSERT INTO t (a, b) VALUES (1, 'one');
            """)
    }

    static let violations: [(String, SQLiteError.Code)] = [
        ("INSERT INTO t (a) VALUES (1)", .constraintPrimaryKey),
        ("INSERT INTO t (b) VALUES ('one')", .constraintUnique),
        ("INSERT INTO t (c) VALUES (NULL)", .constraintNotNull),
        ("INSERT INTO t (d) VALUES (-1)", .constraintCheck),
        ("INSERT INTO t (e) VALUES (99)", .constraintForeignKey),
        ("INSERT INTO t (c) VALUES ('word')", .constraintDataType),
        ("DELETE FROM t", .constraintTrigger),
    ]

    @Test(arguments: violations)
    func `a broken constraint is named by its extended code`(sql: String, expected: SQLiteError.Code) {
        let found = code { try connection.run(SQL(sql)) }
        #expect(found == expected)
        #expect(found?.primary == .constraint)
    }

    @Test func `an error tells the statement and never the values`() {
        let sql: SQL = "INSERT INTO t (b) VALUES (?1)"
        let error = #expect(throws: SQLiteError.self) {
            try connection.run("INSERT INTO t (b) VALUES ('secret')")
            try connection.run(sql, ["secret"])
        }
        #expect(error?.sql == sql.text)
        #expect(error?.description.contains("secret") == false)
        #expect(error?.description.contains("UNIQUE") == true)
    }

    @Test func `a mistake in SQL is reported with its text`() {
        let error = #expect(throws: SQLiteError.self) { try connection.run("SELEC 1") }
        #expect(error?.code == .error)
        #expect(error?.sql == "SELEC 1")
        #expect(error?.message.contains("syntax") == true)
    }

    @Test func `a busy database is reported with its extended code`() throws {
        var options = Connection.Options()
        options.busyMilliseconds = 0
        let other = try Connection(path: folder.path(), options: options)
        try connection.transaction {
            try connection.run("UPDATE t SET c = 1")
            #expect(code { try other.transaction { try other.run("UPDATE t SET c = 2") } } == .busy)
        }
        try other.run("UPDATE t SET c = 2")
    }

    @Test func `a stale snapshot cannot become a write`() throws {
        let other = try Connection(path: folder.path())
        let found = code {
            try other.transaction(.deferred) {
                _ = try other.query("SELECT a FROM t") { row in row.int(0) }
                try connection.run("UPDATE t SET c = 1")
                try other.run("UPDATE t SET c = 2")
            }
        }
        #expect(found == .busySnapshot)
        #expect(!other.isInTransaction)
    }

    @Test func `a file of something else is not a database`() throws {
        let path = folder.path("letter.txt")
        try Data(String(repeating: "Dear Sir or Madam, ", count: 100).utf8).write(to: URL(filePath: path))
        #expect(code { _ = try Connection(path: path) } == .notADatabase)
        #expect(code { _ = try Connection(path: path, access: .readOnly) } == .notADatabase)
    }

    @Test func `a damaged file is reported as corrupt`() throws {
        let path = folder.path("damaged.db")
        func fill() throws {
            let connection = try Connection(path: path)
            try connection.setJournal(.delete)
            try connection.execute("CREATE TABLE t (a, b); CREATE INDEX i ON t (b)")
            try connection.transaction {
                for number in 0..<2_000 { try connection.run("INSERT INTO t VALUES (?1, hex(?1))", [Value(number)]) }
            }
        }
        try fill()
        var bytes = try Data(contentsOf: URL(filePath: path))
        for index in 4_096..<bytes.count { bytes[index] = 0xA5 }
        try bytes.write(to: URL(filePath: path))
        let connection = try Connection(path: path)
        #expect(code { try connection.forEachRow("SELECT * FROM t") { _ in } }?.primary == .corrupt)
        #expect(try !connection.integrityFaults().isEmpty)
    }

    @Test func `a full database refuses, rolls back and goes on`() throws {
        try connection.execute("CREATE TABLE big (bytes BLOB)")
        let pages = try connection.queryOne("PRAGMA page_count") { row in row.int(0) } ?? 0
        try connection.execute(SQL("PRAGMA max_page_count = \(pages + 10)"))
        let found = code {
            try connection.transaction {
                for _ in 0..<100 { try connection.run("INSERT INTO big VALUES (zeroblob(4096))") }
            }
        }
        #expect(found == .full)
        #expect(!connection.isInTransaction)
        #expect(try connection.queryOne("SELECT count(*) FROM big") { row in row.int(0) } == 0)
        try connection.run("INSERT INTO big VALUES (zeroblob(4096))")
    }

    @Test func `codes know their family`() {
        #expect(SQLiteError.Code(rawValue: 2067) == .constraintUnique)
        #expect(SQLiteError.Code.busySnapshot.primary == .busy)
        #expect(SQLiteError.Code(rawValue: 10 | 3 << 8).primary == .ioError)
    }
}
