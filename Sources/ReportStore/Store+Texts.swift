internal import Reports
internal import SQLite

/// The index of words (table `report_text`), which follows what is written a moment later.
extension Store {
    /// Reports that are indexed in one transaction: some 40 ms with much prose.
    private static let batchMax = 256

    /// Brings the index of words in line with all reports. Searches are exact before, too, and slower the more is left.
    public func indexTexts() async throws(StoreError) {
        while try await indexSomeTexts() {}
    }

    /// - Returns: whether more may be left.
    func indexSomeTexts() async throws(StoreError) -> Bool {
        do {
            return try await transact(now: nil) { transaction in
                try transaction.indexTexts(Self.batchMax) == Self.batchMax
            }
        } catch {
            throw StoreError(any: error)
        }
    }

    /// Whether so many reports or more wait to be indexed.
    func isTextPending(_ count: Int) async throws(StoreError) -> Bool {
        do {
            return try await pool.readLong { connection in
                try connection.queryOne("SELECT 1 FROM text_pending LIMIT 1 OFFSET ?1", [Value(count - 1)]) { _ in true
                }
                    ?? false
            }
        } catch {
            throw StoreError(any: error)
        }
    }
}

extension WriteTransaction {
    /// Indexes the first reports that wait for it, in the order of their rows: out of order each would be written alone.
    ///
    /// - Returns: how many.
    fileprivate func indexTexts(_ limit: Int) throws(SQLiteError) -> Int {
        let keys = try connection.query("SELECT key FROM text_pending ORDER BY key LIMIT ?1", [Value(limit)]) { row in
            row.int(0)
        }
        for key in keys {
            let old = try ReportText.indexed(key, connection)?.tokens
            let new = try ReportText.current(key & 0xffff_ffff, connection)?.tokens
            if let old, old != new {
                // It has no texts of its own to know what to take out.
                try put(old, key, "INSERT INTO report_text (report_text, rowid, words) VALUES ('delete', ?1, ?2)")
            }
            if let new, old != new {
                try put(new, key, "INSERT INTO report_text (rowid, words) VALUES (?1, ?2)")
            }
            try connection.run("DELETE FROM text_pending WHERE key = ?1", [Value(key)])
        }
        return keys.count
    }

    private func put(_ tokens: [TextToken], _ key: Int, _ sql: SQL) throws(SQLiteError) {
        let statement = try connection.prepare(sql)
        try statement.bind(key, at: 1)
        try statement.bind(utf8: tokens.indexed.span, at: 2)
        try statement.run()
    }

    /// Throws the index of words away, to be made anew.
    func forgetTexts() throws(SQLiteError) {
        try connection.run("INSERT INTO report_text (report_text) VALUES ('delete-all')")
        try connection.run("DELETE FROM text_pending")
        try connection.run("INSERT INTO text_pending (key) SELECT year << 32 | report_id FROM fact")
    }
}
