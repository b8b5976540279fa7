import ReportStore
import Reports
import SQLite
import Support
import Testing

@Suite struct SavingTests {
    @Test func `a first document is stored, another revises it, the same bytes change nothing`() async throws {
        let fixture = try await Fixture()
        let (first, one) = try await fixture.save(content: "一", now: 100)
        let (second, two) = try await fixture.save(content: "二", now: 200)
        let (third, three) = try await fixture.save(content: "二", now: 300)
        #expect([first, second, third] == [.stored, .revised, .unchanged])
        #expect((one.revision, one.revisedAt) == (1, 100))
        #expect((two.revision, two.revisedAt) == (2, 200))
        #expect(three == two)
        #expect(one.id == two.id)
        #expect(try fixture.store.report(of: two.agency, year: 2023)?.head == two)
    }

    @Test func `the times of revisions do not go back, whatever the clock does`() async throws {
        let fixture = try await Fixture()
        var times: [Int64] = []
        for (content, now) in [("一", 100), ("二", 100), ("三", 40), ("四", 200)] as [(String, Int64)] {
            times.append(try await fixture.save(content: content, now: now).1.revisedAt)
        }
        #expect(times == [100, 100, 100, 200])
    }

    @Test func `bytes of an earlier revision make a new one`() async throws {
        let fixture = try await Fixture()
        try await fixture.save(content: "一")
        try await fixture.save(content: "二")
        let (outcome, head) = try await fixture.save(content: "一")
        #expect(outcome == .revised && head.revision == 3)
    }

    @Test func `a superseded document moves to its revision, and the current one stands in the report alone`()
        async throws
    {
        let fixture = try await Fixture()
        let (_, head) = try await fixture.save(content: "一")
        let before = try #require(try fixture.store.report(of: head.agency, year: 2023)).document
        _ = try await fixture.store.save(submission("清禾县教育局", 2023, content: "二", title: "更正"), now: 2)
        let connection = try fixture.connection()
        let documents = try connection.query("SELECT document FROM revision ORDER BY number") { row in
            row.isNull(0) ? nil : row.blob(0)
        }
        #expect(try documents.map { try $0.map { try unpacked($0, connection) } } == [before, nil])
    }

    @Test func `reason, file name and address are kept with the revision`() async throws {
        let fixture = try await Fixture()
        let (_, head) = try await fixture.store.save(
            submission("甲局", 2022, reason: "更正", fileName: "报告.txt", url: "https://example.org/a?b=1"), now: 1)
        let source = try fixture.store.source(of: head, revision: head.revision)
        #expect(head.reason == "更正")
        #expect(source.fileName == "报告.txt" && source.url == "https://example.org/a?b=1")
        #expect(source.mediaType == "text/plain; charset=utf-8")
        #expect(source.content == .deflated(Array("甲局 2022 一".utf8)) && source.length == "甲局 2022 一".utf8.count)
    }

    @Test func `each revision has its own findings, narrative and source`() async throws {
        let fixture = try await Fixture()
        let (_, one) = try await fixture.save(content: "一")
        let (_, two) = try await fixture.save(content: "二")
        #expect(
            try fixture.store.source(of: one, revision: one.revision).content == .deflated(Array("清禾县教育局 2023 一".utf8)))
        #expect(
            try fixture.store.source(of: two, revision: two.revision).content == .deflated(Array("清禾县教育局 2023 二".utf8)))
        let findings = try JSONValue(try fixture.store.findings(of: two))
        guard case .array(let items) = findings else { return #expect(Bool(false), "findings are an array") }
        #expect(!items.isEmpty, "a report without tables has findings")
        #expect(two.errors == items.count { $0["severity"]?.string == "error" })
        #expect(try JSONValue(try fixture.store.narrative(of: two, revision: two.revision))["sections"] != nil)
    }

    @Test func `the same bytes for two years and two agencies are four reports`() async throws {
        let fixture = try await Fixture()
        for agency in ["甲局", "乙局"] {
            for year in [2022, 2023] { #expect(try await fixture.save(agency, year).0 == .stored) }
        }
        #expect(try await fixture.store.reportCount(.init()) == 4)
        #expect(try await fixture.store.agencyCount() == 2)
    }

    @Test(arguments: [
        "UPDATE report SET year = 1999", "UPDATE report SET year = 'last'", "UPDATE report SET form = '1999'",
        "UPDATE report SET scope = 'all'", "UPDATE report SET sha256 = x'00'", "UPDATE report SET revision = 0",
        "UPDATE report SET agency_id = 99", "UPDATE report SET document = NULL", "UPDATE report SET errors = -1",
        "UPDATE report SET title = x'00'", "DELETE FROM agency", "DELETE FROM report",
        "INSERT INTO agency (name, key, created_at) SELECT name, key, 0 FROM agency",
        "UPDATE revision SET report_id = 99", "UPDATE revision SET source_length = -1",
    ])
    func `the schema refuses what cannot be`(change: String) async throws {
        let fixture = try await Fixture()
        try await fixture.save()
        let connection = try fixture.connection()
        #expect(throws: SQLiteError.self) { try connection.execute(SQL(change)) }
    }

    @Test func `a save that fails half way leaves nothing`() async throws {
        let fixture = try await Fixture()
        let wrong = try submission("甲局", 2023)
        let broken = Submission(checked: wrong.checked, source: wrong.source, sha256: [1, 2, 3])
        await #expect(throws: StoreError.self) { try await fixture.store.save(broken, now: 1) }
        #expect(try fixture.store.agency("甲局") == nil)
        #expect(try await fixture.store.reportCount(.init()) == 0)
    }

    @Test func `text of any kind comes back as it was given`() async throws {
        let fixture = try await Fixture()
        let names = ["甲'; DROP TABLE report; --", "乙\"局", "𠮷野家局", "é局", "٣局"]
        for name in names {
            let (_, head) = try await fixture.store.save(submission(name, 2023, title: "\(name)\u{1F600}\n"), now: 1)
            let agency = try #require(try fixture.store.agency(name))
            #expect(agency.name == name)
            #expect(try fixture.store.report(of: agency, year: 2023)?.head.title == "\(name)\u{1F600}\n")
            #expect(head.agency == agency)
        }
    }
}
