public import Reports
internal import SQLite

/// What is known of an agency.
public struct AgencyRecord: Sendable, Hashable {
    /// The agency.
    public let agency: Agency
    /// Its level; nil where it is not known.
    public let level: AgencyLevel?
    /// What it is; nil where it is not known.
    public let kind: AgencyKind?
    /// Other names that lead to it.
    public let aliases: [String]
    /// Names that it had.
    public let formerNames: [String]
    /// The agency that took its place.
    public let successor: Agency?
    /// The agencies whose place it took.
    public let predecessors: [Agency]
    /// The years for which it has a report, oldest first.
    public let years: [Int]
}

/// A change of what is known of an agency: nil leaves it, a nil within takes it away.
public struct AgencyEdit: Sendable, Hashable {
    /// The name; the one before becomes a former name.
    public var name: String?
    /// All aliases.
    public var aliases: [String]?
    /// All former names.
    public var formerNames: [String]?
    /// The number of the agency that took its place.
    public var successor: Int??
    /// The code of its division.
    public var region: String??
    /// Its level.
    public var level: AgencyLevel??
    /// What it is.
    public var kind: AgencyKind??

    /// No change.
    public init() {}
}

/// What became of the reports of an agency that was merged into another.
public struct AgencyMerge: Sendable, Hashable {
    /// The years whose reports are the other's now.
    public let moved: [Int]
    /// The years in which both have a report; they stay where they were.
    public let kept: [Int]
}

extension Store {
    /// All that is known of an agency; nil for one that is not there. A few point reads.
    public func record(of agency: Agency) throws(StoreError) -> AgencyRecord? {
        try StoreError.mapping {
            try pool.read { connection in
                try connection.transaction(.deferred) { try Self.record(of: agency.id, connection) }
            }
        }
    }

    private static func record(of id: Int, _ connection: Connection) throws(SQLiteError) -> AgencyRecord? {
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

    /// Changes what is known of an agency, and the documents of its reports with it. One transaction.
    ///
    /// - Throws: ``StoreError/nameTaken(_:)`` for a name that is another agency's current one,
    ///   ``StoreError/successorCycle`` for a successor whose place this agency took.
    public func edit(_ agency: Agency, _ edit: AgencyEdit, now: Int64) async throws(StoreError) {
        try await write(now: now) { transaction in try transaction.edit(agency.id, edit) }
    }

    /// Makes one agency of two. The reports of the first become the second's, each with the name of its year; where
    /// both have a report for a year, each keeps its own. The first leads readers to the second from now on.
    ///
    /// - Throws: ``StoreError/successorCycle`` where the second was merged into the first.
    public func merge(_ agency: Agency, into other: Agency, now: Int64) async throws(StoreError) -> AgencyMerge {
        try await write(now: now) { transaction in try transaction.merge(agency.id, into: other.id) }
    }
}
