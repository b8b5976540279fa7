import Foundation
import SQLite
import Testing

/// A folder of one test, removed with what is in it when the test ends.
final class TemporaryFolder: Sendable {
    private let url = FileManager.default.temporaryDirectory.appending(path: "sqlite-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        remove()
    }

    /// Removes the folder at once: for a test that ends its process. Open files stay usable.
    func remove() {
        try? FileManager.default.removeItem(at: url)
    }

    /// The path of a file in the folder.
    func path(_ name: String = "test.db") -> String {
        url.appending(path: name).path
    }

    /// The names of all files in the folder, in order.
    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
    }
}

/// The code of the SQLite error that `body` throws; records an issue if it throws none.
func code<R>(
    of body: () throws -> R, sourceLocation: SourceLocation = #_sourceLocation
) -> SQLiteError.Code? {
    let error = #expect(throws: SQLiteError.self, sourceLocation: sourceLocation, performing: { _ = try body() })
    return error?.code
}

/// How the process ends at a failed precondition.
#if arch(x86_64)
let trap = ExitTest.Condition.signal(SIGILL)
#else
let trap = ExitTest.Condition.signal(SIGTRAP)
#endif

/// A query that ends when it is interrupted and not before.
let endlessQuery: SQL = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
