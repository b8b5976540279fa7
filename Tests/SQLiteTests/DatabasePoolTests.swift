import Dispatch
import Foundation
import SQLite
import Support
import Synchronization
import Testing

@Suite struct DatabasePoolTests {
    private let folder: TemporaryFolder
    private let pool: DatabasePool

    init() async throws {
        folder = try TemporaryFolder()
        var options = DatabasePool.Options()
        options.pointReaders = 2
        pool = try DatabasePool(path: folder.path(), options: options)
        try await pool.write { connection in
            try connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER NOT NULL) STRICT")
        }
    }

    @Test func `what is written is read at once in both ways`() async throws {
        let id = try await pool.write { connection in
            try connection.run("INSERT INTO t (b) VALUES (7)")
            return connection.lastInsertRowID
        }
        let found = try pool.read { connection in
            try connection.queryOne("SELECT b FROM t WHERE a = ?1", [.integer(id)]) { row in row.int(0) }
        }
        #expect(found == 7)
        let sum = try await pool.readLong { connection in
            try connection.queryOne("SELECT sum(b) FROM t") { row in row.int(0) }
        }
        #expect(sum == 7)
        try await pool.close()
    }

    @Test func `readers refuse writes`() async throws {
        #expect(code { try pool.read { _ = try $0.run("DELETE FROM t") } }?.primary == .readOnly)
        await #expect(throws: SQLiteError.self) { try await pool.readLong { _ = try $0.run("DELETE FROM t") } }
        try await pool.close()
    }

    @Test func `errors of the closure come through as they are`() async throws {
        struct Mine: Error {}
        #expect(throws: Mine.self) { try pool.read { _ in throw Mine() } }
        await #expect(throws: Mine.self) { try await pool.readLong { _ in throw Mine() } }
        await #expect(throws: Mine.self) { try await pool.write { _ in throw Mine() } }
        try await pool.close()
    }

    @Test func `a transaction left open is a mistake that ends the program`() async {
        await #expect(processExitsWith: trap) {
            let folder = try TemporaryFolder()
            let pool = try DatabasePool(path: folder.path())
            folder.remove()
            try await pool.write { try $0.run("BEGIN") }
        }
    }

    @Test func `readers see a snapshot while the writer writes`() async throws {
        let pool = pool
        try await pool.write { writer in
            try writer.transaction {
                try writer.run("INSERT INTO t (b) VALUES (1)")
                let seen = try pool.read { try $0.queryOne("SELECT count(*) FROM t") { row in row.int(0) } }
                #expect(seen == 0)
            }
            let seen = try pool.read { try $0.queryOne("SELECT count(*) FROM t") { row in row.int(0) } }
            #expect(seen == 1)
        }
        try await pool.close()
    }

    @Test func `a read within a transaction keeps its snapshot`() async throws {
        let path = folder.path()
        let counts = try pool.read { connection in
            let other = try Connection(path: path)
            return try connection.transaction(.deferred) {
                let count = { try connection.queryOne("SELECT count(*) FROM t") { row in row.int(0) } }
                let before = try count()
                try other.run("INSERT INTO t (b) VALUES (1)")
                return [before, try count()]
            }
        }
        #expect(counts == [0, 0])
        try await pool.close()
    }

    @Test func `point reads go to the next connection while one is in use`() async throws {
        let pool = pool
        let nested = try pool.read(preferring: 0) { first in
            let outer = ObjectIdentifier(first)
            return try pool.read(preferring: 0) { second in ObjectIdentifier(second) != outer }
        }
        #expect(nested)
        #expect(try pool.read(preferring: -7) { _ in true })
        try await pool.close()
    }

    @Test func `a long read ends at its deadline`() async throws {
        let error = await #expect(throws: SQLiteError.self) {
            try await pool.readLong(deadline: .milliseconds(5)) { connection in
                _ = try connection.queryOne(endlessQuery) { row in row.int(0) }
            }
        }
        #expect(error?.code == .interrupt)
        #expect(try await pool.readLong { _ in true })
        try await pool.close()
    }

    @Test func `cancelling the task ends a long read`() async throws {
        let pool = pool
        let (begun, continuation) = AsyncStream<Void>.makeStream()
        let task = Task {
            try await pool.readLong { connection in
                continuation.finish()
                _ = try connection.queryOne(endlessQuery) { row in row.int(0) }
            }
        }
        for await _ in begun {}
        task.cancel()
        let error = await #expect(throws: SQLiteError.self) { try await task.value }
        #expect(error?.code == .interrupt)
        try await pool.close()
    }

    @Test func `two long reads run side by side`() async throws {
        let pool = pool
        // Each waits for the other on its own thread, so this ends only if they run at the same time.
        let first = DispatchSemaphore(value: 0)
        let second = DispatchSemaphore(value: 0)
        async let one = pool.readLong { _ in
            first.signal()
            second.wait()
        }
        async let two = pool.readLong { _ in
            second.signal()
            first.wait()
        }
        _ = try await (one, two)
        try await pool.close()
    }

    @Test func `many readers and a writer agree at every moment`() async throws {
        let pool = pool
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 1...200 {
                    // Two rows that cancel out: every snapshot sums to zero.
                    try await pool.write { connection in
                        try connection.transaction {
                            try connection.run("INSERT INTO t (b) VALUES (?1)", [Value(number)])
                            try connection.run("INSERT INTO t (b) VALUES (?1)", [Value(-number)])
                        }
                    }
                }
            }
            for reader in 0..<8 {
                group.addTask {
                    for round in 0..<200 {
                        let read: @Sendable (Connection) throws -> Int? = { connection in
                            try connection.queryOne("SELECT coalesce(sum(b), 0) FROM t") { row in row.int(0) }
                        }
                        let isPoint = (reader + round).isMultiple(of: 2)
                        let sum = isPoint ? try pool.read(preferring: reader, read) : try await pool.readLong(read)
                        #expect(sum == 0)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try pool.read { try $0.queryOne("SELECT count(*) FROM t") { row in row.int(0) } } == 400)
        try await pool.close()
    }

    @Test func `closing empties the log and every way in then throws`() async throws {
        try await pool.write { _ = try $0.run("INSERT INTO t (b) VALUES (1)") }
        #expect(try folder.names() == ["test.sqlite", "test.sqlite-shm", "test.sqlite-wal"])
        try await pool.close()
        try await pool.close()
        #expect(try folder.names() == ["test.sqlite"])
        #expect(code { _ = try pool.read { _ in 1 } } == .misuse)
        await #expect(throws: SQLiteError.self) { _ = try await pool.write { _ in 1 } }
        await #expect(throws: SQLiteError.self) { _ = try await pool.readLong { _ in 1 } }
        let reopened = try Connection(path: folder.path())
        #expect(try reopened.queryOne("SELECT count(*) FROM t") { row in row.int(0) } == 1)
    }

    @Test func `closing interrupts a long read`() async throws {
        let pool = pool
        let (begun, continuation) = AsyncStream<Void>.makeStream()
        let task = Task {
            try await pool.readLong { connection in
                // The first row shows that the statement runs, so that the interrupt cannot come too early.
                let sql: SQL = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
                try connection.forEachRow(sql) { _ in continuation.finish() }
            }
        }
        for await _ in begun {}
        try await pool.close()
        let error = await #expect(throws: SQLiteError.self) { try await task.value }
        #expect(error?.code == .interrupt)
    }

    @Test func `a pool on something that is not a database does not open`() throws {
        let path = folder.path("letter.txt")
        try Data(String(repeating: "Dear Sir or Madam, ", count: 100).utf8).write(to: URL(filePath: path))
        #expect(code { _ = try DatabasePool(path: path) } == .notADatabase)
    }
}
