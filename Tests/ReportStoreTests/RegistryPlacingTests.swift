import ReportStore
import Reports
import Support
import Testing

@Suite struct RegistryPlacingTests {
    @Test(
        arguments: [
            ("镇平县教育局", nil, 2023, "411324"), ("河南省平顶山市新华区教育局", nil, 2023, "410402"),
            ("新华区教育局", nil, 2023, nil), ("清禾县教育局", nil, 2023, nil),
            ("新华区教育局", "410400", 2023, "410402"), ("新华区教育局", "110000", 2023, nil), ("清禾县教育局", "411300", 2023, "411300"),
            ("镇平县教育局", "130000", 2023, "411324"),
            ("偃师市教育局", nil, 2020, "410381"), ("偃师区教育局", nil, 2022, "410307"),
        ] as [(String, String?, Int, String?)])
    func `a new agency is placed by its name, else as the upload says`(
        name: String, region: String?, year: Int, expected: String?
    ) async throws {
        let fixture = try await Fixture(regions: .few)
        let (_, head) = try await fixture.save(Draft(name, year) { $0.region = region })
        #expect(head.agency.region == expected)
        let json = try JSONValue(fixture.stored(name, year).document)["agency"]?["region"]
        #expect(json?["code"]?.string == expected)
        #expect(try await fixture.store.regionCounts().mapValues(\.reports) == (expected.map { [$0: 1] } ?? [:]))
    }

    @Test func `a later upload that says the division places an agency like the first one`() async throws {
        let fixture = try await Fixture(regions: .few)
        try await fixture.save(Draft("新华区教育局", 2022), now: 10)
        let (_, head) = try await fixture.save(Draft("新华区教育局", 2023) { $0.region = "410400" }, now: 20)
        #expect(head.agency.region == "410402", "the division within that one whose name it bears")
        #expect(try fixture.head("新华区教育局", 2022).modifiedAt == 20)
    }

    @Test func `a later year whose name says the division places an agency that was not placed`() async throws {
        let fixture = try await Fixture(regions: .few)
        let (_, head) = try await fixture.save(Draft("新华区教育局", 2022))
        #expect(head.agency.region == nil)
        let (_, later) = try await fixture.save(
            Draft("平顶山市新华区教育局", 2023) { $0.agencyID = head.agency.id })
        #expect(later.agency.region == "410402")
    }

    @Test func `a name of several divisions is a finding with the candidates until the entry says which`() async throws
    {
        let fixture = try await Fixture(regions: .few)
        let name = "新华区教育局"
        let (_, head) = try await fixture.save(Draft(name), now: 10)
        let message = try #require(try fixture.messages(.identityRegion, name, 2023).first)
        #expect(message.contains("130105 河北省石家庄市新华区") && message.contains("410402 河南省平顶山市新华区"))
        let before = try fixture.stored(name, 2023)
        #expect(try JSONValue(before.document)["quality"]?["uncertain"]?.integer ?? 0 > 0)
        var edit = AgencyEdit()
        edit.region = "130105"
        try await fixture.store.edit(head.agency, edit, now: 20)
        let after = try fixture.stored(name, 2023)
        #expect(try fixture.findings(.identityRegion, name, 2023).isEmpty)
        #expect(after.tag != before.tag && after.head.modifiedAt == 20 && after.head.revisedAt == 10)
        #expect(after.head.agency.region == "130105")
        edit.region = .some(nil)
        try await fixture.store.edit(head.agency, edit, now: 30)
        #expect(try fixture.stored(name, 2023).document == before.document)
        #expect(try fixture.findings(.identityRegion, name, 2023).count == 1)
    }

    @Test func `where others have said which of several divisions is meant, a report that does not say has a finding`()
        async throws
    {
        let fixture = try await Fixture(regions: .few)
        let name = "新华区教育局"
        func messages(_ year: Int) throws -> [String] { try fixture.messages(.identityRegion, name, year) }
        try await fixture.save(Draft(name, 2021), now: 10)
        let (_, head) = try await fixture.save(Draft(name, 2022) { $0.region = "410400" }, now: 20)
        try await fixture.save(Draft(name, 2023), now: 30)
        #expect(try messages(2022).isEmpty, "it says so itself")
        for year in [2021, 2023] {
            let message = try #require(try messages(year).first)
            #expect(message.contains("130105") && message.contains("it does not say which"))
            #expect(message.contains("agency \(head.agency.id), 410402 河南省平顶山市新华区"))
        }
        // Another document for the same year that may be of another agency of this name.
        try await fixture.save(Draft(name, 2022) { $0.received = 7 }, now: 40)
        #expect(try messages(2022).count == 1)
        // The same documents with a word on it, and the agency's entry.
        try await fixture.save(Draft(name, 2022) { ($0.received, $0.region) = (7, "410402") }, now: 50)
        #expect(try messages(2022).isEmpty)
        var edit = AgencyEdit()
        edit.region = "410402"
        try await fixture.store.edit(head.agency, edit, now: 60)
        #expect(try messages(2021).isEmpty && messages(2023).isEmpty)
    }

    @Test func `an agency that moves takes its reports out of one sum and into another`() async throws {
        let fixture = try await Fixture(regions: .few)
        for name in ["河南省", "河北省"] {
            try await fixture.save(Draft(name) { ($0.scope, $0.received) = (.consolidated, 1) })
        }
        let (_, part) = try await fixture.save(Draft("镇平县教育局") { $0.received = 2 })
        #expect(try !fixture.findings(.consolidatedSum, "河南省", 2023).isEmpty)
        #expect(try fixture.findings(.consolidatedSum, "河北省", 2023).isEmpty)
        var edit = AgencyEdit()
        edit.region = "130105"
        try await fixture.store.edit(part.agency, edit, now: 5)
        #expect(try fixture.findings(.consolidatedSum, "河南省", 2023).isEmpty)
        #expect(try !fixture.findings(.consolidatedSum, "河北省", 2023).isEmpty)
        #expect(try await fixture.store.regionCounts().keys.sorted() == ["130000", "130105", "410000"])
    }
}
