import Foundation
import Reports
import Support
import Testing

/// `disclosure export` and `disclosure stats`.
@Suite struct ExportTests {
    private let folder: TemporaryFolder
    private var database: String { folder.path() }

    init() async throws {
        folder = try TemporaryFolder()
        let server = try await ServingCommand(["--sample", "--database", folder.path()])
        await server.stop()
    }

    private func run(_ command: String, _ arguments: [String]) async throws -> CommandRun {
        let run = try await CommandRun.of([command, "--database", database] + arguments)
        #expect(!run.errors.contains("Fatal error"), "\(run.errors)")
        return run
    }

    @Test func `what is written is what the API answers`() async throws {
        let export = try await run("export", ["year=2023", "--header", "zh", "--bom"])
        let lines = try await run(
            "export", ["year=2023", "--format", "ndjson", "--sort", "-requests.newReceived.total"])
        let stats = try await run("stats", ["--group", "year", "--format", "json"])
        let groups = try await run("stats", ["--group", "year", "--format", "ndjson"])
        let form = try await run("stats", ["year=2023", "--shape", "form", "--format", "html"])
        let server = try await ServingCommand(["--database", database])
        let client = try server.client()
        for (run, target) in [
            (export, "/reports?year=2023&format=csv&header=zh&bom=1"),
            (lines, "/reports?year=2023&format=ndjson&sort=-requests.newReceived.total"),
            (stats, "/statistics?group=year"), (groups, "/statistics?group=year&format=ndjson"),
            (form, "/statistics?year=2023&shape=form&format=html"),
        ] {
            let answer = try await client.request("GET", target)
            #expect(run.end == .exit(0) && Array(run.output) == answer.body && !answer.body.isEmpty, "\(target)")
        }
        await server.stop()
    }

    @Test func `a question may name every path there is`() async throws {
        let all = Measure.all.map(\.description).joined(separator: ",")
        let run = try await run("export", ["year=2023", "--fields", all, "--format", "ndjson"])
        #expect(run.end == .exit(0) && all.utf8.count > 8 * 1024)
        let everything = try await self.run("export", ["year=2023", "--fields", "*", "--format", "csv"])
        let table = try await self.run("export", ["year=2023", "--format", "csv"])
        #expect(everything.output == table.output && !table.output.isEmpty)
    }

    @Test func `JSON is one list of all reports`() async throws {
        let all = try await run("export", ["--format", "json", "--fields", "agency.name,year"])
        let lines = try await run("export", ["--format", "ndjson", "--fields", "agency.name,year"])
        #expect(all.end == .exit(0))
        let json = try JSONValue(Array(all.output))
        let items = try lines.text.split(separator: "\n").map { try JSONValue(Array($0.utf8)) }
        #expect(json["items"] == .array(items) && json["next"] == .null && items.count == SampleReport.all.count)
        let none = try await run("export", ["year=2008", "--format", "json"])
        #expect(none.text == "{\"items\":[],\"next\":null}\n")
        #expect(try await run("export", ["--format", "json", "--bom"]).end == .exit(2))
        #expect(try await run("stats", ["--format", "json", "--header", "zh"]).end == .exit(2))
    }

    @Test func `a file has its name when it is whole`() async throws {
        let path = folder.path("2023.xlsx")
        #expect(try await run("export", ["year=2023", "--format", "xlsx", "--output", path]).end == .exit(0))
        #expect(try Data(contentsOf: URL(filePath: path)).starts(with: Data("PK".utf8)))
        let wrong = try await run("export", ["yeer=2023", "--output", folder.path("wrong.csv")])
        #expect(wrong.end == .exit(2) && wrong.errors.contains("yeer is no parameter"))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(!names.contains { $0.hasPrefix("wrong") || $0.hasSuffix(".part") })
        #expect(try await run("export", ["--output", "/nonexistent/x.csv"]).end == .exit(1))
        #expect(try await CommandRun.of(["stats", "--database", folder.path("none")]).end == .exit(1))
        #expect(try await run("stats", ["2023"]).end == .exit(2))
    }

    @Test func `a link stays a link, and what is no file is written to as it is`() async throws {
        let expected = try await run("export", ["year=2023"]).output
        let (link, target) = (folder.path("link.csv"), folder.path("target.csv"))
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        #expect(try await run("export", ["year=2023", "--output", link]).end == .exit(0))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
        #expect(try Data(contentsOf: URL(filePath: target)) == Data(expected))
        let pipe = folder.path("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        async let read = CommandRun.of(["-c", "cat \(pipe)"], program: URL(filePath: "/bin/sh"))
        #expect(try await run("export", ["year=2023", "--output", pipe]).end == .exit(0))
        #expect(try await read.output == expected)
        let type = try FileManager.default.attributesOfItem(atPath: pipe)[.type] as? FileAttributeType
        #expect(type != .typeRegular)
    }

    @Test func `a workbook needs no folder beside the database`() async throws {
        try FileManager.default.removeItem(atPath: database + ".uploads")
        for arguments in [["export", "year=2023"], ["stats"], ["stats", "year=2023", "--shape", "form"]] {
            let path = folder.path("a.xlsx")
            let run = try await run(arguments[0], arguments.dropFirst() + ["--format", "xlsx", "--output", path])
            #expect(run.end == .exit(0), "\(run.errors)")
            #expect(try Data(contentsOf: URL(filePath: path)).starts(with: Data("PK".utf8)))
        }
        #expect(!FileManager.default.fileExists(atPath: database + ".uploads"))
    }

    @Test(arguments: ["parse Config/samples", "export year=2023", "agency list", "migrate --status", "stats"])
    func `output that cannot be written ends a command with a message`(command: String) async throws {
        let program = CommandProcess.executable.path
        let isOfDatabase = !command.hasPrefix("parse")
        let line = "\(program) \(command) \(isOfDatabase ? "--database \(database)" : "") > /dev/full"
        let run = try await CommandRun.of(["-c", line], program: URL(filePath: "/bin/sh"))
        #expect(run.end == .exit(1), "\(run.errors)")
        #expect(run.errors.contains("standard output") && !run.errors.contains("Fatal error"), "\(run.errors)")
        let silent = try await CommandRun.of(["-c", line + " 2>/dev/full"], program: URL(filePath: "/bin/sh"))
        #expect(silent.end == .exit(1))
    }

    @Test func `a table stands in columns, with Chinese characters two wide`() async throws {
        let run = try await run(
            "stats", ["year=2023", "--group", "agency", "--header", "zh", "--measure", "indicators.disclosureRate"])
        let lines = run.text.split(separator: "\n")
        #expect(lines.count == 6 && lines[0].contains("机关名称"))
        func width(_ text: Substring) -> Int {
            text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x1100 ? 1 : 2) }
        }
        // Every line has the measure in the same place.
        let starts = try lines.dropFirst().map { line in
            width(line[..<(try #require(line.firstRange(of: "公开率")).lowerBound)])
        }
        #expect(Set(starts).count == 1)
        #expect(lines[1].contains("0.") && !lines[1].contains("0.45000"))
    }
}
