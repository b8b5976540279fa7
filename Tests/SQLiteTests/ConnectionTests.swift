import Foundation
import SQLite
import Support
import Testing

@Suite struct ConnectionTests {
    private let folder: TemporaryFolder
    private let connection: Connection

    init() throws {
        folder = try TemporaryFolder()
        connection = try Connection(path: folder.path())
        try connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT")
    }

    private func pragma(_ name: String, of connection: Connection) throws -> String? {
        try connection.queryOne(SQL("PRAGMA \(name)")) { row in row.text(0) }
    }

    @Test func `a connection is set up as its options say`() throws {
        var options = Connection.Options()
        options.cacheKibibytesMax = 512
        options.mapBytesMax = 1 << 20
        options.synchronous = .normal
        let other = try Connection(path: folder.path(), options: options)
        let names = ["journal_mode", "foreign_keys", "trusted_schema", "cache_size", "mmap_size", "synchronous"]
        #expect(try names.map { try pragma($0, of: other) } == ["wal", "1", "0", "-512", "1048576", "1"])
        #expect(try pragma("synchronous", of: connection) == "2")
    }

    @Test func `a file that nobody changes is read without its log's index, whatever it is called`() throws {
        let other = try TemporaryFolder()
        let path = other.path("50% ? #1.sqlite")
        let first = try Connection(path: path)
        try first.execute("CREATE TABLE t (a INTEGER) STRICT; INSERT INTO t VALUES (7)")
        try first.checkpoint(.truncate)
        let reading = try Connection(path: path, access: .immutable)
        #expect(reading.isReadOnly)
        #expect(try reading.query("SELECT a FROM t") { row in row.int(0) } == [7])
        #expect(code { try reading.run("INSERT INTO t VALUES (8)") }?.primary == .readOnly)
        #expect(try Connection.Access.reading(path) == .readOnly, "it could be written")
        #expect(try Connection.Access.reading(other.path("none")) == .readOnly)
    }

    @Test func `a script runs statement by statement and names the one that fails`() throws {
        let script: SQL = """
            INSERT INTO t (a) VALUES (1); -- a comment; with a semicolon
            INSERT INTO t (a) VALUES (2);;
            INSERT INTO t (a) VALUES (1);
            INSERT INTO t (a) VALUES (3);

            """
        let error = #expect(throws: SQLiteError.self) { try connection.execute(script) }
        #expect(error?.code == .constraintPrimaryKey)
        #expect(error?.sql?.hasSuffix("INSERT INTO t (a) VALUES (1);") == true)
        #expect(try connection.query("SELECT a FROM t") { row in row.int(0) } == [1, 2])
    }

    @Test func `an empty script does nothing and an empty statement is refused`() throws {
        try connection.execute("")
        try connection.execute(" -- nothing\n")
        #expect(code { try connection.run(" ") } == .misuse)
    }

    @Test func `space and comments may follow a statement`() throws {
        #expect(try connection.queryOne("SELECT 1; -- one\n") { row in row.int(0) } == 1)
    }

    @Test func `a NUL in SQL is refused rather than taken for the end`() throws {
        #expect(code { try connection.execute(SQL("SELECT 1;\0 DROP TABLE t")) } == .error)
    }

    @Test func `a string in double quotes is not taken for text`() {
        #expect(code { try connection.run("INSERT INTO t (b) VALUES (\"mistake\")") } == .error)
    }

    @Test func `a read-only connection refuses writes`() throws {
        let reader = try Connection(path: folder.path(), access: .readOnly)
        #expect(reader.isReadOnly && !connection.isReadOnly)
        #expect(code { try reader.run("INSERT INTO t (a) VALUES (1)") }?.primary == .readOnly)
        try reader.execute("PRAGMA query_only = OFF")
        #expect(code { try reader.run("INSERT INTO t (a) VALUES (1)") }?.primary == .readOnly)
    }

    @Test func `a file that is not there cannot be opened to read`() {
        #expect(code { _ = try Connection(path: folder.path("none.db"), access: .readOnly) } == .cannotOpen)
        #expect(code { _ = try Connection(path: folder.path("no/folder.db")) } == .cannotOpen)
    }

    @Test func `changes and row ids are counted`() throws {
        #expect(try connection.run("INSERT INTO t (b) VALUES ('x'), ('y')") == 2)
        #expect(connection.lastInsertRowID == 2)
        #expect(try connection.run("DELETE FROM t") == 2)
        #expect(connection.totalChanges == 4)
    }

    @Test func `version and application id are kept in the file`() throws {
        try connection.setUserVersion(7)
        try connection.setApplicationID(0x4453_4C52)
        let other = try Connection(path: folder.path(), access: .readOnly)
        #expect(try other.userVersion() == 7)
        #expect(try other.applicationID() == 0x4453_4C52)
    }

    @Test func `the data version tells that another connection wrote`() throws {
        let other = try Connection(path: folder.path(), access: .readOnly)
        let before = try other.dataVersion()
        #expect(try other.dataVersion() == before)
        try connection.run("INSERT INTO t (a) VALUES (1)")
        #expect(try other.dataVersion() != before)
    }

    @Test func `a checkpoint moves the log into the file`() throws {
        try connection.run("INSERT INTO t (a) VALUES (1)")
        let partly = try connection.checkpoint(.passive)
        #expect(!partly.isPartial && partly.copiedPages > 0 && partly.copiedPages == partly.walPages)
        try connection.checkpoint(.truncate)
        let size = try FileManager.default.attributesOfItem(atPath: folder.path("test.sqlite-wal"))[.size] as? Int
        #expect(size == 0)
    }

    @Test func `a reader in the way makes a checkpoint partial`() throws {
        let reader = try Connection(path: folder.path(), access: .readOnly)
        var options = Connection.Options()
        options.busyMilliseconds = 0
        let writer = try Connection(path: folder.path(), options: options)
        try reader.transaction(.deferred) {
            _ = try reader.query("SELECT a FROM t") { row in row.int(0) }
            try writer.run("INSERT INTO t (a) VALUES (1)")
            #expect(try writer.checkpoint(.truncate).isPartial)
        }
        #expect(try !writer.checkpoint(.truncate).isPartial)
    }

    @Test func `a sound file has no faults`() throws {
        #expect(try connection.integrityFaults() == [])
    }
}
