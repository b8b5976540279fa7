internal import Reports
internal import SQLite

/// One write transaction with what every step of it needs to know. What it does is in the files of its extensions.
struct WriteTransaction {
    let connection: Connection
    let regions: RegionDirectory
    /// The time, in seconds since 1970.
    let now: Int64
    /// The shapes that it has met.
    let shapes = ShapeBook()
}

extension Store {
    /// Runs a body in one transaction of the writer. When this returns, what it did is on the disk.
    func write<R: Sendable>(
        now: Int64, _ body: @Sendable (WriteTransaction) throws -> R
    ) async throws(StoreError) -> R {
        let regions = regions
        texts.willWrite()
        defer { texts.wrote(to: self) }
        do {
            return try await pool.write { connection in
                try connection.transaction {
                    try body(WriteTransaction(connection: connection, regions: regions, now: now))
                }
            }
        } catch {
            throw StoreError(any: error)
        }
    }
}
