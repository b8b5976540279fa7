import Foundation
import SQLite
import Testing

/// Pools whose point readers keep their snapshot from read to read.
@Suite struct SnapshotTests {
    private let folder: TemporaryFolder
    private let pool: DatabasePool

    init() async throws {
        folder = try TemporaryFolder()
        var options = DatabasePool.Options()
        options.pointReaders = 2
        options.pointSnapshotMilliseconds = 3_600_000
        options.connection.checkpointPages = 50
        pool = try DatabasePool(path: folder.path(), options: options)
        try await pool.write { try $0.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, bytes BLOB) STRICT") }
    }

    private func count() throws -> Int? {
        try pool.read { try $0.queryOne("SELECT count(*) FROM t") { row in row.int(0) } }
    }

    @Test func `a held snapshot ends with each write of the pool`() async throws {
        for number in 1...20 {
            try await pool.write { try $0.run("INSERT INTO t (a) VALUES (?1)", [Value(number)]) }
            #expect(try count() == number)
            #expect(try pool.read(preferring: 1) { try $0.query("SELECT a FROM t") { $0.int(0) }.count } == number)
        }
        try await pool.close()
    }

    @Test func `commits of others are seen once the snapshot is released`() async throws {
        let other = try Connection(path: folder.path())
        #expect(try count() == 0)
        try other.run("INSERT INTO t (a) VALUES (1)")
        #expect(try count() == 0)
        pool.releaseSnapshots()
        #expect(try count() == 1)
        try await pool.close()
    }

    @Test func `a read may still ask for a transaction of its own`() async throws {
        let counts = try pool.read { connection in
            try connection.transaction(.deferred) {
                try connection.query("SELECT count(*) FROM t") { row in row.int(0) }
            }
        }
        #expect(counts == [0])
        #expect(try count() == 0)
        try await pool.close()
    }

    @Test func `the log begins anew although readers hold snapshots`() async throws {
        for _ in 0..<200 {
            try await pool.write { try $0.run("INSERT INTO t (bytes) VALUES (zeroblob(20000))") }
            _ = try count()
        }
        // 200 writes of 5 pages and more; the log must hold little more than the 50 at which it is checkpointed.
        let log = try FileManager.default.attributesOfItem(atPath: folder.path("test.db-wal"))[.size] as? Int
        #expect(try #require(log) < 100 * 4_096)
        try await pool.close()
    }

    @Test func `the count of writes moves with each write and with nothing else`() async throws {
        let before = pool.writeCount
        _ = try count()
        _ = try await pool.readLong { try $0.userVersion() }
        #expect(pool.writeCount == before)
        try await pool.write { try $0.run("INSERT INTO t (a) VALUES (1)") }
        #expect(pool.writeCount == before + 1)
        try await pool.close()
    }

    @Test func `an error in a read does not harm the next`() async throws {
        #expect(code { try pool.read { try $0.run("DELETE FROM t") } }?.primary == .readOnly)
        let late = code {
            try pool.read { connection in
                try connection.withDeadline(.zero) { try connection.query(endlessQuery) { row in row.int(0) } }
            }
        }
        #expect(late == .interrupt)
        #expect(try count() == 0)
        try await pool.close()
    }

    @Test func `readers on many threads never miss a finished write`() async throws {
        let pool = pool
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<4 {
                group.addTask {
                    for number in 0..<100 {
                        let id = task * 1_000 + number
                        try await pool.write { try $0.run("INSERT INTO t (a) VALUES (?1)", [Value(id)]) }
                        let found = try pool.read(preferring: task) { connection in
                            try connection.queryOne("SELECT a FROM t WHERE a = ?1", [Value(id)]) { row in row.int(0) }
                        }
                        #expect(found == id)
                    }
                }
            }
            try await group.waitForAll()
        }
        try await pool.close()
    }
}
