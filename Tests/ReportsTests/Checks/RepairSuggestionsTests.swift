import Reports
import Testing

@Suite struct RepairSuggestionsTests {
    private func suggestions(_ change: (inout RequestTable) -> Void) throws -> [Finding] {
        var report = try Example.balanced()
        guard var table = report.requests else { return [] }
        change(&table)
        report.requests = table
        return CheckedReport(report).findings.filter { $0.check == .repairSuggestion }
    }

    @Test func `a report that adds up gets none`() throws {
        #expect(try suggestions { _ in }.isEmpty)
    }

    @Test func `one misprinted total is named with what may be meant`() throws {
        let right = try Example.balanced().requests?[.totalProcessed, .total]
        let found = try suggestions { $0[.totalProcessed, .total] = (right ?? 0) + 7 }
        #expect(found.count == 1)
        #expect(found.first?.paths == [.request(.totalProcessed, .total)])
        #expect(found.first?.message.contains("\(right ?? 0) may be meant") == true)
        #expect(found.first?.state == .notice)
    }

    @Test func `two neighbours that changed places are named together`() throws {
        let found = try suggestions { table in
            let left = table[.granted, .naturalPerson]
            table[.granted, .naturalPerson] = table[.granted, .commercialEnterprise]
            table[.granted, .commercialEnterprise] = left
        }
        #expect(
            found.contains {
                $0.paths == [.request(.granted, .naturalPerson), .request(.granted, .commercialEnterprise)]
            })
    }

    @Test func `figures at the limit of an integer are no suggestion, and no trap`() throws {
        let found = try suggestions { table in
            table[.granted, .naturalPerson] = 5
            table[.granted, .commercialEnterprise] = -5
            table[.granted, .total] = .max
        }
        #expect(found.allSatisfy { $0.check == .repairSuggestion })
    }
}
