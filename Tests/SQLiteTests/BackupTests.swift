import Foundation
import SQLite
import Testing

@Suite struct BackupTests {
    private let folder: TemporaryFolder
    private let pool: DatabasePool

    init() async throws {
        folder = try TemporaryFolder()
        pool = try DatabasePool(path: folder.path())
        try await pool.write { connection in
            try connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, bytes BLOB) STRICT")
            try connection.transaction {
                for _ in 0..<500 { try connection.run("INSERT INTO t (bytes) VALUES (randomblob(2000))") }
            }
        }
    }

    private func rows(in path: String) throws -> Int? {
        let copy = try Connection(path: path)
        return try copy.queryOne("SELECT count(*) FROM t") { row in row.int(0) }
    }

    @Test func `a backup is one sound file with everything in it`() async throws {
        try await pool.backUp(to: folder.path("copy.db"))
        try await pool.close()
        #expect(try folder.names() == ["copy.db", "test.db"])
        #expect(try rows(in: folder.path("copy.db")) == 500)
    }

    @Test func `a backup replaces the one before`() async throws {
        let path = folder.path("copy.db")
        try await pool.backUp(to: path)
        try await pool.write { _ = try $0.run("DELETE FROM t WHERE a > 100") }
        try await pool.backUp(to: path)
        #expect(try rows(in: path) == 100)
        try await pool.close()
    }

    @Test func `a backup taken while another connection writes is one moment`() async throws {
        let path = folder.path("copy.db")
        let source = try Connection(path: folder.path(), access: .readOnly)
        let writer = try Connection(path: folder.path())
        var backup = Backup()
        backup.pagesPerStep = 20
        var steps: [Backup.Progress] = []
        try backup.run(from: source, to: path) { progress in
            steps.append(progress)
            try? writer.transaction {
                try writer.run("INSERT INTO t (bytes) VALUES (randomblob(2000))")
                try writer.run("UPDATE t SET bytes = x'00' WHERE a = ?1", [Value(steps.count)])
            }
        }
        #expect(steps.count > 5)
        #expect(steps.last.map { $0.pagesDone == $0.pagesTotal } == true)
        #expect(try rows(in: path) == 500)
        let copy = try Connection(path: path)
        #expect(try copy.queryOne("SELECT count(*) FROM t WHERE length(bytes) = 1") { row in row.int(0) } == 0)
        #expect(try source.queryOne("SELECT count(*) FROM t") { row in row.int(0) } == 500 + steps.count)
        try await pool.close()
    }

    @Test func `a backup that cannot be written leaves the old one whole`() async throws {
        await #expect(throws: SQLiteError.self) { try await pool.backUp(to: folder.path("no/copy.db")) }
        try Data("old".utf8).write(to: URL(filePath: folder.path("copy.db")))
        let source = try Connection(path: folder.path(), access: .readOnly)
        // A source that is in a transaction already is refused after the partial file was begun.
        try source.transaction(.deferred) {
            #expect(throws: SQLiteError.self) { try Backup().run(from: source, to: folder.path("copy.db")) }
        }
        #expect(try Data(contentsOf: URL(filePath: folder.path("copy.db"))) == Data("old".utf8))
        #expect(try !folder.names().contains { $0.contains("partial") })
        try await pool.close()
    }

    @Test func `a cancelled backup leaves no file`() async throws {
        let pool = pool
        let path = folder.path("copy.db")
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await pool.backUp(to: path)
        }
        let error = await #expect(throws: SQLiteError.self) { try await task.value }
        #expect(error?.code == .interrupt)
        try await pool.close()
        #expect(try folder.names() == ["test.db"])
    }
}
