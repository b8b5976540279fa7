internal import Reports
internal import SQLite

extension Verifier {
    /// What lists and statistics read of a report follows from its document, its findings and its agency.
    func factFaults(of report: VerifiedReport) throws(SQLiteError) -> [String] {
        let fact = try connection.queryOne(
            """
            SELECT f.figures, f.findings, f.cross_findings,
                f.agency_id = r.agency_id AND f.form = r.form AND f.scope = r.scope AND f.level IS a.level
                AND f.kind IS a.kind AND f.region IS CAST(a.region AS INTEGER),
                coalesce(v.findings, x'5b5d'), r.cross_findings
            FROM fact f JOIN report r ON r.id = f.report_id JOIN agency a ON a.id = r.agency_id
            JOIN revision v ON v.report_id = r.id AND v.number = r.revision
            WHERE f.year = ?1 AND f.report_id = ?2
            """, [Value(report.year), Value(report.id)]
        ) { row in
            (
                figures: row.blob(0), isAlike: row.bool(3),
                hasChecks: row.int64(1) == CheckSet(findings: row.blob(4))?.rawValue
                    && row.int64(2) == CheckSet(findings: row.blob(5))?.rawValue
            )
        }
        guard let fact else { return report.isWithdrawn ? [] : ["lists and statistics do not have it"] }
        if report.isWithdrawn { return ["it is withdrawn, and lists and statistics have it"] }
        let document = try? AnnualReport(document: JSONDocument(report.document))
        let isSame = fact.isAlike && fact.hasChecks && document.map { CompactFigures.encode($0) } == fact.figures
        return isSame ? [] : ["what lists and statistics have of it is not what it says"]
    }
}

extension CheckSet {
    /// The checks that stored findings are of, or those of one severity; nil where they cannot be read.
    init?(findings: [UInt8], severity: Severity? = nil) {
        guard let json = try? JSONValue(findings), case .array(let items) = json else { return nil }
        let meant = items.filter { severity == nil || $0["severity"]?.string == severity?.name }
        self.init(meant.compactMap { $0["check"]?.string.flatMap(Check.ID.init) })
    }
}
