internal import Reports
internal import SQLite

extension Store {
    /// The agency of a name or of a number in digits; names match as ``Reports/AgencyKey`` folds them. One point read.
    public func agency(_ nameOrID: String) throws(StoreError) -> Agency? {
        let id = nameOrID.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ? Int64(nameOrID) : nil
        let key = AgencyKey(nameOrID).text
        return try StoreError.mapping {
            try pool.read { connection in
                if let id { return try Self.agency(id: id, connection) }
                return try connection.queryOne("SELECT id, name FROM agency WHERE key = ?1", [.text(key)]) { row in
                    Agency(id: row.int(0), name: row.text(1))
                }
            }
        }
    }

    private static func agency(id: Int64, _ connection: Connection) throws(SQLiteError) -> Agency? {
        try connection.queryOne("SELECT id, name FROM agency WHERE id = ?1", [.integer(id)]) { row in
            Agency(id: row.int(0), name: row.text(1))
        }
    }

    /// The agencies whose names are most like a name, best first; none that have nothing in common with it.
    ///
    /// O(number of agencies), on a long reader.
    public func suggestions(for name: String, limit: Int = 5) async throws(StoreError) -> [Agency] {
        let wanted = AgencyKey(name)
        do {
            return try await pool.readLong(deadline: .seconds(1)) { connection in
                var best: [(likeness: Double, agency: Agency)] = []
                try connection.forEachRow("SELECT id, name FROM agency ORDER BY id") { row throws(SQLiteError) in
                    let agency = Agency(id: row.int(0), name: row.text(1))
                    let key = AgencyKey(agency.name)
                    // A name that holds what was asked for is near, however much of it is missing.
                    let isPart = !wanted.text.isEmpty && key.text.contains(wanted.text)
                    let likeness = max(key.likeness(to: wanted), isPart ? 0.5 : 0)
                    guard likeness >= 0.3, best.count < limit || likeness > (best.last?.likeness ?? 0) else { return }
                    best.append((likeness, agency))
                    best.sort { $0.likeness > $1.likeness }
                    if best.count > limit { best.removeLast() }
                }
                return best.map(\.agency)
            }
        } catch {
            throw StoreError(any: error)
        }
    }

    /// An agency with what is stored of it.
    public struct AgencySummary: Sendable, Hashable {
        /// The agency.
        public let agency: Agency
        /// The number of its reports.
        public let reports: Int
        /// The year of its first report.
        public let firstYear: Int
        /// The year of its last report.
        public let lastYear: Int
    }

    /// A page of agencies in the order of their numbers.
    ///
    /// - Parameters:
    ///   - after: the number of the last agency of the page before; 0 for the first page.
    ///   - limit: the most to give.
    public func agencies(after: Int, limit: Int) async throws(StoreError) -> [AgencySummary] {
        do {
            return try await pool.readLong { connection in
                try connection.query(
                    """
                    SELECT a.id, a.name, count(*), min(r.year), max(r.year)
                    FROM agency a JOIN report r ON r.agency_id = a.id
                    WHERE a.id > ?1 GROUP BY a.id ORDER BY a.id LIMIT ?2
                    """, [Value(after), Value(limit)]
                ) { row in
                    AgencySummary(
                        agency: Agency(id: row.int(0), name: row.text(1)), reports: row.int(2), firstYear: row.int(3),
                        lastYear: row.int(4))
                }
            }
        } catch {
            throw StoreError(any: error)
        }
    }

    /// The number of agencies that have reports.
    public func agencyCount() async throws(StoreError) -> Int {
        do {
            return try await pool.readLong { connection in
                try connection.queryOne("SELECT count(DISTINCT agency_id) FROM report") { row in row.int(0) } ?? 0
            }
        } catch {
            throw StoreError(any: error)
        }
    }
}
