import Codecs
import Migrations
import ReportStore
import Reports
import SQLite
import Support
import Testing

/// A database of the first schema, with rows as the program of that time wrote them, opened by this one.
@Suite struct UpgradeTests {
    @Test func `no row is lost, and what the new schema knows is found out`() async throws {
        let old = try OldDatabase()
        try old.fill()
        let store = try await Store.open(old.path, regions: .few) { 5_000 }
        let connection = try Connection(path: old.path)
        #expect(try connection.query("SELECT name FROM pending_task") { $0.text(0) }.isEmpty)
        #expect(try connection.query("PRAGMA foreign_key_check") { $0.text(0) }.isEmpty)
        #expect(try connection.query("PRAGMA integrity_check") { $0.text(0) } == ["ok"])
        for (index, draft) in OldDatabase.current.enumerated() {
            let agency = try #require(try store.agency(draft.agency))
            let report = try #require(try store.report(of: agency, year: draft.year))
            #expect(report.head.id == index + 1 && report.head.agencyName == draft.agency && !report.head.isWithdrawn)
            let history = try store.revisions(of: report.head)
            #expect(history.map(\.kind) == (index == 0 ? [.corrected, .stored] : [.stored]))
            #expect(history.map(\.at) == (index == 0 ? [200, 100] : [100]))
            #expect(history.allSatisfy { $0.note.author == nil })
            #expect(try store.source(of: report.head, revision: report.head.revision) == draft.submission.source)
            #expect(report.head.sha256 == (try draft.submission.sha256))
        }
        let found = try await store.reports(ReportFilter(text: TextQuery("教育局")), limit: 10)
        #expect(found.count == OldDatabase.current.count { $0.agency.contains("教育局") } && !found.isEmpty)
        // The superseded document is what it was, to the byte.
        let first = try store.report(of: try #require(try store.agency("镇平县教育局")), year: 2022)
        let head = try #require(first).head
        #expect(
            try store.document(of: head, revision: 1)
                == OldDatabase.document(OldDatabase.superseded, id: 1, number: 1, at: 100))
        #expect(try store.source(of: head, revision: 1) == OldDatabase.superseded.submission.source)
        // What other reports did to it before the upgrade is not known, and that is said.
        let revisions = try store.revisions(of: head)
        let known: [(Int, Int64?, Bool)] = [
            (1, 150, false), (1, nil, false), (0, 250, false), (0, 5_000, true), (0, nil, true),
        ]
        for (revision, time, isExact) in known {
            let past = try store.snapshot { try $0.past(of: head, revisions[revision], at: time) }
            #expect(past?.isExact == isExact, "\(revision) \(time ?? 0)")
        }
        try await store.close()
    }

    @Test func `a database that was brought up to date is as one that the reports were stored in`() async throws {
        let old = try OldDatabase()
        try old.fill()
        let upgraded = try await Store.open(old.path, regions: .few) { 5_000 }
        let fixture = try await Fixture(regions: .few)
        try await fixture.save(OldDatabase.superseded, now: 100)
        for draft in OldDatabase.current {
            try await fixture.save(draft, now: draft == OldDatabase.current[0] ? 200 : 100)
        }
        let sql: [SQL] = [
            """
            SELECT id, agency_id, year, revision, revised_at, withdrawn, form, scope, title, agency_name, region, errors,
                warnings, new_received, figures_hash, figures_match, narrative_match, cross_passed, cross_failed,
                cross_uncertain, cross_not_assessable, CAST(cross_findings AS TEXT) FROM report ORDER BY id
            """,
            "SELECT * FROM agency_name", "SELECT id, name, key, region, level, kind, successor_id FROM agency",
            "SELECT * FROM region_total WHERE reports > 0", "SELECT band, report_id FROM narrative_band ORDER BY 1, 2",
            "SELECT report_id, hex(signature) FROM narrative_signature",
            "SELECT report_id, number, at, kind, passed, failed, uncertain, not_assessable, errors, warnings FROM revision ORDER BY 1, 2",
        ]
        let connections = [try Connection(path: old.path), try fixture.connection()]
        for sql in sql {
            let rows = try connections.map { connection in
                try connection.query(sql) { row in
                    (0..<row.columnCount).map { "\(row.value($0))" }.joined(separator: "|")
                }
            }
            #expect(rows[0] == rows[1], "\(sql)")
        }
        for draft in OldDatabase.current {
            let agency = try #require(try upgraded.agency(draft.agency))
            let found = try #require(try upgraded.report(of: agency, year: draft.year))
            let expected = try fixture.stored(draft.agency, draft.year)
            // The first program wrote no `published`.
            let document = String(decoding: expected.document, as: UTF8.self).replacing("\"published\":null,", with: "")
            #expect(
                String(decoding: found.document, as: UTF8.self).replacing("\"published\":null,", with: "") == document)
            var hash = StableHash()
            hash.add(found.document)
            // What the upgrade did not touch keeps the tag that it had.
            #expect([hash.value, TextTag.of(found.document)].contains(found.tag))
        }
        #expect(
            try upgraded.changes(since: 0, limit: 99).prefix(5).map(\.kind) == [
                .stored, .stored, .stored, .stored, .corrected,
            ])
        #expect(try upgraded.changes(since: 0, limit: 5).allSatisfy { $0.agencyName == $0.agency.name })
        let connection = try Connection(path: old.path)
        #expect(try connection.query("SELECT id FROM change WHERE agency IS NULL") { $0.int(0) }.isEmpty)
        try await upgraded.close()
    }

    @Test func `what a stop left undone is finished at the next open, and is done once`() async throws {
        let old = try OldDatabase()
        try old.fill()
        #expect(try Store.migrate(old.path) { 5_000 }.map(\.number) == Array(2...Migrations.all.count))
        let connection = try Connection(path: old.path)
        #expect(try connection.query("SELECT name FROM pending_task") { $0.text(0) } == ["reindex"])
        // As a process leaves it that ends between two batches: agencies are placed, of the reports some are done.
        try connection.execute("UPDATE agency SET region = '411324' WHERE name = '镇平县教育局'")
        try await Store.open(old.path, regions: .few) { 6_000 }.close()
        func dump() throws -> [String] {
            try connection.query("SELECT id, tag, modified_at, region, hex(cross_findings) FROM report ORDER BY id") {
                row in
                (0..<row.columnCount).map { "\(row.value($0))" }.joined(separator: "|")
            } + connection.query("SELECT max(id) FROM change") { "\($0.int(0))" }
        }
        let done = try dump()
        #expect(try connection.query("SELECT name FROM pending_task") { $0.text(0) }.isEmpty)
        try connection.execute("INSERT INTO pending_task (name) VALUES ('reindex')")
        try await Store.open(old.path, regions: .few) { 7_000 }.close()
        #expect(try dump() == done, "a second run finds nothing to do")
        #expect(try connection.query("SELECT name FROM pending_task") { $0.text(0) }.isEmpty)
    }

    @Test func `narratives are found to be alike after an upgrade as they would have been before`() async throws {
        let folder = try TemporaryFolder()
        let prose = ModelWorks.proses[2]
        let store = try await Store.open(folder.path()) { 5_000 }
        for (name, year) in [("甲局", 2022), ("乙局", 2023)] {
            _ = try await store.save(try Draft(name, year) { $0.prose = prose }.submission, now: 10)
        }
        try await store.close()
        let connection = try Connection(path: folder.path())
        let known = try connection.query("SELECT hex(signature) FROM narrative_signature") { $0.text(0) }
        // As the release before left it: signatures of another length.
        try connection.execute(
            """
            UPDATE narrative_signature SET signature = zeroblob(144); DELETE FROM narrative_band;
            UPDATE report SET narrative_match = NULL, cross_findings = x'5b5d', cross_failed = 0, warnings = 0;
            """)
        let migration = try #require(Migrations.all.first { $0.name == "signatures" })
        try connection.execute(SQL(migration.sql))
        try await Store.open(folder.path()) { 6_000 }.close()
        #expect(try connection.query("SELECT hex(signature) FROM narrative_signature") { $0.text(0) } == known)
        #expect(try connection.query("SELECT name FROM pending_task") { $0.text(0) }.isEmpty)
        #expect(
            try connection.query("SELECT narrative_match FROM report ORDER BY id") { $0.optionalInt(0) } == [2, 1])
    }

    @Test func `a consolidated report is held against all its sums after an upgrade`() async throws {
        let folder = try TemporaryFolder()
        let store = try await Store.open(folder.path(), regions: .few) { 5_000 }
        _ = try await store.save(
            try Draft("南阳市人民政府") { ($0.scope, $0.received) = (.consolidated, 1) }.submission, now: 10)
        let part = try await store.save(try Draft("镇平县教育局") { $0.received = 2 }.submission, now: 11)
        _ = try await store.save(try Draft("镇平县教育局", 2022) { $0.received = 2 }.submission, now: 12)
        _ = try await store.withdraw(part.1, Note(), now: 13)
        _ = try await store.save(try Draft("镇平县教育局") { ($0.received, $0.content) = (2, "二") }.submission, now: 14)
        try await store.close()
        let connection = try Connection(path: folder.path())
        func dump() throws -> [String] {
            try connection.query("SELECT hex(cross_findings), new_received, processed FROM report ORDER BY id") { row in
                (0..<3).map { "\(row.value($0))" }.joined(separator: "|")
            }
                + connection.query("SELECT * FROM region_total ORDER BY year, region") { row in
                    (0..<row.columnCount).map { "\(row.value($0))" }.joined(separator: "|")
                }
        }
        let known = try dump()
        // As the release before left it, but for the finding that is missing.
        try connection.execute(
            """
            UPDATE report SET processed = NULL, reviews = NULL, litigations = NULL;
            UPDATE report SET cross_findings = x'5b5d', cross_failed = 0 WHERE scope = 'consolidated';
            INSERT INTO pending_task (name) VALUES ('totals');
            """)
        #expect(try dump() != known)
        try await Store.open(folder.path(), regions: .few) { 6_000 }.close()
        #expect(try dump() == known)
        #expect(try connection.query("SELECT name FROM pending_task") { $0.text(0) }.isEmpty)
    }

    @Test func `an empty database goes from step to step`() async throws {
        let folder = try TemporaryFolder()
        #expect(try Store.migrate(folder.path(), to: 1) { 1 }.map(\.number) == [1])
        #expect(try Store.schema(at: folder.path()).compactMap(\.appliedAt) == [1])
        #expect(try Store.migrate(folder.path(), to: 1) { 2 }.isEmpty)
        #expect(try Store.migrate(folder.path(), to: 2) { 3 }.map(\.number) == [2])
        #expect(throws: StoreError.self) { try Store.migrate(folder.path(), to: 1) { 4 } }
        let pending = try Connection(path: folder.path()).query("SELECT name FROM pending_task") { $0.text(0) }
        #expect(pending.isEmpty, "there is nothing to index")
        let store = try await Store.open(folder.path()) { 5 }
        #expect(try await store.save(try Draft().submission, now: 6).0 == .stored)
        try await store.close()
    }

    @Test func `a database of the first schema is refused where it may not be migrated, and left as it is`()
        async throws
    {
        let old = try OldDatabase()
        try old.fill()
        var options = Store.Options()
        options.migrates = false
        let refused = options
        #expect(
            await storeError { _ = try await Store.open(old.path, options: refused) { 0 } }
                == .olderSchema(database: 1, program: Migrations.all.count))
        #expect(try Store.schema(at: old.path).compactMap(\.appliedAt) == [1])
        #expect(try Connection(path: old.path).query("SELECT count(*) FROM report") { $0.int(0) } == [4])
    }
}

/// A database as the program of schema 1 made it.
private struct OldDatabase {
    static let prose = ModelWorks.proses[2]
    static let superseded = Draft("镇平县教育局", 2022) { ($0.carriedForward, $0.prose) = (2, prose) }
    /// The first one corrects what it superseded.
    static let current = [
        Draft("镇平县教育局", 2022) { ($0.received, $0.carriedForward, $0.prose, $0.content) = (7, 3, prose, "更正") },
        Draft("镇平县教育局", 2023) { ($0.carriedOver, $0.received) = (4, 7) },
        Draft("新华区 教育局", 2018) { ($0.received, $0.prose) = (5, prose) },
        Draft("南阳市人民政府", 2022) { ($0.received, $0.scope) = (6, .consolidated) },
    ]

    let folder: TemporaryFolder
    let connection: Connection
    var path: String { folder.path() }

    init() throws {
        folder = try TemporaryFolder()
        _ = try Store.migrate(folder.path(), to: 1) { 1 }
        connection = try Connection(path: folder.path())
    }

    func fill() throws {
        for name in ["镇平县教育局", "新华区 教育局", "南阳市人民政府"] {
            try connection.run(
                "INSERT INTO agency (name, key, created_at) VALUES (?1, ?2, 50)",
                [.text(name), .text(AgencyKey(name).text)])
        }
        for (index, draft) in Self.current.enumerated() {
            let id = index + 1
            let number = index == 0 ? 2 : 1
            let at: Int64 = index == 0 ? 200 : 100
            let submission = try draft.submission
            let document = try Self.document(draft, id: Self.agency(draft), number: number, at: at)
            try connection.run(
                """
                INSERT INTO report (agency_id, year, revision, revised_at, reason, sha256, form, scope, title, errors,
                    warnings, tag, document)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
                """,
                [
                    Value(Self.agency(draft)), Value(draft.year), Value(number), .integer(at),
                    Value(submission.note.reason), .blob(submission.sha256), .text(draft.formOfReport.rawValue),
                    .text(draft.scope.rawValue), .text(submission.checked.report.title),
                    Value(submission.checked.findings.count { $0.severity == .error }),
                    Value(submission.checked.findings.count { $0.severity == .warning }), .integer(77 + at),
                    .blob(document),
                ])
            if index == 0 {
                let document = try Self.document(Self.superseded, id: 1, number: 1, at: 100)
                try insertRevision(Self.superseded, report: id, number: 1, at: 100, document: document)
            }
            try insertRevision(draft, report: id, number: number, at: at, document: nil)
        }
    }

    private static func agency(_ draft: Draft) -> Int {
        draft.agency.hasPrefix("镇平") ? 1 : draft.agency.hasPrefix("新华") ? 2 : 3
    }

    private func insertRevision(_ draft: Draft, report: Int, number: Int, at: Int64, document: [UInt8]?) throws {
        let submission = try draft.submission
        guard case .deflated(let source) = submission.source.content else { return }
        var findings = JSONWriter()
        CanonicalJSON.write(submission.checked.findings, to: &findings)
        var narrative = JSONWriter()
        CanonicalJSON.write(submission.checked.report.narrative, to: &narrative)
        try connection.run(
            """
            INSERT INTO revision (report_id, number, at, reason, sha256, document, findings, narrative, media_type,
                file_name, source_url, source_length, source)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            """,
            [
                Value(report), Value(number), .integer(at), Value(submission.note.reason), .blob(submission.sha256),
                document.map { .blob($0) } ?? .null, .blob(findings.bytes), .blob(narrative.bytes),
                .text(submission.source.mediaType), .null, .null, Value(submission.source.length),
                .blob(source),
            ])
    }

    /// The document as it was written then: without `published`.
    static func document(_ draft: Draft, id: Int, number: Int, at: Int64) throws -> [UInt8] {
        let submission = try draft.submission
        var json = JSONWriter()
        CanonicalJSON.writeMembers(of: submission.checked.report, to: &json)
        let members = String(decoding: json.bytes, as: UTF8.self).replacing("\"published\":null,", with: "")
        let filed = CanonicalJSON.Filed(
            agency: .init(id: id, name: draft.agency, region: nil), currentName: draft.agency, year: draft.year,
            revision: number, at: at, reason: submission.note.reason, sha256: submission.sha256)
        return CanonicalJSON.document(filed, members: Array(members.utf8), quality: submission.checked.quality)
    }
}
