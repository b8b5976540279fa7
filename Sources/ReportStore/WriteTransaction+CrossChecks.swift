internal import Reports
internal import SQLite

/// What the checks across reports say of one report.
struct CrossChecks {
    var findings: [Finding] = []
    var tally = CheckTally()
    /// The report with the lowest id that has the same figures.
    var figuresMatch: Int?
    /// The report with the lowest id that has nearly the same narrative.
    var narrativeMatch: Int?
    /// The findings as they are stored.
    private(set) var findingsJSON: [UInt8] = []

    /// The number of findings that are errors.
    var errors: Int { findings.count { $0.severity == .error } }
    /// The number of findings that are warnings.
    var warnings: Int { findings.count { $0.severity == .warning } }

    mutating func add(_ finding: Finding?) {
        guard let finding else { return tally.passed += 1 }
        findings.append(finding)
        switch finding.state {
        case .fail: tally.failed += 1
        case .uncertain: tally.uncertain += 1
        case .notice: tally.passed += 1
        }
    }

    /// Takes the outcome of a check in that has several.
    mutating func add(_ others: [Finding], _ tally: CheckTally) {
        findings += others
        self.tally.add(tally)
    }

    mutating func render(locatedIn places: FigurePlaces?) {
        if let places { findings = places.locating(findings) }
        var json = JSONWriter(reserving: 512 * findings.count + 2)
        CanonicalJSON.write(findings, to: &json)
        findingsJSON = json.bytes
    }
}

extension WriteTransaction {
    /// Runs the checks across reports on one of them.
    func crossChecks(
        _ subject: Subject, _ report: AnnualReport, _ figures: FiguresDigest?, _ signature: NarrativeSignature?
    ) throws -> CrossChecks {
        var outcome = CrossChecks()
        let previous = try subject.isFirstOfAgency ? nil : previous(of: subject)
        let years = YearChecks(
            report, previous: previous, remarks: previous == nil ? [:] : remarks(in: subject.findings))
        outcome.add(years.findings, years.tally)
        if report.scope == .consolidated, let region = subject.agency.region {
            let check = ConsolidatedCheck(report, covered: try covered(region, subject.year))
            outcome.add(check.findings, check.tally)
        }
        if let figures {
            let other = try sameFigures(as: subject)
            outcome.figuresMatch = other?.id
            outcome.add(
                other.map { DuplicateCheck.figures(sameAs: $0.name, year: $0.year, isTelling: figures.isTelling) })
        }
        if let signature {
            let near = try nearNarratives(of: subject.id, signature)
            outcome.narrativeMatch = near.first?.other.id
            outcome.add(
                near.first.map {
                    DuplicateCheck.narrative(like: $0.other.name, year: $0.other.year, likeness: $0.likeness)
                })
        }
        if let finding = try regionFinding(subject) { outcome.add(finding) }
        outcome.render(locatedIn: outcome.findings.isEmpty ? nil : try places(of: subject.id))
        return outcome
    }

    /// The figures of the same agency's report of the year before. Facts have them in a thirtieth of the document.
    private func previous(of subject: Subject) throws(SQLiteError) -> AnnualReport? {
        try connection.queryOne(
            "SELECT year, form, scope, figures FROM fact WHERE agency_id = ?1 AND year = ?2",
            [Value(subject.agency.id), Value(subject.year - 1)]
        ) { row in Self.packedReport(row) } ?? nil
    }

    /// The figures of a row of year, form, scope and packed figures; nil where it is damaged.
    static func packedReport(_ row: borrowing Row) -> AnnualReport? {
        guard let year = ReportYear(row.int(0)), let form = ReportForm(rawValue: row.text(1)),
            let scope = ReportScope(rawValue: row.text(2))
        else { return nil }
        return row.withBytes(3) { AnnualReport(packed: $0, form: form, year: year, scope: scope) }
    }

    /// The words that stand beside figures: what may explain a difference.
    private func remarks(in findings: [UInt8]) -> [FigurePath: String] {
        guard findings.count > 2, let json = try? JSONValue(findings), case .array(let items) = json else { return [:] }
        var remarks: [FigurePath: String] = [:]
        for item in items where item["check"]?.string == Check.ID.remarkedCells.rawValue {
            guard case .array(let paths)? = item["paths"], let path = paths.first?.string.flatMap(FigurePath.init)
            else { continue }
            remarks[path] = item["message"]?.string.map(words)
        }
        return remarks
    }

    /// The words that the message of a remark quotes; all of it where it quotes none.
    private func words(of message: String) -> String {
        guard let start = message.firstIndex(of: "“"), message.last == "”" else { return message }
        return String(message[start...].dropFirst().dropLast())
    }

    /// The own reports of the agencies in a division.
    func covered(_ region: String, _ year: Int) throws(SQLiteError) -> CoveredReports {
        let codes = RegionCodes(below: region)
        return try connection.queryOne(
            """
            SELECT coalesce(sum(reports), 0), coalesce(sum(new_received), 0), coalesce(sum(processed), 0),
                coalesce(sum(reviews), 0), coalesce(sum(litigations), 0)
            FROM region_total
            WHERE year = ?1 AND region >= ?2 AND region < ?3
            """, [Value(year), .text(codes.lowerBound), .text(codes.upperBound)]
        ) { row in CoveredReports(row) } ?? CoveredReports()
    }
}

/// Another report, as a finding names it.
struct OtherReport {
    let id: Int
    let name: String
    let year: Int

    init(_ row: borrowing Row) {
        id = row.int(0)
        name = row.text(1)
        year = row.int(2)
    }
}

extension WriteTransaction {
    private func sameFigures(as subject: Subject) throws(SQLiteError) -> OtherReport? {
        guard let hash = subject.figuresHash else { return nil }
        return try connection.queryOne(
            """
            SELECT id, agency_name, year FROM report
            WHERE figures_hash = ?1 AND id <> ?2 AND withdrawn = 0 ORDER BY id LIMIT 1
            """, [.integer(hash), Value(subject.id)]
        ) { row in OtherReport(row) }
    }

    /// Those to whom a report is the first with their figures, or a lower one than they know.
    ///
    /// - Parameter isNew: whether it has just come, and so has the highest number: then only the first of thousands may
    ///   know of none.
    func newcomersToFigures(of subject: Subject, isNew: Bool) throws(SQLiteError) -> [Int] {
        guard let hash = subject.figuresHash else { return [] }
        return try connection.query(
            """
            SELECT id FROM (
                SELECT id, figures_match FROM report INDEXED BY report_same_figures
                WHERE figures_hash = ?1 AND id <> ?2 ORDER BY id LIMIT ?3)
            WHERE figures_match IS NULL OR figures_match > ?2 LIMIT ?4
            """, [.integer(hash), Value(subject.id), Value(isNew ? 1 : -1), Value(Self.othersMax)]
        ) { row in row.int(0) }
    }

    func newcomersToNarrative(of id: Int) throws(SQLiteError) -> [Int] {
        guard let signature = try signature(of: id) else { return [] }
        return try nearNarratives(of: id, signature).filter { ($0.match ?? .max) > id }.map(\.other.id)
    }

    private static let candidatesMax = 64

    /// The reports with nearly the same narrative, the lowest id first, with what each of them names.
    private func nearNarratives(
        of id: Int, _ signature: NarrativeSignature
    ) throws(SQLiteError) -> [(other: OtherReport, match: Int?, likeness: Double)] {
        var candidates: Set<Int> = []
        for band in signature.bands {
            candidates.formUnion(
                try connection.query(
                    "SELECT report_id FROM narrative_band WHERE band = ?1 AND report_id <> ?2 ORDER BY report_id LIMIT ?3",
                    [.integer(band), Value(id), Value(Self.candidatesMax)]
                ) { row in row.int(0) })
        }
        var near: [(other: OtherReport, match: Int?, likeness: Double)] = []
        for candidate in candidates.sorted().prefix(Self.candidatesMax) {
            guard let other = try self.signature(of: candidate) else { continue }
            let likeness = signature.likeness(to: other)
            guard likeness >= NarrativeSignature.nearlySame else { continue }
            let found = try connection.queryOne(
                "SELECT id, agency_name, year, narrative_match FROM report WHERE id = ?1", [Value(candidate)]
            ) { row in (OtherReport(row), row.optionalInt(3)) }
            if let found { near.append((found.0, found.1, likeness)) }
        }
        return near
    }

    /// The signature of a report's narrative; nil for one that is too short to compare.
    func signature(of id: Int) throws(SQLiteError) -> NarrativeSignature? {
        try connection.queryOne("SELECT signature FROM narrative_signature WHERE report_id = ?1", [Value(id)]) { row in
            NarrativeSignature(bytes: row.blob(0))
        } ?? nil
    }

    /// Keeps the signature of a report's narrative in place of the one before.
    func keepSignature(of id: Int, _ signature: NarrativeSignature?) throws(SQLiteError) {
        let old = try self.signature(of: id)
        guard old != signature else { return }
        for band in old?.bands ?? [] {
            try connection.run(
                "DELETE FROM narrative_band WHERE band = ?1 AND report_id = ?2", [.integer(band), Value(id)])
        }
        guard let signature else {
            try connection.run("DELETE FROM narrative_signature WHERE report_id = ?1", [Value(id)])
            return
        }
        try connection.run(
            """
            INSERT INTO narrative_signature (report_id, signature) VALUES (?1, ?2)
            ON CONFLICT DO UPDATE SET signature = excluded.signature
            """, [Value(id), .blob(signature.bytes)])
        for band in signature.bands {
            try connection.run(
                "INSERT OR IGNORE INTO narrative_band (band, report_id) VALUES (?1, ?2)", [.integer(band), Value(id)])
        }
    }
}
