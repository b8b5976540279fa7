import Codecs
import Foundation
import ReportStore
import Reports
import SQLite
import Support
import Synchronization
import Testing

/// Readers beside writers: each must see a state that was there, and none waits.
@Suite struct ConcurrencyTests {
    private static let rounds = ProcessInfo.processInfo.environment["MODEL_ROUNDS"].flatMap(Int.init) ?? 2

    @Test(arguments: 1...rounds)
    func `what was done side by side is what the model does one after another`(seed: Int) async throws {
        let fixture = try await Fixture(regions: .few)
        let crowd = Crowd(fixture.store)
        // Numbers of agencies are given out first, so that all know whom they write about.
        for name in Crowd.names { try await crowd.save(Draft(name, 2021) { $0.content = "先" }) }
        let done = Countdown(4)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<3 {
                group.addTask {
                    defer { done.count() }
                    var random = SeededGenerator(seed: seed * 10 + writer)
                    for _ in 0..<30 { try await crowd.write(&random) }
                }
            }
            group.addTask {
                defer { done.count() }
                try await crowd.rename(times: 12)
            }
            for reader in 0..<3 {
                group.addTask {
                    var random = SeededGenerator(seed: seed * 10 + reader)
                    let snapshots = Snapshots(try fixture.connection(), fixture.store)
                    repeat { try await snapshots.look(&random) } while !done.isOver
                }
            }
            try await group.waitForAll()
        }
        try await crowd.expectReplay(fixture)
    }

    @Test(arguments: [false, true])
    func `a snapshot stays as it is while others write`(isLong: Bool) async throws {
        let fixture = try await Fixture(regions: .few)
        let (_, head) = try await fixture.save(Draft("镇平县教育局"))
        let path = fixture.path
        let look: @Sendable (StoreSnapshot) throws -> Void = { snapshot in
            let before = try #require(try snapshot.report(of: head.agency, year: 2023))
            let other = try Connection(path: path)
            try other.execute(
                """
                UPDATE report SET title = '后', revision = 2;
                UPDATE agency SET name = '后', key = '后';
                INSERT INTO revision (report_id, number, at, kind, sha256)
                    SELECT report_id, 2, at + 1, 'withdrawn', NULL FROM revision
                """)
            #expect(try snapshot.report(of: head.agency, year: 2023)?.head == before.head)
            #expect(try snapshot.revisions(of: before.head).map(\.number) == [1])
            #expect(try snapshot.resolve("镇平县教育局") == .agency(head.agency, isFormer: false))
            #expect(try snapshot.document(agency: "镇平县教育局", year: 2023)?.bytes == before.document)
        }
        if isLong { try await fixture.store.longSnapshot(look) } else { try fixture.store.snapshot(look) }
        #expect(try fixture.store.revisions(of: head).map(\.number) == [2, 1])
        #expect(try fixture.store.resolve("镇平县教育局") == .unknown)
    }

    @Test func `reads of every kind are answered while a write transaction is held open`() async throws {
        // The save waits for as long as this test is kept waiting by others.
        var options = Store.Options()
        options.busyMilliseconds = 600_000
        let fixture = try await Fixture(options, regions: .few)
        let (_, head) = try await fixture.save(Draft("镇平县教育局"))
        let store = fixture.store
        let other = try fixture.connection()
        try other.execute("BEGIN IMMEDIATE")
        try other.execute("UPDATE report SET title = '未提交'; DELETE FROM change; UPDATE agency SET name = '未提交'")
        // A save waits for the lock meanwhile, and holds up no reader either.
        async let saved = fixture.save(Draft("镇平县教育局", 2022))
        #expect(try store.report(of: head.agency, year: 2023)?.head == head)
        #expect(try store.document(agency: "镇平县教育局", year: 2023) != nil)
        #expect(try store.resolve("镇平县教育局") == .agency(head.agency, isFormer: false))
        #expect(try store.record(of: head.agency)?.years == [2023])
        #expect(try store.findings(of: head) == Array("[]".utf8))
        #expect(try store.revisions(of: head).count == 1)
        #expect(try store.document(of: head, revision: 1) != nil)
        #expect(try store.changes(since: 0, limit: 9).count == 1)
        #expect(try await store.reports(limit: 9) == [head])
        #expect(try await store.agencyCount() == 1)
        #expect(try await store.regionCounts().count == 1)
        #expect(try await store.suggestions(for: "镇平").map(\.id) == [head.agency.id])
        try other.execute("ROLLBACK")
        #expect(try await saved.0 == .stored)
    }
}

/// Those who write at once, and what they wrote.
private final class Crowd: Sendable {
    static let names = ["镇平县教育局", "南阳市人民政府", "新华区教育局", "河南省"]
    /// The names of the one agency that is renamed again and again.
    static let flipping = ["河南省", "豫"]

    private let store: Store
    private let drafts = Mutex<[[UInt8]: Draft]>([:])
    private let now = Atomic<Int>(1_000)

    init(_ store: Store) {
        self.store = store
    }

    func save(_ draft: Draft) async throws {
        let submission = try draft.submission
        drafts.withLock { $0[submission.sha256] = draft }
        _ = try await store.save(submission, now: time())
    }

    private func time() -> Int64 { Int64(now.add(1, ordering: .relaxed).newValue / 3) }

    func write(_ random: inout SeededGenerator) async throws {
        let agency = Int.random(in: 1...Self.names.count, using: &random)
        let year = Int.random(in: 2020...2022, using: &random)
        let value = try #require(try store.agency("\(agency)"))
        switch Int.random(in: 0..<8, using: &random) {
        case 0:
            guard let report = try store.report(of: value, year: year) else { return }
            _ = try await store.withdraw(report.head, Note(reason: "错发"), now: time())
        case 1 where agency == 3:
            var edit = AgencyEdit()
            edit.region = .some(["410402", "130105", nil].randomElement(using: &random) ?? nil)
            try await store.edit(value, edit, now: time())
        default:
            var draft = Draft(Self.names[agency - 1], year)
            draft.agencyID = agency
            draft.scope = agency.isMultiple(of: 2) ? .consolidated : .own
            draft.received = Int.random(in: 0...3, using: &random)
            draft.carriedOver = Int.random(in: 0...1, using: &random)
            draft.carriedForward = Int.random(in: 0...1, using: &random)
            draft.prose = ModelWorks.proses.randomElement(using: &random) ?? ""
            try await save(draft)
        }
    }

    func rename(times: Int) async throws {
        let agency = try #require(try store.agency(Self.flipping[0]))
        for number in 1...times {
            var edit = AgencyEdit()
            edit.name = Self.flipping[number % 2]
            try await store.edit(agency, edit, now: time())
        }
    }

    /// Does in the model what the revisions say was done, in the order of their rows.
    func expectReplay(_ fixture: Fixture) async throws {
        let connection = try fixture.connection()
        let rows = try connection.query(
            """
            SELECT r.agency_id, r.year, v.at, v.sha256, v.reason
            FROM revision v JOIN report r ON r.id = v.report_id ORDER BY v.id
            """
        ) { row in
            (
                agency: row.int(0), year: row.int(1), at: row.int64(2), sha: row.optionalBlob(3),
                reason: row.optionalText(4)
            )
        }
        var model = ModelStore(regions: .few, memory: ModelMemory())
        for row in rows {
            guard let sha = row.sha else {
                let index = try #require(model.reports.firstIndex { $0.agency == row.agency && $0.year == row.year })
                let isDone = model.withdraw(index, Note(reason: row.reason), now: row.at, at: row.at)
                #expect(isDone)
                continue
            }
            let draft = try #require(drafts.withLock { $0[sha] })
            let outcome = try model.save(try model.memory.submission(draft), now: row.at, at: row.at)
            #expect(outcome != .unchanged)
        }
        for agency in model.agencies {
            let record = try #require(try fixture.store.record(of: agency.value))
            var edit = AgencyEdit()
            (edit.name, edit.region) = (record.agency.name, .some(record.agency.region))
            try model.edit(agency.id, edit, now: 0)
        }
        for report in model.reports {
            let agency = model.agencies[report.agency - 1].value
            let stored = try #require(try fixture.store.report(of: agency, year: report.year))
            #expect(stored.head.isWithdrawn == report.isWithdrawn && stored.head.id == report.id)
            guard !report.isWithdrawn else { continue }
            #expect(
                String(decoding: stored.document, as: UTF8.self) == String(decoding: report.document, as: UTF8.self))
            var json = JSONWriter()
            CanonicalJSON.write(report.findings, to: &json)
            #expect(try fixture.store.findings(of: stored.head) == json.bytes)
        }
        try model.expectSound(connection, "after all was done")
        let last = try fixture.store.lastChange()
        try await fixture.store.reindex(now: 1_000_000)
        #expect(try fixture.store.lastChange() == last, "nothing was left to be done")
    }
}

/// One who reads, and remembers what may only go forward.
private final class Snapshots {
    private let connection: Connection
    private let store: Store
    private var feed: [Change] = []
    private var modified: [Int: Int64] = [:]

    init(_ connection: Connection, _ store: Store) {
        self.connection = connection
        self.store = store
    }

    func look(_ random: inout SeededGenerator) async throws {
        try lookAtRows()
        let year = Int.random(in: 2020...2022, using: &random)
        for name in Crowd.flipping {
            guard case .agency(let agency, _) = try store.resolve(name) else {
                // Before the first renaming nobody has the other name.
                #expect(
                    name == Crowd.flipping[1] && feed.allSatisfy { $0.agency.name != name }, "\(name) leads nowhere")
                continue
            }
            #expect(agency.id == 4)
        }
        let agency = try #require(try store.agency("\(Int.random(in: 1...4, using: &random))"))
        if let report = try store.report(of: agency, year: year) {
            let json = try JSONValue(report.document)
            if !report.head.isWithdrawn {
                #expect(json["revision"]?["number"]?.integer == report.head.revision)
                #expect(
                    json["links"]?["self"]?.string == CanonicalJSON.path(agency: report.head.agency.name, year: year))
                #expect(json["agency"]?["region"]?["code"]?.string == report.head.agency.region)
            }
            #expect(hash(report.document) == report.tag)
            #expect(report.head.modifiedAt >= modified[report.head.id] ?? 0, "time goes forward")
            modified[report.head.id] = report.head.modifiedAt
            _ = try store.findings(of: report.head)
        }
        let new = try store.changes(since: feed.last?.cursor ?? 0, limit: 1000)
        feed += new
        #expect(feed.map(\.cursor) == Array(1..<feed.count + 1), "no entry came late between two that were there")
        let counts = try await store.regionCounts()
        #expect(counts.values.allSatisfy { 0 < $0.agencies && $0.agencies <= $0.reports })
        let list = try await store.reports(limit: 1000)
        #expect(list.allSatisfy { !$0.isWithdrawn } && Set(list.map(\.id)).count == list.count)
    }

    /// Documents, findings and counts of every report, in one snapshot.
    private func lookAtRows() throws {
        try connection.transaction(.deferred) {
            try connection.forEachRow(
                """
                SELECT r.document, r.tag, r.cross_findings, v.findings, r.errors, r.warnings, v.failed, v.uncertain,
                    (SELECT count(*) FROM change c WHERE c.report_id = r.id AND c.at > r.modified_at)
                FROM report r JOIN revision v ON v.report_id = r.id AND v.number = r.revision WHERE r.withdrawn = 0
                """
            ) { row in
                let cross = Self.findings(row.blob(2))
                let all = cross + Self.findings(row.blob(3))
                let document = try? unpacked(row.blob(0), connection)
                let quality = document.flatMap { try? JSONValue($0) }?["quality"]
                #expect(document.map(hash) == UInt64(bitPattern: row.int64(1)))
                #expect(row.int(4) == all.count { $0["severity"]?.string == "error" })
                #expect(row.int(5) == all.count { $0["severity"]?.string == "warning" })
                #expect(quality?["checksFailed"]?.integer == row.int(6) + cross.count { $0["state"]?.string == "fail" })
                #expect(
                    quality?["uncertain"]?.integer == row.int(7) + cross.count { $0["state"]?.string == "uncertain" })
                #expect(row.int(8) == 0, "no change is later than the report's own time")
            }
            #expect(
                try connection.query(
                    "SELECT max(id) <> count(*) FROM change UNION ALL SELECT min(reports) < 0 FROM region_total"
                ) { $0.bool(0) } == [false, false])
        }
    }

    private static func findings(_ bytes: [UInt8]) -> [JSONValue] {
        guard case .array(let items)? = try? JSONValue(bytes) else { return [] }
        return items
    }

    private func hash(_ bytes: [UInt8]) -> UInt64 {
        TextTag.of(bytes)
    }
}

/// Knows when so many have come.
private final class Countdown: Sendable {
    private let left: Atomic<Int>

    init(_ count: Int) {
        left = Atomic(count)
    }

    var isOver: Bool { left.load(ordering: .acquiring) <= 0 }

    func count() {
        left.subtract(1, ordering: .acquiringAndReleasing)
    }
}
