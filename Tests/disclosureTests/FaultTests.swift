import Foundation
import Glibc
import Reports
import SQLite
import Support
import Testing

/// A full disk, made in one of two ways, and made free again while the server runs.
private final class NarrowDisk: Sendable {
    enum Way: String, CaseIterable, CustomTestStringConvertible {
        /// No file of the server's may grow beyond a size, as with a quota: EFBIG.
        case limit
        /// A small volume of its own: ENOSPC. For root alone.
        case volume

        var testDescription: String { rawValue }
        static var possible: [Way] { geteuid() == 0 ? allCases : [.limit] }
    }

    private let way: Way
    private let base: TemporaryFolder

    /// Where the database goes.
    var folder: String { base.path("disk") }
    var database: String { folder + "/test.sqlite" }

    init(_ way: Way) async throws {
        self.way = way
        base = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if way == .volume { try await run("mount", ["-t", "tmpfs", "-o", "size=64m", "tmpfs", folder]) }
    }

    deinit {
        if way == .volume { umount2(folder, Int32(MNT_DETACH)) }
    }

    func fill(_ server: ServingCommand) async throws {
        guard way == .volume else { return try await limit(server, "4096") }
        // Another test's child that held it would keep the disk full.
        let ballast = open(folder + "/ballast", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(ballast) }
        let block = [UInt8](repeating: 1, count: 4096)
        while write(ballast, block, block.count) > 0 {}
    }

    func free(_ server: ServingCommand) async throws {
        guard way == .volume else { return try await limit(server, "unlimited") }
        try FileManager.default.removeItem(atPath: folder + "/ballast")
    }

    /// From now on nothing can be written to it.
    func protect() async throws {
        try await run("mount", ["-o", "remount,ro", folder])
    }

    private func limit(_ server: ServingCommand, _ bytes: String) async throws {
        try await run("prlimit", ["--pid", "\(server.process.identifier)", "--fsize=\(bytes):unlimited"])
    }

    private func run(_ tool: String, _ arguments: [String]) async throws {
        let run = try await CommandRun.of(arguments, program: URL(filePath: "/usr/bin/\(tool)"))
        #expect(run.end == .exit(0), "\(run.errors)")
    }
}

@Suite struct FaultTests {
    private let sample: SampleReport

    init() throws {
        sample = try SampleReport.text
    }

    private func isProblem(_ answer: RawResponse, _ status: Int, _ code: String) throws {
        #expect(answer.status == status && answer["Content-Type"] == "application/problem+json", "\(answer.text)")
        #expect(try JSONValue(answer.body)["type"]?.string == "/problems/\(code)", "\(answer.text)")
    }

    private func expectSound(_ database: String, reports: Int) async throws {
        let verified = try await CommandRun.of(["verify", "--database", database])
        #expect(verified.end == .exit(0), "\(verified.text)\(verified.errors)")
        #expect(verified.errors.contains(": \(reports) reports, \(reports) revisions"), "\(verified.errors)")
    }

    private func upload(_ names: [String]) throws -> [UInt8] {
        var zip = ZIPWriter()
        for name in names { zip.add(Array("\(name).txt".utf8), try sample.bytes(renamed: name)) }
        return zip.finished()
    }

    @Test(arguments: NarrowDisk.Way.possible)
    private func `on a full disk writing is refused, reading goes on, and nothing that was answered is lost`(
        way: NarrowDisk.Way
    ) async throws {
        let disk = try await NarrowDisk(way)
        let server = try await ServingCommand(["--database", disk.database])
        let client = try server.client()
        #expect(try await client.request("POST", "/reports", body: sample.bytes(renamed: "甲局")).status == 201)
        try await disk.fill(server)
        var stored = ["甲局"]
        // What the WAL has room for is still stored.
        var answer = try await client.request("POST", "/reports", body: sample.bytes(renamed: "第0局"))
        while answer.status == 201, stored.count < 500 {
            stored.append("第\(stored.count - 1)局")
            answer = try await client.request(
                "POST", "/reports", body: sample.bytes(renamed: "第\(stored.count - 1)局"))
        }
        try isProblem(answer, 507, "storage-full")
        let many = try upload(["乙局", "丙局"])
        for fields in [[], [("Prefer", "respond-async")], [("Idempotency-Key", "k")]] {
            try isProblem(try await client.request("POST", "/reports", fields, body: many), 507, "storage-full")
        }
        try isProblem(try await client.request("POST", "/reports?atomic=1", body: many), 507, "storage-full")
        for name in stored {
            #expect(try await client.request("GET", "/reports/\(name)/2023").status == 200)
            #expect(try await client.request("GET", "/reports/\(name)/2023/source").status == 200)
        }
        #expect(try await client.request("GET", "/reports").status == 200)
        #expect(try await client.request("GET", "/ready").status == 200)
        let left = try FileManager.default.contentsOfDirectory(atPath: disk.database + ".uploads")
        #expect(left.isEmpty, "\(left)")
        try await disk.free(server)
        let after = try await client.request("POST", "/reports", [("Idempotency-Key", "k")], body: many)
        #expect(after.status == 200, "\(after.text)")
        #expect(await server.stop() == .exit(0))
        try await expectSound(disk.database, reports: stored.count + 2)
    }

    @Test(arguments: NarrowDisk.Way.possible)
    private func `an accepted upload waits for a full disk and goes on, each report once`(
        way: NarrowDisk.Way
    ) async throws {
        let disk = try await NarrowDisk(way)
        let server = try await ServingCommand(["--database", disk.database])
        let client = try server.client()
        let names = (0..<300).map { "第\($0)局" }
        let accepted = try await client.request(
            "POST", "/reports", [("Prefer", "respond-async")], body: upload(names))
        #expect(accepted.status == 202, "\(accepted.text)")
        try await disk.fill(server)
        let refused = try await client.request("POST", "/reports", body: sample.bytes(renamed: "甲局"))
        #expect([201, 507].contains(refused.status))
        // Until it is done, or says what it waits for.
        let location = accepted["Location"] ?? ""
        var upload = JSONValue.null
        let waits = try await Patience.until {
            upload = try JSONValue(await client.request("GET", location).body)
            return upload["state"]?.string == "done" || upload["delayed"]?["detail"] != nil
        }
        #expect(waits, "\(upload)")
        if let reason = upload["delayed"]?["detail"]?.string { #expect(reason.contains("disk is full")) }
        try await disk.free(server)
        let isDone = try await Patience.until {
            upload = try JSONValue(await client.request("GET", location).body)
            return upload["state"]?.string == "done"
        }
        #expect(isDone, "\(upload)")
        #expect(upload["items"]?["stored"]?.integer == names.count)
        #expect(await server.stop() == .exit(0))
        try await expectSound(disk.database, reports: names.count + (refused.status == 201 ? 1 : 0))
    }

    @Test func `an accepted upload says what it waits for, and goes on when that has passed`() async throws {
        let folder = try TemporaryFolder()
        let first = try await ServingCommand(["--database", folder.path()])
        #expect(await first.stop() == .exit(0))
        let line = #"{"agency": "甲局", "year": 2023, "form": "2021"}"#
        try Data(line.utf8).write(to: URL(filePath: folder.path() + ".uploads/late"))
        let other = try Connection(path: folder.path())
        try other.run(
            """
            INSERT INTO upload (name, state, created_at, request, file, bytes)
            VALUES ('late', 'waiting', 1, '{"mediaType":"application/x-ndjson"}', 'late', ?1)
            """, [Value(line.utf8.count)])
        try other.run("BEGIN IMMEDIATE")
        let server = try await ServingCommand(
            ["--database", folder.path()], environment: ["DATABASE_BUSY_SECONDS": "0.1"])
        let client = try server.client()
        func upload() async throws -> JSONValue { try JSONValue(await client.request("GET", "/uploads/late").body) }
        var seen = JSONValue.null
        let waits = try await Patience.until {
            seen = try await upload()
            return seen["delayed"]?["detail"] != nil
        }
        #expect(waits, "\(seen)")
        #expect(seen["state"]?.string == "waiting" && seen["delayed"]?["detail"]?.string?.contains("busy") == true)
        try other.run("ROLLBACK")
        let isDone = try await Patience.until {
            seen = try await upload()
            return seen["state"]?.string == "done"
        }
        #expect(isDone, "\(seen)")
        #expect(seen["delayed"] == .null && seen["items"]?["stored"]?.integer == 1)
        #expect(await server.stop() == .exit(0))
        let lines = await server.errorText().split(separator: "\n")
        #expect(lines.count { $0.contains("an accepted upload waits") } == 1, "\(lines)")
    }

    @Test func `while another program holds the database writing is refused for now, and reading goes on`()
        async throws
    {
        let folder = try TemporaryFolder()
        let server = try await ServingCommand(
            ["--database", folder.path()], environment: ["DATABASE_BUSY_SECONDS": "0.2"])
        let client = try server.client()
        #expect(try await client.request("POST", "/reports", body: sample.bytes).status == 201)
        let names = (0..<20).map { "第\($0)局" }
        let other = try Connection(path: folder.path())
        try other.run("BEGIN IMMEDIATE")
        for fields in [[], [("Idempotency-Key", "k")]] {
            let refused = try await client.request("POST", "/reports", fields, body: sample.bytes(renamed: "甲局"))
            try isProblem(refused, 503, "busy")
            #expect(refused["Retry-After"] != nil)
        }
        try isProblem(
            try await client.request("POST", "/reports", [("Prefer", "respond-async")], body: upload(names)), 503,
            "busy")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path() + ".uploads").isEmpty)
        #expect(try await client.request("GET", "/reports/\(sample.agency)/\(sample.year)").status == 200)
        #expect(try await client.request("GET", "/ready").status == 200)
        try other.run("ROLLBACK")
        let accepted = try await client.request(
            "POST", "/reports", [("Prefer", "respond-async"), ("Idempotency-Key", "k")], body: upload(names))
        #expect(accepted.status == 202, "\(accepted.text)")
        // Held again for longer than the server waits, at whatever point of the upload.
        try other.run("BEGIN IMMEDIATE")
        try isProblem(try await client.request("POST", "/reports", body: sample.bytes(renamed: "甲局")), 503, "busy")
        try other.run("ROLLBACK")
        let location = accepted["Location"] ?? ""
        var state = ""
        while !["done", "failed"].contains(state) {
            state = try JSONValue(await client.request("GET", location).body)["state"]?.string ?? "failed"
        }
        #expect(state == "done")
        #expect(await server.stop() == .exit(0))
        try await expectSound(folder.path(), reports: names.count + 1)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can start a server as somebody else"))
    func `a database that may not be written is read, and says why it is not written`() async throws {
        let folder = try TemporaryFolder()
        let first = try await ServingCommand(["--database", folder.path()])
        #expect(try await first.client().request("POST", "/reports", body: sample.bytes).status == 201)
        #expect(await first.stop() == .exit(0))
        // The folder is nobody's, the file is not.
        #expect(chown(folder.url.path, 65_534, 65_534) == 0 && chown(folder.path() + ".uploads", 65_534, 65_534) == 0)
        #expect(chmod(folder.path(), 0o444) == 0)
        let server = try await ServingCommand(["--database", folder.path()], asNobody: true)
        let client = try server.client()
        #expect(try await client.request("GET", "/reports/\(sample.agency)/\(sample.year)").status == 200)
        try isProblem(
            try await client.request("POST", "/reports", body: sample.bytes(renamed: "甲局")), 503, "read-only")
        try isProblem(
            try await client.request(
                "POST", "/reports", [("Prefer", "respond-async")], body: upload(["甲局", "乙局"])), 503, "read-only")
        #expect(try await client.request("GET", "/reports").status == 200)
        #expect(await server.stop() == .exit(0))
        try await expectSound(folder.path(), reports: 1)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can mount a volume"), arguments: [false, true])
    func `on a disk that cannot be written the database is read, unless its log is unfinished`(
        isUnfinished: Bool
    ) async throws {
        let disk = try await NarrowDisk(.volume)
        let first = try await ServingCommand(["--database", disk.database])
        #expect(try await first.client().request("POST", "/reports", body: sample.bytes).status == 201)
        if isUnfinished { first.process.signal(SIGKILL) } else { #expect(await first.stop() == .exit(0)) }
        if isUnfinished {
            _ = await first.process.end()
            try FileManager.default.removeItem(atPath: disk.database + "-shm")
        }
        try await disk.protect()
        guard !isUnfinished else {
            let refusal = await #expect(throws: ServingCommand.NotListening.self) {
                _ = try await ServingCommand(["--database", disk.database])
            }
            #expect(refusal?.errors.contains("-wal") == true, "\(refusal?.errors ?? "")")
            return
        }
        let server = try await ServingCommand(["--database", disk.database])
        let client = try server.client()
        let path = "/reports/\(sample.agency)/\(sample.year)"
        for target in [path, path + "/source", "/reports", "/statistics?group=year", "/changes", "/ready"] {
            #expect(try await client.request("GET", target).status == 200, "\(target)")
        }
        let many = try upload(["甲局", "乙局"])
        for fields in [[], [("Prefer", "respond-async")], [("Idempotency-Key", "k")]] {
            try isProblem(try await client.request("POST", "/reports", fields, body: many), 503, "read-only")
        }
        try isProblem(try await client.request("POST", "/reports", body: sample.bytes), 503, "read-only")
        try isProblem(try await client.request("DELETE", path), 503, "read-only")
        #expect(await server.stop() == .exit(0))
        try await expectSound(disk.database, reports: 1)
    }

    @Test func `over a damaged file the server answers, with a problem where it cannot read`() async throws {
        let database = try await FilledDatabase()
        let page = 4096
        let size = try Data(contentsOf: URL(filePath: database.path)).count
        var generator = SeededGenerator(seed: 12)
        var problems = 0
        for number in stride(from: 1, to: size / page, by: 9) {
            let copy = try database.copy()
            let file = try FileHandle(forUpdating: URL(filePath: copy.path()))
            try file.seek(toOffset: UInt64(number * page))
            try file.write(contentsOf: Data((0..<page).map { _ in UInt8.random(in: 0...255, using: &generator) }))
            try file.close()
            do {
                let server = try await ServingCommand(["--database", copy.path()])
                let client = try server.client()
                for name in ["甲县教育局", "丙县教育局"] + SampleReport.all.prefix(4).map(\.agency) {
                    for path in ["/reports/\(name)/2023", "/reports/\(name)/2023/source", "/reports", "/changes"] {
                        let answer = try await client.request("GET", path)
                        #expect([200, 404, 503].contains(answer.status), "\(path): \(answer.text)")
                        guard answer.status == 503 else { continue }
                        problems += 1
                        #expect(answer.text.contains("disclosure verify"), "\(answer.text)")
                    }
                }
                let answer = try await client.request("POST", "/reports", body: sample.bytes(renamed: "戊局"))
                #expect([201, 503].contains(answer.status), "\(answer.text)")
                #expect(try await client.request("GET", "/health").status == 200)
                #expect(await server.stop() == .exit(0))
            } catch let refusal as ServingCommand.NotListening {
                #expect(refusal.end == .exit(1), "page \(number)")
                #expect(refusal.errors.contains("damaged"), "page \(number): \(refusal.errors)")
                problems += 1
            }
        }
        #expect(problems > 0)
    }
}
