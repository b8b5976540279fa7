import ReportStore
import Reports
import Support
import Testing

@Suite struct ChangesTests {
    @Test func `every write is an entry, and those that it changed follow it`() async throws {
        let fixture = try await Fixture()
        let store = fixture.store
        #expect(try store.lastChange() == 0)
        try await fixture.save(Draft("甲局", 2023), now: 10)
        try await fixture.save(Draft("甲局", 2023), now: 20)
        try await fixture.save(Draft("甲局", 2022) { $0.carriedForward = 1 }, now: 30)
        try await fixture.save(Draft("甲局", 2022) { ($0.carriedForward, $0.content) = (1, "二") }, now: 40)
        let (_, head) = try await fixture.save(Draft("甲局", 2022), now: 50)
        #expect(try await store.withdraw(head, Note(), now: 60))
        let changes = try store.changes(since: 0, limit: 99)
        #expect(
            changes.map { "\($0.cursor) \($0.kind) \($0.year) r\($0.revision) at \($0.at)" } == [
                "1 stored 2023 r1 at 10", "2 stored 2022 r1 at 30", "3 reassessed 2023 r1 at 30",
                "4 corrected 2022 r2 at 40", "5 corrected 2022 r3 at 50", "6 reassessed 2023 r1 at 50",
                "7 withdrawn 2022 r4 at 60", "8 reassessed 2023 r1 at 60",
            ])
        #expect(try store.lastChange() == 8)
        #expect(try store.changes(since: 3, limit: 2) == Array(changes[3..<5]))
        #expect(try store.changes(since: 8, limit: 2).isEmpty)
    }

    @Test func `entries know the agency as it is and as it was called then`() async throws {
        let fixture = try await Fixture()
        let (_, head) = try await fixture.save(Draft("甲局"))
        var edit = AgencyEdit()
        edit.name = "乙局"
        try await fixture.store.edit(head.agency, edit, now: 5)
        let changes = try fixture.store.changes(since: 0, limit: 9)
        #expect(changes.map(\.kind) == [.stored, .reassessed] && changes.map(\.agency.name) == ["乙局", "乙局"])
        #expect(changes.map(\.agencyName) == ["甲局", "乙局"])
    }

    @Test func `a write that changes no document makes no entry`() async throws {
        let fixture = try await Fixture()
        let (_, head) = try await fixture.save(Draft("甲局"))
        var edit = AgencyEdit()
        (edit.aliases, edit.kind, edit.level) = (["乙局"], .department, .county)
        (edit.name, edit.region) = ("甲局", .some(nil))
        try await fixture.store.edit(head.agency, edit, now: 5)
        #expect(try fixture.store.lastChange() == 1)
        #expect(try fixture.head("甲局", 2023) == head)
    }
}
