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
    /// Changes what is known of an agency, and the documents of its reports with it. One transaction.
    ///
    /// - Parameter precondition: what has to hold for it; nil for nothing.
    /// - Throws: ``StoreError/nameTaken(_:)`` for a name that is another agency's current one,
    ///   ``StoreError/successorCycle`` for a successor whose place this agency took,
    ///   ``StoreError/preconditionFailed``.
    public func edit(
        _ agency: Agency, _ edit: AgencyEdit, now: Int64, if precondition: Precondition? = nil
    ) async throws(StoreError) {
        try await write(now: now) { transaction in
            try transaction.require(precondition)
            try transaction.edit(agency.id, edit)
        }
    }

    /// Makes one agency of two. The reports of the first become the second's, each with the name of its year; where
    /// both have a report for a year, each keeps its own. The first leads readers to the second from now on.
    ///
    /// - Throws: ``StoreError/successorCycle`` where the second was merged into the first.
    public func merge(_ agency: Agency, into other: Agency, now: Int64) async throws(StoreError) -> AgencyMerge {
        try await write(now: now) { transaction in try transaction.merge(agency.id, into: other.id) }
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
