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
        texts.willWrite()
        defer { texts.wrote(to: self) }
        do {
            return try await transact(now: now, body)
        } catch {
            throw StoreError(any: error)
        }
    }

    /// The transaction itself: whatever is written to the file is written by one of these.
    ///
    /// - Parameter now: nil for what changes no answer.
    func transact<R: Sendable>(
        now: Int64?, _ body: @Sendable (WriteTransaction) throws -> R
    ) async throws -> R {
        let regions = regions
        return try await pool.write { connection in
            try connection.transaction {
                let transaction = WriteTransaction(connection: connection, regions: regions, now: now ?? 0)
                let result = try body(transaction)
                if now != nil { try transaction.noteTime() }
                return result
            }
        }
    }
}

extension WriteTransaction {
    /// Notes that something was written, a second later than the time before: a client that was told of any earlier time
    /// does not have what stands now.
    fileprivate func noteTime() throws(SQLiteError) {
        try connection.run("UPDATE last_write SET at = max(at + 1, ?1)", [.integer(now)])
    }
}

extension StoreSnapshot {
    /// When anything was last written, in seconds since 1970: each write has a time of its own, which may be ahead of the
    /// clock where there were several in a second. A read by key.
    public func lastWrite() throws(StoreError) -> Int64 {
        try StoreError.mapping {
            try connection.queryOne("SELECT at FROM last_write") { row in row.int64(0) } ?? 0
        }
    }
}
