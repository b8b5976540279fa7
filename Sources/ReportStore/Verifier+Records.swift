internal import Foundation
internal import Reports
internal import SQLite

extension Verifier {
    /// The sums by year and division are those of the reports.
    mutating func verifyRegionTotals() throws {
        let wrong = try connection.query(
            """
            WITH summed AS (
                SELECT year, region, count(*) AS reports, sum(coalesce(new_received, 0)), sum(coalesce(processed, 0)),
                    sum(coalesce(reviews, 0)), sum(coalesce(litigations, 0))
                FROM report WHERE scope = 'own' AND withdrawn = 0 AND region IS NOT NULL
                GROUP BY year, region
            ), kept AS (
                SELECT year, region, reports, new_received, processed, reviews, litigations FROM region_total
                WHERE reports <> 0 OR new_received <> 0 OR processed <> 0 OR reviews <> 0 OR litigations <> 0
            )
            SELECT DISTINCT year, region FROM (
                SELECT * FROM (SELECT * FROM summed EXCEPT SELECT * FROM kept)
                UNION ALL SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM summed))
            """
        ) { row in (year: row.int(0), region: row.text(1)) }
        for (year, region) in wrong { tell("the sums of division \(region) for \(year) are not those of its reports") }
    }

    /// The feed tells of every revision, of none that is not there, and has no gap.
    mutating func verifyChanges() throws {
        let untold = try connection.query(
            """
            SELECT r.agency_name, r.year, u.number FROM (
                SELECT report_id, number, kind FROM revision
                EXCEPT SELECT report_id, revision, kind FROM change) u
            JOIN report r ON r.id = u.report_id
            """
        ) { row in (agency: row.text(0), year: row.int(1), revision: row.int(2)) }
        for one in untold {
            tell("the feed of changes does not tell of it", agency: one.agency, year: one.year, revision: one.revision)
        }
        let unknown = try connection.query(
            """
            SELECT r.agency_name, r.year, u.revision FROM (
                SELECT report_id, revision FROM change EXCEPT SELECT report_id, number FROM revision) u
            JOIN report r ON r.id = u.report_id
            """
        ) { row in (agency: row.text(0), year: row.int(1), revision: row.int(2)) }
        for one in unknown {
            tell(
                "the feed of changes tells of it, and it is not there", agency: one.agency, year: one.year,
                revision: one.revision)
        }
        let gaps = try connection.query(
            """
            SELECT id FROM (SELECT id, lag(id, 1, 0) OVER (ORDER BY id) AS before FROM change) WHERE id <> before + 1
            """
        ) { row in row.int(0) }
        for id in gaps { tell("the feed of changes has a gap before \(id)") }
    }

    /// What is noted of the items of each upload is as many as its numbers say, and a body that is still to be read is
    /// there.
    mutating func verifyUploads() throws {
        var last = 0
        while let upload = try nextUpload(after: last) {
            last = upload.id
            result.uploads += 1
            try connection.transaction(.deferred) {
                // As it is at this moment: a server may have gone on with it.
                guard let upload = try nextUpload(after: upload.id - 1), upload.id == last else { return }
                for fault in try faults(of: upload) { tell("upload \(upload.name): \(fault)") }
            }
        }
    }

    private struct Upload {
        let id: Int
        let name: String
        let state: String
        let bytes: Int
        let bytesDone: Int
        let counts: [String: Int]
    }

    private func nextUpload(after id: Int) throws(SQLiteError) -> Upload? {
        try connection.queryOne(
            """
            SELECT id, name, state, bytes, bytes_done, stored, revised, unchanged, rejected
            FROM upload WHERE id > ?1 ORDER BY id LIMIT 1
            """, [Value(id)]
        ) { row in
            let counts = ["stored": row.int(5), "revised": row.int(6), "unchanged": row.int(7), "rejected": row.int(8)]
            return Upload(
                id: row.int(0), name: row.text(1), state: row.text(2), bytes: row.int(3), bytesDone: row.int(4),
                counts: counts.filter { $0.value != 0 })
        }
    }

    private func faults(of upload: Upload) throws(SQLiteError) -> [String] {
        var faults: [String] = []
        var counts: [String: Int] = [:]
        try connection.forEachRow(
            "SELECT number, result FROM upload_item WHERE upload_id = ?1 ORDER BY number", [Value(upload.id)]
        ) { row in
            let number = row.int(0)
            guard let json = try? JSONValue(row.blob(1)), json["index"]?.integer == number,
                let status = json["status"]?.string
            else { return faults.append("the result of item \(number) cannot be read") }
            counts[status, default: 0] += 1
        }
        if counts != upload.counts { faults.append("its results are not as many as are counted") }
        if upload.bytesDone > upload.bytes { faults.append("more bytes of it are read than there are") }
        if let uploadFolder, ["waiting", "running"].contains(upload.state) {
            let path = uploadFolder + "/" + upload.name
            let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
            if size != upload.bytes { faults.append("its body is missing or is not as long as it was") }
        }
        return faults
    }
}
