internal import Reports
internal import SQLite

extension StoreSnapshot {
    /// The findings of a report's revision that is current by now, and of the checks across reports, as a JSON array,
    /// with what people have said of them. A few point reads of one snapshot.
    ///
    /// - Parameter namingOthers: whether those across reports name the report that this one was held against, as it is now.
    public func findings(of report: ReportHead, namingOthers: Bool = false) throws(StoreError) -> [UInt8] {
        try StoreError.mapping {
            let found = try connection.queryOne(
                """
                SELECT v.findings, r.cross_findings, r.figures_match, r.narrative_match,
                    (SELECT p.id FROM report p WHERE p.agency_id = r.agency_id AND p.year = r.year - 1)
                FROM report r JOIN revision v ON v.report_id = r.id AND v.number = r.revision
                WHERE r.id = ?1
                """, [Value(report.id)]
            ) { row in
                (
                    own: row.blob(0), cross: row.blob(1), figures: row.optionalInt(2), narrative: row.optionalInt(3),
                    before: row.optionalInt(4)
                )
            }
            guard let found else { throw Self.missing(report.id, report.revision) }
            var others = ComparedReports()
            if namingOthers, found.cross.count > "[]".utf8.count {
                others.yearBefore = try found.before.flatMap { try compared($0) }
                others.sameFigures = try found.figures.flatMap { try compared($0) }
                others.sameNarrative = try found.narrative.flatMap { try compared($0) }
            }
            return FindingsJSON.withAcknowledgements(
                FindingsJSON.concatenate(found.own, FindingsJSON.withOthers(found.cross, others)),
                try Store.acknowledgements(of: report.id, connection))
        }
    }

    /// A report that stands, as findings of another one name it.
    private func compared(_ report: Int) throws(SQLiteError) -> ComparedReport? {
        try connection.queryOne(
            """
            SELECT r.agency_name, r.year, a.name FROM report r JOIN agency a ON a.id = r.agency_id
            WHERE r.withdrawn = 0 AND r.id = ?1
            """, [Value(report)]
        ) { row in
            let year = row.int(1)
            return ComparedReport(
                agency: row.text(0), year: year, href: CanonicalJSON.path(agency: row.text(2), year: year))
        }
    }

    /// The findings of an earlier revision alone, as a JSON array. One point read.
    public func findings(of report: ReportHead, revision: Int) throws(StoreError) -> [UInt8] {
        try column("SELECT findings FROM revision WHERE report_id = ?1 AND number = ?2", of: report, revision)
    }

    /// The narrative of a revision, as a JSON object. One point read.
    public func narrative(of report: ReportHead, revision: Int) throws(StoreError) -> [UInt8] {
        try column("SELECT narrative FROM revision WHERE report_id = ?1 AND number = ?2", of: report, revision)
    }

    private func column(_ sql: SQL, of report: ReportHead, _ revision: Int) throws(StoreError) -> [UInt8] {
        try StoreError.mapping {
            let found = try connection.queryOne(sql, [Value(report.id), Value(revision)]) { row in row.blob(0) }
            guard let found else { throw Self.missing(report.id, revision) }
            return found
        }
    }

    /// The document that a revision was read from. One point read.
    public func source(of report: ReportHead, revision: Int) throws(StoreError) -> StoredSource {
        try StoreError.mapping {
            let found = try connection.queryOne(
                """
                SELECT source, source_length, media_type, file_name, source_url
                FROM revision WHERE report_id = ?1 AND number = ?2 AND source IS NOT NULL
                """, [Value(report.id), Value(revision)]
            ) { row throws(SQLiteError) in
                StoredSource(
                    content: try shapes.source(row, 0, connection), length: row.int(1), mediaType: row.text(2),
                    fileName: row.optionalText(3), url: row.optionalText(4))
            }
            guard let found else { throw Self.missing(report.id, revision) }
            return found
        }
    }

    /// The report document of a revision as it was while it was the current one; nil for a withdrawal. One point read.
    ///
    /// - Throws: ``StoreError/corrupt(_:)`` for a revision that the report does not have.
    public func document(of report: ReportHead, revision: Int) throws(StoreError) -> [UInt8]? {
        try StoreError.mapping {
            let found = try connection.queryOne(
                """
                SELECT iif(v.kind = 'withdrawn', NULL, coalesce(v.document, r.document))
                FROM revision v JOIN report r ON r.id = v.report_id WHERE v.report_id = ?1 AND v.number = ?2
                """, [Value(report.id), Value(revision)]
            ) { row throws(SQLiteError) in row.isNull(0) ? nil : try shapes.text(row, 0, connection) }
            guard let found else { throw Self.missing(report.id, revision) }
            return found
        }
    }

    /// The history of a report, newest first. One point read; O(number of revisions).
    public func revisions(of report: ReportHead) throws(StoreError) -> [Revision] {
        try StoreError.mapping {
            try connection.query(
                """
                SELECT v.number, v.at, v.kind, v.reason, v.author, v.sha256, v.media_type, v.file_name, v.source_url,
                    v.source_length, coalesce(v.errors, 0), coalesce(v.warnings, 0),
                    iif(v.number = r.revision, r.cross_findings, (
                        SELECT p.cross_findings FROM past_standing p
                        WHERE p.report_id = v.report_id AND p.revision = v.number ORDER BY p.step DESC LIMIT 1))
                FROM revision v JOIN report r ON r.id = v.report_id WHERE v.report_id = ?1 ORDER BY v.number DESC
                """, [Value(report.id)]
            ) { row throws(SQLiteError) in try Self.revision(row) }
        }
    }

    private static func revision(_ row: borrowing Row) throws(SQLiteError) -> Revision {
        guard let kind = Revision.Kind(rawValue: row.text(2)) else {
            throw SQLiteError(code: .corrupt, message: "a revision is of an unknown kind")
        }
        let source =
            row.isNull(6)
            ? nil
            : Revision.Source(
                mediaType: row.text(6), fileName: row.optionalText(7), url: row.optionalText(8), length: row.int(9))
        let cross = row.optionalBlob(12).flatMap { FindingCounts($0) }
        return Revision(
            number: row.int(0), at: row.int64(1), kind: kind,
            note: Note(reason: row.optionalText(3), author: row.optionalText(4)), sha256: row.optionalBlob(5),
            source: source, errors: row.int(10) + (cross?.errors ?? 0), warnings: row.int(11) + (cross?.warnings ?? 0))
    }

    static func missing(_ report: Int, _ revision: Int) -> StoreError {
        .corrupt("report \(report) has no revision \(revision)")
    }
}
