import ReportStore
import Support
import Testing

@Suite struct AgencyTests {
    @Test(arguments: [
        "清禾县ＡＢ教育局", "清禾县AB教育局", " 清禾县 AB 教育局 ", "清禾县　ＡＢ教育局", "清禾县\u{200B}AB教育局", "1", "\u{FEFF}清禾县AB教育局",
    ])
    func `an agency is found by its name in any form, and by its number`(name: String) async throws {
        let fixture = try await Fixture()
        try await fixture.save("清禾县ＡＢ教育局")
        #expect(try fixture.store.agency(name) == Agency(id: 1, name: "清禾县ＡＢ教育局"))
    }

    @Test(arguments: ["清禾县教育", "", "2", "0", "-1", "1.0", "99999999999999999999", "１2", "%"])
    func `any other name finds none`(name: String) async throws {
        let fixture = try await Fixture()
        try await fixture.save("清禾县教育局")
        #expect(try fixture.store.agency(name) == nil)
    }

    @Test func `spellings of one name are one agency, published as it came first`() async throws {
        let fixture = try await Fixture()
        try await fixture.save("清禾县ＡＢ教育局", 2022)
        let (_, head) = try await fixture.save("清禾县 AB教育局", 2023)
        #expect(head.agency == Agency(id: 1, name: "清禾县ＡＢ教育局"))
        #expect(try fixture.store.years(of: head.agency) == [2022, 2023])
    }

    @Test func `suggestions are the most alike, best first, at most as many as asked for`() async throws {
        let fixture = try await Fixture()
        for name in ["清禾县教育局", "清禾县教育体育局", "清禾县卫生健康委员会", "澜江市教育局", "柳泉镇人民政府"] { try await fixture.save(name) }
        let names = try await fixture.store.suggestions(for: "清禾县 教育 局机关").map(\.name)
        #expect(names.first == "清禾县教育局")
        #expect(names.contains("清禾县教育体育局") && !names.contains("柳泉镇人民政府"))
        let two = try await fixture.store.suggestions(for: "清禾县教育局机关", limit: 2).map(\.name)
        #expect(two == Array(names.prefix(2)))
        // A name that is begun is meant, however much of it is missing.
        let begun = try await fixture.store.suggestions(for: "柳泉").map(\.name)
        #expect(begun == ["柳泉镇人民政府"])
        #expect(try await fixture.store.suggestions(for: "完全不同").isEmpty)
        #expect(try await fixture.store.suggestions(for: "").isEmpty)
        #expect(try await fixture.store.suggestions(for: String(repeating: "县", count: 100_000)).isEmpty)
    }

    @Test func `where the nearest names cannot be found in time there are none`() async throws {
        let fixture = try await Fixture()
        try fixture.connection().execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
            INSERT INTO agency (name, key, created_at) SELECT '第' || i || '局', '第' || i || '局', 0 FROM n
            """)
        #expect(try await fixture.store.suggestions(for: "第一局", deadline: .zero).isEmpty)
    }

    @Test func `agencies are counted and paged by number, with their years`() async throws {
        let fixture = try await Fixture()
        for (name, years) in [("甲局", [2021, 2023]), ("乙局", [2022]), ("丙局", [2024])] {
            for year in years { try await fixture.save(name, year) }
        }
        let first = try await fixture.store.agencies(after: 0, limit: 2)
        #expect(first.map(\.agency.name) == ["甲局", "乙局"])
        #expect(first[0].reports == 2 && first[0].firstYear == 2021 && first[0].lastYear == 2023)
        let rest = try await fixture.store.agencies(after: first[1].agency.id, limit: 2)
        #expect(rest.map(\.agency.name) == ["丙局"])
        #expect(try await fixture.store.agencyCount() == 3)
    }
}
