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

extension StoreSnapshot {
    /// The agency of a number; nil when there is none. One point read.
    public func agency(id: Int) throws(StoreError) -> Agency? {
        try StoreError.mapping { try Registry.agency(id: id, connection) }
    }

    /// The agency of a current name, an alias, a former name, or a number in digits. Names match as
    /// ``Reports/AgencyKey`` folds them, and a current name goes before the others. One or two point reads.
    public func resolve(_ nameOrID: String) throws(StoreError) -> AgencyResolution {
        try StoreError.mapping {
            try Registry.resolve(nameOrID, connection)
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
            try Registry.successors(of: agency.id, connection)
        }
    }

    /// The agency that a report of a year belongs to that comes under the name of a known one: that agency, or one that took
    /// its place. A few point reads.
    public func holder(of agency: Agency, year: Int) throws(StoreError) -> Agency {
        try StoreError.mapping { try Registry.holder(of: agency, year, named: agency.name, connection) }
    }

    /// All that is known of an agency; nil for one that is not there. A few point reads.
    public func record(of agency: Agency) throws(StoreError) -> AgencyRecord? {
        try StoreError.mapping {
            try record(of: agency.id)
        }
    }

    private func record(of id: Int) throws(SQLiteError) -> AgencyRecord? {
        let head = try connection.queryOne(
            """
            SELECT a.id, a.name, a.region, a.level, a.kind, s.id, s.name, s.region
            FROM agency a LEFT JOIN agency s ON s.id = a.successor_id WHERE a.id = ?1
            """, [Value(id)]
        ) { row in
            (
                agency: Registry.agency(row), level: row.optionalText(3), kind: row.optionalText(4),
                successor: row.isNull(5)
                    ? nil : Agency(id: row.int(5), name: row.text(6), region: row.optionalText(7))
            )
        }
        guard let head else { return nil }
        let names = try connection.query(
            "SELECT name, role FROM agency_name WHERE agency_id = ?1 ORDER BY name", [Value(id)]
        ) { row in (name: row.text(0), role: row.text(1)) }
        return AgencyRecord(
            agency: head.agency, level: head.level.flatMap(AgencyLevel.init), kind: head.kind.flatMap(AgencyKind.init),
            aliases: names.filter { $0.role == "alias" }.map(\.name),
            formerNames: names.filter { $0.role == "former" }.map(\.name), successor: head.successor,
            predecessors: try connection.query(
                "SELECT id, name, region FROM agency WHERE successor_id = ?1 ORDER BY id", [Value(id)]
            ) { row in Registry.agency(row) },
            years: try connection.query(
                "SELECT year FROM report WHERE agency_id = ?1 AND withdrawn = 0 ORDER BY year", [Value(id)]
            ) { row in row.int(0) })
    }
}
