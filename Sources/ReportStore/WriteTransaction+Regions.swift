internal import Reports
internal import SQLite

extension WriteTransaction {
    /// What is to be said where several divisions share the name of a report's agency, and nobody says which is meant, or
    /// others alone do.
    func regionFinding(_ subject: Subject) throws(SQLiteError) -> Finding? {
        if subject.agency.region != nil { guard try hasUnsaidRegion(subject.id) else { return nil } }
        guard case .ambiguous(let candidates) = regions.place(agencyNamed: subject.agencyName, year: subject.year)
        else { return nil }
        let list = candidates.prefix(8).map { "\($0.code) \(regions.fullName(of: $0))" }.joined(separator: ", ")
        let filed = subject.agency.region.map { code in
            "; it does not say which, and stands with the reports of agency \(subject.agency.id), "
                + "\(code) \(regions.fullName(of: code, in: subject.year))"
        }
        return Finding(
            .identityRegion, .uncertain,
            message:
                "\(subject.agencyName) may be in: \(list)\(filed ?? ""); "
                + "?region= with the upload, or the agency's entry, says which")
    }

    /// Notes whether the report of a submission leaves open which division is meant, where its agency stands in one.
    func keepUnsaidRegion(of report: Int, _ agency: Agency, isNewReport: Bool, _ submission: Submission)
        throws(SQLiteError)
    {
        if submission.leavesRegionOpen, agency.region != nil {
            try connection.run("INSERT OR IGNORE INTO unsaid_region (report_id) VALUES (?1)", [Value(report)])
        } else if !isNewReport {
            try connection.run("DELETE FROM unsaid_region WHERE report_id = ?1", [Value(report)])
        }
    }

    /// The same bytes once more, with a word on which division is meant.
    func settleRegion(of report: Int, _ submission: Submission) throws {
        guard submission.region != nil, !submission.leavesRegionOpen, try hasUnsaidRegion(report) else { return }
        try connection.run("DELETE FROM unsaid_region WHERE report_id = ?1", [Value(report)])
        try reassess(report)
    }

    /// Notes the reports of an agency that leave open which division is meant, before another report places it.
    func markUnsaidRegions(of agency: Agency) throws(SQLiteError) {
        let reports = try connection.query(
            "SELECT id, agency_name, year FROM report WHERE agency_id = ?1", [Value(agency.id)]
        ) { row in (id: row.int(0), name: row.text(1), year: row.int(2)) }
        for report in reports {
            guard case .ambiguous = regions.place(agencyNamed: report.name, year: report.year) else { continue }
            try connection.run("INSERT OR IGNORE INTO unsaid_region (report_id) VALUES (?1)", [Value(report.id)])
        }
    }

    private func hasUnsaidRegion(_ report: Int) throws(SQLiteError) -> Bool {
        try connection.queryOne("SELECT 1 FROM unsaid_region WHERE report_id = ?1", [Value(report)]) { _ in true }
            ?? false
    }
}
