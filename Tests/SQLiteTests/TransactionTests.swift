import SQLite
import Support
import Testing

@Suite struct TransactionTests {
    private struct Mine: Error {}

    private let folder: TemporaryFolder
    private let connection: Connection

    init() throws {
        folder = try TemporaryFolder()
        connection = try Connection(path: folder.path())
        try connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY) STRICT")
    }

    private func insert(_ number: Int) throws {
        try connection.run("INSERT INTO t (a) VALUES (?1)", [Value(number)])
    }

    private func rows() throws -> [Int] {
        try connection.query("SELECT a FROM t ORDER BY a") { row in row.int(0) }
    }

    @Test func `a transaction that returns is kept`() throws {
        let result = try connection.transaction {
            try insert(1)
            #expect(connection.isInTransaction)
            return "done"
        }
        #expect(result == "done" && !connection.isInTransaction)
        #expect(try rows() == [1])
    }

    @Test(arguments: [TransactionKind.immediate, .deferred])
    func `a transaction that throws leaves nothing behind`(kind: TransactionKind) throws {
        #expect(throws: Mine.self) {
            try connection.transaction(kind) {
                try insert(1)
                throw Mine()
            }
        }
        #expect(try rows() == [] && !connection.isInTransaction)
    }

    @Test func `nested savepoints undo their own part`() throws {
        try connection.transaction {
            try insert(1)
            try? connection.savepoint {
                try insert(2)
                try? connection.savepoint {
                    try insert(3)
                    throw Mine()
                }
                #expect(try rows() == [1, 2])
                try connection.savepoint { try insert(4) }
                throw Mine()
            }
            #expect(try rows() == [1])
            try connection.savepoint { try insert(5) }
        }
        #expect(try rows() == [1, 5])
    }

    @Test func `a savepoint alone is a transaction`() throws {
        try connection.savepoint { try insert(1) }
        try? connection.savepoint {
            try insert(2)
            throw Mine()
        }
        #expect(try rows() == [1] && !connection.isInTransaction)
    }

    @Test func `a transaction within a transaction is refused and the outer one goes on`() throws {
        try connection.transaction {
            try insert(1)
            #expect(code { try connection.transaction { try insert(2) } } == .error)
            #expect(connection.isInTransaction)
        }
        #expect(try rows() == [1])
    }

    @Test func `a commit that is refused rolls back`() throws {
        try connection.execute("CREATE TABLE child (a REFERENCES t (a) DEFERRABLE INITIALLY DEFERRED)")
        let found = code { try connection.transaction { try connection.run("INSERT INTO child VALUES (9)") } }
        #expect(found == .constraintForeignKey)
        #expect(!connection.isInTransaction)
        #expect(try connection.queryOne("SELECT count(*) FROM child") { row in row.int(0) } == 0)
    }
}
