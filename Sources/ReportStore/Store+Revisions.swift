internal import SQLite

extension Store {
    /// The findings of a report's current revision, as a JSON array. One point read.
    public func findings(of report: ReportHead) throws(StoreError) -> [UInt8] {
        try column("SELECT findings FROM revision WHERE report_id = ?1 AND number = ?2", of: report)
    }

    /// The narrative of a report's current revision, as a JSON object. One point read.
    public func narrative(of report: ReportHead) throws(StoreError) -> [UInt8] {
        try column("SELECT narrative FROM revision WHERE report_id = ?1 AND number = ?2", of: report)
    }

    private func column(_ sql: SQL, of report: ReportHead) throws(StoreError) -> [UInt8] {
        try StoreError.mapping {
            try pool.read { connection in
                let found = try connection.queryOne(sql, [Value(report.id), Value(report.revision)]) { row in
                    row.blob(0)
                }
                guard let found else {
                    throw StoreError.corrupt("report \(report.id) has no revision \(report.revision)")
                }
                return found
            }
        }
    }

    /// The document that a report's current revision was read from. One point read.
    public func source(of report: ReportHead) throws(StoreError) -> StoredSource {
        try StoreError.mapping {
            try pool.read { connection in
                let found = try connection.queryOne(
                    """
                    SELECT source, source_length, media_type, file_name, source_url
                    FROM revision WHERE report_id = ?1 AND number = ?2
                    """, [Value(report.id), Value(report.revision)]
                ) { row in
                    StoredSource(
                        deflated: row.blob(0), length: row.int(1), mediaType: row.text(2),
                        fileName: row.isNull(3) ? nil : row.text(3), url: row.isNull(4) ? nil : row.text(4))
                }
                guard let found else {
                    throw StoreError.corrupt("report \(report.id) has no revision \(report.revision)")
                }
                return found
            }
        }
    }
}
