import Foundation
import SQLite
import Support
import Synchronization
import Testing

private final class Flag: Sendable {
    private let value = Mutex(false)

    var isSet: Bool { value.withLock { $0 } }

    func set() { value.withLock { $0 = true } }
}

@Suite struct LogLengthTests {
    private let folder: TemporaryFolder
    private let pool: DatabasePool
    private static let pages = 20

    init() async throws {
        folder = try TemporaryFolder()
        var options = DatabasePool.Options()
        options.connection.checkpointPages = Self.pages
        options.connection.journalBytesMax = 1 << 20
        options.connection.busyMilliseconds = 1_000
        pool = try DatabasePool(path: folder.path(), options: options)
        try await pool.write { _ = try $0.run("CREATE TABLE t (a INTEGER PRIMARY KEY, bytes BLOB) STRICT") }
    }

    private func write() async throws -> Int {
        try await pool.write { connection in
            for _ in 0..<8 { try connection.run("INSERT INTO t (bytes) VALUES (randomblob(3000))") }
        }
        return try bytes()
    }

    private func bytes() throws -> Int {
        try FileManager.default.attributesOfItem(atPath: folder.path() + "-wal")[.size] as? Int ?? 0
    }

    @Test func `readers that overlap each other without a gap do not let the WAL grow`() async throws {
        let isOver = Flag()
        let path = folder.path()
        let longest = try await withThrowingTaskGroup(of: Void.self, returning: Int.self) { group in
            group.addTask {
                var last = try Connection(path: path, access: .readOnly)
                var next = try Connection(path: path, access: .readOnly)
                try last.run("BEGIN")
                // There is a reader in every moment, each with a later view than the one before.
                while !isOver.isSet {
                    try next.run("BEGIN")
                    _ = try next.queryOne("SELECT count(*) FROM t") { row in row.int(0) }
                    try last.run("COMMIT")
                    swap(&last, &next)
                    await Task.yield()
                }
                try last.run("COMMIT")
            }
            var longest = 0
            for _ in 0..<400 { longest = max(longest, try await write()) }
            isOver.set()
            try await group.waitForAll()
            return longest
        }
        // Beside tests that keep all cores busy a reader may stay for longer than the writer waits, now and then; without
        // the wait, all that was written would be there: 400 times 8 pages and more.
        #expect(longest < 400 * 8 * 4120 * 3 / 4, "\(longest) bytes")
        try await pool.close()
    }

    @Test func `once nobody writes any more, a short WAL is copied, too`() async throws {
        var options = DatabasePool.Options()
        options.quietMilliseconds = 1
        let path = folder.path("quiet.sqlite")
        let pool = try DatabasePool(path: path, options: options)
        try await pool.write { _ = try $0.run("CREATE TABLE quiet (a INTEGER) STRICT") }
        // The page with the schema, in the file itself.
        #expect(
            try await Patience.until {
                try Data(contentsOf: URL(filePath: path)).range(of: Data("TABLE quiet".utf8)) != nil
            })
        try await pool.close()
    }

    @Test func `after a reader that stayed long the WAL is short again`() async throws {
        let reader = try Connection(path: folder.path(), access: .readOnly)
        try reader.run("BEGIN")
        _ = try reader.queryOne("SELECT count(*) FROM t") { row in row.int(0) }
        var longest = 0
        // Up to the length at which the writer would wait for the reader.
        for _ in 0..<25 { longest = max(longest, try await write()) }
        #expect(longest > Self.pages * 4120)
        try reader.run("COMMIT")
        _ = try await write()
        _ = try await write()
        #expect(try bytes() <= 1 << 20)
        try await pool.close()
    }
}
