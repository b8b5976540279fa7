import Dispatch
import Foundation
import SQLite
import Support
import Synchronization
import Testing

/// Reads that share a snapshot from one to the next.
@Suite struct SnapshotTests {
    private let folder: TemporaryFolder
    private let pool: DatabasePool

    init() async throws {
        folder = try TemporaryFolder()
        var options = DatabasePool.Options()
        options.snapshotReaders = 2
        options.snapshotMilliseconds = 3_600_000
        options.connection.checkpointPages = 50
        pool = try DatabasePool(path: folder.path(), options: options)
        try await pool.write { try $0.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, bytes BLOB) STRICT") }
    }

    private func count(of pool: DatabasePool? = nil) throws -> Int? {
        try (pool ?? self.pool).readSnapshot(0) { connection, _ in
            try connection.queryOne("SELECT count(*) FROM t") { row in row.int(0) }
        }
    }

    private func version(_ reader: Int = 0) throws -> Int {
        let version = try pool.readSnapshot(reader) { _, version in version }
        // It can be asked for alone, before anything was read as well.
        #expect(try pool.snapshotVersion(reader) == version)
        return version
    }

    @Test func `a version asked for alone changes with each write, and ends with the pool`() async throws {
        var last = try pool.snapshotVersion(1)
        for number in 1...5 {
            #expect(try pool.snapshotVersion(1) == last)
            try await pool.write { try $0.run("INSERT INTO t (a) VALUES (?1)", [Value(number)]) }
            let next = try pool.snapshotVersion(1)
            #expect(next != last)
            last = next
        }
        try await pool.close()
        #expect(throws: SQLiteError.self) { try pool.snapshotVersion(1) }
    }

    @Test func `a held snapshot ends with each write of the pool`() async throws {
        for number in 1...20 {
            try await pool.write { try $0.run("INSERT INTO t (a) VALUES (?1)", [Value(number)]) }
            #expect(try count() == number)
            let rows = try pool.readSnapshot(1) { connection, _ in try connection.query("SELECT a FROM t") { $0.int(0) }
            }
            #expect(rows.count == number)
        }
        try await pool.close()
    }

    @Test func `commits of others are seen after a while, whether anybody read in between or not`() async throws {
        var options = DatabasePool.Options()
        options.snapshotMilliseconds = 1
        let brief = try DatabasePool(path: folder.path(), options: options)
        let other = try Connection(path: folder.path())
        #expect(try count() == 0)
        #expect(try count(of: brief) == 0)
        try other.run("INSERT INTO t (a) VALUES (1)")
        // A snapshot of an hour still holds; one of a millisecond is over some time soon.
        #expect(try count() == 0)
        #expect(try await Patience.until { try count(of: brief) == 1 })
        try await brief.close()
        try await pool.close()
    }

    @Test func `a snapshot that nobody asks for ends, and the log can be cut`() async throws {
        var options = DatabasePool.Options()
        options.snapshotMilliseconds = 1
        let brief = try DatabasePool(path: folder.path(), options: options)
        let other = try Connection(path: folder.path())
        try other.run("INSERT INTO t (a) VALUES (1)")
        _ = try count(of: brief)
        // Cutting the log waits for every reader that uses it (sqlite.org/c3ref/wal_checkpoint_v2.html).
        try other.run("INSERT INTO t (a) VALUES (2)")
        #expect(try await Patience.until { try !other.checkpoint(.truncate).isPartial })
        try await brief.close()
        try await pool.close()
    }

    @Test func `the version moves with each commit and with nothing else`() async throws {
        var seen = [try version()]
        #expect(try version() == seen[0])
        _ = try count()
        _ = try await pool.readLong { try $0.userVersion() }
        #expect(try version() == seen[0])
        for number in 0..<3 {
            try await pool.write { try $0.run("INSERT INTO t (a) VALUES (?1)", [Value(number)]) }
            seen.append(try version())
        }
        #expect(Set(seen).count == 4)
        // A write that fails changes nothing, nor does one that is undone.
        _ = try? await pool.write { try $0.run("INSERT INTO t (a) VALUES (1)") }
        #expect(try version() == seen[3])
        let other = try Connection(path: folder.path())
        try other.run("INSERT INTO t (a) VALUES (10)")
        _ = try? await pool.write { try $0.run("INSERT INTO t (a) VALUES (1)") }
        #expect(try version() != seen[3])
        try await pool.close()
    }

    @Test func `a read may still ask for a transaction of its own`() async throws {
        let counts = try pool.readSnapshot(0) { connection, _ in
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
        let log = try FileManager.default.attributesOfItem(atPath: folder.path("test.sqlite-wal"))[.size] as? Int
        #expect(try #require(log) < 100 * 4_096)
        try await pool.close()
    }

    @Test func `the log begins anew although readers never rest`() async throws {
        let pool = pool
        let readers = RestlessReaders(pool)
        async let failures = readers.run(2)
        for _ in 0..<150 { try await pool.write { try $0.run("INSERT INTO t (bytes) VALUES (zeroblob(20000))") } }
        readers.stop()
        #expect(await failures == [])
        let log = try FileManager.default.attributesOfItem(atPath: folder.path("test.sqlite-wal"))[.size] as? Int
        #expect(try #require(log) < 200 * 4_096)
        try await pool.close()
    }

    @Test func `an error in a read does not harm the next`() async throws {
        #expect(
            code { try pool.readSnapshot(0) { connection, _ in try connection.run("DELETE FROM t") } }?.primary
                == .readOnly)
        let late = code {
            try pool.readSnapshot(0) { connection, _ in
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
                        let found = try pool.readSnapshot(task) { connection, _ in
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

/// Threads that read again and again, each with a snapshot of its own, and never give way.
private final class RestlessReaders: Sendable {
    private let pool: DatabasePool
    private let isOver = Mutex(false)

    init(_ pool: DatabasePool) {
        self.pool = pool
    }

    func stop() { isOver.withLock { $0 = true } }

    /// Gives what went wrong.
    func run(_ count: Int) async -> [String] {
        await withTaskGroup(of: String?.self) { group in
            for number in 0..<count {
                group.addTask {
                    await withCheckedContinuation { done in
                        DispatchQueue(label: "reader \(number)").async { done.resume(returning: self.read(number)) }
                    }
                }
            }
            return await group.reduce(into: []) { failures, failure in if let failure { failures.append(failure) } }
        }
    }

    private func read(_ number: Int) -> String? {
        do {
            while !isOver.withLock({ $0 }) {
                _ = try pool.readSnapshot(number) { connection, _ in
                    try connection.queryOne("SELECT max(a) FROM t") { row in row.int(0) }
                }
            }
            return nil
        } catch {
            return "\(error)"
        }
    }
}
