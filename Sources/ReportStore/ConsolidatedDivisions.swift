internal import Reports
internal import SQLite

/// The divisions that consolidated reports are of, so that what a 汇总 of a city has in it is not added to it once more by
/// those of its counties.
struct ConsolidatedDivisions {
    /// A report.
    struct Report: Hashable {
        let year: Int
        let id: Int
    }

    private struct Division: Hashable {
        let year: Int
        let code: Int
    }

    private struct Place {
        let division: Division
        /// Whether it speaks for its whole division: a government's does, a department's speaks for its branch.
        let isWhole: Bool
    }

    /// The reports by group.
    private var reports: [StatisticsKey: [Int: Place]] = [:]

    /// How many there are.
    var count: Int { reports.values.reduce(0) { $0 + $1.count } }

    /// - Parameter times: 1 adds a report, −1 takes it away.
    mutating func add(_ row: borrowing Row, _ key: StatisticsKey, times: Int) {
        guard let code = FactReader.region(row) else { return }
        let kind = FactReader.kind(row)
        let place = Place(
            division: Division(year: FactReader.year(row), code: code), isWhole: kind == .government || kind == .office)
        reports[key, default: [:]][FactReader.id(row)] = times > 0 ? place : nil
        if reports[key]?.isEmpty ?? false { reports[key] = nil }
    }

    /// The reports of divisions that lie in one which another report of the group is of, for the same year. O(reports).
    var nested: [Report] {
        reports.values.flatMap { places in
            let whole = Set(places.values.lazy.filter(\.isWhole).map(\.division))
            return places.compactMap { id, place in
                let (year, code) = (place.division.year, place.division.code)
                let above = [code / 100 * 100, code / 10_000 * 10_000].filter { $0 != code }
                return above.contains { whole.contains(Division(year: year, code: $0)) }
                    ? Report(year: year, id: id) : nil
            }
        }.sorted { ($0.year, $0.id) < ($1.year, $1.id) }
    }
}
