public import Reports
internal import SQLite

/// A revision of a report as it stood at a time of the past, or at last.
public struct PastReport: Sendable {
    /// The document of the revision, whatever depended on others in it.
    public let document: ReportDocumentParts
    /// The member `agency` of the document as it was.
    public let agency: [UInt8]
    /// The member `quality` as it was.
    public let quality: [UInt8]
    /// The findings as they were, a JSON array, with what people had said of them.
    public let findings: [UInt8]
    /// Since when it stood so, in seconds since 1970.
    public let since: Int64
    /// Whether that is certain: of what was stored before schema 8, what other reports changed is not known but for the
    /// last document of each revision.
    public let isExact: Bool
}

extension StoreSnapshot {
    /// A revision of a report as it stood; nil for a withdrawal. A few reads by key of one snapshot.
    ///
    /// - Parameters:
    ///   - revision: one of the report's.
    ///   - time: in seconds since 1970, while the revision was the current one; nil for how it stood at last.
    /// - Throws: ``StoreError/corrupt(_:)`` for a revision that the report does not have.
    public func past(of report: ReportHead, _ revision: Revision, at time: Int64?) throws(StoreError) -> PastReport? {
        guard let bytes = try document(of: report, revision: revision.number) else { return nil }
        guard let document = ReportDocumentParts(bytes) else {
            throw .corrupt("the document of report \(report.id) is damaged")
        }
        return try StoreError.mapping {
            let isCurrent = revision.number == report.revision
            let kept = try standing(of: report.id, revision.number, at: time, isCurrent: isCurrent)
            let own = try findings(of: report, revision: revision.number)
            let cross =
                try kept?.crossFindings
                ?? (isCurrent
                    ? connection.queryOne("SELECT cross_findings FROM report WHERE id = ?1", [Value(report.id)]) {
                        $0.blob(0)
                    } : nil)
            // The last second in which the revision was the current one.
            let end = time ?? (isCurrent ? Int64.max : (kept?.until ?? .max) - 1)
            return PastReport(
                document: document, agency: kept?.agency ?? Array(document.agency),
                quality: kept?.quality ?? Array(document.quality),
                findings: FindingsJSON.withAcknowledgements(
                    FindingsJSON.concatenate(own, cross ?? []), try acknowledgements(of: report.id, at: end)),
                since: kept?.since ?? (isCurrent && time == nil ? report.modifiedAt : revision.at),
                isExact: try cross != nil && isKnown(revision, at: time))
        }
    }

    /// What depended on others in a document, and from when until when.
    private struct KeptStanding {
        let until: Int64
        let since: Int64?
        let agency: [UInt8]
        let quality: [UInt8]
        let crossFindings: [UInt8]
    }

    /// Nil where the revision still stands as it did, or nothing is known of it.
    private func standing(
        of report: Int, _ revision: Int, at time: Int64?, isCurrent: Bool
    ) throws(SQLiteError) -> KeptStanding? {
        if time == nil, isCurrent { return nil }
        // The first that had not ended by then; without a time the last one, which ended with the revision.
        let order: SQL =
            time == nil
            ? """
            SELECT until, agency, quality, cross_findings, step FROM past_standing
            WHERE report_id = ?1 AND revision = ?2 AND ?3 IS NULL ORDER BY step DESC LIMIT 1
            """
            : """
            SELECT until, agency, quality, cross_findings, step FROM past_standing
            WHERE report_id = ?1 AND revision = ?2 AND until > ?3 ORDER BY step LIMIT 1
            """
        let key = [Value(report), Value(revision)]
        let found = try connection.queryOne(order, key + [time.map { .integer($0) } ?? .null]) { row in
            (
                until: row.int64(0), agency: row.blob(1), quality: row.blob(2), crossFindings: row.blob(3),
                step: row.int(4)
            )
        }
        let since = try connection.queryOne(
            "SELECT max(until) FROM past_standing WHERE report_id = ?1 AND revision = ?2 AND step < ?3",
            key + [Value(found?.step ?? .max)]
        ) { row in row.optionalInt64(0) }
        return found.map {
            KeptStanding(
                until: $0.until, since: since ?? nil, agency: $0.agency, quality: $0.quality,
                crossFindings: $0.crossFindings)
        }
    }

    /// What people had said of a report's findings by a time.
    private func acknowledgements(
        of report: Int, at time: Int64
    ) throws(SQLiteError) -> [String: Acknowledgement] {
        let all = try connection.query(
            """
            SELECT fingerprint, at, author, reason FROM acknowledgement WHERE report_id = ?1 AND at <= ?2
            UNION ALL
            SELECT fingerprint, at, author, reason FROM past_acknowledgement
            WHERE report_id = ?1 AND at <= ?2 AND until > ?2
            """, [Value(report), .integer(time)]
        ) { row in
            (row.text(0), Acknowledgement(at: row.int64(1), author: row.text(2), reason: row.text(3)))
        }
        return Dictionary(all) { first, _ in first }
    }

    /// Whether all that changed a revision up to its end, or after a time, was kept.
    private func isKnown(_ revision: Revision, at time: Int64?) throws(SQLiteError) -> Bool {
        guard let time else { return true }
        let keptSince = try connection.queryOne("SELECT applied_at FROM schema_migration WHERE name = 'past'") { row in
            row.int64(0)
        }
        return keptSince.map { $0 <= max(time, revision.at) } ?? false
    }
}
