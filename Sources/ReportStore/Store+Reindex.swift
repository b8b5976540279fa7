internal import Reports
internal import SQLite

extension Store {
    private static let batchMax = 200

    /// Derives anew what the store keeps beside the documents: places and kinds of agencies where they are not known,
    /// what reports are compared by, and what the checks across reports say. For a database whose schema has just
    /// gained them.
    ///
    /// In batches, each its own transaction; it can be repeated at any time. O(number of reports).
    public func reindex(now: Int64) async throws(StoreError) {
        try await inBatches(now) { try $0.reindexAgencies(after: $1, $2) }
        try await inBatches(now) { try $0.reindexReports(after: $1, $2) }
        // Before the checks across years, which compare facts.
        try await reindexFacts(now: now)
        try await inBatches(now) { try $0.reassessReports(after: $1, $2) }
        try await write(now: now) { transaction in
            _ = try transaction.connection.run("DELETE FROM pending_task WHERE name = 'reindex'")
        }
        try await write(now: now) { try $0.forgetTexts() }
    }

    /// Makes anew what lists and statistics read.
    private func reindexFacts(now: Int64) async throws(StoreError) {
        try await inBatches(now) { try $0.reindexFacts(after: $1, $2) }
        try await write(now: now) { transaction in
            _ = try transaction.connection.run("DELETE FROM pending_task WHERE name = 'facts'")
        }
    }

    /// Does what migrations have left to be done, or to be finished.
    func doPendingTasks(now: Int64) async throws(StoreError) {
        if try await isPending("reindex") {
            try await reindex(now: now)
        } else {
            if try await isPending("facts") { try await reindexFacts(now: now) }
            if try await isPending("totals") { try await reindexTotals(now: now) }
            if try await isPending("signatures") { try await reindexSignatures(now: now) }
        }
    }

    /// Makes anew what consolidated reports are held against, and looks again at those.
    private func reindexTotals(now: Int64) async throws(StoreError) {
        try await inBatches(now) { try $0.reindexTotals(after: $1, $2) }
        try await inBatches(now) { try $0.reassessConsolidated(after: $1, $2) }
        try await write(now: now) { transaction in
            _ = try transaction.connection.run("DELETE FROM pending_task WHERE name = 'totals'")
        }
    }

    /// Makes anew what narratives are compared by, and looks again at the reports that have one.
    private func reindexSignatures(now: Int64) async throws(StoreError) {
        try await inBatches(now) { try $0.reindexSignatures(after: $1, $2) }
        try await inBatches(now) { try $0.reassessReports(after: $1, $2) }
        try await write(now: now) { transaction in
            _ = try transaction.connection.run("DELETE FROM pending_task WHERE name = 'signatures'")
        }
    }

    /// Runs a step until it has gone through all: it takes the last number done, and gives the next.
    private func inBatches(
        _ now: Int64, _ step: @Sendable (WriteTransaction, Int, Int) throws -> Int?
    ) async throws(StoreError) {
        var last: Int? = 0
        while let after = last {
            last = try await write(now: now) { try step($0, after, Self.batchMax) }
        }
    }

    private func isPending(_ task: String) async throws(StoreError) -> Bool {
        do {
            return try await pool.readLong { connection in
                try connection.queryOne("SELECT 1 FROM pending_task WHERE name = ?1", [.text(task)]) { _ in true }
                    ?? false
            }
        } catch {
            throw StoreError(any: error)
        }
    }
}

extension WriteTransaction {
    /// - Returns: the number of the last agency looked at; nil after the last of all.
    fileprivate func reindexAgencies(after last: Int, _ limit: Int) throws -> Int? {
        let agencies = try connection.query(
            """
            SELECT a.id, a.name, a.region, (SELECT max(r.year) FROM report r WHERE r.agency_id = a.id)
            FROM agency a WHERE a.id > ?1 ORDER BY a.id LIMIT ?2
            """, [Value(last), Value(limit)]
        ) { row in (agency: Registry.agency(row), year: row.optionalInt(3)) }
        for (agency, year) in agencies {
            let (level, kind) = regions.classify(agencyNamed: agency.name)
            try connection.run(
                "UPDATE agency SET level = coalesce(level, ?2), kind = coalesce(kind, ?3) WHERE id = ?1",
                [Value(agency.id), Value(level?.rawValue), Value(kind?.rawValue)])
            guard agency.region == nil, case .placed(let region) = regions.place(agencyNamed: agency.name, year: year)
            else { continue }
            try connection.run(
                "UPDATE agency SET region = ?2 WHERE id = ?1", [Value(agency.id), .text(region.code)])
            try connection.run(
                "UPDATE report SET region = ?2 WHERE agency_id = ?1", [Value(agency.id), .text(region.code)])
        }
        return agencies.last?.agency.id
    }

    fileprivate func reindexReports(after last: Int, _ limit: Int) throws -> Int? {
        let ids = try reportIDs(after: last, limit)
        for id in ids {
            guard let (subject, standing) = try stored(id), !subject.isWithdrawn else { continue }
            let report = try report(in: standing.document)
            try connection.run(
                "UPDATE report SET figures_hash = ?2 WHERE id = ?1",
                [Value(id), Value(FiguresDigest(report).map { Int64(bitPattern: $0.hash) })])
            try keepTotals(of: id, report)
            try reindexSignature(of: id)
        }
        return ids.last
    }

    private func keepTotals(of id: Int, _ report: AnnualReport) throws(SQLiteError) {
        try connection.run(
            "UPDATE report SET new_received = ?2, processed = ?3, reviews = ?4, litigations = ?5 WHERE id = ?1",
            [Value(id)] + ConsolidatedFigure.values(in: report))
    }

    /// Reads the figures where statistics do: there they are at hand.
    fileprivate func reindexTotals(after last: Int, _ limit: Int) throws -> Int? {
        let ids = try reportIDs(after: last, limit)
        for id in ids {
            let report = try connection.queryOne(
                """
                SELECT f.year, f.form, f.scope, f.figures FROM report r
                JOIN fact f ON f.year = r.year AND f.report_id = r.id WHERE r.id = ?1
                """, [Value(id)]
            ) { row in Self.packedReport(row) }
            if let report = report ?? nil { try keepTotals(of: id, report) }
        }
        return ids.last
    }

    fileprivate func reassessConsolidated(after last: Int, _ limit: Int) throws -> Int? {
        let ids = try connection.query(
            "SELECT id FROM report WHERE id > ?1 AND scope = 'consolidated' ORDER BY id LIMIT ?2",
            [Value(last), Value(limit)]
        ) { row in row.int(0) }
        for id in ids { try reassess(id) }
        return ids.last
    }

    fileprivate func reindexSignatures(after last: Int, _ limit: Int) throws -> Int? {
        let ids = try reportIDs(after: last, limit)
        for id in ids { try reindexSignature(of: id) }
        return ids.last
    }

    private func reindexSignature(of id: Int) throws {
        let narrative = try connection.queryOne(
            """
            SELECT v.narrative FROM report r JOIN revision v ON v.report_id = r.id AND v.number = r.revision
            WHERE r.id = ?1 AND r.withdrawn = 0
            """, [Value(id)]
        ) { row in row.blob(0) }
        let json = try narrative.map { try JSONValue($0) }
        try keepSignature(of: id, json.flatMap { NarrativeSignature(Narrative(json: $0)) })
    }

    fileprivate func reassessReports(after last: Int, _ limit: Int) throws -> Int? {
        let ids = try reportIDs(after: last, limit)
        for id in ids { try reassess(id) }
        return ids.last
    }

    fileprivate func reindexFacts(after last: Int, _ limit: Int) throws -> Int? {
        let ids = try reportIDs(after: last, limit)
        for id in ids { try reindexFact(id) }
        return ids.last
    }

    private func reportIDs(after last: Int, _ limit: Int) throws(SQLiteError) -> [Int] {
        try connection.query("SELECT id FROM report WHERE id > ?1 ORDER BY id LIMIT ?2", [Value(last), Value(limit)]) {
            row in row.int(0)
        }
    }
}
