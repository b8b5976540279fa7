import Foundation
import Glibc
import Reports
import SQLite
import Support
import Testing

@Suite struct ServeTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func serve(
        _ arguments: [String] = [], environment: [String: String] = [:]
    ) async throws -> ServingCommand {
        try await ServingCommand(["--database", folder.path()] + arguments, environment: environment)
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `it says where it listens, answers, and ends with 0 when asked`(signal: Int32) async throws {
        let server = try await serve()
        #expect(try await server.client().request("GET", "/health").status == 200)
        #expect(try await server.client().request("GET", "/ready").status == 200)
        #expect(await server.stop(signal) == .exit(0))
        #expect(await server.process.output.readToEnd().isEmpty, "one line on standard output and no more")
    }

    @Test func `the samples fill an empty database, and that once`() async throws {
        let server = try await serve(["--sample"])
        let list = try await server.client().request("GET", "/reports?count=exact")
        #expect(try JSONValue(list.body)["count"]?.integer == SampleReport.all.count)
        for sample in SampleReport.all {
            let source = try await server.client().request("GET", "/reports/\(sample.agency)/\(sample.year)/source")
            #expect(source.body == (try sample.bytes), "\(sample)")
        }
        #expect(await server.stop() == .exit(0))
        let again = try await serve(["--sample"])
        let same = try await again.client().request("GET", "/reports?count=exact")
        #expect(same.body == list.body)
        #expect(await again.stop() == .exit(0))
    }

    @Test func `what was uploaded is there after a restart, with the same tag`() async throws {
        let first = try await serve()
        let sample = try SampleReport.text
        let stored = try await first.client().request("POST", "/reports", body: sample.bytes)
        #expect(stored.status == 201)
        #expect(await first.stop() == .exit(0))
        let second = try await serve()
        let again = try await second.client().request("GET", "/reports/\(sample.agency)/2023")
        #expect(again.body == stored.body && again["ETag"] == stored["ETag"])
        #expect(try await second.client().request("POST", "/reports", body: sample.bytes).status == 200)
        #expect(await second.stop() == .exit(0))
    }

    @Test func `a database named relative to where one stands takes uploads of many`() async throws {
        let server = try await ServingCommand(["--database", "data/test.sqlite"], in: folder.url)
        let sample = try SampleReport.text
        var zip = ZIPWriter()
        zip.add(Array("a.txt".utf8), try sample.bytes)
        let answer = try await server.client().request("POST", "/reports", body: zip.finished())
        #expect(answer.status == 200, "\(answer.text)")
        #expect(await server.stop() == .exit(0))
    }

    @Test func `requests in flight are finished before the end`() async throws {
        // Time for a client that waits for its turn beside tests that compute.
        let server = try await serve(environment: [
            "HTTP_LIMITS_HEAD_SECONDS": "300", "HTTP_LIMITS_BODY_SECONDS": "300", "HTTP_LIMITS_STOP_SECONDS": "300",
        ])
        let sample = try SampleReport.text
        let bytes = RawClient.bytes("POST", Array("/reports".utf8), body: try sample.bytes)
        let clients = try (0..<4).map { _ in try server.client() }
        for client in clients {
            await client.send(Array(bytes.dropLast(100)))
        }
        // An answer on another connection shows that the loops have come past those bytes or will before they drain.
        for _ in 0..<8 { _ = try await server.client().request("GET", "/health") }
        server.process.signal(SIGTERM)
        for client in clients { await client.send(Array(bytes.suffix(100))) }
        for client in clients {
            let answer = try await client.readResponse()
            #expect([200, 201].contains(answer.status))
            #expect(answer["Connection"] == "close")
        }
        #expect(await server.process.end() == .exit(0))
        let after = try await serve()
        #expect(try await after.client().request("GET", "/reports/\(sample.agency)/2023").status == 200)
        #expect(await after.stop() == .exit(0))
    }

    @Test func `idle connections do not hold up the end`() async throws {
        let server = try await serve()
        let clients = try (0..<10).map { _ in try server.client() }
        for client in clients { _ = try await client.request("GET", "/health") }
        #expect(await server.stop() == .exit(0))
        for client in clients { #expect(try await client.readToEnd().isEmpty) }
    }

    @Test func `two servers may share a database`() async throws {
        let first = try await serve()
        let second = try await serve()
        let sample = try SampleReport.text
        #expect(try await first.client().request("POST", "/reports", body: sample.bytes).status == 201)
        #expect(try await second.client().request("POST", "/reports", body: sample.bytes).status == 200)
        let other = try sample.bytes(renamed: "乙局")
        #expect(try await second.client().request("POST", "/reports", body: other).status == 201)
        #expect(try await first.client().request("GET", "/reports/乙局/2023").status == 200)
        #expect(await first.stop() == .exit(0))
        #expect(try await second.client().request("GET", "/reports/乙局/2023/source").body == other)
        #expect(await second.stop() == .exit(0))
    }

    @Test func `a port in use is told of in one line`() async throws {
        let server = try await serve()
        let run = try await CommandRun.of([
            "serve", "--port", "\(server.address.port)", "--database", folder.path("other.sqlite"),
        ])
        expectOneLine(run, naming: "\(server.address.port)")
        #expect(await server.stop() == .exit(0))
    }

    @Test func `a newer database is refused, and left as it is`() async throws {
        let path = folder.path()
        _ = try await CommandRun.of(["migrate", "--database", path])
        do {
            let connection = try Connection(path: path)
            try connection.run(
                "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (99, 'later', 'x', 0)")
            try connection.setUserVersion(99)
        }
        for arguments in [["serve", "--port", "0"], ["migrate"], ["migrate", "--status"]] {
            let run = try await CommandRun.of(arguments + ["--database", path])
            expectOneLine(run, naming: "99")
            #expect(run.errors.contains("newer"))
        }
    }

    @Test func `a file that is no database is refused in one line`() async throws {
        let path = try folder.write(Array(String(repeating: "不是数据库", count: 500).utf8), to: "text.sqlite")
        expectOneLine(try await CommandRun.of(["serve", "--port", "0", "--database", path]), naming: path)
        expectOneLine(try await CommandRun.of(["migrate", "--database", path]), naming: path)
    }

    @Test func `a folder that cannot be made is told of in one line`() async throws {
        let file = try folder.write([1], to: "file")
        for arguments in [["serve", "--port", "0"], ["migrate"]] {
            let run = try await CommandRun.of(arguments + ["--database", file + "/sub/new.sqlite"])
            expectOneLine(run, naming: file)
        }
    }

    @Test(arguments: ["256.1.1.1", "no such host", "203.0.113.1"])
    func `an address that is not this machine's is told of in one line`(host: String) async throws {
        let run = try await CommandRun.of(["serve", "--port", "0", "--host", host, "--database", folder.path()])
        expectOneLine(run, naming: host)
    }

    @Test func `samples that are missing are told of in one line`() async throws {
        let config = folder.url.appending(path: "Config")
        try FileManager.default.createDirectory(at: config, withIntermediateDirectories: true)
        try Data("code,name,parent,from,until,successor\n".utf8).write(to: config.appending(path: "regions.csv"))
        let run = try await CommandRun.of(
            ["serve", "--port", "0", "--sample", "--database", folder.path()], in: folder.url)
        expectOneLine(run, naming: "samples")
    }

    @Test func `off the loopback addresses it is read-only and says so`() async throws {
        let process = try CommandProcess(["serve", "--host", "0.0.0.0", "--port", "0", "--database", folder.path()])
        async let errors = process.errors.readToEnd()
        let line = try #require(await process.output.readLine())
        let port = try #require(line.split(separator: ":").last.flatMap { UInt16($0) })
        let client = try RawClient(.v4(address: 0x7f00_0001, port: port))
        #expect(try await client.request("POST", "/reports", body: SampleReport.text.bytes).status == 403)
        #expect(try await client.request("GET", "/reports").status == 200)
        process.signal(SIGTERM)
        #expect(await process.end() == .exit(0))
        #expect(String(decoding: await errors, as: UTF8.self).contains("read-only"))
    }

    @Test func `the log may be JSON, one object a line, and does not hold what is uploaded`() async throws {
        let server = try await serve(environment: ["LOG_FORMAT": "json", "LOG_LEVEL": "debug"])
        _ = try await server.client().request("GET", "/reports/无名局/2023")
        _ = try await server.client().request("GET", "/x%0d%0afake")
        _ = try await server.client().request("POST", "/reports", body: SampleReport.text.bytes)
        #expect(await server.stop() == .exit(0))
        let lines = await server.errorText().split(separator: "\n")
        #expect(lines.count >= 3)
        for line in lines {
            let json = try JSONValue(Array(line.utf8))
            #expect(json["level"]?.string != nil && json["at"]?.string != nil && json["message"]?.string != nil)
        }
        #expect(!lines.joined().contains("开放"))
    }

    /// One line on standard error, an end with 1, no trace of the program's inside.
    private func expectOneLine(
        _ run: CommandRun, naming what: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(run.end == .exit(1), sourceLocation: sourceLocation)
        #expect(run.output.isEmpty, sourceLocation: sourceLocation)
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 1 && lines[0].contains(what), "\(run.errors)", sourceLocation: sourceLocation)
        #expect(
            !run.errors.contains("NSError") && !run.errors.contains("Domain=") && !run.errors.contains("Foundation."),
            "\(run.errors)", sourceLocation: sourceLocation)
    }
}
