internal import Codecs
internal import Reports
internal import SQLite

extension Verifier {
    /// How many reports are read in one transaction: a long one would keep a busy server's WAL from being copied.
    private static let batchMax = 32

    /// Every report with its revisions.
    mutating func verifyReports() throws {
        let isPending = try connection.queryOne("SELECT 1 FROM pending_task") { _ in true } ?? false
        if isPending {
            tell("a migration is not finished; disclosure serve finishes it")
        }
        var last = 0
        while true {
            let ids = try connection.query(
                "SELECT id FROM report WHERE id > ?1 ORDER BY id LIMIT ?2", [Value(last), Value(Self.batchMax)]
            ) { row in row.int(0) }
            guard let end = ids.last else { return }
            try connection.transaction(.deferred) {
                for id in ids { try attempt(" at report \(id)") { try $0.verifyReport(id, isPending: isPending) } }
            }
            last = end
        }
    }

    private mutating func verifyReport(_ id: Int, isPending: Bool) throws {
        guard let report = try report(id) else { return tell("report \(id) has no agency or no current revision") }
        result.reports += 1
        var history = History()
        try connection.forEachRow(
            """
            SELECT number, at, kind, reason, sha256, source_length, errors, warnings, document, findings, narrative, source
            FROM revision WHERE report_id = ?1 ORDER BY number
            """, [Value(id)]
        ) { row in
            let revision = StoredRevision(row, shapes, connection)
            for fault in history.faults(adding: revision, to: report) {
                tell(fault, agency: report.agencyName, year: report.year, revision: revision.number)
            }
            result.revisions += 1
        }
        for fault in history.faults(of: report) + report.faults() + (try signatureFaults(of: report))
            + (try pastFaults(of: report)) + (isPending ? [] : try factFaults(of: report))
        {
            tell(fault, agency: report.agencyName, year: report.year, revision: report.revision)
        }
    }

    private func report(_ id: Int) throws(SQLiteError) -> VerifiedReport? {
        try connection.queryOne(
            """
            SELECT r.agency_name, r.year, r.revision, r.revised_at, r.modified_at, r.withdrawn, r.reason, r.sha256,
                r.form, r.scope, r.title, r.region, r.published_on, r.errors, r.warnings,
                r.figures_hash, r.cross_findings, r.tag, r.document, a.id, a.name, a.region,
                coalesce(v.passed, 0) + r.cross_passed, coalesce(v.failed, 0) + r.cross_failed,
                coalesce(v.uncertain, 0) + r.cross_uncertain, coalesce(v.not_assessable, 0) + r.cross_not_assessable,
                coalesce(v.blank_cells, 0), coalesce(v.inferred_cells, 0), coalesce(v.errors, 0),
                coalesce(v.warnings, 0), v.narrative, r.id, r.new_received, r.processed, r.reviews, r.litigations
            FROM report r JOIN agency a ON a.id = r.agency_id
            JOIN revision v ON v.report_id = r.id AND v.number = r.revision
            WHERE r.id = ?1
            """, [Value(id)]
        ) { row in VerifiedReport(row, shapes, connection) }
    }

    /// The signature by which narratives are compared follows from the narrative.
    private func signatureFaults(of report: VerifiedReport) throws(SQLiteError) -> [String] {
        let stored = try connection.queryOne(
            "SELECT signature FROM narrative_signature WHERE report_id = ?1", [Value(report.id)]
        ) { row in row.blob(0) }
        let json = report.isWithdrawn ? nil : try? JSONValue(report.narrative)
        let signature = json.flatMap { NarrativeSignature(Narrative(json: $0)) }
        let bands = Set(
            try connection.query("SELECT band FROM narrative_band WHERE report_id = ?1", [Value(report.id)]) { row in
                row.int64(0)
            })
        let isRight = stored == signature?.bytes && bands == Set(signature?.bands ?? [])
        return isRight ? [] : ["the signature of its narrative is not that of the narrative"]
    }
}

/// What goes from one revision of a report to the next.
private struct History {
    private var last: (number: Int, at: Int64, kind: String, reason: String?)?
    private var sha256: [UInt8] = []

    mutating func faults(adding revision: StoredRevision, to report: VerifiedReport) -> [String] {
        var faults: [String] = []
        let expected = (last?.number ?? 0) + 1
        if revision.number != expected { faults.append("revision \(expected) is expected here") }
        let isKind = last == nil ? revision.kind == "stored" : ["corrected", "withdrawn"].contains(revision.kind)
        if !isKind { faults.append("it cannot be of the kind “\(revision.kind)”") }
        if let last, revision.at < last.at { faults.append("it is older than the one before") }
        last = (revision.number, revision.at, revision.kind, revision.reason)
        guard revision.kind != "withdrawn" else { return faults }
        sha256 = revision.sha256
        return faults + revision.sourceFaults() + revision.documentFaults(of: report) + revision.findingsFaults()
    }

    func faults(of report: VerifiedReport) -> [String] {
        guard let last else { return ["it has no revisions"] }
        let isSame =
            last.number == report.revision && last.at == report.revisedAt && last.reason == report.reason
            && (last.kind == "withdrawn") == report.isWithdrawn && sha256 == report.sha256
        return isSame ? [] : ["the report does not repeat its last revision"]
    }
}

/// A revision as it is stored.
private struct StoredRevision {
    let number: Int
    let at: Int64
    let kind: String
    let reason: String?
    let sha256: [UInt8]
    private let sourceLength: Int
    private let errors: Int
    private let warnings: Int
    private let document: [UInt8]?
    private let findings: [UInt8]
    private let narrative: [UInt8]
    private let source: StoredSource.Content

    init(_ row: borrowing Row, _ shapes: ShapeBook, _ connection: Connection) {
        number = row.int(0)
        at = row.int64(1)
        kind = row.text(2)
        reason = row.optionalText(3)
        sha256 = row.blob(4)
        sourceLength = row.int(5)
        errors = row.int(6)
        warnings = row.int(7)
        // One that is damaged cannot be read.
        document = row.isNull(8) ? nil : (try? shapes.text(row, 8, connection)) ?? []
        findings = row.blob(9)
        narrative = row.blob(10)
        source = (try? shapes.source(row, 11, connection)) ?? .plain([])
    }

    func sourceFaults() -> [String] {
        do {
            let bytes: [UInt8]
            switch source {
            case .plain(let text): bytes = text
            case .deflated(let deflated):
                let limits = CompressionLimits(outputBytesMax: max(0, sourceLength), ratioMax: .max)
                bytes = try Zlib.decompress(deflated, limits: limits)
            }
            guard bytes.count == sourceLength else {
                return ["its source has \(bytes.count) bytes, not \(sourceLength)"]
            }
            return Digest(of: bytes).bytes == sha256 ? [] : ["its source does not have the digest that is stored"]
        } catch {
            return ["its source does not inflate: \(error)"]
        }
    }

    /// A superseded revision has its document with it; that of the current one is the report's.
    func documentFaults(of report: VerifiedReport) -> [String] {
        guard number != report.revision else {
            return document == nil ? [] : ["it has a document of its own, and is the current one"]
        }
        guard let document else { return ["its document is missing"] }
        guard let json = try? JSONDocument(document), let read = try? AnnualReport(document: json) else {
            return ["its document cannot be read"]
        }
        let said = json.member("revision").map { JSONValue(json, at: $0) }
        let isSame =
            read.year.value == report.year && said?["number"]?.integer == number
            && said?["at"]?.string == CivilDate.timestamp(at) && said?["reason"]?.string == reason
            && said?["sha256"]?.string == CanonicalJSON.hex(sha256)
        return isSame ? [] : ["its document is that of another revision"]
    }

    func findingsFaults() -> [String] {
        var faults: [String] = []
        if (try? JSONValue(narrative)) == nil { faults.append("its narrative cannot be read") }
        guard let counts = FindingCounts(findings) else { return faults + ["its findings cannot be read"] }
        if counts != FindingCounts(errors: errors, warnings: warnings) {
            faults.append("its findings are not as many as are counted")
        }
        return faults
    }
}
