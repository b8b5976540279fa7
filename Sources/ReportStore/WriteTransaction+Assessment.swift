internal import Codecs
internal import Reports
internal import SQLite

/// A report with all that its document and its checks depend on.
struct Subject {
    let id: Int
    let agency: Agency
    /// Whether the agency has just come with it, so that there are no reports of its other years.
    var isFirstOfAgency = false
    let agencyName: String
    let year: Int
    let scope: ReportScope
    let revision: Int
    let revisedAt: Int64
    let modifiedAt: Int64
    let isWithdrawn: Bool
    let reason: String?
    let sha256: [UInt8]
    let figuresHash: Int64?
    /// What the checks of the report alone say.
    let quality: Quality
    let errors: Int
    let warnings: Int
    let findings: [UInt8]
}

/// What is stored of a report that depends on other reports.
struct Standing {
    let figuresMatch: Int?
    let narrativeMatch: Int?
    let crossFindings: [UInt8]
    let document: [UInt8]
}

extension WriteTransaction {
    /// Brings a report's document and findings in line with the registry and with the reports it is compared to.
    /// What stays the same is not touched.
    func reassess(_ id: Int) throws {
        guard let (subject, standing) = try stored(id), !subject.isWithdrawn else { return }
        guard let parts = ReportDocumentParts(standing.document) else { throw damaged(subject) }
        let report = try report(in: standing.document)
        let outcome = try crossChecks(subject, report, FiguresDigest(report), try signature(of: id))
        let document = try document(subject, parts.members, outcome)
        let isSame = document == standing.document && outcome.findingsJSON == standing.crossFindings
        let isMatched =
            outcome.figuresMatch == standing.figuresMatch && outcome.narrativeMatch == standing.narrativeMatch
        guard !isSame || !isMatched else { return }
        let at = max(now, subject.revisedAt)
        if !isSame {
            try keepStanding(of: id, subject.revision, parts, crossFindings: standing.crossFindings, until: at)
        }
        try write(
            outcome, subject, document: document,
            modifiedAt: isSame ? subject.modifiedAt : max(now, subject.modifiedAt + 1))
        if outcome.findingsJSON != standing.crossFindings { try keepCrossFindings(of: subject, outcome) }
        if !isSame { try record(.reassessed, report: id, revision: subject.revision, at: at) }
    }

    /// The figures of a stored document.
    func report(in document: [UInt8]) throws -> AnnualReport {
        do {
            return try AnnualReport(document: JSONDocument(document))
        } catch {
            throw StoreError.corrupt("a stored report document cannot be read: \(error)")
        }
    }

    private func damaged(_ subject: Subject) -> StoreError {
        .corrupt("the document of report \(subject.id) is damaged")
    }

    func document(
        _ subject: Subject, _ members: ArraySlice<UInt8>, _ outcome: CrossChecks
    ) throws -> [UInt8] {
        var quality = subject.quality
        quality.checks.add(outcome.tally)
        let region = subject.agency.region.map { code in
            CanonicalJSON.NamedRegion(code: code, name: regions.fullName(of: code, in: subject.year))
        }
        let filed = CanonicalJSON.Filed(
            agency: CanonicalJSON.NamedAgency(id: subject.agency.id, name: subject.agencyName, region: region),
            currentName: subject.agency.name, year: subject.year, revision: subject.revision, at: subject.revisedAt,
            reason: subject.reason, sha256: subject.sha256)
        return CanonicalJSON.document(filed, members: members, quality: quality)
    }

    /// Writes what depends on others over what a report's row has of it.
    func write(
        _ outcome: CrossChecks, _ subject: Subject, document: [UInt8], modifiedAt: Int64
    ) throws(SQLiteError) {
        try connection.run(
            """
            UPDATE report SET modified_at = ?2, errors = ?3, warnings = ?4, figures_match = ?5, narrative_match = ?6,
                cross_passed = ?7, cross_failed = ?8, cross_uncertain = ?9, cross_not_assessable = ?10,
                cross_findings = ?11, tag = ?12, document = ?13
            WHERE id = ?1
            """,
            [Value(subject.id), .integer(modifiedAt)] + (try values(outcome, subject, document)))
    }

    /// What depends on others, from the number of errors to the document.
    func values(
        _ outcome: CrossChecks, _ subject: Subject, _ document: [UInt8]
    ) throws(SQLiteError) -> [Value] {
        [
            Value(subject.errors + outcome.errors), Value(subject.warnings + outcome.warnings),
            Value(outcome.figuresMatch), Value(outcome.narrativeMatch), Value(outcome.tally.passed),
            Value(outcome.tally.failed), Value(outcome.tally.uncertain), Value(outcome.tally.notAssessable),
            .blob(outcome.findingsJSON), .integer(Int64(bitPattern: TextTag.of(document))),
            .blob(try shapes.packed(document, as: .document, connection) ?? document),
        ]
    }

    /// A report in the database.
    func stored(_ id: Int) throws -> (Subject, Standing)? {
        try connection.queryOne(
            """
            SELECT a.id, a.name, a.region, r.agency_name, r.year, r.scope, r.revision, r.revised_at, r.modified_at,
                r.withdrawn, r.reason, r.sha256, r.figures_hash, v.passed, v.failed, v.uncertain, v.not_assessable,
                v.blank_cells, v.inferred_cells, v.errors, v.warnings, v.findings, r.cross_findings, r.document,
                r.figures_match, r.narrative_match
            FROM report r JOIN agency a ON a.id = r.agency_id
            JOIN revision v ON v.report_id = r.id AND v.number = r.revision
            WHERE r.id = ?1
            """, [Value(id)]
        ) { row throws(SQLiteError) in
            guard let scope = ReportScope(rawValue: row.text(5)) else {
                throw SQLiteError(code: .corrupt, message: "report \(id) has an unknown scope")
            }
            var tally = CheckTally()
            tally.passed = row.int(13)
            tally.failed = row.int(14)
            tally.uncertain = row.int(15)
            tally.notAssessable = row.int(16)
            let subject = Subject(
                id: id, agency: Registry.agency(row), agencyName: row.text(3), year: row.int(4), scope: scope,
                revision: row.int(6), revisedAt: row.int64(7), modifiedAt: row.int64(8), isWithdrawn: row.bool(9),
                reason: row.optionalText(10), sha256: row.blob(11), figuresHash: row.optionalInt64(12),
                quality: Quality(checks: tally, blankCells: row.int(17), inferredCells: row.int(18)),
                errors: row.int(19), warnings: row.int(20), findings: row.blob(21))
            return (
                subject,
                Standing(
                    figuresMatch: row.optionalInt(24), narrativeMatch: row.optionalInt(25),
                    crossFindings: row.blob(22), document: try shapes.text(row, 23, connection))
            )
        }
    }
}

extension WriteTransaction {
    /// No change of one report makes more others be looked at again for what they have in common with it.
    static let othersMax = 256

    /// Looks again at the reports whose checks have a report in them that has just come, changed or gone.
    ///
    /// - Parameters:
    ///   - outcome: what the checks across reports say of it; nil for one that is withdrawn.
    ///   - isNew: whether it has just come: then none can name it yet.
    func assessOthers(after subject: Subject, _ outcome: CrossChecks?, isNew: Bool) throws {
        let id = subject.id
        var ids: [Int] = []
        if !subject.isFirstOfAgency {
            ids = try connection.query(
                "SELECT id FROM report WHERE agency_id = ?1 AND year = ?2 AND withdrawn = 0",
                [Value(subject.agency.id), Value(subject.year + 1)]
            ) { row in row.int(0) }
        }
        if !isNew {
            ids += try connection.query(
                """
                SELECT id FROM report WHERE (figures_match = ?1 OR narrative_match = ?1) AND withdrawn = 0
                ORDER BY id LIMIT ?2
                """, [Value(id), Value(Self.othersMax)]
            ) { row in row.int(0) }
        }
        // Where it is like none, none is like it.
        if outcome?.figuresMatch != nil { ids += try newcomersToFigures(of: subject, isNew: isNew) }
        if outcome?.narrativeMatch != nil { ids += try newcomersToNarrative(of: id) }
        if let region = subject.agency.region {
            ids += try consolidated(around: region, year: subject.year).filter { $0 != id }
        }
        var done: Set<Int> = [id]
        for other in ids where done.insert(other).inserted { try reassess(other) }
    }

    /// The consolidated reports of a year whose division holds a region and that what they cover contradicts, or did.
    func consolidated(around region: String, year: Int) throws(SQLiteError) -> [Int] {
        let codes = RegionCodes.upwards(from: region).map { Value.text($0) }
        // Few divisions have one, so they are found first, by an index that holds no other reports. A list for IN, or an
        // order, would be a table made for each report that is stored.
        let found = try connection.query(
            """
            SELECT id, region, instr(cross_findings, ?5) > 0, new_received, processed, reviews, litigations FROM report
            WHERE scope = 'consolidated' AND withdrawn = 0 AND year = ?1 AND region BETWEEN ?4 AND ?2
                AND (region = ?2 OR region = ?3 OR region = ?4)
            LIMIT ?6
            """,
            [Value(year), codes[0], codes[codes.count / 2], codes[codes.count - 1]]
                + [.blob(Array("\"\(Check.ID.consolidatedSum.rawValue)\"".utf8)), Value(Self.othersMax)]
        ) { row in
            let stated = ConsolidatedFigure.allCases.map { row.optionalInt(3 + $0.rawValue) }
            return (id: row.int(0), region: row.text(1), isContradicted: row.bool(2), stated: stated)
        }
        var ids: [Int] = []
        for report in found {
            let covered = try covered(report.region, year)
            let isLess = zip(ConsolidatedFigure.allCases, report.stated).contains { figure, stated in
                stated.map { $0 < covered[figure] } ?? false
            }
            if report.isContradicted || isLess { ids.append(report.id) }
        }
        return ids.sorted()
    }
}
