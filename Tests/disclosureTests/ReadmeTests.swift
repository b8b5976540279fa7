import Foundation
import Support
import Testing

/// The lines of README.md are run as they stand, so that a newcomer's first minute works.
@Suite struct ReadmeTests {
    private static let text: String = {
        (try? String(contentsOf: SampleReport.root.appending(path: "README.md"), encoding: .utf8)) ?? ""
    }()

    /// The lines of the shell blocks that begin with a word.
    private static func lines(_ word: String) -> [String] {
        text.split(separator: "```sh\n").dropFirst().flatMap { block in
            block.prefix { $0 != "`" }.split(separator: "\n").map(String.init)
        }.filter { $0.hasPrefix(word) }
    }

    /// Runs a line in a shell, from the root of the work tree.
    private static func shell(_ line: String, in folder: URL) async throws -> (end: CommandRun.End, output: String) {
        let run = try await CommandRun.of(
            ["-c", line], program: URL(filePath: "/bin/bash"),
            environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C.UTF-8"])
        return (run.end, run.text)
    }

    @Test func `the first minute with curl works line by line`() async throws {
        let folder = try TemporaryFolder()
        let server = try await ServingCommand(["--sample", "--database", folder.path()])
        let lines = Self.lines("curl ")
        #expect(lines.count >= 10)
        for line in lines {
            let here = line.replacing("localhost:8080", with: "\(server.address)")
                .replacing("/tmp/etag", with: folder.path("etag"))
            let run = try await Self.shell(here + " --silent --show-error", in: folder.url)
            #expect(run.end == .exit(0), "\(line)")
            if line.contains("--etag-compare") {
                #expect(run.output.hasPrefix("304"), "\(line)")
            } else if line.contains("清禾教育局") {
                #expect(run.output.contains("清禾县教育局"), "\(line)")
            } else if line.contains("-w '%{http_code}") && !line.contains("--etag-save") {
                #expect(run.output == "410\n", "\(line)")
            } else {
                #expect(!run.output.isEmpty && !run.output.contains("/problems/"), "\(line): \(run.output)")
            }
        }
        await server.stop()
    }

    @Test func `the commands without a server work`() async throws {
        let folder = try TemporaryFolder()
        let server = try await ServingCommand(["--sample", "--database", folder.path()])
        await server.stop()
        let lines = Self.lines(".build/release/disclosure ")
        #expect(lines.count == 4)
        for line in lines {
            var here = line.replacing(".build/release/disclosure", with: "'\(CommandProcess.executable.path)'")
            if line.contains(" stats ") || line.contains(" export ") { here += " --database '\(folder.path())'" }
            let run = try await Self.shell(here, in: folder.url)
            #expect(run.end == .exit(line.contains(" check ") ? 1 : 0), "\(line)")
            #expect(!run.output.isEmpty, "\(line)")
        }
        #expect(Self.text.contains("qinghe-market-regulation-2024.html:69: error: requests.row_total"))
    }
}
