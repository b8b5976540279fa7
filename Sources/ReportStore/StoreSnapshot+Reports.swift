internal import Reports
internal import SQLite

extension StoreSnapshot {
    /// The current report of an agency and year, withdrawn or not; nil when there is none. One point read.
    public func report(of agency: Agency, year: Int) throws(StoreError) -> StoredReport? {
        try StoreError.mapping {
            try connection.queryOne(
                """
                SELECT a.id, a.name, a.region, r.id, r.agency_name, r.year, r.form, r.scope, r.title, r.revision,
                    r.revised_at, r.modified_at, r.withdrawn, r.reason, r.sha256, r.published_on, r.errors,
                    r.warnings, r.tag, r.document
                FROM report r JOIN agency a ON a.id = r.agency_id WHERE r.agency_id = ?1 AND r.year = ?2
                """, [Value(agency.id), Value(year)]
            ) { row throws(SQLiteError) in
                StoredReport(
                    head: try Store.head(row), document: try shapes.text(row, 19, connection),
                    tag: UInt64(bitPattern: row.int64(18)))
            }
        }
    }

    /// The current report document of an agency, by its current name, and year; nil when there is none or it is
    /// withdrawn. One statement.
    public func document(agency name: String, year: Int) throws(StoreError) -> Store.Document? {
        let key = AgencyKey(name).text
        return try StoreError.mapping {
            try connection.queryOne(
                """
                SELECT r.document, r.tag, r.modified_at
                FROM agency a JOIN report r ON r.agency_id = a.id
                WHERE a.key = ?1 AND r.year = ?2 AND r.withdrawn = 0
                """, [.text(key), Value(year)]
            ) { row throws(SQLiteError) in try Store.Document(row, shapes, connection) }
        }
    }

    /// The years for which an agency has a report that is not withdrawn, oldest first. One point read.
    public func years(of agency: Agency) throws(StoreError) -> [Int] {
        try StoreError.mapping {
            try connection.query(
                "SELECT year FROM report WHERE agency_id = ?1 AND withdrawn = 0 ORDER BY year", [Value(agency.id)]
            ) { row in row.int(0) }
        }
    }
}
