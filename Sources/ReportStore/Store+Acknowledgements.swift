public import Reports
internal import SQLite

extension Store {
    /// Notes what someone says of a finding; it replaces what was said of it before, and holds for as long as the
    /// finding has the same fingerprint.
    ///
    /// - Returns: false where the report has no such finding now.
    public func acknowledge(
        _ fingerprint: String, of report: ReportHead, _ acknowledgement: Acknowledgement
    ) async throws(StoreError) -> Bool {
        guard fingerprint.utf8.count == 16, fingerprint.utf8.allSatisfy({ $0 != UInt8(ascii: "\"") }) else {
            return false
        }
        let mark = Array("\"fingerprint\":\"\(fingerprint)\"".utf8)
        return try await write(now: acknowledgement.at) { transaction in
            let isThere = try transaction.connection.queryOne(
                """
                SELECT instr(v.findings, ?2) > 0 OR instr(r.cross_findings, ?2) > 0
                FROM report r JOIN revision v ON v.report_id = r.id AND v.number = r.revision WHERE r.id = ?1
                """, [Value(report.id), .blob(mark)]
            ) { row in row.bool(0) }
            guard isThere == true else { return false }
            try transaction.keepAcknowledgement(of: report.id, fingerprint)
            try transaction.connection.run(
                """
                INSERT INTO acknowledgement (report_id, fingerprint, at, author, reason) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT DO UPDATE SET at = excluded.at, author = excluded.author, reason = excluded.reason
                """,
                [
                    Value(report.id), .text(fingerprint), .integer(acknowledgement.at),
                    .text(acknowledgement.author), .text(acknowledgement.reason),
                ])
            try transaction.touch(report)
            return true
        }
    }

    /// Takes back what was said of a finding.
    ///
    /// - Returns: false where nothing was said of it.
    public func withdrawAcknowledgement(
        _ fingerprint: String, of report: ReportHead, now: Int64
    ) async throws(StoreError) -> Bool {
        try await write(now: now) { transaction in
            try transaction.keepAcknowledgement(of: report.id, fingerprint)
            let count = try transaction.connection.run(
                "DELETE FROM acknowledgement WHERE report_id = ?1 AND fingerprint = ?2",
                [Value(report.id), .text(fingerprint)])
            if count > 0 { try transaction.touch(report) }
            return count > 0
        }
    }

    static func acknowledgements(
        of report: Int, _ connection: Connection
    ) throws(SQLiteError) -> [String: Acknowledgement] {
        let all = try connection.query(
            "SELECT fingerprint, at, author, reason FROM acknowledgement WHERE report_id = ?1", [Value(report)]
        ) { row in
            (row.text(0), Acknowledgement(at: row.int64(1), author: row.text(2), reason: row.text(3)))
        }
        return Dictionary(all) { first, _ in first }
    }
}

extension WriteTransaction {
    /// Notes that what is served of a report has changed.
    fileprivate func touch(_ report: ReportHead) throws(SQLiteError) {
        try connection.run(
            "UPDATE report SET modified_at = max(?2, modified_at + 1) WHERE id = ?1", [Value(report.id), .integer(now)])
        try connection.run(
            """
            INSERT INTO change (at, kind, report_id, revision, agency)
            SELECT max(?2, r.revised_at), 'reassessed', r.id, r.revision, a.name
            FROM report r JOIN agency a ON a.id = r.agency_id WHERE r.id = ?1
            """, [Value(report.id), .integer(now)])
    }
}
