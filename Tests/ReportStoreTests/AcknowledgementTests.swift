import ReportStore
import Reports
import Support
import Testing

@Suite struct AcknowledgementTests {
    private static let name = "清禾县教育局"
    private static let word = Acknowledgement(at: 100, author: "甲", reason: "已核实，\"如实\"结转")

    /// A store with a report whose 上年结转 is not what the year before carried forward, and that finding.
    private func contradictory() async throws -> (Fixture, ReportHead, String) {
        let fixture = try await Fixture()
        try await fixture.save(Draft(Self.name, 2022) { ($0.received, $0.carriedForward) = (9, 4) }, now: 10)
        let (_, head) = try await fixture.save(Draft(Self.name, 2023) { $0.carriedOver = 3 }, now: 20)
        let finding = try #require(try fixture.findings(.carryRequests, Self.name, 2023).last)
        return (fixture, head, try #require(finding["fingerprint"]?.string))
    }

    private func said(_ fixture: Fixture, _ fingerprint: String) throws -> JSONValue? {
        try fixture.findings(.carryRequests, Self.name, 2023).first { $0["fingerprint"]?.string == fingerprint }?[
            "acknowledged"]
    }

    @Test func `what is said of a finding stands with it, is an entry in the feed, and moves the time of change`()
        async throws
    {
        let (fixture, head, finding) = try await contradictory()
        let tag = try fixture.stored(Self.name, 2023).tag
        #expect(try await fixture.store.acknowledge(finding, of: head, Self.word))
        #expect(try said(fixture, finding)?["reason"]?.string == Self.word.reason)
        #expect(try said(fixture, finding)?["author"]?.string == "甲")
        #expect(try fixture.head(Self.name, 2023).modifiedAt == 100)
        #expect(try fixture.stored(Self.name, 2023).tag == tag, "the document says nothing of it")
        #expect(try fixture.store.changes(since: 0, limit: 9).last?.kind == .reassessed)
        // Said again, it is the last word; and time goes forward.
        #expect(
            try await fixture.store.acknowledge(finding, of: head, Acknowledgement(at: 50, author: "乙", reason: "乙说")))
        #expect(try said(fixture, finding)?["author"]?.string == "乙")
        #expect(try fixture.head(Self.name, 2023).modifiedAt == 101)
        #expect(try await fixture.store.withdrawAcknowledgement(finding, of: head, now: 60))
        #expect(try said(fixture, finding) == .null)
        #expect(try fixture.head(Self.name, 2023).modifiedAt == 102)
        let last = try fixture.store.lastChange()
        #expect(try await !fixture.store.withdrawAcknowledgement(finding, of: head, now: 70), "nothing is said of it")
        #expect(try fixture.store.lastChange() == last)
    }

    @Test func `it holds through corrections and new runs while the finding is the same`() async throws {
        let (fixture, head, finding) = try await contradictory()
        #expect(try await fixture.store.acknowledge(finding, of: head, Self.word))
        try await fixture.save(Draft(Self.name, 2023) { ($0.carriedOver, $0.content) = (3, "二") })
        #expect(try said(fixture, finding)?["author"]?.string == "甲", "after a correction")
        try await fixture.save(Draft(Self.name, 2022) { ($0.received, $0.carriedForward) = (9, 5) })
        #expect(try said(fixture, finding) == nil, "it is another finding now")
        #expect(try fixture.findings(.carryRequests, Self.name, 2023).allSatisfy { $0["acknowledged"] == .null })
        try await fixture.save(Draft(Self.name, 2022) { ($0.received, $0.carriedForward) = (9, 4) })
        #expect(try said(fixture, finding)?["author"]?.string == "甲", "and here it is again")
        try await fixture.store.reindex(now: 5)
        #expect(try said(fixture, finding)?["author"]?.string == "甲")
    }

    @Test(arguments: ["0000000000000000", "", "carry.requests", "\",\"message\":\"", "%", "'"])
    func `nothing can be said of a finding that is not there`(fingerprint: String) async throws {
        let (fixture, head, _) = try await contradictory()
        let last = try fixture.store.lastChange()
        #expect(try await !fixture.store.acknowledge(fingerprint, of: head, Self.word))
        #expect(try await !fixture.store.withdrawAcknowledgement(fingerprint, of: head, now: 1))
        #expect(try fixture.store.lastChange() == last)
    }

    @Test func `a part of what is stored is no fingerprint`() async throws {
        let (fixture, head, finding) = try await contradictory()
        let findings = String(decoding: try fixture.store.findings(of: head), as: UTF8.self)
        let start = try #require(findings.range(of: finding)).lowerBound
        let part = String(findings[start...].prefix { $0 != "}" }.dropLast(1))
        #expect(try await !fixture.store.acknowledge(String(part.prefix(40)), of: head, Self.word))
        let named = String(findings[start...].split(separator: "\"", maxSplits: 3).prefix(3).joined(separator: "\""))
        #expect(try await !fixture.store.acknowledge(named, of: head, Self.word))
    }
}
