internal import Reports
internal import SQLite

extension WriteTransaction {
    /// Keeps how a report's current revision stands before it comes to stand otherwise.
    ///
    /// - Parameters:
    ///   - document: the report document until now.
    ///   - until: when it ceases to stand so, in seconds since 1970.
    func keepStanding(
        of report: Int, _ revision: Int, _ document: ReportDocumentParts, crossFindings: [UInt8], until: Int64
    ) throws(SQLiteError) {
        try connection.run(
            """
            INSERT INTO past_standing (report_id, revision, step, until, agency, quality, cross_findings)
            SELECT ?1, ?2, coalesce(max(step), 0) + 1, ?3, ?4, ?5, ?6 FROM past_standing
            WHERE report_id = ?1 AND revision = ?2
            """,
            [
                Value(report), Value(revision), .integer(until), .blob(Array(document.agency)),
                .blob(Array(document.quality)), .blob(crossFindings),
            ])
    }

    /// Keeps what was said of a finding before it is replaced or taken back.
    func keepAcknowledgement(of report: Int, _ fingerprint: String) throws(SQLiteError) {
        try connection.run(
            """
            INSERT INTO past_acknowledgement (report_id, fingerprint, at, until, author, reason)
            SELECT report_id, fingerprint, at, max(at, ?3), author, reason FROM acknowledgement
            WHERE report_id = ?1 AND fingerprint = ?2
            """, [Value(report), .text(fingerprint), .integer(now)])
    }
}
