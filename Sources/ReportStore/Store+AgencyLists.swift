public import Reports
internal import SQLite

/// An agency with what is stored of it.
public struct AgencySummary: Sendable, Hashable {
    /// The agency.
    public let agency: Agency
    /// Its level; nil where it is not known.
    public let level: AgencyLevel?
    /// What it is; nil where it is not known.
    public let kind: AgencyKind?
    /// The number of its reports that are not withdrawn.
    public let reports: Int
    /// The year of the first of them; nil where there is none.
    public let firstYear: Int?
    /// The year of the last of them.
    public let lastYear: Int?
    /// The day on which the report asked about was published; nil where none is, or it is not known.
    public let publishedOn: String?
    /// The scope of its last report, on which the day depends by which a report is due.
    public let scope: ReportScope
}

/// Which agencies a list holds.
public struct AgencyFilter: Sendable, Hashable {
    /// Whose reports of a year are asked about.
    public enum Duty: Sendable, Hashable {
        /// Those that have none for the year, or have withdrawn it, though they have reported. An agency with a successor
        /// is not expected to report any more; one that took the place of others is not for a year before its first, nor
        /// for one that one of those reported.
        case missing(year: Int)
        /// Those whose report for the year was published after the day by which it was due.
        case late(year: Int)
    }

    /// Only those in this division, or in those whose codes begin with it.
    public var region: String?
    /// Only those of this level.
    public var level: AgencyLevel?
    /// Only those of this kind.
    public var kind: AgencyKind?
    /// Only those whose name holds this.
    public var name: String?
    /// Only those that were late, or are missing.
    public var duty: Duty?

    /// All agencies that have reports.
    public init() {}

    fileprivate var values: [Value] {
        let codes = region.map { RegionCodes(below: $0) }
        var missing: Int?
        var late: Int?
        switch duty {
        case .missing(let year): missing = year
        case .late(let year): late = year
        case nil: break
        }
        return [
            Value(codes?.lowerBound), Value(codes?.upperBound), Value(level?.rawValue), Value(kind?.rawValue),
            Value(name.map { AgencyKey($0).text }), Value(missing), Value(late),
        ]
    }
}

extension Store {
    /// A page of agencies that have reports, or with ``AgencyFilter/Duty/missing(year:)`` had, in the order of their numbers.
    ///
    /// - Parameters:
    ///   - after: the number of the last agency of the page before; 0 for the first page.
    ///   - limit: the most to give.
    public func agencies(
        _ filter: AgencyFilter = AgencyFilter(), after: Int, limit: Int
    ) async throws(StoreError) -> [AgencySummary] {
        do {
            return try await pool.readLong { connection in
                try connection.query(
                    """
                    SELECT a.id, a.name, a.region, a.level, a.kind, count(r.stands), min(r.stands), max(r.stands),
                        max(iif(r.year = ?7, r.published_on, NULL)),
                        coalesce(max(r.stands * 2 + (r.scope = 'consolidated')),
                            max(r.year * 2 + (r.scope = 'consolidated'))) % 2
                    FROM agency a JOIN (
                        SELECT agency_id, year, iif(withdrawn, NULL, year) AS stands, scope, published_on, agency_name
                        FROM report
                    ) r ON r.agency_id = a.id AND (r.stands IS NOT NULL OR ?6 IS NOT NULL)
                    WHERE a.id > ?8 AND (?1 IS NULL OR a.region >= ?1 AND a.region < ?2)
                        AND (?3 IS NULL OR a.level = ?3) AND (?4 IS NULL OR a.kind = ?4)
                        AND (?5 IS NULL OR instr(a.key, ?5) > 0)
                        -- What is seen by one look at the year, before all years of an agency are read.
                        AND (?6 IS NULL OR a.successor_id IS NULL AND NOT EXISTS (
                            SELECT 1 FROM report o WHERE o.agency_id = a.id AND o.year = ?6 AND o.withdrawn = 0))
                        AND (?7 IS NULL OR EXISTS (
                            SELECT 1 FROM report o WHERE o.agency_id = a.id AND o.year = ?7
                                AND o.published_on > (?7 + 1) || '-01-31'))
                    GROUP BY a.id
                    -- The rule of DueDate.
                    HAVING (?6 IS NULL OR NOT (coalesce(?6 < min(r.stands), 0)
                                AND EXISTS (SELECT 1 FROM agency p WHERE p.successor_id = a.id))
                            AND NOT EXISTS (
                                WITH RECURSIVE predecessor (id) AS (
                                    SELECT p.id FROM agency p WHERE p.successor_id = a.id
                                    UNION SELECT p.id FROM agency p JOIN predecessor b ON p.successor_id = b.id
                                )
                                SELECT 1 FROM predecessor b JOIN report o ON o.agency_id = b.id
                                WHERE o.year = ?6 AND o.withdrawn = 0))
                        AND (?7 IS NULL OR count(iif(r.year = ?7 AND r.published_on > (r.year + 1) || iif(
                            r.year <= 2018 OR r.scope = 'consolidated' OR r.agency_name LIKE '%政府',
                            '-03-31', '-01-31'), 1, NULL)) > 0)
                    ORDER BY a.id LIMIT ?9
                    """, filter.values + [Value(after), Value(limit)]
                ) { row in
                    AgencySummary(
                        agency: Registry.agency(row), level: row.optionalText(3).flatMap(AgencyLevel.init),
                        kind: row.optionalText(4).flatMap(AgencyKind.init), reports: row.int(5),
                        firstYear: row.optionalInt(6), lastYear: row.optionalInt(7), publishedOn: row.optionalText(8),
                        scope: row.bool(9) ? .consolidated : .own)
                }
            }
        } catch {
            throw StoreError(any: error)
        }
    }

    /// The number of agencies that a filter holds.
    public func agencyCount(_ filter: AgencyFilter = AgencyFilter()) async throws(StoreError) -> Int {
        try await agencies(filter, after: 0, limit: Int.max).count
    }

    /// The number of agencies with reports, and of reports, of each division that has any.
    public func regionCounts() async throws(StoreError) -> [String: (agencies: Int, reports: Int)] {
        do {
            return try await pool.readLong { connection in
                try connection.transaction(.deferred) { try Self.regionCounts(connection) }
            }
        } catch {
            throw StoreError(any: error)
        }
    }

    private static func regionCounts(
        _ connection: Connection
    ) throws(SQLiteError) -> [String: (agencies: Int, reports: Int)] {
        var counts: [String: (agencies: Int, reports: Int)] = [:]
        try connection.forEachRow(
            "SELECT region, count(*) FROM fact WHERE region IS NOT NULL GROUP BY region"
        ) { row in counts[row.text(0), default: (0, 0)].reports = row.int(1) }
        try connection.forEachRow(
            """
            SELECT region, count(*) FROM agency a WHERE region IS NOT NULL
                AND EXISTS (SELECT 1 FROM report r WHERE r.agency_id = a.id AND r.withdrawn = 0)
            GROUP BY region
            """
        ) { row in counts[row.text(0), default: (0, 0)].agencies = row.int(1) }
        return counts
    }
}
