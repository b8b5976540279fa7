import Foundation
import SQLite
import Support
import Testing

/// A database with a corrected report, a withdrawn one, an agency in a division, and an upload of two reports.
struct FilledDatabase {
    let folder: TemporaryFolder
    var path: String { folder.path() }

    init() async throws {
        folder = try TemporaryFolder()
        let server = try await ServingCommand(["--database", folder.path()])
        let client = try server.client()
        for sample in SampleReport.all.prefix(6) {
            #expect(try await client.request("POST", "/reports", body: sample.bytes).status == 201)
        }
        let sample = try SampleReport.text
        let other = try sample.bytes(renamed: "甲县教育局")
        #expect(try await client.request("POST", "/reports", body: other).status == 201)
        #expect(try await client.request("POST", "/reports", body: other + [0x0a]).status == 201)
        #expect(
            try await client.request(
                "PATCH", "/agencies/甲县教育局", [("Content-Type", "application/json")],
                body: Array(#"{"region":"411324"}"#.utf8)
            ).status == 200)
        let gone = try sample.bytes(renamed: "乙县教育局")
        #expect(try await client.request("POST", "/reports", body: gone).status == 201)
        #expect(
            try await client.request("DELETE", "/reports/乙县教育局/\(sample.year)?reason=x&author=y").status == 200)
        var zip = ZIPWriter()
        for name in ["丙县教育局", "丁县教育局"] { zip.add(Array("\(name).txt".utf8), try sample.bytes(renamed: name)) }
        let accepted = try await client.request(
            "POST", "/reports", [("Prefer", "respond-async")], body: zip.finished())
        #expect(accepted.status == 202)
        // A listener is told of the last report, which is stored with what is noted of it.
        while try await client.request("GET", "/reports/丁县教育局/\(sample.year)").status != 200 { await Task.yield() }
        #expect(await server.stop() == .exit(0))
    }

    /// A copy to plant a fault in.
    func copy() throws -> TemporaryFolder {
        let copy = try TemporaryFolder()
        try FileManager.default.copyItem(atPath: path, toPath: copy.path())
        return copy
    }
}

@Suite struct VerifyTests {
    /// What is done to a sound database, and a line that has to tell of it.
    private static let faults: [(sql: String, line: String)] = [
        (
            "UPDATE fact SET findings = ~findings WHERE report_id = ID",
            "甲县教育局 2023 revision 2: what lists and statistics have of it is not what it says"
        ),
        (
            "UPDATE past_standing SET cross_findings = x'5b' WHERE report_id = ID",
            "甲县教育局 2023 revision 2: how its revision 1 stood cannot be read"
        ),
        (
            "UPDATE past_standing SET revision = 7 WHERE report_id = ID AND revision = 1",
            "甲县教育局 2023 revision 2: how its revision 7 stood is kept out of order"
        ),
        (
            "DELETE FROM fact WHERE report_id = ID",
            "甲县教育局 2023 revision 2: lists and statistics do not have it"
        ),
        (
            "INSERT INTO report_text (rowid, words) VALUES (ID, '教育 育局')",
            "the index of words is not that of the reports"
        ),
        (
            "UPDATE revision SET source = x'789c' WHERE number = 1 AND report_id = ID",
            "甲县教育局 2023 revision 1: its source does not inflate"
        ),
        (
            "UPDATE revision SET sha256 = zeroblob(32) WHERE number = 1 AND report_id = ID",
            "甲县教育局 2023 revision 1: its source does not have the digest that is stored"
        ),
        (
            "UPDATE revision SET source_length = source_length + 1 WHERE number = 2 AND report_id = ID",
            "甲县教育局 2023 revision 2: its source has"
        ),
        (
            "UPDATE revision SET document = NULL WHERE number = 1 AND report_id = ID",
            "甲县教育局 2023 revision 1: its document is missing"
        ),
        (
            "UPDATE revision SET document = x'7b7d' WHERE number = 1 AND report_id = ID",
            "甲县教育局 2023 revision 1: its document cannot be read"
        ),
        (
            "UPDATE revision SET document = (SELECT document FROM report WHERE id = ID) WHERE number = 1 AND report_id = ID",
            "甲县教育局 2023 revision 1: its document is that of another revision"
        ),
        (
            "UPDATE revision SET findings = x'5b' WHERE number = 2 AND report_id = ID",
            "甲县教育局 2023 revision 2: its findings cannot be read"
        ),
        (
            "UPDATE revision SET errors = errors + 1 WHERE number = 2 AND report_id = ID",
            "甲县教育局 2023 revision 2: its findings are not as many"
        ),
        (
            "UPDATE revision SET narrative = x'7b' WHERE number = 2 AND report_id = ID",
            "甲县教育局 2023 revision 2: its narrative cannot be read"
        ),
        (
            "DELETE FROM revision WHERE number = 1 AND report_id = ID",
            "甲县教育局 2023 revision 2: revision 1 is expected here"
        ),
        (
            "UPDATE revision SET kind = 'stored' WHERE number = 2 AND report_id = ID",
            "甲县教育局 2023 revision 2: it cannot be of the kind"
        ),
        (
            "UPDATE revision SET at = 5 WHERE number = 2 AND report_id = ID",
            "甲县教育局 2023 revision 2: it is older than the one before"
        ),
        (
            "UPDATE revision SET passed = passed + 1 WHERE number = 2 AND report_id = ID",
            "甲县教育局 2023 revision 2: its document is not what its parts"
        ),
        ("UPDATE report SET tag = tag + 1 WHERE id = ID", "甲县教育局 2023 revision 2: its tag is not"),
        ("UPDATE report SET document = x'7b' WHERE id = ID", "甲县教育局 2023 revision 2: its document cannot be read"),
        ("UPDATE report SET title = '别的' WHERE id = ID", "甲县教育局 2023 revision 2: the column title is not"),
        (
            "UPDATE report SET new_received = 1000 WHERE id = ID",
            "甲县教育局 2023 revision 2: the column new_received is not"
        ),
        ("UPDATE report SET figures_hash = 7 WHERE id = ID", "甲县教育局 2023 revision 2: the column figures_hash is not"),
        ("UPDATE report SET errors = errors + 1 WHERE id = ID", "甲县教育局 2023 revision 2: its findings are not as many"),
        ("UPDATE report SET region = NULL WHERE id = ID", "甲县教育局 2023 revision 2: it is in another division"),
        (
            "UPDATE report SET withdrawn = 1 WHERE id = ID",
            "甲县教育局 2023 revision 2: the report does not repeat its last revision"
        ),
        ("UPDATE report SET revision = 3 WHERE id = ID", "no current revision"),
        ("DELETE FROM narrative_band WHERE report_id = ID", "甲县教育局 2023 revision 2: the signature of its narrative"),
        ("UPDATE region_total SET new_received = new_received + 1", "the sums of division 411324 for 2023"),
        (
            "DELETE FROM change WHERE report_id = ID AND revision = 1",
            "甲县教育局 2023 revision 1: the feed of changes does not tell of it"
        ),
        ("DELETE FROM change WHERE id = 2", "the feed of changes has a gap before 3"),
        (
            "UPDATE change SET revision = 9 WHERE report_id = ID AND revision = 2",
            "甲县教育局 2023 revision 9: the feed of changes tells of it"
        ),
        ("DELETE FROM upload_item WHERE number = 1", "its results are not as many"),
        ("UPDATE upload SET stored = 5", "its results are not as many"),
        ("UPDATE upload_item SET result = x'00' WHERE number = 0", "the result of item 0 cannot be read"),
        ("UPDATE upload SET state = 'running'", "its body is missing"),
        ("DELETE FROM agency WHERE name = '甲县教育局'", "refers to a row of agency that is not there"),
        ("INSERT INTO pending_task VALUES ('reindex')", "a migration is not finished"),
    ]

    private func verify(_ path: String) async throws -> CommandRun {
        let run = try await CommandRun.of(["verify", "--database", path])
        #expect(!run.errors.contains("Fatal error"), "\(run.errors)")
        return run
    }

    @Test func `a sound database has no faults, and every kind of fault is told of`() async throws {
        let database = try await FilledDatabase()
        let sound = try await verify(database.path)
        #expect(sound.end == .exit(0) && sound.text.isEmpty, "\(sound.text)")
        #expect(sound.errors.hasSuffix(": 10 reports, 12 revisions, 1 uploads: sound\n"), "\(sound.errors)")
        for fault in Self.faults {
            let copy = try database.copy()
            do {
                let connection = try Connection(path: copy.path())
                try connection.execute("PRAGMA foreign_keys = OFF")
                let id = try connection.queryOne(
                    """
                    SELECT r.id FROM report r JOIN agency a ON a.id = r.agency_id WHERE a.name = '甲县教育局'
                    """
                ) { row in row.int(0) }
                try connection.execute(SQL(fault.sql.replacing("ID", with: "\(id ?? 0)")))
            }
            let run = try await verify(copy.path())
            #expect(run.end == .exit(1), "\(fault.sql)")
            #expect(run.text.contains(fault.line), "\(fault.sql): \(run.text)\(run.errors)")
        }
    }

    @Test func `a damaged file is told of, and what is left of it is looked at`() async throws {
        let database = try await FilledDatabase()
        let page = 4096
        let size = try Data(contentsOf: URL(filePath: database.path)).count
        var generator = SeededGenerator(seed: 11)
        for number in 1..<(size / page) where number < 8 || number % 7 == 0 {
            let copy = try database.copy()
            let file = try FileHandle(forUpdating: URL(filePath: copy.path()))
            try file.seek(toOffset: UInt64(number * page))
            try file.write(contentsOf: Data((0..<page).map { _ in UInt8.random(in: 0...255, using: &generator) }))
            try file.close()
            let run = try await verify(copy.path())
            #expect(run.end == .exit(1), "page \(number): \(run.text)\(run.errors)")
        }
    }

    @Test func `what is no database of this program is refused in one line`() async throws {
        let folder = try TemporaryFolder()
        let text = try folder.write(Array("this is a text and no database at all".utf8), to: "text")
        for path in [folder.path("none"), text] {
            let run = try await verify(path)
            #expect(run.end == .exit(1) && run.text.isEmpty, "\(run.text)")
            #expect(run.errors.hasPrefix("\(path): error: ") && run.errors.count { $0 == "\n" } == 1, "\(run.errors)")
        }
    }

    @Test func `it runs beside a server that is written to and finds nothing`() async throws {
        let folder = try TemporaryFolder()
        let server = try await ServingCommand(["--database", folder.path()])
        let sample = try SampleReport.text
        let writing = Task {
            let client = try server.client()
            var number = 0
            while !Task.isCancelled {
                let bytes = try sample.bytes(renamed: "第\(number / 2)局") + Array("\n\(number)\n".utf8)
                #expect(try await client.request("POST", "/reports", body: bytes).status == 201)
                number += 1
            }
        }
        for _ in 0..<4 {
            let run = try await verify(folder.path())
            #expect(run.end == .exit(0), "\(run.text)\(run.errors)")
        }
        writing.cancel()
        try await writing.value
        #expect(await server.stop() == .exit(0))
    }
}
