internal import SQLite

extension Store {
    /// A page of the feed of changes, oldest first.
    ///
    /// - Parameters:
    ///   - cursor: the cursor of the last entry known; 0 for all.
    ///   - limit: the most to give.
    public func changes(since cursor: Int, limit: Int) throws(StoreError) -> [Change] {
        try StoreError.mapping {
            try pool.read { connection in
                try connection.query(
                    """
                    SELECT a.id, a.name, a.region, c.id, c.at, c.kind, r.year, c.revision, coalesce(c.agency, a.name)
                    FROM change c JOIN report r ON r.id = c.report_id JOIN agency a ON a.id = r.agency_id
                    WHERE c.id > ?1 ORDER BY c.id LIMIT ?2
                    """, [Value(cursor), Value(limit)]
                ) { row throws(SQLiteError) in
                    guard let kind = Change.Kind(rawValue: row.text(5)) else {
                        throw SQLiteError(code: .corrupt, message: "a change is of an unknown kind")
                    }
                    return Change(
                        cursor: row.int(3), at: row.int64(4), kind: kind, agency: Registry.agency(row),
                        agencyName: row.text(8), year: row.int(6), revision: row.int(7))
                }
            }
        }
    }

    /// The cursor of the last change; 0 where there is none. One point read.
    public func lastChange() throws(StoreError) -> Int {
        try StoreError.mapping {
            try pool.read { connection in
                try connection.queryOne("SELECT coalesce(max(id), 0) FROM change") { row in row.int(0) } ?? 0
            }
        }
    }
}

extension WriteTransaction {
    /// Adds an entry to the feed.
    func record(_ kind: Change.Kind, report: Int, revision: Int, at: Int64) throws(SQLiteError) {
        try connection.run(
            """
            INSERT INTO change (at, kind, report_id, revision, agency)
            VALUES (?1, ?2, ?3, ?4, (SELECT a.name FROM report r JOIN agency a ON a.id = r.agency_id WHERE r.id = ?3))
            """,
            [.integer(at), .text(kind.rawValue), Value(report), Value(revision)])
    }
}
