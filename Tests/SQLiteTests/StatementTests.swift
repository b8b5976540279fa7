import SQLite
import Support
import Testing

@Suite struct StatementTests {
    private let folder: TemporaryFolder
    private let connection: Connection

    init() throws {
        folder = try TemporaryFolder()
        connection = try Connection(path: folder.path())
        try connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT")
    }

    @Test func `values are bound by name`() throws {
        try connection.run("INSERT INTO t (a, b) VALUES (:a, @b)", [":a": 5, "@b": "five"])
        let found = try connection.queryOne("SELECT b FROM t WHERE a = :a", [":a": 5]) { row in row.text(0) }
        #expect(found == "five")
        #expect(try connection.query("SELECT a FROM t WHERE b = $b", ["$b": "five"]) { row in row.int(0) } == [5])
    }

    @Test func `each type is bound by index`() throws {
        let statement = try connection.prepare("SELECT ?1, ?2, ?3, ?4, ?5, ?6")
        try statement.bind(1, at: 1)
        try statement.bind(Int64.max, at: 2)
        try statement.bind(0.5, at: 3)
        try statement.bind("x", at: 4)
        try statement.bind([1, 2].span, at: 5)
        try statement.bind(utf8: Array("年".utf8).span, at: 6)
        let values = try statement.next { row in (0..<6).map { row.value($0) } }
        #expect(values == [1, .integer(.max), 0.5, "x", .blob([1, 2]), "年"])
        statement.reset()
        try statement.bindNull(at: 6)
        #expect(try statement.next { row in row.isNull(5) } == true)
    }

    @Test func `an index beyond the parameters is refused`() throws {
        let statement = try connection.prepare("SELECT ?1")
        #expect(throws: SQLiteError.self) { try statement.bind(1, at: 2) }
        #expect(throws: SQLiteError.self) { try statement.bind(1, at: 0) }
    }

    @Test func `a statement describes itself without bound values`() throws {
        let statement = try connection.prepare("SELECT a AS key, b FROM t WHERE a = ?1")
        try statement.bind("secret", at: 1)
        #expect(statement.sql == "SELECT a AS key, b FROM t WHERE a = ?1")
        #expect(statement.parameterCount == 1 && statement.columnCount == 2 && statement.isReadOnly)
        #expect(statement.columnName(0) == "key" && statement.columnName(2) == nil)
    }

    @Test func `a value too few is a mistake that ends the program`() async {
        await #expect(processExitsWith: trap) {
            let folder = try TemporaryFolder()
            let connection = try Connection(path: folder.path())
            folder.remove()
            try connection.run("SELECT ?1, ?2", [1])
        }
    }

    @Test func `rows come one at a time until there are none`() throws {
        try connection.execute("INSERT INTO t (a) VALUES (1), (2)")
        let statement = try connection.prepare("SELECT a FROM t ORDER BY a")
        #expect(try statement.next { row in row.int(0) } == 1)
        #expect(try statement.next { row in row.int(0) } == 2)
        #expect(try statement.next { row in row.int(0) } == nil)
    }

    @Test func `a statement runs again and again with new values`() throws {
        let insert = try connection.prepare("INSERT INTO t (a, b) VALUES (?1, ?2)")
        for number in 1...50 { try insert.run([Value(number), "x"]) }
        for number in 51...100 {
            try insert.bind(number, at: 1)
            try insert.run()
        }
        #expect(try connection.queryOne("SELECT count(*) FROM t") { row in row.int(0) } == 100)
        #expect(connection.changes == 1 && connection.lastInsertRowID == 100)
    }

    @Test func `an error in a row closure ends the query and frees the statement`() throws {
        try connection.execute("INSERT INTO t (a) VALUES (1), (2)")
        let mine = SQLiteError(code: .mismatch, message: "mine")
        for _ in 0..<3 {
            #expect(throws: mine) {
                try connection.query("SELECT a FROM t") { _ throws(SQLiteError) in throw mine }
            }
        }
        #expect(!connection.isInTransaction)
        #expect(try connection.run("UPDATE t SET b = 'x'") == 2)
    }

    @Test func `RETURNING gives rows of a write`() throws {
        let id = try connection.queryOne("INSERT INTO t (b) VALUES ('x') RETURNING a") { row in row.int(0) }
        #expect(id == 1)
        #expect(try connection.queryOne("SELECT count(*) FROM t") { row in row.int(0) } == 1)
    }
}

@Suite struct StatementCacheTests {
    private let folder: TemporaryFolder
    private let connection: Connection

    init() throws {
        folder = try TemporaryFolder()
        var options = Connection.Options()
        options.statementsMax = 4
        connection = try Connection(path: folder.path(), options: options)
    }

    private func count(_ sql: SQL) throws -> Int? {
        try connection.queryOne(sql) { row in row.int(0) }
    }

    @Test func `one text is prepared once`() throws {
        let before = connection.cachedStatementCount
        for _ in 0..<10 { #expect(try count("SELECT 42") == 42) }
        #expect(connection.cachedStatementCount == before + 1)
        for _ in 0..<10 { #expect(try count(SQL("SELECT " + "43")) == 43) }
        #expect(connection.cachedStatementCount == before + 2)
    }

    @Test func `the cache stays within its bound`() throws {
        for number in 0..<50 { #expect(try count(SQL("SELECT \(number)")) == number) }
        #expect(connection.cachedStatementCount == 4)
        for number in 0..<50 { #expect(try count(SQL("SELECT \(number)")) == number) }
    }

    @Test func `a statement in use is not handed out twice`() throws {
        let pairs = try connection.query("SELECT value FROM json_each('[1,2,3]')") { outer throws(SQLiteError) in
            let left = outer.int(0)
            return try connection.query("SELECT value FROM json_each('[1,2,3]')") { inner in left * 10 + inner.int(0) }
        }
        #expect(pairs == [[11, 12, 13], [21, 22, 23], [31, 32, 33]])
        let same: SQL = "SELECT ?1"
        let first = try connection.prepare(same)
        let second = try connection.prepare(same)
        try first.bind(1, at: 1)
        try second.bind(2, at: 1)
        #expect(try first.next { row in row.int(0) } == 1)
        #expect(try second.next { row in row.int(0) } == 2)
    }

    @Test func `bindings do not leak into the next use`() throws {
        let sql: SQL = "SELECT ?1"
        #expect(try connection.queryOne(sql, ["x"]) { row in row.text(0) } == "x")
        let statement = try connection.prepare(sql)
        #expect(try statement.next { row in row.isNull(0) } == true)
    }

    @Test func `a full cache of statements in use still serves`() throws {
        let first = try connection.prepare("SELECT 1")
        let second = try connection.prepare("SELECT 2")
        let third = try connection.prepare("SELECT 3")
        let fourth = try connection.prepare("SELECT 4")
        #expect(try count("SELECT 5") == 5)
        #expect(connection.cachedStatementCount == 4)
        let held = [try first.next { $0.int(0) }, try second.next { $0.int(0) }]
        #expect(held == [1, 2])
        #expect(try third.next { $0.int(0) } == 3 && fourth.columnCount == 1)
    }

    @Test func `a changed schema is noticed by cached statements`() throws {
        try connection.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
        #expect(try count("SELECT * FROM t") == 1)
        try connection.execute("DROP TABLE t; CREATE TABLE t (b, c); INSERT INTO t VALUES (2, 3)")
        #expect(try count("SELECT * FROM t") == 2)
    }

    @Test func `a statement may outlive its connection`() throws {
        let path = folder.path("other.db")
        func orphan() throws -> Statement { try Connection(path: path).prepare("SELECT 1") }
        let statement = try orphan()
        #expect(try statement.next { row in row.int(0) } == 1)
    }
}
