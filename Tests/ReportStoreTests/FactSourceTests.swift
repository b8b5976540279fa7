import Reports
import SQLite
import Testing

@testable import ReportStore

@Suite struct FactSourceTests {
    /// What it takes to find the first reports behind a position.
    private func operations(
        _ conditions: [ReportFilter.Condition], after: ReportListQuery.Position?, in fixture: Fixture
    ) throws -> (found: [Int], operations: Int) {
        let connection = try fixture.connection()
        var sum: (found: [Int], operations: Int) = ([], 0)
        for source in try FactSource.all(ReportFilter(conditions), after: after, connection) {
            let first = try source.first(5, connection) { row throws(SQLiteError) in FactReader.id(row) }
            sum.found += first.found
            sum.operations += first.operations
        }
        return sum
    }

    @Test func `a deep page takes no longer than the first`() async throws {
        let fixture = try await Fixture()
        for number in 0..<300 { try await fixture.save("\(number)号局", 2021 + number % 3) }
        let year = Double(2022)
        let filters: [[ReportFilter.Condition]] = [
            [], [.init(.year, .compare(.eq, .number(year)))],
            [.init(.year, .compare(.gte, .number(year))), .init(.scope, .compare(.eq, .text("own")))],
            [.init(.year, .oneOf([.number(year), .number(2023)]))], [.init(.year, .compare(.gt, .number(2021)))],
        ]
        for filter in filters {
            let first = try operations(filter, after: nil, in: fixture)
            let deep = try operations(
                filter, after: .init(values: [], report: ReportKey(year: 2022, report: 250)), in: fixture)
            #expect(first.found.count == 5 && deep.found.first == 251, "\(filter)")
            #expect(deep.operations < 400, "\(filter)")
        }
    }

    @Test func `a few agencies and small divisions are found by themselves, any page of them`() async throws {
        let fixture = try await Fixture()
        for number in 0..<200 { try await fixture.save("\(number)号局", 2022) }
        let filters: [[ReportFilter.Condition]] = [
            [.init(.agency, .compare(.eq, .number(150)))],
            [.init(.agency, .oneOf([.number(150), .number(160)])), .init(.year, .compare(.eq, .number(2022)))],
            [.init(.region, .compare(.eq, .text("4113"))), .init(.year, .compare(.eq, .number(2022)))],
            [.init(.region, .oneOf([.text("4113"), .text("411402")]))],
        ]
        let expected = [[150], [150, 160], [], []]
        for (filter, expected) in zip(filters, expected) {
            let first = try operations(filter, after: nil, in: fixture)
            #expect(first.found == expected && first.operations < 300, "\(filter)")
            let rest = try operations(
                filter, after: .init(values: [], report: ReportKey(year: 2022, report: 155)), in: fixture)
            #expect(rest.found == expected.filter { $0 > 155 }, "\(filter)")
        }
    }
}
