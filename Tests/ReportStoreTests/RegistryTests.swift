import ReportStore
import Reports
import Support
import Testing

@Suite struct RegistryTests {
    private func edited(_ fixture: Fixture, _ name: String, now: Int64 = 50, _ change: (inout AgencyEdit) -> Void)
        async throws
    {
        var edit = AgencyEdit()
        change(&edit)
        let agency = try #require(try fixture.store.agency(name))
        try await fixture.store.edit(agency, edit, now: now)
    }

    @Test func `a renamed agency is found by both names, its documents lead to the new one and keep that of the year`()
        async throws
    {
        let fixture = try await Fixture()
        let (_, head) = try await fixture.save(Draft("甲局"), now: 10)
        let before = try fixture.stored("甲局", 2023)
        try await edited(fixture, "甲局") { $0.name = "乙局" }
        let renamed = Agency(id: 1, name: "乙局")
        #expect(try fixture.store.resolve("乙局") == .agency(renamed, isFormer: false))
        #expect(try fixture.store.resolve("甲局") == .agency(renamed, isFormer: true))
        let after = try fixture.stored("乙局", 2023)
        let json = try JSONValue(after.document)
        #expect(json["agency"]?["name"]?.string == "甲局")
        #expect(json["links"]?["self"]?.string == CanonicalJSON.path(agency: "乙局", year: 2023))
        #expect(after.tag != before.tag && after.head.modifiedAt == 50 && after.head.revisedAt == 10)
        #expect(try fixture.store.document(agency: "甲局", year: 2023) == nil, "the hottest read knows current names")
        #expect(try fixture.store.document(agency: "乙局", year: 2023)?.tag == after.tag)
        // And back: the name that it has is no former name.
        try await edited(fixture, "乙局") { $0.name = "甲局" }
        #expect(try fixture.store.resolve("甲局") == .agency(Agency(id: 1, name: "甲局"), isFormer: false))
        #expect(try fixture.store.record(of: head.agency)?.formerNames == ["乙局"])
        #expect(try fixture.stored("甲局", 2023).document == before.document)
    }

    @Test func `another spelling of the name is no former name`() async throws {
        let fixture = try await Fixture()
        try await fixture.save(Draft("甲 局"))
        try await edited(fixture, "甲局") { $0.name = "甲局" }
        #expect(try fixture.store.record(of: Agency(id: 1, name: ""))?.formerNames == [])
        #expect(try fixture.store.agency("甲局")?.name == "甲局")
    }

    @Test func `a report under a former name or an alias joins the agency, with the name that it states`() async throws
    {
        let fixture = try await Fixture()
        try await fixture.save(Draft("甲局", 2022))
        try await edited(fixture, "甲局") { ($0.name, $0.aliases) = ("乙局", ["丙局", "丙 局"]) }
        for (name, year) in [("甲局", 2021), ("丙局", 2023), ("乙局", 2024)] {
            let (_, head) = try await fixture.save(Draft(name, year))
            #expect(head.agency == Agency(id: 1, name: "乙局") && head.agencyName == name)
        }
        let record = try #require(try fixture.store.record(of: Agency(id: 1, name: "")))
        #expect(record.aliases.map { AgencyKey($0).text } == ["丙局"])
        #expect(record.formerNames == ["甲局"] && record.years == [2021, 2022, 2023, 2024])
    }

    @Test func `an alias that two agencies share leads to both, and nothing is filed under it by guess`() async throws {
        let fixture = try await Fixture()
        for name in ["甲局", "乙局"] {
            try await fixture.save(Draft(name))
            try await edited(fixture, name) { $0.aliases = ["局"] }
        }
        let both = [Agency(id: 1, name: "甲局"), Agency(id: 2, name: "乙局")]
        #expect(try fixture.store.resolve("局") == .several(both))
        #expect(try fixture.store.agency("局") == nil)
        #expect(await storeError { try await fixture.save(Draft("局", 2022)) } == .ambiguousAgency(both))
        let (_, head) = try await fixture.save(Draft("局", 2022) { $0.agencyID = 2 })
        #expect(head.agency.id == 2)
        try await edited(fixture, "甲局") { $0.aliases = [] }
        #expect(try fixture.store.resolve("局") == .agency(both[1], isFormer: false))
    }

    @Test func `of agencies that share an alias the division decides where one alone is in it`() async throws {
        let fixture = try await Fixture(regions: .few)
        for name in ["镇平县财政局", "平顶山市新华区财政局", "石家庄市新华区财政局"] {
            try await fixture.save(Draft(name))
            try await edited(fixture, name) { $0.aliases = ["财政局"] }
        }
        let (_, head) = try await fixture.save(Draft("财政局", 2022) { $0.region = "411324" })
        #expect(head.agency.name == "镇平县财政局" && head.agencyName == "财政局")
        let (_, other) = try await fixture.save(Draft("财政局", 2022) { $0.region = "130000" })
        #expect(other.agency.name == "石家庄市新华区财政局")
        for region in ["410000", "110000", nil] {
            let error = await storeError {
                _ = try await fixture.save(Draft("财政局", 2021) { $0.region = region })
            }
            guard case .ambiguousAgency = error else { return #expect(Bool(false), "\(region ?? "")") }
        }
    }

    @Test func `the current name of another agency is taken, for a name and for an alias, and nothing changes`()
        async throws
    {
        let fixture = try await Fixture()
        for name in ["甲局", "乙局"] { try await fixture.save(Draft(name), now: 10) }
        let taken = StoreError.nameTaken(Agency(id: 2, name: "乙局"))
        #expect(
            await storeError { try await edited(fixture, "甲局") { ($0.level, $0.name) = (.county, "乙 局") } } == taken)
        #expect(await storeError { try await edited(fixture, "甲局") { $0.aliases = ["丙局", "乙局"] } } == taken)
        #expect(
            await storeError { try await edited(fixture, "甲局") { ($0.name, $0.formerNames) = ("丁局", ["乙局"]) } } == taken
        )
        let record = try #require(try fixture.store.record(of: Agency(id: 1, name: "")))
        #expect(record.agency.name == "甲局" && record.aliases.isEmpty && record.level == nil)
        #expect(try fixture.store.lastChange() == 2)
    }

    @Test func `a name goes to the agency whose current one it is, before those whose alias it is`() async throws {
        let fixture = try await Fixture()
        for name in ["甲局", "乙局"] { try await fixture.save(Draft(name)) }
        try await edited(fixture, "甲局") { $0.aliases = ["丙局"] }
        try await edited(fixture, "乙局") { $0.name = "丙局" }
        #expect(try fixture.store.agency("丙局")?.id == 2)
        try await edited(fixture, "丙局") { $0.name = "乙局" }
        #expect(try fixture.store.resolve("丙局") == .several([Agency(id: 1, name: "甲局"), Agency(id: 2, name: "乙局")]))
    }

    @Test func `merged reports are the other's with the name of their year, and a year that both have stays`()
        async throws
    {
        let fixture = try await Fixture(regions: .few)
        for year in [2021, 2022] { try await fixture.save(Draft("镇平县甲局", year), now: 10) }
        for year in [2022, 2023] {
            try await fixture.save(Draft("新华区乙局", year) { $0.carriedOver = 4 }, now: 10)
        }
        let old = try #require(try fixture.store.agency("镇平县甲局"))
        let new = try #require(try fixture.store.agency("新华区乙局"))
        let merge = try await fixture.store.merge(old, into: new, now: 20)
        #expect((merge.moved, merge.kept) == ([2021], [2022]))
        #expect(try fixture.store.years(of: new) == [2021, 2022, 2023])
        #expect(try fixture.store.years(of: old) == [2022])
        let moved = try fixture.stored("新华区乙局", 2021)
        #expect(moved.head.agencyName == "镇平县甲局" && moved.head.agency == new)
        #expect(try JSONValue(moved.document)["agency"]?["region"] == .null, "the other's division, which nobody knows")
        #expect(try fixture.findings(.carryRequests, "新华区乙局", 2022).count == 2, "held against the year that came")
        #expect(try fixture.store.successors(of: old) == [new])
        #expect(try fixture.store.record(of: new)?.predecessors == [old])
        #expect(try await fixture.store.agencies(after: 0, limit: 9).map(\.reports) == [1, 3])
        #expect(await storeError { _ = try await fixture.store.merge(new, into: old, now: 30) } == .successorCycle)
        #expect(await storeError { _ = try await fixture.store.merge(new, into: new, now: 30) } == .successorCycle)
    }

    @Test func `a later report under the name of an agency that was merged whole joins the rest`() async throws {
        let fixture = try await Fixture()
        for name in ["甲局", "乙局", "丙局"] {
            try await fixture.save(Draft(name, name == "甲局" ? 2021 : name == "乙局" ? 2022 : 2023))
        }
        let agencies = try ["甲局", "乙局", "丙局"].map { try #require(try fixture.store.agency($0)) }
        _ = try await fixture.store.merge(agencies[0], into: agencies[1], now: 20)
        _ = try await fixture.store.merge(agencies[1], into: agencies[2], now: 30)
        let (_, head) = try await fixture.save(Draft("甲局", 2024))
        #expect(head.agency == agencies[2] && head.agencyName == "甲局")
        #expect(try fixture.store.successors(of: agencies[0]) == [agencies[1], agencies[2]])
    }

    @Test func `a report of a merged agency for a year that its successor has its own of stays apart`() async throws {
        let fixture = try await Fixture()
        for name in ["甲局", "丙局"] { try await fixture.save(Draft(name, 2021)) }
        try await fixture.save(Draft("乙办", 2022))
        let office = try #require(try fixture.store.agency("乙办"))
        for name in ["甲局", "丙局"] {
            _ = try await fixture.store.merge(try #require(try fixture.store.agency(name)), into: office, now: 20)
        }
        // 丙局 kept 2021, since 甲局 had brought that year already.
        let (outcome, head) = try await fixture.save(Draft("甲局", 2022) { $0.received = 7 })
        #expect(outcome == .stored && head.agency.name == "甲局" && head.revision == 1)
        #expect(try fixture.head("乙办", 2022).revision == 1)
        let (again, corrected) = try await fixture.save(Draft("甲局", 2022) { $0.received = 8 })
        #expect(again == .revised && corrected.agency.name == "甲局")
        // A year that it brought is corrected where it is; of two predecessors each keeps its own.
        let (moved, old) = try await fixture.save(Draft("甲局", 2021) { $0.received = 9 })
        #expect(moved == .revised && old.agency == office && old.agencyName == "甲局")
        let (first, joined) = try await fixture.save(Draft("甲局", 2023))
        #expect(first == .stored && joined.agency == office)
        let (second, apart) = try await fixture.save(Draft("丙局", 2023))
        #expect(second == .stored && apart.agency.name == "丙局")
    }

    @Test func `a year that a merge has moved goes back where the successor's own report of it comes`() async throws {
        let fixture = try await Fixture()
        try await fixture.save(Draft("甲局", 2021) { $0.received = 5 })
        try await fixture.save(Draft("乙办", 2022) { $0.carriedOver = 4 })
        let agencies = try ["甲局", "乙办"].map { try #require(try fixture.store.agency($0)) }
        _ = try await fixture.store.merge(agencies[0], into: agencies[1], now: 20)
        let (outcome, head) = try await fixture.save(Draft("乙办", 2021) { $0.carriedForward = 4 })
        #expect(outcome == .stored && head.agency == agencies[1] && head.revision == 1)
        let old = try fixture.head("甲局", 2021)
        #expect(old.agency == agencies[0] && old.revision == 1)
        #expect(try fixture.findings(.carryRequests, "乙办", 2022).isEmpty, "held against its own year before")
        let (again, corrected) = try await fixture.save(Draft("甲局", 2021) { $0.received = 6 })
        #expect(again == .revised && corrected.id == old.id)
    }

    @Test func `no agency follows itself, however long the way round`() async throws {
        let fixture = try await Fixture()
        let count = 40
        for number in 1...count { try await fixture.save(Draft("\(number)号局")) }
        for number in 1..<count { try await edited(fixture, "\(number)号局") { $0.successor = number + 1 } }
        #expect(await storeError { try await edited(fixture, "\(count)号局") { $0.successor = 1 } } == .successorCycle)
        #expect(await storeError { try await edited(fixture, "2号局") { $0.successor = 2 } } == .successorCycle)
        try await edited(fixture, "20号局") { $0.successor = .some(nil) }
        try await edited(fixture, "\(count)号局") { $0.successor = 1 }
        #expect(try fixture.store.record(of: Agency(id: 20, name: ""))?.successor == nil)
    }

    @Test func `the scope that decides when a report is due is that of the last report`() async throws {
        let fixture = try await Fixture()
        try await fixture.save(Draft("甲局", 2022) { $0.scope = .consolidated })
        try await fixture.save(Draft("甲局", 2023))
        #expect(try await fixture.store.agencies(after: 0, limit: 1).first?.scope == .own)
        try await fixture.save(Draft("甲局", 2024) { $0.scope = .consolidated })
        #expect(try await fixture.store.agencies(after: 0, limit: 1).first?.scope == .consolidated)
    }

    @Test func `what is missing and what is late follow from the reports that stand`() async throws {
        let fixture = try await Fixture()
        func names(_ duty: AgencyFilter.Duty) async throws -> [String] {
            var filter = AgencyFilter()
            filter.duty = duty
            #expect(
                try await fixture.store.agencyCount(filter) == fixture.store.agencies(filter, after: 0, limit: 99).count
            )
            return try await fixture.store.agencies(filter, after: 0, limit: 99).map(\.agency.name)
        }
        func day(_ year: Int, _ month: Int, _ day: Int) -> DocumentDate? {
            DocumentDate(year: year, month: month, day: day)
        }
        try await fixture.save(Draft("甲局", 2022) { $0.published = day(2023, 1, 31) })
        try await fixture.save(Draft("乙局", 2022) { $0.published = day(2023, 2, 1) })
        try await fixture.save(Draft("丙县人民政府", 2022) { $0.published = day(2023, 3, 31) })
        try await fixture.save(Draft("丁县", 2022) { ($0.published, $0.scope) = (day(2023, 4, 1), .consolidated) })
        try await fixture.save(Draft("戊局", 2018) { $0.published = day(2019, 3, 31) })
        let (_, himself) = try await fixture.save(Draft("己局", 2021))
        #expect(try await names(.late(year: 2022)) == ["乙局", "丁县"])
        #expect(try await names(.late(year: 2018)).isEmpty)
        #expect(try await names(.missing(year: 2022)) == ["戊局", "己局"])
        try await edited(fixture, "己局") { $0.successor = 1 }
        #expect(try await names(.missing(year: 2022)) == ["戊局"])
        #expect(try await fixture.store.withdraw(fixture.head("乙局", 2022), Note(), now: 0))
        #expect(try await names(.late(year: 2022)) == ["丁县"])
        #expect(try await fixture.store.withdraw(himself, Note(), now: 0))
        #expect(try await fixture.store.agencyCount() == 4, "without a report that stands an agency is in no list")
    }
}
