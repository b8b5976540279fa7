internal import Codecs
internal import Reports
internal import SQLite

extension Store {
    /// Stores a report as the first or the next revision of its agency and year, in one transaction, and runs the
    /// checks across reports that it has a part in. An agency that is not known yet is entered. When this returns, it
    /// is on the disk.
    ///
    /// - Parameters:
    ///   - submission: the report with its document.
    ///   - now: the time, in seconds since 1970.
    /// - Returns: what became of it, and the head of the report as it now stands.
    /// - Throws: ``StoreError/ambiguousAgency(_:)`` for a name that several agencies share,
    ///   ``StoreError/preconditionFailed`` where what the submission demands does not hold.
    public func save(_ submission: Submission, now: Int64) async throws(StoreError) -> (SaveOutcome, ReportHead) {
        let result = try await saves.save(submission, now: now, in: self)
        return (result.outcome, result.head)
    }

    /// Withdraws a report: readers are told so, and its revisions stay readable.
    ///
    /// - Parameter precondition: what has to hold for it; nil for nothing.
    /// - Returns: false where it is withdrawn already.
    /// - Throws: ``StoreError/preconditionFailed``
    public func withdraw(
        _ report: ReportHead, _ note: Note, now: Int64, if precondition: Precondition? = nil
    ) async throws(StoreError) -> Bool {
        try await write(now: now) { transaction in
            try transaction.require(precondition)
            return try transaction.withdraw(report.id, note)
        }
    }
}

extension WriteTransaction {
    func save(_ submission: Submission) throws -> (SaveOutcome, ReportHead) {
        try require(submission.precondition)
        let report = submission.checked.report
        let rendered = submission.rendered
        let (agency, isNew) = try agency(of: submission)
        var current = try isNew ? nil : state(of: agency.id, report.year.value)
        let displaced = try current.flatMap { try makeRoom(for: submission, agency, $0) }
        if displaced != nil { current = nil }
        if let current, !current.isWithdrawn, try isKnown(submission, current) {
            try settleRegion(of: current.id, submission)
            return (.unchanged, try head(current.id))
        }
        let number = (current?.revision ?? 0) + 1
        // Time does not go back from revision to revision, whatever the clock does.
        let at = max(now, current?.revisedAt ?? now)
        let modifiedAt = max(now, (current?.modifiedAt).map { $0 + 1 } ?? now)
        let id = try current?.id ?? nextReportID()
        let subject = Subject(
            id: id, agency: agency, isFirstOfAgency: isNew, revision: number, at: at, modifiedAt: modifiedAt,
            submission)
        try keepUnsaidRegion(of: id, agency, isNewReport: current == nil, submission)
        // Before the checks: their findings tell where the figures stand.
        if current != nil || !rendered.places.isEmpty { try keepPlaces(of: id, rendered.places) }
        let outcome: CrossChecks
        if let current {
            try putAside(current, until: at)
            // Before the checks: the sums of its division are without what it said before.
            try updateReport(id, number, at, submission)
            outcome = try crossChecks(subject, report, rendered.figures, rendered.signature)
            try write(
                outcome, subject, document: try document(subject, rendered.members[...], outcome),
                modifiedAt: modifiedAt)
        } else {
            // In one piece: written twice, its row and what leads to it would cost twice as much.
            outcome = try crossChecks(subject, report, rendered.figures, rendered.signature)
            try insertReport(subject, submission, outcome, try document(subject, rendered.members[...], outcome))
        }
        try insertRevision(id, number, at, current == nil ? .stored : .corrected, submission)
        if current != nil || rendered.signature != nil { try keepSignature(of: id, rendered.signature) }
        try keepFact(of: subject, report.form, rendered.compactFigures, rendered.checks, across: outcome.checks)
        try record(current == nil ? .stored : .corrected, report: id, revision: number, at: at)
        try assessOthers(after: subject, outcome, isNew: current == nil)
        if let displaced { try reassessAll(of: displaced.id, formerRegion: agency.region) }
        return (current == nil ? .stored : .revised, ReportHead(subject, submission, outcome))
    }

    func withdraw(_ id: Int, _ note: Note) throws -> Bool {
        guard let current = try state(of: id), !current.isWithdrawn else { return false }
        let number = current.revision + 1
        let at = max(now, current.revisedAt)
        try putAside(current, until: at)
        try connection.run(
            "INSERT INTO revision (report_id, number, at, kind, reason, author) VALUES (?1, ?2, ?3, 'withdrawn', ?4, ?5)",
            [Value(id), Value(number), .integer(at), Value(note.reason), Value(note.author)])
        try connection.run(
            """
            UPDATE report SET withdrawn = 1, revision = ?2, revised_at = ?3, modified_at = ?5, reason = ?4,
                errors = 0, warnings = 0, figures_hash = NULL, figures_match = NULL, narrative_match = NULL,
                cross_passed = 0, cross_failed = 0, cross_uncertain = 0, cross_not_assessable = 0,
                cross_findings = x'5b5d'
            WHERE id = ?1
            """,
            [
                Value(id), Value(number), .integer(at), Value(note.reason),
                .integer(max(now, current.modifiedAt + 1)),
            ])
        try keepSignature(of: id, nil)
        try record(.withdrawn, report: id, revision: number, at: at)
        if let (subject, _) = try stored(id) { try assessOthers(after: subject, nil, isNew: false) }
        return true
    }

    /// Whether the current revision has these bytes, and what came beside them. A single document may bring an earlier one
    /// back; of many that are sent once more, two of which are for one report, each would come anew every time.
    private func isKnown(_ submission: Submission, _ current: State) throws(SQLiteError) -> Bool {
        if current.sha256 == submission.sha256 { return try !saysMore(submission, current) }
        guard submission.isOneOfMany else { return false }
        return try connection.queryOne(
            "SELECT 1 FROM revision WHERE report_id = ?1 AND sha256 = ?2 LIMIT 1",
            [Value(current.id), .blob(submission.sha256)]
        ) { _ in true } ?? false
    }

    /// Whether what came beside the bytes that are stored already makes another report of them. Who says nothing takes
    /// nothing back.
    private func saysMore(_ submission: Submission, _ current: State) throws(SQLiteError) -> Bool {
        let checked = submission.checked
        let given = submission.given
        if given.contains(.scope), checked.report.scope.rawValue != current.scope { return true }
        if given.contains(.published), checked.published?.description != current.publishedOn { return true }
        if given.contains(.agency), checked.report.agency != current.agencyName { return true }
        guard let url = submission.source.url else { return false }
        let known = try connection.queryOne(
            "SELECT source_url FROM revision WHERE report_id = ?1 AND number = ?2",
            [Value(current.id), Value(current.revision)]
        ) { row in row.optionalText(0) }
        return known != url
    }

    /// What has to be known of a report before it changes.
    struct State {
        let id: Int
        let revision: Int
        let revisedAt: Int64
        /// Goes forward with each change, so that one of the same second is not taken for the one before.
        let modifiedAt: Int64
        let isWithdrawn: Bool
        let sha256: [UInt8]
        let scope: String
        let publishedOn: String?
        let agencyName: String
    }

    func state(of agency: Int, _ year: Int) throws(SQLiteError) -> State? {
        try connection.queryOne(
            """
            SELECT id, revision, revised_at, modified_at, withdrawn, sha256, scope, published_on, agency_name FROM report
            WHERE agency_id = ?1 AND year = ?2
            """, [Value(agency), Value(year)]
        ) { row in Self.state(row) }
    }

    private func state(of id: Int) throws(SQLiteError) -> State? {
        try connection.queryOne(
            """
            SELECT id, revision, revised_at, modified_at, withdrawn, sha256, scope, published_on, agency_name FROM report
            WHERE id = ?1
            """, [Value(id)]
        ) { row in Self.state(row) }
    }

    private static func state(_ row: borrowing Row) -> State {
        State(
            id: row.int(0), revision: row.int(1), revisedAt: row.int64(2), modifiedAt: row.int64(3),
            isWithdrawn: row.bool(4), sha256: row.blob(5), scope: row.text(6), publishedOn: row.optionalText(7),
            agencyName: row.text(8))
    }

    /// Moves the current document to its revision, for the next one takes its place. A withdrawal has none.
    private func putAside(_ current: State, until: Int64) throws {
        guard !current.isWithdrawn, let (_, standing) = try stored(current.id) else { return }
        if let document = ReportDocumentParts(standing.document) {
            try keepStanding(
                of: current.id, current.revision, document, crossFindings: standing.crossFindings, until: until)
        }
        try connection.run(
            """
            UPDATE revision SET document = (SELECT document FROM report WHERE id = ?1)
            WHERE report_id = ?1 AND number = ?2
            """, [Value(current.id), Value(current.revision)])
    }

    /// The number that the next report gets: numbers are never used again, since reports are never removed.
    private func nextReportID() throws(SQLiteError) -> Int {
        try connection.queryOne("SELECT coalesce(max(id), 0) + 1 FROM report") { row in row.int(0) } ?? 1
    }

    /// Enters a report that is the first of its agency and year.
    private func insertReport(
        _ subject: Subject, _ submission: Submission, _ outcome: CrossChecks, _ document: [UInt8]
    ) throws(SQLiteError) {
        try connection.run(
            """
            INSERT INTO report (id, revision, revised_at, modified_at, withdrawn, reason, sha256, form, scope, title,
                agency_name, published_on, figures_hash, new_received, processed, reviews, litigations, agency_id, year,
                region, errors, warnings, figures_match, narrative_match, cross_passed, cross_failed, cross_uncertain, cross_not_assessable,
                cross_findings, tag, document)
            VALUES (?1, ?2, ?3, ?3, 0, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
                ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29)
            """,
            values(subject.id, subject.revision, subject.revisedAt, submission)
                + [Value(subject.agency.id), Value(subject.year), Value(subject.agency.region)]
                + (try values(outcome, subject, document)))
    }

    private func updateReport(
        _ id: Int, _ number: Int, _ at: Int64, _ submission: Submission
    ) throws(SQLiteError) {
        try connection.run(
            """
            UPDATE report SET revision = ?2, revised_at = ?3, withdrawn = 0, reason = ?4, sha256 = ?5,
                form = ?6, scope = ?7, title = ?8, agency_name = ?9, published_on = ?10, figures_hash = ?11,
                new_received = ?12, processed = ?13, reviews = ?14, litigations = ?15,
                region = (SELECT a.region FROM agency a WHERE a.id = agency_id)
            WHERE id = ?1
            """, values(id, number, at, submission))
    }

    /// What a revision says of its report, from the report's number to what a consolidated one is held against.
    private func values(_ id: Int, _ number: Int, _ at: Int64, _ submission: Submission) -> [Value] {
        let report = submission.checked.report
        return [
            Value(id), Value(number), .integer(at), Value(submission.note.reason), .blob(submission.sha256),
            .text(report.form.rawValue), .text(report.scope.rawValue), .text(report.title), .text(report.agency),
            Value(submission.checked.published?.description), Value(submission.figuresHash),
        ] + ConsolidatedFigure.values(in: report)
    }

    private func insertRevision(
        _ id: Int, _ number: Int, _ at: Int64, _ kind: Revision.Kind, _ submission: Submission
    ) throws {
        let source = submission.source
        let rendered = submission.rendered
        let quality = submission.checked.quality
        try connection.run(
            """
            INSERT INTO revision (report_id, number, at, kind, reason, author, sha256, media_type, file_name,
                source_url, source_length, passed, failed, uncertain, not_assessable, blank_cells, inferred_cells,
                errors, warnings, findings, narrative, source)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
                ?22)
            """,
            [
                Value(id), Value(number), .integer(at), .text(kind.rawValue), Value(submission.note.reason),
                Value(submission.note.author), .blob(submission.sha256), .text(source.mediaType),
                Value(source.fileName), Value(source.url), Value(source.length), Value(quality.checks.passed),
                Value(quality.checks.failed), Value(quality.checks.uncertain), Value(quality.checks.notAssessable),
                Value(quality.blankCells), Value(quality.inferredCells), Value(rendered.errors),
                Value(rendered.warnings), .blob(rendered.findings), .blob(rendered.narrative),
                .blob(try stored(source.content)),
            ])
    }

    /// A source in the bytes that are stored: JSON by its shape, all else deflated.
    private func stored(_ content: StoredSource.Content) throws -> [UInt8] {
        switch content {
        case .deflated(let bytes): bytes
        case .plain(let text): try shapes.packed(text, as: .source, connection) ?? Zlib.compress(text, level: 3)
        }
    }

    /// The head of a report as it now stands.
    func head(_ id: Int) throws -> ReportHead {
        let head = try connection.queryOne(
            """
            SELECT a.id, a.name, a.region, r.id, r.agency_name, r.year, r.form, r.scope, r.title, r.revision,
                r.revised_at, r.modified_at, r.withdrawn, r.reason, r.sha256, r.published_on, r.errors, r.warnings
            FROM report r JOIN agency a ON a.id = r.agency_id WHERE r.id = ?1
            """, [Value(id)]
        ) { row throws(SQLiteError) in try Store.head(row) }
        guard let head else { throw StoreError.internal("report \(id) is missing right after it was stored") }
        return head
    }
}

extension Submission {
    fileprivate var figuresHash: Int64? { rendered.figures.map { Int64(bitPattern: $0.hash) } }
}

extension Subject {
    /// A report that has just been written.
    fileprivate init(
        id: Int, agency: Agency, isFirstOfAgency: Bool, revision: Int, at: Int64, modifiedAt: Int64,
        _ submission: Submission
    ) {
        let checked = submission.checked
        self.init(
            id: id, agency: agency, isFirstOfAgency: isFirstOfAgency, agencyName: checked.report.agency,
            year: checked.report.year.value,
            scope: checked.report.scope, revision: revision, revisedAt: at, modifiedAt: modifiedAt, isWithdrawn: false,
            reason: submission.note.reason, sha256: submission.sha256, figuresHash: submission.figuresHash,
            quality: checked.quality, errors: submission.rendered.errors, warnings: submission.rendered.warnings,
            findings: submission.rendered.findings)
    }
}

extension ReportHead {
    /// The head of a report that has just been written.
    fileprivate init(_ subject: Subject, _ submission: Submission, _ outcome: CrossChecks) {
        let report = submission.checked.report
        self.init(
            id: subject.id, agency: subject.agency, agencyName: subject.agencyName, year: subject.year,
            form: report.form, scope: report.scope, title: report.title, revision: subject.revision,
            revisedAt: subject.revisedAt, modifiedAt: subject.modifiedAt, isWithdrawn: false, reason: subject.reason,
            sha256: subject.sha256, publishedOn: submission.checked.published?.description,
            errors: subject.errors + outcome.errors, warnings: subject.warnings + outcome.warnings)
    }
}
