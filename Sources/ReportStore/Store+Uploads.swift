internal import SQLite

/// An upload of many reports that is worked on after it was answered.
public struct StoredUpload: Sendable, Hashable {
    /// Where it stands.
    public enum State: String, Sendable, Hashable {
        /// Others come first.
        case waiting
        /// Its items are being read and stored.
        case running
        /// Every item has its result.
        case done
        /// It was ended on request; what was stored stays stored.
        case cancelled
        /// It could not be read to its end.
        case failed
    }

    /// The store's number of it.
    public let id: Int
    /// What its address ends with.
    public let name: String
    /// Where it stands.
    public let state: State
    /// When it came, in seconds since 1970.
    public let createdAt: Int64
    /// When it was begun.
    public let startedAt: Int64?
    /// When it ended.
    public let endedAt: Int64?
    /// How it is to be read: what ``Store/createUpload(name:request:file:bytes:now:)`` was given.
    public let request: String
    /// The file that holds it.
    public let file: String
    /// Its length.
    public let bytes: Int
    /// How much of it has been read.
    public let bytesDone: Int
    /// What became of its items so far.
    public let tally: UploadTally
    /// Why it failed.
    public let failure: String?
}

/// What became of the items of an upload, in numbers.
public struct UploadTally: Sendable, Hashable {
    /// The first report of their agency and year.
    public var stored = 0
    /// New revisions.
    public var revised = 0
    /// Known already.
    public var unchanged = 0
    /// Not stored.
    public var rejected = 0

    /// No items.
    public init() {}

    /// The number of items.
    public var items: Int { stored + revised + unchanged + rejected }

    /// Adds the numbers of another.
    public mutating func add(_ other: UploadTally) {
        stored += other.stored
        revised += other.revised
        unchanged += other.unchanged
        rejected += other.rejected
    }
}

/// What is noted of some items of an upload, in the transaction that stores them.
public struct UploadStep: Sendable {
    /// The items by number, each with its result as JSON.
    public let items: [(number: Int, result: [UInt8])]
    /// What became of them.
    public let tally: UploadTally
    /// How much of the file has been read.
    public let bytesDone: Int
    /// Whether the upload is done with it: then nobody can cancel what is stored.
    public let isLast: Bool

    /// Makes a step.
    public init(
        items: [(number: Int, result: [UInt8])], tally: UploadTally, bytesDone: Int, isLast: Bool = false
    ) {
        self.items = items
        self.tally = tally
        self.bytesDone = bytesDone
        self.isLast = isLast
    }
}

extension Store {
    /// Enters an upload. When this returns it will be worked on, whatever happens to this process.
    public func createUpload(
        name: String, request: String, file: String, bytes: Int, now: Int64
    ) async throws(StoreError) -> Int {
        try await write(now: now) { transaction in
            try transaction.connection.run(
                """
                INSERT INTO upload (name, state, created_at, request, file, bytes)
                VALUES (?1, 'waiting', ?2, ?3, ?4, ?5)
                """, [.text(name), .integer(now), .text(request), .text(file), Value(bytes)])
            return Int(transaction.connection.lastInsertRowID)
        }
    }

    /// The upload whose address ends with a name. One point read.
    public func upload(named name: String) throws(StoreError) -> StoredUpload? {
        try StoreError.mapping {
            try pool.read { connection in
                try connection.queryOne(
                    """
                    SELECT id, name, state, created_at, started_at, ended_at, request, file, bytes, bytes_done, stored,
                        revised, unchanged, rejected, failure
                    FROM upload WHERE name = ?1
                    """, [.text(name)]
                ) { row throws(SQLiteError) in try Self.upload(row) }
            }
        }
    }

    /// The uploads that have not ended, the oldest first. One point read.
    public func unfinishedUploads() throws(StoreError) -> [StoredUpload] {
        try StoreError.mapping {
            try pool.read { connection in
                try connection.query(
                    """
                    SELECT id, name, state, created_at, started_at, ended_at, request, file, bytes, bytes_done, stored,
                        revised, unchanged, rejected, failure
                    FROM upload WHERE state IN ('waiting', 'running') ORDER BY id
                    """
                ) { row throws(SQLiteError) in try Self.upload(row) }
            }
        }
    }

    private static func upload(_ row: borrowing Row) throws(SQLiteError) -> StoredUpload {
        guard let state = StoredUpload.State(rawValue: row.text(2)) else {
            throw SQLiteError(code: .corrupt, message: "an upload is in an unknown state")
        }
        var tally = UploadTally()
        tally.stored = row.int(10)
        tally.revised = row.int(11)
        tally.unchanged = row.int(12)
        tally.rejected = row.int(13)
        return StoredUpload(
            id: row.int(0), name: row.text(1), state: state, createdAt: row.int64(3),
            startedAt: row.optionalInt64(4), endedAt: row.optionalInt64(5), request: row.text(6), file: row.text(7),
            bytes: row.int(8), bytesDone: row.int(9), tally: tally, failure: row.optionalText(14))
    }

    /// Notes that an upload is being worked on.
    ///
    /// - Returns: false where it has ended.
    public func beginUpload(_ id: Int, now: Int64) async throws(StoreError) -> Bool {
        try await write(now: now) { transaction in
            try transaction.connection.run(
                """
                UPDATE upload SET state = 'running', started_at = coalesce(started_at, ?2)
                WHERE id = ?1 AND state IN ('waiting', 'running')
                """, [Value(id), .integer(now)]) > 0
        }
    }

    /// Notes that an upload has ended.
    ///
    /// - Returns: false where it had ended before.
    public func endUpload(
        _ id: Int, _ state: StoredUpload.State, failure: String? = nil, now: Int64
    ) async throws(StoreError) -> Bool {
        try await write(now: now) { transaction in
            try transaction.connection.run(
                """
                UPDATE upload SET state = ?2, ended_at = ?3, failure = ?4
                WHERE id = ?1 AND state IN ('waiting', 'running')
                """, [Value(id), .text(state.rawValue), .integer(now), Value(failure)]) > 0
        }
    }

    /// Forgets uploads that ended before a time, and their results; the reports stay. One transaction each.
    public func removeUploads(endedBefore time: Int64) async throws(StoreError) {
        while try await write(now: time, { try $0.removeUpload(endedBefore: time) }) {}
    }

    /// A page of an upload's results, each as JSON, in the order of the items.
    public func uploadResults(
        _ id: Int, after number: Int, limit: Int
    ) throws(StoreError) -> [(number: Int, result: [UInt8])] {
        try StoreError.mapping {
            try pool.read { connection in
                try connection.query(
                    """
                    SELECT number, result FROM upload_item WHERE upload_id = ?1 AND number > ?2 ORDER BY number LIMIT ?3
                    """, [Value(id), Value(number), Value(limit)]
                ) { row in (number: row.int(0), result: row.blob(1)) }
            }
        }
    }

    /// Stores the reports among some items of an upload and notes what became of every item, in one transaction.
    ///
    /// - Parameter step: what is to be noted, made from the results in the order of the batch.
    /// - Returns: the results; nil, and nothing is stored, where the upload has ended.
    public func save(
        _ batch: [Submission], of upload: Int, now: Int64,
        noting step: @Sendable ([Result<SaveResult, StoreError>]) -> UploadStep
    ) async throws(StoreError) -> [Result<SaveResult, StoreError>]? {
        try await writeBatch(now: now) { transaction, isSmooth in
            guard try transaction.isRunning(upload) else { return nil }
            let results = try transaction.save(batch, isSmooth: isSmooth)
            try transaction.note(step(results), of: upload)
            return results
        }
    }
}

extension WriteTransaction {
    /// - Returns: whether there was one.
    fileprivate func removeUpload(endedBefore time: Int64) throws(SQLiteError) -> Bool {
        let id = try connection.queryOne("SELECT id FROM upload WHERE ended_at < ?1 LIMIT 1", [.integer(time)]) { row in
            row.int(0)
        }
        guard let id else { return false }
        try connection.run("DELETE FROM upload_item WHERE upload_id = ?1", [Value(id)])
        try connection.run("DELETE FROM upload WHERE id = ?1", [Value(id)])
        return true
    }

    func isRunning(_ upload: Int) throws(SQLiteError) -> Bool {
        try connection.queryOne("SELECT 1 FROM upload WHERE id = ?1 AND state = 'running'", [Value(upload)]) { _ in
            true
        } ?? false
    }

    func note(_ step: UploadStep, of upload: Int) throws(SQLiteError) {
        for item in step.items {
            try connection.run(
                "INSERT INTO upload_item (upload_id, number, result) VALUES (?1, ?2, ?3)",
                [Value(upload), Value(item.number), .blob(item.result)])
        }
        try connection.run(
            """
            UPDATE upload SET bytes_done = ?2, stored = stored + ?3, revised = revised + ?4, unchanged = unchanged + ?5,
                rejected = rejected + ?6
            WHERE id = ?1
            """,
            [
                Value(upload), Value(step.bytesDone), Value(step.tally.stored), Value(step.tally.revised),
                Value(step.tally.unchanged), Value(step.tally.rejected),
            ])
        guard step.isLast else { return }
        try connection.run(
            "UPDATE upload SET state = 'done', ended_at = ?2 WHERE id = ?1", [Value(upload), .integer(now)])
    }
}
