internal import Reports
internal import SQLite

extension Verifier {
    /// What is kept of how a report stood: readable, and of revisions that it has.
    func pastFaults(of report: VerifiedReport) throws(SQLiteError) -> [String] {
        var faults: [String] = []
        var last = (revision: 0, step: 0)
        try connection.forEachRow(
            """
            SELECT p.revision, p.step, p.agency, p.quality, p.cross_findings, v.kind
            FROM past_standing p LEFT JOIN revision v ON v.report_id = p.report_id AND v.number = p.revision
            WHERE p.report_id = ?1 ORDER BY p.revision, p.step
            """, [Value(report.id)]
        ) { row in
            let revision = row.int(0)
            let isNext = row.int(1) == (revision == last.revision ? last.step + 1 : 1)
            last = (revision, row.int(1))
            if !isNext || row.isNull(5) || row.text(5) == "withdrawn" {
                faults.append("how its revision \(revision) stood is kept out of order")
            }
            let isReadable =
                (try? JSONValue(row.blob(2)))?["name"]?.string != nil
                && (try? JSONValue(row.blob(3)))?["checksPassed"]?.integer != nil && FindingCounts(row.blob(4)) != nil
            if !isReadable { faults.append("how its revision \(revision) stood cannot be read") }
        }
        return faults
    }
}
