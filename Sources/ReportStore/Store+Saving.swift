internal import Reports
internal import SQLite

extension Store {
    /// Stores a report as the first or the next revision of its agency and year, in one transaction. An agency that is
    /// not known yet is entered. When this returns, it is on the disk.
    ///
    /// - Parameters:
    ///   - submission: the report with its document.
    ///   - now: the time, in seconds since 1970.
    /// - Returns: what became of it, and the head of the report as it now stands.
    public func save(_ submission: Submission, now: Int64) async throws(StoreError) -> (SaveOutcome, ReportHead) {
        let rendered = Rendered(submission.checked)
        do {
            return try await pool.write { connection in
                try connection.transaction {
                    try Self.save(submission, rendered, now, connection)
                }
            }
        } catch {
            throw StoreError(any: error)
        }
    }

    private static func save(
        _ submission: Submission, _ rendered: Rendered, _ now: Int64, _ connection: Connection
    ) throws(SQLiteError) -> (SaveOutcome, ReportHead) {
        let report = submission.checked.report
        let agency = try agency(named: report.agency, now, connection)
        guard let current = try current(agency, report.year.value, connection) else {
            let head = try insert(submission, rendered, agency, now, connection)
            return (.stored, head)
        }
        if current.sha256 == submission.sha256 { return (.unchanged, current) }
        let head = try revise(current, submission, rendered, now, connection)
        return (.revised, head)
    }

    private static func agency(
        named name: String, _ now: Int64, _ connection: Connection
    ) throws(SQLiteError) -> Agency {
        let key = AgencyKey(name).text
        let known = try connection.queryOne("SELECT id, name FROM agency WHERE key = ?1", [.text(key)]) { row in
            Agency(id: row.int(0), name: row.text(1))
        }
        if let known { return known }
        try connection.run(
            "INSERT INTO agency (name, key, created_at) VALUES (?1, ?2, ?3)", [.text(name), .text(key), .integer(now)])
        return Agency(id: Int(connection.lastInsertRowID), name: name)
    }

    private static func current(
        _ agency: Agency, _ year: Int, _ connection: Connection
    ) throws(SQLiteError) -> ReportHead? {
        try connection.queryOne(
            """
            SELECT r.id, r.agency_id, ?3, r.year, r.form, r.scope, r.title, r.revision, r.revised_at, r.reason,
                r.sha256, r.errors, r.warnings
            FROM report r WHERE r.agency_id = ?1 AND r.year = ?2
            """, [Value(agency.id), Value(year), .text(agency.name)]
        ) { row throws(SQLiteError) in try head(row) }
    }

    private static func insert(
        _ submission: Submission, _ rendered: Rendered, _ agency: Agency, _ now: Int64, _ connection: Connection
    ) throws(SQLiteError) -> ReportHead {
        let head = rendered.head(id: 0, agency, revision: 1, submission, now)
        try connection.run(
            """
            INSERT INTO report (agency_id, year, revision, revised_at, reason, sha256, form, scope, title, errors,
                warnings, tag, document)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            """, [Value(agency.id), Value(head.year)] + columns(head, rendered))
        let stored = rendered.head(id: Int(connection.lastInsertRowID), agency, revision: 1, submission, now)
        try insertRevision(stored, submission, rendered, connection)
        return stored
    }

    private static func revise(
        _ current: ReportHead, _ submission: Submission, _ rendered: Rendered, _ now: Int64, _ connection: Connection
    ) throws(SQLiteError) -> ReportHead {
        try connection.run(
            """
            UPDATE revision SET document = (SELECT document FROM report WHERE id = ?1)
            WHERE report_id = ?1 AND number = ?2
            """, [Value(current.id), Value(current.revision)])
        // Time goes forward from revision to revision, whatever the clock does: readers ask for what came since.
        let head = rendered.head(
            id: current.id, current.agency, revision: current.revision + 1, submission,
            max(now, current.revisedAt + 1))
        try connection.run(
            """
            UPDATE report SET revision = ?2, revised_at = ?3, reason = ?4, sha256 = ?5, form = ?6, scope = ?7,
                title = ?8, errors = ?9, warnings = ?10, tag = ?11, document = ?12
            WHERE id = ?1
            """, [Value(head.id)] + columns(head, rendered))
        try insertRevision(head, submission, rendered, connection)
        return head
    }

    private static func columns(_ head: ReportHead, _ rendered: Rendered) -> [Value] {
        [
            Value(head.revision), .integer(head.revisedAt), Value(head.reason), .blob(head.sha256),
            .text(head.form.rawValue), .text(head.scope.rawValue), .text(head.title), Value(head.errors),
            Value(head.warnings), .integer(Int64(bitPattern: rendered.tag(head))), .blob(rendered.document(head)),
        ]
    }

    private static func insertRevision(
        _ head: ReportHead, _ submission: Submission, _ rendered: Rendered, _ connection: Connection
    ) throws(SQLiteError) {
        let source = submission.source
        try connection.run(
            """
            INSERT INTO revision (report_id, number, at, reason, sha256, findings, narrative, media_type, file_name,
                source_url, source_length, source)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """,
            [
                Value(head.id), Value(head.revision), .integer(head.revisedAt), Value(head.reason),
                .blob(head.sha256), .blob(rendered.findings), .blob(rendered.narrative), .text(source.mediaType),
                Value(source.fileName), Value(source.url), Value(source.length), .blob(source.deflated),
            ])
    }
}

/// A report in the bytes that are stored, as far as they do not depend on its place in the store.
private struct Rendered: Sendable {
    let findings: [UInt8]
    let narrative: [UInt8]
    private let members: [UInt8]
    private let membersHash: Int
    private let report: AnnualReport
    private let quality: Quality
    private let errors: Int
    private let warnings: Int

    init(_ checked: CheckedReport) {
        report = checked.report
        quality = checked.quality
        errors = checked.findings.count { $0.severity == .error }
        warnings = checked.findings.count { $0.severity == .warning }
        var json = JSONWriter(reserving: 8192)
        CanonicalJSON.writeMembers(of: checked.report, to: &json)
        members = json.bytes
        CanonicalJSON.writeQuality(quality, to: &json)
        var hash = StableHash()
        hash.add(json.bytes)
        membersHash = Int(truncatingIfNeeded: hash.value)
        json = JSONWriter()
        CanonicalJSON.write(checked.findings, to: &json)
        findings = json.bytes
        json = JSONWriter()
        CanonicalJSON.write(checked.report.narrative, to: &json)
        narrative = json.bytes
    }

    /// The report document.
    func document(_ head: ReportHead) -> [UInt8] {
        CanonicalJSON.document(head.filed, members: members, quality: quality)
    }

    /// A hash of everything that the document shows.
    func tag(_ head: ReportHead) -> UInt64 {
        var hash = StableHash()
        hash.add(membersHash)
        hash.add(head.agency.id)
        hash.add(head.agency.name)
        hash.add(head.year)
        hash.add(head.revision)
        hash.add(Int(head.revisedAt))
        hash.add(head.reason ?? "")
        hash.add(head.reason == nil ? 0 : 1)
        hash.add(head.sha256)
        return hash.value
    }

    func head(id: Int, _ agency: Agency, revision: Int, _ submission: Submission, _ now: Int64) -> ReportHead {
        ReportHead(
            id: id, agency: agency, year: report.year.value, form: report.form, scope: report.scope,
            title: report.title, revision: revision, revisedAt: now, reason: submission.reason,
            sha256: submission.sha256, errors: errors, warnings: warnings)
    }
}
