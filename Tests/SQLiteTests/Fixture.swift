import Foundation
import SQLite
import Support
import Testing

extension TemporaryFolder {
    /// Removes the folder at once: for a test that ends its process. Open files stay usable.
    func remove() {
        try? FileManager.default.removeItem(at: url)
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

/// In the output of tests a value is told by its beginning: some are of megabytes.
extension Value: CustomTestStringConvertible {
    /// Its beginning.
    public var testDescription: String { String("\(self)".prefix(60)) }
}
