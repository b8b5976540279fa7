import ReportStore
import Reports
import Support
import Testing

@Suite struct ListingTests {
    @Test func `filters hold alone and together, and the count agrees`() async throws {
        let fixture = try await Fixture()
        _ = try await fixture.store.save(submission("甲局", 2020, form: .form2019), now: 1)
        _ = try await fixture.store.save(submission("甲局", 2023), now: 1)
        _ = try await fixture.store.save(submission("乙县", 2023, scope: .consolidated), now: 1)
        func expect(_ expected: [String], _ conditions: [ReportFilter.Condition] = []) async throws {
            let filter = ReportFilter(conditions)
            let found = try await fixture.store.reports(filter, limit: 10)
            #expect(found.map { "\($0.agency.name) \($0.year)" } == expected)
            #expect(try await fixture.store.reportCount(filter) == expected.count)
        }
        let first = ReportFilter.Condition(.agency, .compare(.eq, .number(1)))
        let consolidated = ReportFilter.Condition(.scope, .compare(.eq, .text("consolidated")))
        try await expect(["甲局 2020", "甲局 2023", "乙县 2023"])
        try await expect(["甲局 2020", "甲局 2023"], [first])
        try await expect(["甲局 2023", "乙县 2023"], [.init(.year, .compare(.gte, .number(2021)))])
        try await expect(["甲局 2020"], [.init(.form, .oneOf([.text("2019"), .text("2014")]))])
        try await expect(["乙县 2023"], [consolidated])
        try await expect([], [consolidated, first])
    }

    @Test func `pages neither skip nor repeat a report while others arrive and change`() async throws {
        let fixture = try await Fixture()
        let there = 60
        for number in 0..<there { try await fixture.save("\(number)号局") }
        async let arrivals: Void = {
            for number in there..<there + 40 {
                try await fixture.save("\(number)号局")
                try await fixture.save("\(number - there)号局", content: "更正 \(number)")
            }
        }()
        var seen: [Int] = []
        var last: ReportListQuery.Position?
        while true {
            let after = last
            let (page, end) = try await fixture.store.longSnapshot { snapshot in
                let page = try snapshot.reports(ReportListQuery(), after: after, limit: 7)
                return (page, try page.last.map { try snapshot.position(of: $0.head.key, in: ReportListQuery()) })
            }
            seen += page.map(\.head.id)
            last = end
            if page.count < 7 { break }
        }
        try await arrivals
        #expect(seen == seen.sorted() && Set(seen).count == seen.count)
        #expect(Set(1...there).isSubset(of: seen))
    }

    @Test func `a list that is kept follows very many changes at once`() async throws {
        let fixture = try await Fixture()
        for number in 0..<120 { try await fixture.save("\(number)号局") }
        let lists = [
            ReportListQuery(order: [.init(.agency, isDescending: true)]),
            // All without a figure: their order is that of years.
            ReportListQuery(order: [.init(.measure(.figure(.request(.newReceived, .total))))]),
            ReportListQuery(
                filter: ReportFilter([.init(.finding, .compare(.eq, .check(.balance)), isNegated: true)]),
                order: [.init(.year, isDescending: true)]),
            ReportListQuery(order: [.init(.agencyName, isDescending: true)]),
            ReportListQuery(order: [.init(.revision, isDescending: true), .init(.title)]),
            ReportListQuery(order: [.init(.warnings), .init(.published), .init(.revisedAt, isDescending: true)]),
        ]
        func found(_ store: Store) throws -> [[Int]] {
            try lists.map { query in
                try store.snapshot { try $0.keys(query, limit: 1_000) }.map(\.report)
            }
        }
        #expect(try found(fixture.store).map(\.count) == Array(repeating: 120, count: lists.count))
        for number in 0..<90 {
            try await fixture.save("\(number)号局", content: "更正")
            try await fixture.save("\(number)号局", 2022)
        }
        let heads = try await fixture.store.reports(ReportFilter(), limit: 1_000)
        for index in stride(from: 3, to: 120, by: 4) {
            #expect(try await fixture.store.withdraw(heads[index], Note(), now: 1_780_000_001))
        }
        let kept = try found(fixture.store)
        let anew = try await Store.open(fixture.path) { 1_780_000_000 }
        let plain = try found(anew)
        #expect(kept == plain)
        #expect(kept.map(\.count) == Array(repeating: 180, count: lists.count))
    }

    @Test func `readers see whole revisions while they are written`() async throws {
        let fixture = try await Fixture()
        let (_, first) = try await fixture.save(content: "0")
        let agency = first.agency
        let store = fixture.store
        let rounds = 100
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 1...rounds {
                    _ = try await store.save(
                        submission(agency.name, 2023, content: "\(number)", title: "第\(number)版"), now: Int64(number))
                }
            }
            for _ in 0..<6 {
                group.addTask {
                    var last = 1
                    while last <= rounds {
                        let report = try #require(try store.report(of: agency, year: 2023))
                        let head = report.head
                        #expect(head.revision >= last, "time goes forward for every reader")
                        last = head.revision
                        let title = try JSONValue(report.document)["title"]?.string
                        #expect(head.title == title, "head and document are of one revision")
                        let source = try store.source(of: head, revision: head.revision)
                        #expect(source.content == .deflated(Array("\(agency.name) 2023 \(head.revision - 1)".utf8)))
                        await Task.yield()
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `writers at once make one agency, one report and a revision each`() async throws {
        let fixture = try await Fixture()
        let outcomes = try await withThrowingTaskGroup(of: SaveOutcome.self) { group in
            for number in 0..<20 { group.addTask { try await fixture.save(content: "\(number)").0 } }
            return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes == [.stored: 1, .revised: 19])
        #expect(try await fixture.store.agencyCount() == 1)
    }
}
