internal import Reports
internal import SQLite

/// Reads of the registry that readers and the writer share.
enum Registry {
    /// The columns `id, name, region`.
    static func agency(_ row: borrowing Row) -> Agency {
        Agency(id: row.int(0), name: row.text(1), region: row.optionalText(2))
    }

    static func resolve(_ nameOrID: String, _ connection: Connection) throws(SQLiteError) -> AgencyResolution {
        let isNumber = nameOrID.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        if isNumber, let id = Int(nameOrID) {
            guard let agency = try agency(id: id, connection) else { return .unknown }
            return .agency(agency, isFormer: false)
        }
        let key = AgencyKey(nameOrID).text
        let current = try connection.queryOne("SELECT id, name, region FROM agency WHERE key = ?1", [.text(key)]) {
            row in agency(row)
        }
        if let current { return .agency(current, isFormer: false) }
        let others = try connection.query(
            """
            SELECT a.id, a.name, a.region, n.role = 'former'
            FROM agency_name n JOIN agency a ON a.id = n.agency_id WHERE n.key = ?1 ORDER BY n.agency_id LIMIT 100
            """, [.text(key)]
        ) { row in (agency: agency(row), isFormer: row.bool(3)) }
        guard let first = others.first else { return .unknown }
        return others.count == 1 ? .agency(first.agency, isFormer: first.isFormer) : .several(others.map(\.agency))
    }

    static func agency(id: Int, _ connection: Connection) throws(SQLiteError) -> Agency? {
        try connection.queryOne("SELECT id, name, region FROM agency WHERE id = ?1", [Value(id)]) { row in
            agency(row)
        }
    }

    /// Longer chains are not followed.
    private static let successorsMax = 16

    static func successors(of id: Int, _ connection: Connection) throws(SQLiteError) -> [Agency] {
        var chain: [Agency] = []
        var id = id
        while chain.count < successorsMax {
            let next = try connection.queryOne(
                """
                SELECT s.id, s.name, s.region FROM agency a JOIN agency s ON s.id = a.successor_id WHERE a.id = ?1
                """, [Value(id)]
            ) { row in agency(row) }
            guard let next else { break }
            chain.append(next)
            id = next.id
        }
        return chain
    }

    /// The agency that a report under a name of a known one belongs to in a year: that agency, or one that took its place.
    ///
    /// A merge may have moved the year and left others. Where a successor has a report of that year under another name,
    /// its own or that of another predecessor, the two stay apart as they do in a merge.
    static func holder(
        of known: Agency, _ year: Int, named name: String, _ connection: Connection
    ) throws(SQLiteError) -> Agency {
        let successors = try successors(of: known.id, connection)
        guard let last = successors.last else { return known }
        var isTaken = false
        for agency in [known] + successors {
            let stated = try connection.queryOne(
                "SELECT agency_name FROM report WHERE agency_id = ?1 AND year = ?2", [Value(agency.id), Value(year)]
            ) { row in AgencyKey(row.text(0)) }
            guard let stated else { continue }
            if agency.id == known.id || stated == AgencyKey(name) { return agency }
            if try isName(stated, of: known.id, connection) { return agency }
            isTaken = true
        }
        let lastYear = try connection.queryOne("SELECT max(year) FROM report WHERE agency_id = ?1", [Value(known.id)]) {
            row in row.optionalInt(0)
        }
        if isTaken { return known }
        return (lastYear ?? nil).map { year <= $0 } ?? false ? known : last
    }

    /// Whether an agency has or had a name.
    static func isName(_ key: AgencyKey, of id: Int, _ connection: Connection) throws(SQLiteError) -> Bool {
        try connection.queryOne(
            """
            SELECT 1 FROM agency WHERE id = ?1 AND key = ?2
            UNION ALL SELECT 1 FROM agency_name WHERE agency_id = ?1 AND key = ?2 LIMIT 1
            """, [Value(id), .text(key.text)]
        ) { _ in true } ?? false
    }
}
