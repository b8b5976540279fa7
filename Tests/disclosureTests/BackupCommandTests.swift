import Foundation
import Glibc
import SQLite
import Support
import Testing

@Suite struct BackupCommandTests {
    private let folder: TemporaryFolder
    private var copy: String { folder.path("copy.sqlite") }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func backUp(_ arguments: [String]) async throws -> CommandRun {
        try await CommandRun.of(["backup", "--database", folder.path()] + arguments)
    }

    private func reports(in path: String) throws -> Int? {
        try Connection(path: path, access: .readOnly).queryOne("SELECT count(*) FROM report") { row in row.int(0) }
    }

    @Test func `a copy made while a server stores reports is sound and has all that was answered before`() async throws
    {
        let server = try await ServingCommand(["--database", folder.path()])
        let sample = try SampleReport.text
        let client = try server.client()
        for number in 0..<20 {
            let bytes = try sample.bytes(renamed: "第\(number)局")
            #expect(try await client.request("POST", "/reports", body: bytes).status == 201)
        }
        let writing = Task {
            var number = 20
            while !Task.isCancelled {
                let bytes = try sample.bytes(renamed: "第\(number)局")
                #expect(try await client.request("POST", "/reports", body: bytes).status == 201)
                number += 1
            }
            return number
        }
        let run = try await backUp([copy])
        writing.cancel()
        let count = try await writing.value
        #expect(run.end == .exit(0) && run.output.isEmpty, "\(run.text)\(run.errors)")
        #expect(run.errors.hasPrefix("\(copy): copied and verified, "), "\(run.errors)")
        #expect((20...count).contains(try reports(in: copy) ?? 0))
        #expect(await server.stop() == .exit(0))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(!names.contains { $0.hasPrefix("copy.sqlite.") || $0.hasPrefix("copy.sqlite-") }, "\(names)")
        // What was copied serves.
        let restored = try await ServingCommand(["--database", copy])
        #expect(try await restored.client().request("GET", "/reports/第19局/2023").status == 200)
        #expect(await restored.stop() == .exit(0))
    }

    @Test func `what is there stays, unless it is to be replaced`() async throws {
        #expect(try await CommandRun.of(["migrate", "--database", folder.path()]).end == .exit(0))
        try folder.write(Array("old".utf8), to: "copy.sqlite")
        let refused = try await backUp([copy])
        #expect(refused.end == .exit(2) && refused.errors.contains("--replace"), "\(refused.errors)")
        #expect(try Data(contentsOf: URL(filePath: copy)) == Data("old".utf8))
        let replaced = try await backUp(["--replace", copy])
        #expect(replaced.end == .exit(0), "\(replaced.errors)")
        #expect(try reports(in: copy) == 0)
    }

    @Test func `a database in use is never replaced`() async throws {
        let server = try await ServingCommand(["--database", folder.path()])
        let other = try await ServingCommand(["--database", folder.path("other.sqlite")])
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link.sqlite"), withDestinationPath: folder.path())
        for path in [folder.path(), folder.path("other.sqlite")] {
            let run = try await backUp(["--replace", path])
            #expect(run.end == .exit(2) && run.errors.contains("in use"), "\(run.errors)")
        }
        let run = try await CommandRun.of([
            "backup", "--database", folder.path("link.sqlite"), "--replace", folder.path(),
        ])
        #expect(run.end == .exit(2), "\(run.errors)")
        for server in [server, other] {
            #expect(try await server.client().request("GET", "/ready").status == 200)
            #expect(await server.stop() == .exit(0))
        }
    }

    @Test func `a copy that cannot be made leaves nothing and says why`() async throws {
        let missing = try await backUp([copy])
        #expect(missing.end == .exit(1) && missing.errors.contains("there is no database"))
        #expect(try await CommandRun.of(["migrate", "--database", folder.path()]).end == .exit(0))
        let nowhere = try await backUp([folder.path("none/copy.sqlite")])
        #expect(nowhere.end == .exit(1) && nowhere.errors.contains("error: "), "\(nowhere.errors)")
        try folder.write(Array("not a database, and long enough to be taken for one".utf8), to: "text")
        let text = try await CommandRun.of(["backup", "--database", folder.path("text"), copy])
        #expect(text.end == .exit(1) && text.errors.contains("no database"), "\(text.errors)")
        #expect(!FileManager.default.fileExists(atPath: copy))
        #expect(try await CommandRun.of(["backup"]).end == .exit(2))
    }

    @Test func `a database with a fault is not copied, and the fault is named`() async throws {
        let database = try await FilledDatabase()
        try Connection(path: database.path).run("UPDATE report SET tag = tag + 1 WHERE id = 1")
        let run = try await CommandRun.of(["backup", "--database", database.path, copy])
        #expect(run.end == .exit(1) && run.text.contains("its tag is not"), "\(run.text)\(run.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test func `a database of an older version is copied as it is`() async throws {
        #expect(try await CommandRun.of(["migrate", "--to", "2", "--database", folder.path()]).end == .exit(0))
        let run = try await backUp([copy])
        #expect(run.end == .exit(0) && run.errors == "\(copy): copied and verified\n", "\(run.errors)")
    }
}
