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
            FROM agency_name n JOIN agency a ON a.id = n.agency_id WHERE n.key = ?1 ORDER BY a.id LIMIT 100
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
}
