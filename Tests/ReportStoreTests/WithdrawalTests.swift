import ReportStore
import Reports
import Support
import Testing

@Suite struct WithdrawalTests {
    @Test func `a withdrawn report is in no list, and its history says who withdrew it and why`() async throws {
        let fixture = try await Fixture()
        let (_, head) = try await fixture.save(Draft(), now: 10)
        let before = try fixture.stored("清禾县教育局", 2023)
        #expect(try await fixture.store.withdraw(head, Note(reason: "错发", author: "乙"), now: 20))
        #expect(
            try await !fixture.store.withdraw(head, Note(reason: "又一次", author: "乙"), now: 30),
            "it is withdrawn already")
        let after = try fixture.head("清禾县教育局", 2023)
        #expect(after.isWithdrawn && after.revision == 2 && after.reason == "错发")
        #expect((after.revisedAt, after.modifiedAt) == (20, 20))
        #expect(try fixture.store.document(agency: "清禾县教育局", year: 2023) == nil)
        #expect(try await fixture.store.reportCount(.init()) == 0)
        #expect(try fixture.store.years(of: head.agency).isEmpty)
        let history = try fixture.store.revisions(of: after)
        #expect(history.map(\.number) == [2, 1] && history.map(\.kind) == [.withdrawn, .stored])
        #expect(
            history[0].note == Note(reason: "错发", author: "乙") && history[0].sha256 == nil && history[0].source == nil)
        #expect(try fixture.store.document(of: after, revision: 1) == before.document)
        #expect(try fixture.store.document(of: after, revision: 2) == nil)
        #expect(try fixture.store.source(of: after, revision: 1).length > 0)
        #expect(throws: StoreError.self) { try fixture.store.source(of: after, revision: 2) }
    }

    @Test func `the same bytes bring a withdrawn report back as a revision of their own`() async throws {
        let fixture = try await Fixture()
        let (_, head) = try await fixture.save(Draft() { $0.carriedOver = 2 }, now: 10)
        #expect(try await fixture.store.withdraw(head, Note(), now: 10))
        let (outcome, back) = try await fixture.save(Draft() { $0.carriedOver = 2 }, now: 10)
        #expect(outcome == .revised && back.revision == 3 && !back.isWithdrawn)
        #expect(back.revisedAt == 10, "no time is later than the clock")
        #expect(try fixture.store.revisions(of: back).map(\.kind) == [.corrected, .withdrawn, .stored])
        #expect(try await fixture.save(Draft() { $0.carriedOver = 2 }).0 == .unchanged)
        #expect(try fixture.store.document(of: back, revision: 2) == nil, "nor has it one when it is superseded")
        #expect(try fixture.store.document(of: back, revision: 3) == fixture.stored("清禾县教育局", 2023).document)
        #expect(try await fixture.store.withdraw(head, Note(), now: 10), "it stands again, so it can be withdrawn")
    }

    @Test func `a withdrawn report has no findings to say anything of`() async throws {
        let fixture = try await Fixture()
        try await fixture.save(Draft("甲局", 2022) { $0.carriedForward = 3 })
        let (_, head) = try await fixture.save(Draft("甲局", 2023))
        let finding = try #require(try fixture.findings(.carryRequests, "甲局", 2023).first?["fingerprint"]?.string)
        #expect(try await fixture.store.withdraw(head, Note(), now: 5))
        let after = try fixture.head("甲局", 2023)
        #expect(try fixture.store.findings(of: after) == Array("[]".utf8))
        #expect((after.errors, after.warnings) == (0, 0))
        let word = Acknowledgement(at: 6, author: "甲", reason: "无妨")
        #expect(try await !fixture.store.acknowledge(finding, of: after, word))
    }
}
