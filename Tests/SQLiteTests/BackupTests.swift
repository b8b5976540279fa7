import Foundation
import SQLite
import Support
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
        #expect(try folder.names() == ["copy.db", "test.sqlite"])
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

    @Test func `a backup that cannot be written leaves nothing beside it`() async throws {
        await #expect(throws: SQLiteError.self) { try await pool.backUp(to: folder.path("no/copy.db")) }
        // A folder stands where the copy should go, so the last step, the renaming, fails.
        try FileManager.default.createDirectory(atPath: folder.path("copy.db"), withIntermediateDirectories: false)
        let error = await #expect(throws: SQLiteError.self) { try await pool.backUp(to: folder.path("copy.db")) }
        #expect(error?.code == .ioError)
        try await pool.close()
        #expect(try folder.names() == ["copy.db", "test.sqlite"])
    }

    @Test func `a cancelled backup leaves the old one whole`() async throws {
        let path = folder.path("copy.db")
        try Data("old".utf8).write(to: URL(filePath: path))
        let source = try Connection(path: folder.path(), access: .readOnly)
        var backup = Backup()
        backup.pagesPerStep = 20
        let interrupted = code {
            try backup.run(from: source, to: path) { _ in withUnsafeCurrentTask { $0?.cancel() } }
        }
        #expect(interrupted == .interrupt)
        try await pool.close()
        #expect(try Data(contentsOf: URL(filePath: path)) == Data("old".utf8))
        #expect(try !folder.names().contains { $0.contains("partial") })
    }
}
