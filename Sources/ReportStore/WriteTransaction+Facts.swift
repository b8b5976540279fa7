internal import Reports
internal import SQLite

/// What lists and statistics read of a report (table `fact`). The triggers of the schema keep it in line with the
/// registry and with withdrawals; its figures and findings are written here.
extension WriteTransaction {
    /// Keeps the facts of a report that has just been written.
    func keepFact(
        of subject: Subject, _ form: ReportForm, _ figures: [UInt8], _ checks: CheckSet, across: CheckSet
    ) throws(SQLiteError) {
        try connection.run(
            // Three reads by key: an INSERT from a SELECT gathers its row in a table of its own first, for the triggers' sake.
            """
            INSERT INTO fact (year, report_id, agency_id, form, scope, findings, cross_findings, figures, region, level, kind)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, (SELECT CAST(region AS INTEGER) FROM agency WHERE id = ?3),
                (SELECT level FROM agency WHERE id = ?3), (SELECT kind FROM agency WHERE id = ?3))
            ON CONFLICT DO UPDATE SET form = excluded.form, scope = excluded.scope, findings = excluded.findings,
                cross_findings = excluded.cross_findings, figures = excluded.figures
            """,
            [
                Value(subject.year), Value(subject.id), Value(subject.agency.id), .text(form.rawValue),
                .text(subject.scope.rawValue), .integer(checks.rawValue), .integer(across.rawValue),
                .blob(figures),
            ])
    }

    /// Keeps what the checks across reports say of a report whose figures stay the same. It counts as a change also where
    /// the checks that have findings are the same: the number of findings, which lists can be ordered by, may be another.
    func keepCrossFindings(of subject: Subject, _ outcome: CrossChecks) throws(SQLiteError) {
        try connection.run(
            "UPDATE fact SET cross_findings = ?3 WHERE year = ?1 AND report_id = ?2",
            [Value(subject.year), Value(subject.id), .integer(outcome.checks.rawValue)])
    }

    /// Makes the facts of a stored report anew.
    func reindexFact(_ id: Int) throws {
        guard let (subject, standing) = try stored(id), !subject.isWithdrawn else { return }
        let report = try report(in: standing.document)
        try keepFact(
            of: subject, report.form, CompactFigures.encode(report), try checks(in: subject.findings),
            across: try checks(in: standing.crossFindings))
    }

    /// The checks that stored findings are of.
    private func checks(in findings: [UInt8]) throws -> CheckSet {
        guard let checks = CheckSet(findings: findings) else {
            throw StoreError.corrupt("stored findings cannot be read")
        }
        return checks
    }
}

extension CrossChecks {
    /// The checks that have findings.
    var checks: CheckSet { CheckSet(findings.lazy.map(\.check)) }
}
