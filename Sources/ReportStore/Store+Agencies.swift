internal import Reports
internal import SQLite

/// What a name leads to.
public enum AgencyResolution: Sendable, Hashable {
    /// One agency; `isFormer` where the name is one that it no longer has.
    case agency(Agency, isFormer: Bool)
    /// Several agencies share the name as an alias.
    case several([Agency])
    /// Nobody has it.
    case unknown
}

extension Store {
    /// The agency of a current name, an alias, a former name, or a number in digits. Names match as
    /// ``Reports/AgencyKey`` folds them, and a current name goes before the others. One or two point reads.
    public func resolve(_ nameOrID: String) throws(StoreError) -> AgencyResolution {
        try StoreError.mapping {
            // A name that is given away or taken back is in one of two tables: one snapshot sees it in either.
            try pool.read { connection in
                try connection.transaction(.deferred) { try Registry.resolve(nameOrID, connection) }
            }
        }
    }

    /// The one agency that a name or number leads to; nil where there is none or several share the name.
    public func agency(_ nameOrID: String) throws(StoreError) -> Agency? {
        guard case .agency(let agency, _) = try resolve(nameOrID) else { return nil }
        return agency
    }

    /// The agencies that took an agency's place, the next one first. A few point reads; cycles are not stored.
    public func successors(of agency: Agency) throws(StoreError) -> [Agency] {
        try StoreError.mapping {
            try pool.read { connection in
                try connection.transaction(.deferred) { try Registry.successors(of: agency.id, connection) }
            }
        }
    }

    /// The agencies whose names are most like a name, best first; none that have nothing in common with it.
    ///
    /// O(number of agencies), on a long reader; none where that takes longer than the deadline: whoever asks for a name
    /// that is not there is told so in any case.
    public func suggestions(
        for name: String, limit: Int = 5, deadline: Duration = .seconds(1)
    ) async throws(StoreError) -> [Agency] {
        let wanted = AgencyKey(name)
        do {
            return try await pool.readLong(deadline: deadline) { connection in
                var best: [(likeness: Double, agency: Agency)] = []
                try connection.forEachRow(
                    """
                    SELECT id, name, region, key FROM agency
                    UNION ALL
                    SELECT a.id, a.name, a.region, n.key FROM agency_name n JOIN agency a ON a.id = n.agency_id
                    """
                ) { row throws(SQLiteError) in
                    let agency = Registry.agency(row)
                    let key = AgencyKey(row.text(3))
                    // A name that holds what was asked for is near, however much of it is missing.
                    let isPart = !wanted.text.isEmpty && key.text.contains(wanted.text)
                    let likeness = max(key.likeness(to: wanted), isPart ? 0.5 : 0)
                    guard likeness >= 0.3, best.count < limit || likeness > (best.last?.likeness ?? 0) else { return }
                    best.removeAll { $0.agency.id == agency.id && $0.likeness <= likeness }
                    guard !best.contains(where: { $0.agency.id == agency.id }) else { return }
                    best.append((likeness, agency))
                    best.sort { ($1.likeness, $0.agency.id) < ($0.likeness, $1.agency.id) }
                    if best.count > limit { best.removeLast() }
                }
                return best.map(\.agency)
            }
        } catch let error as SQLiteError where error.code.primary == .interrupt {
            return []
        } catch {
            throw StoreError(any: error)
        }
    }
}

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
