import Dispatch
import SQLite
import Support
import Testing

@Suite struct DeadlineTests {
    private let folder: TemporaryFolder
    private let connection: Connection

    init() throws {
        folder = try TemporaryFolder()
        connection = try Connection(path: folder.path())
    }

    private func runEndlessly() throws {
        _ = try connection.queryOne(endlessQuery) { row in row.int(0) }
    }

    @Test func `a deadline interrupts a long query`() throws {
        let found = code { try connection.withDeadline(.milliseconds(5)) { try runEndlessly() } }
        #expect(found == .interrupt)
        #expect(try connection.queryOne("SELECT 1") { row in row.int(0) } == 1)
    }

    @Test func `the earlier of nested deadlines wins and the outer one comes back`() throws {
        let inner = code {
            try connection.withDeadline(.zero) { try connection.withDeadline(.seconds(3_600)) { try runEndlessly() } }
        }
        #expect(inner == .interrupt)
        let outer = code {
            try connection.withDeadline(.milliseconds(5)) {
                connection.withDeadline(.seconds(3_600)) {}
                try runEndlessly()
            }
        }
        #expect(outer == .interrupt)
    }

    @Test func `after its end a deadline no longer matters`() throws {
        connection.withDeadline(.zero) {}
        let count = try connection.queryOne(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT count(*) FROM n"
        ) { row in row.int(0) }
        #expect(count == 100_000)
    }

    @Test func `an interrupted write ends its transaction`() throws {
        try connection.execute("CREATE TABLE t (a)")
        let found = code {
            try connection.transaction {
                try connection.withDeadline(.zero) {
                    try connection.run(
                        """
                        INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n
                        """)
                }
            }
        }
        #expect(found == .interrupt && !connection.isInTransaction)
        #expect(try connection.queryOne("SELECT count(*) FROM t") { row in row.int(0) } == 0)
    }

    @Test func `another thread interrupts through the interrupter`() throws {
        let interrupter = connection.interrupter
        // It may fire before the query begins, and then has no effect: so it repeats until the query is over.
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "test"))
        timer.schedule(deadline: .now(), repeating: .milliseconds(1))
        timer.setEventHandler { interrupter.interrupt() }
        timer.resume()
        #expect(code { try runEndlessly() } == .interrupt)
        timer.cancel()
    }

    @Test func `a row closure may interrupt its own query`() throws {
        let sql: SQL = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
        #expect(code { try connection.forEachRow(sql) { _ in connection.interrupt() } } == .interrupt)
    }

    @Test func `interrupting a closed connection is harmless`() throws {
        func interrupterOfClosed() throws -> Interrupter { try Connection(path: folder.path("x.db")).interrupter }
        try interrupterOfClosed().interrupt()
    }
}
