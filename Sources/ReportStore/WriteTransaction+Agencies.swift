internal import Reports
internal import SQLite

extension WriteTransaction {
    /// The agency that a submission is filed under, and whether nobody knew it and it has just been entered.
    ///
    /// The name of an agency that has a successor leads there for years after the last one that it has a report of
    /// itself, so that later reports join the rest, but for years that the successor has a report of under another name.
    func agency(of submission: Submission) throws -> (Agency, isNew: Bool) {
        let report = submission.checked.report
        let agency: Agency
        let resolved = try submission.agencyID.flatMap { try Registry.agency(id: $0, connection) }
        switch try resolved.map({ .agency($0, isFormer: false) }) ?? Registry.resolve(report.agency, connection) {
        case .agency(let known, _):
            agency = try Registry.holder(of: known, report.year.value, named: report.agency, connection)
        case .several(let agencies):
            let inside = agencies.filter { $0.isWithin(submission.region) }
            guard let only = inside.first, inside.count == 1 else { throw StoreError.ambiguousAgency(agencies) }
            agency = try Registry.holder(of: only, report.year.value, named: report.agency, connection)
        case .unknown: return (try enter(submission), isNew: true)
        }
        if submission.agencyID == nil { try requireSameRegion(agency, submission) }
        guard agency.region == nil, let region = place(submission) else { return (agency, isNew: false) }
        // It speaks for itself, not for the reports that are there.
        try markUnsaidRegions(of: agency)
        try setRegion(of: agency, to: region)
        return (Agency(id: agency.id, name: agency.name, region: region), isNew: false)
    }

    /// Two counties may have agencies of one name: what is said to be of the other one must not pass for a correction.
    /// A name that tells its division by itself is another matter: what contradicts it is a finding.
    ///
    /// - Throws: ``StoreError/otherRegion(_:stated:)``
    private func requireSameRegion(_ agency: Agency, _ submission: Submission) throws(StoreError) {
        guard let stated = submission.region, let known = agency.region, stated != known,
            !RegionCodes(below: stated).holds(known), !RegionCodes(below: known).holds(stated)
        else { return }
        // Last, since reading a name takes longest, and hardly any report comes here.
        let report = submission.checked.report
        if case .placed = regions.place(agencyNamed: report.agency, year: report.year.value) { return }
        throw .otherRegion(agency, stated: stated)
    }

    /// Gives a predecessor's report back to it that a merge has moved, where the successor's own of that year comes: years
    /// that both have stay apart.
    ///
    /// - Returns: the predecessor, whose reports are to be looked at again; nil where the report is the successor's.
    func makeRoom(for submission: Submission, _ agency: Agency, _ current: State) throws -> Agency? {
        let report = submission.checked.report
        guard AgencyKey(report.agency) != AgencyKey(current.agencyName),
            try Registry.isName(AgencyKey(report.agency), of: agency.id, connection),
            try !Registry.isName(AgencyKey(current.agencyName), of: agency.id, connection),
            case .agency(let owner, _) = try Registry.resolve(current.agencyName, connection),
            try Registry.successors(of: owner.id, connection).contains(where: { $0.id == agency.id }),
            try state(of: owner.id, report.year.value) == nil
        else { return nil }
        try connection.run(
            "UPDATE report SET agency_id = ?2, region = ?3 WHERE id = ?1",
            [Value(current.id), Value(owner.id), Value(owner.region)])
        return owner
    }

    private func enter(_ submission: Submission) throws(SQLiteError) -> Agency {
        let name = submission.checked.report.agency
        let (place, level, kind) = regions.placeAndClassify(
            agencyOf: submission.checked.report, within: submission.region)
        let region = code(place, submission)
        try connection.run(
            "INSERT INTO agency (name, key, created_at, region, level, kind) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            [
                .text(name), .text(AgencyKey(name).text), .integer(now), Value(region),
                Value(level?.rawValue), Value(kind?.rawValue),
            ])
        return Agency(id: Int(connection.lastInsertRowID), name: name, region: region)
    }

    /// The division of an agency: where its name says, else where the document or the uploader says; never a guess.
    private func place(_ submission: Submission) -> String? {
        code(regions.place(agencyOf: submission.checked.report, within: submission.region), submission)
    }

    private func code(_ place: Placement, _ submission: Submission) -> String? {
        switch place {
        case .placed(let region): region.code
        // A province does not say which of its two 鼓楼区 is meant.
        case .ambiguous: nil
        case .unknown: submission.region
        }
    }

    /// Notes an agency's division and brings its reports in line.
    private func setRegion(of agency: Agency, to region: String?) throws {
        guard agency.region != region else { return }
        try connection.run("UPDATE agency SET region = ?2 WHERE id = ?1", [Value(agency.id), Value(region)])
        try connection.run("UPDATE report SET region = ?2 WHERE agency_id = ?1", [Value(agency.id), Value(region)])
        try reassessAll(of: agency.id, formerRegion: agency.region)
    }

    /// Looks again at every report of an agency, and at the consolidated ones that cover them or did.
    func reassessAll(of agency: Int, formerRegion: String?) throws {
        let reports = try connection.query(
            "SELECT id, year, region FROM report WHERE agency_id = ?1 ORDER BY year", [Value(agency)]
        ) { row in (id: row.int(0), year: row.int(1), region: row.optionalText(2)) }
        var done: Set<Int> = []
        for report in reports where done.insert(report.id).inserted { try reassess(report.id) }
        for report in reports {
            for region in Set([report.region, formerRegion].compactMap(\.self)).sorted() {
                for other in try consolidated(around: region, year: report.year) where done.insert(other).inserted {
                    try reassess(other)
                }
            }
        }
    }
}

extension Agency {
    /// Whether it is known to be in a division.
    fileprivate func isWithin(_ code: String?) -> Bool {
        guard let code, let region else { return false }
        return RegionCodes(below: code).holds(region)
    }
}

extension WriteTransaction {
    /// Changes what is known of an agency.
    func edit(_ id: Int, _ edit: AgencyEdit) throws {
        guard let agency = try Registry.agency(id: id, connection) else {
            throw StoreError.internal("agency \(id) is missing")
        }
        if let aliases = edit.aliases { try setNames(aliases, of: id, role: "alias") }
        if let names = edit.formerNames { try setNames(names, of: id, role: "former") }
        // After the lists: the name before becomes a former one in any case.
        if let name = edit.name { try rename(agency, to: name) }
        if let successor = edit.successor { try setSuccessor(of: id, to: successor) }
        if let level = edit.level {
            try connection.run("UPDATE agency SET level = ?2 WHERE id = ?1", [Value(id), Value(level?.rawValue)])
        }
        if let kind = edit.kind {
            try connection.run("UPDATE agency SET kind = ?2 WHERE id = ?1", [Value(id), Value(kind?.rawValue)])
        }
        if let region = edit.region {
            // Who edits the entry has looked at what is filed under it.
            let settled = try connection.run(
                "DELETE FROM unsaid_region WHERE report_id IN (SELECT id FROM report WHERE agency_id = ?1)", [Value(id)]
            )
            try setRegion(of: agency, to: region)
            if settled > 0, agency.region == region { try reassessAll(of: id, formerRegion: nil) }
        }
        // Addresses in the documents hold the name.
        if edit.name != nil { try reassessAll(of: id, formerRegion: nil) }
    }

    private func rename(_ agency: Agency, to name: String) throws {
        let key = AgencyKey(name).text
        try requireFree(key, for: agency.id)
        let oldKey = AgencyKey(agency.name).text
        try connection.run(
            "UPDATE agency SET name = ?2, key = ?3 WHERE id = ?1", [Value(agency.id), .text(name), .text(key)])
        guard key != oldKey else { return }
        try connection.run(
            "DELETE FROM agency_name WHERE key = ?1 AND agency_id = ?2", [.text(key), Value(agency.id)])
        try addName(agency.name, of: agency.id, role: "former")
    }

    private func setNames(_ names: [String], of id: Int, role: String) throws {
        try connection.run("DELETE FROM agency_name WHERE agency_id = ?1 AND role = ?2", [Value(id), .text(role)])
        for name in names {
            let key = AgencyKey(name).text
            try requireFree(key, for: id)
            let isOwn = try connection.queryOne("SELECT key = ?2 FROM agency WHERE id = ?1", [Value(id), .text(key)]) {
                row in row.bool(0)
            }
            if isOwn != true { try addName(name, of: id, role: role) }
        }
    }

    private func addName(_ name: String, of id: Int, role: String) throws(SQLiteError) {
        try connection.run(
            """
            INSERT INTO agency_name (key, agency_id, name, role) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET name = excluded.name, role = excluded.role
            """, [.text(AgencyKey(name).text), Value(id), .text(name), .text(role)])
    }

    /// A current name goes before all others, so it is one agency's alone.
    private func requireFree(_ key: String, for id: Int) throws {
        let other = try connection.queryOne(
            "SELECT id, name, region FROM agency WHERE key = ?1 AND id <> ?2", [.text(key), Value(id)]
        ) { row in Registry.agency(row) }
        if let other { throw StoreError.nameTaken(other) }
    }

    private func setSuccessor(of id: Int, to successor: Int?) throws {
        if let successor {
            let isCycle = try connection.queryOne(
                """
                WITH RECURSIVE chain (id) AS (
                    SELECT ?1
                    UNION SELECT a.successor_id FROM chain c JOIN agency a ON a.id = c.id
                    WHERE a.successor_id IS NOT NULL
                )
                SELECT 1 FROM chain WHERE id = ?2
                """, [Value(successor), Value(id)]
            ) { _ in true }
            guard isCycle == nil else { throw StoreError.successorCycle }
        }
        try connection.run("UPDATE agency SET successor_id = ?2 WHERE id = ?1", [Value(id), Value(successor)])
    }

    /// Makes one agency of two: the reports of the first become the second's, but for years in which both have one;
    /// those stay where they are.
    func merge(_ id: Int, into target: Int) throws -> AgencyMerge {
        guard let from = try Registry.agency(id: id, connection), try Registry.agency(id: target, connection) != nil
        else { throw StoreError.internal("an agency is missing") }
        try setSuccessor(of: id, to: target)
        let taken = try years(of: target)
        let own = try years(of: id)
        for year in own where !taken.contains(year) {
            try connection.run(
                """
                UPDATE report SET agency_id = ?2, region = (SELECT region FROM agency WHERE id = ?2)
                WHERE agency_id = ?1 AND year = ?3
                """, [Value(id), Value(target), Value(year)])
        }
        try reassessAll(of: target, formerRegion: from.region)
        try reassessAll(of: id, formerRegion: nil)
        return AgencyMerge(moved: own.filter { !taken.contains($0) }, kept: own.filter(taken.contains))
    }

    private func years(of id: Int) throws(SQLiteError) -> [Int] {
        try connection.query("SELECT year FROM report WHERE agency_id = ?1 ORDER BY year", [Value(id)]) { row in
            row.int(0)
        }
    }
}
