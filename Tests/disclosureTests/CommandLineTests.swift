import Foundation
import Reports
import Support
import Testing

@Suite struct CommandLineTests {
    private func sample(_ file: String) -> String { SampleReport.folder.appending(path: file).path }

    /// Runs the command; standard error has to be for people in any case.
    private func run(_ arguments: [String], input: [UInt8] = [], in folder: URL? = nil) async throws -> CommandRun {
        let run = try await CommandRun.of(arguments, input: input, in: folder)
        #expect(!run.errors.contains("Fatal error") && !run.errors.contains("0x0"), "\(arguments): \(run.errors)")
        return run
    }

    @Test(arguments: [
        [], ["serve"], ["parse"], ["check"], ["import"], ["migrate"], ["backup"], ["verify"],
        ["export"], ["stats"], ["agency"], ["agency", "list"], ["agency", "show"], ["agency", "alias"],
        ["agency", "rename"], ["agency", "place"], ["agency", "merge"],
    ])
    func `help is on standard output, with examples`(command: [String]) async throws {
        let run = try await run(command + ["--help"])
        #expect(run.end == .exit(0) && run.errors.isEmpty)
        #expect(run.text.contains("USAGE: disclosure") && run.text.contains(/Examples?:/))
        #expect(run.text.contains("disclosure \((command.isEmpty ? ["serve"] : command).joined(separator: " "))"))
    }

    @Test func `the version is on standard output`() async throws {
        let run = try await run(["--version"])
        #expect(run.end == .exit(0) && run.text.contains(/^\d+\.\d+\.\d+\n$/))
    }

    @Test(arguments: [
        ["fly"], ["--nothing"], ["parse"], ["check"], ["parse", "--format", "xml", "-"],
        ["parse", "--year", "1999", "-"],
        ["parse", "--year", "last", "-"], ["serve", "--port", "70000"], ["serve", "--port", "-1"],
        ["serve", "--nothing"],
        ["import"], ["import", "--year", "1999", "x"], ["import", "--region", "999999", "x"],
        ["import", "--scope", "all", "x"], ["import", "--agency", "17", "x"], ["import", "--format", "csv", "x"],
        ["serve", "extra"], ["migrate", "--to", "x"], ["backup"], ["verify", "extra"],
        ["parse", "--include", "all", "-"],
    ])
    func `wrong use ends with 2 and says what is wrong`(arguments: [String]) async throws {
        let run = try await run(arguments)
        #expect(run.end == .exit(2), "\(run.end)")
        #expect(run.output.isEmpty && run.errors.hasPrefix("Error: ") && run.errors.contains("--help"), "\(run.errors)")
    }

    @Test func `parse prints the report document with its findings`() async throws {
        for sample in [try SampleReport.text, try SampleReport.gb18030] {
            let run = try await run(["parse", self.sample(sample.file)])
            #expect(run.end == .exit(0) && run.errors.isEmpty)
            let json = try JSONValue(run.output)
            #expect(json["agency"]?["name"]?.string == sample.agency && json["findings"] != nil)
            let report = try AnnualReport(document: JSONDocument(run.output))
            for path in report.figurePaths {
                #expect(report[path].map { JSONValue.number($0.number) } == sample.figures[path.description])
            }
        }
    }

    @Test func `parse reads standard input`() async throws {
        let named = try await run(["parse", sample("qinghe-office-2023.txt")])
        let piped = try await run(["parse", "-"], input: SampleReport.text.bytes)
        #expect(piped.end == .exit(0) && piped.output == named.output)
    }

    @Test func `parse prints several reports as an array, as lines, or as one table`() async throws {
        let files = ["qinghe-office-2022.txt", "qinghe-office-2023.txt", "qinghe-office-2024.html"].map(sample)
        let array = try await run(["parse"] + files)
        guard case .array(let items) = try JSONValue(array.output) else { return #expect(Bool(false)) }
        #expect(items.compactMap { $0["year"]?.integer } == [2022, 2023, 2024])
        let lines = try await run(["parse", "--format", "ndjson"] + files)
        let records = lines.text.split(separator: "\n")
        #expect(try records.map { try JSONValue(Array($0.utf8)) } == items)
        let table = try await run(["parse", "--format", "csv"] + files)
        let rows = table.text.components(separatedBy: "\r\n")
        #expect(rows.count == 4 + (table.text.hasSuffix("\r\n") ? 1 : 0))
        #expect(rows[0].hasPrefix("agency.name,year,form,scope,title,") && rows[2].contains("办公室,2023,2021,own,"))
        #expect(!table.text.replacing("\r\n", with: "").contains("\n"), "every record ends as RFC 4180 has it")
    }

    @Test func `parse includes cells where they are asked for`() async throws {
        let run = try await run(["parse", "--include", "cells", sample("qinghe-office-2023.txt")])
        let json = try JSONValue(run.output)
        #expect(json["cells"] != nil)
    }

    @Test func `a file that cannot be read is told of, the others are read, and the end is 1`() async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("empty"), withIntermediateDirectories: true)
        let text = try folder.write(Array("今天天气很好。".utf8), to: "weather.txt")
        let files = [sample("qinghe-office-2022.txt"), folder.path("none.txt"), text, folder.path("empty")]
        for format in ["json", "ndjson", "csv"] {
            let run = try await run(["parse", "--format", format] + files + [sample("qinghe-office-2023.txt")])
            #expect(run.end == .exit(1))
            #expect(run.errors.split(separator: "\n").count == 3, "\(run.errors)")
            for file in files.dropFirst() { #expect(run.errors.contains("\(file): error: ")) }
            #expect(run.text.contains("2022") && run.text.contains("2023"))
        }
    }

    @Test func `parse takes agency and year from outside`() async throws {
        let json = Array(#"{"year": 2023}"#.utf8)
        #expect(try await run(["parse", "-"], input: json).end == .exit(1))
        let named = try await run(["parse", "--agency", "甲局", "-"], input: json)
        #expect(named.end == .exit(0) && named.text.contains("甲局"))
    }

    @Test func `check prints errors as a compiler does, and ends with 1`() async throws {
        let file = sample(try SampleReport.contradictory.file)
        let run = try await run(["check", file])
        #expect(run.end == .exit(1))
        let lines = run.text.split(separator: "\n")
        #expect(lines.count >= 3)
        let source = String(decoding: try SampleReport.contradictory.bytes, as: UTF8.self)
        let count = source.split(separator: "\n", omittingEmptySubsequences: false).count
        for line in lines {
            let match = line.dropFirst(file.count).firstMatch(
                of: /^:(\d+)(?::(\d+))?: (error|warning): ([a-z_.0-9]+): .+/)
            let found = try #require(match, "\(line)")
            #expect(line.hasPrefix(file) && (1...count).contains(Int(found.output.1) ?? 0))
        }
        #expect(run.text.contains(": error: requests.row_total: "))
        #expect(run.errors.hasPrefix("\(file): 清禾县市场监督管理局 2024: ") && run.errors.contains("failed"))
    }

    @Test func `check of sound reports prints nothing and ends with 0`() async throws {
        let files = SampleReport.all.map(\.file).filter { !$0.contains("market") }.map(sample)
        let run = try await run(["check"] + files)
        #expect(run.end == .exit(0), "\(run.text)")
        #expect(run.errors.split(separator: "\n").count == files.count)
    }

    @Test func `check goes on behind a file that cannot be read`() async throws {
        let run = try await run(["check", "/nonexistent", sample("qinghe-office-2022.txt")])
        #expect(run.end == .exit(1))
        #expect(run.errors.contains("/nonexistent: error: ") && run.errors.contains("清禾县人民政府办公室 2022"))
    }

    @Test func `an alias that an agency does not have cannot be taken away`() async throws {
        let folder = try TemporaryFolder()
        let database = ["--database", folder.path()]
        let sample = try SampleReport.text
        #expect(try await run(["import", self.sample(sample.file)] + database).end == .exit(0))
        func alias(_ arguments: String...) async throws -> CommandRun {
            try await run(["agency", "alias", sample.agency] + arguments + database)
        }
        #expect(try await alias("县府办").end == .exit(0))
        let unknown = try await alias("没有的", "--remove")
        #expect(unknown.end == .exit(1) && unknown.errors.contains("没有的"))
        let both = try await alias("县府办", "没有的", "--remove")
        #expect(both.end == .exit(1), "nothing is taken away")
        let taken = try await alias("县 府办", "--remove")
        #expect(taken.end == .exit(0) && !taken.text.contains("县府办"))
    }

    @Test func `migrate makes, migrates and shows a database`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("sub/new.sqlite")
        let missing = try await run(["migrate", "--status", "--database", path])
        #expect(missing.end == .exit(1) && missing.errors.split(separator: "\n").count == 1)
        #expect(!FileManager.default.fileExists(atPath: path))
        let made = try await run(["migrate", "--database", path])
        #expect(made.end == .exit(0) && made.text.contains(/^1 reports: applied \d{4}-\d\d-\d\dT/))
        let again = try await run(["migrate", "--database", path])
        #expect(again.end == .exit(0) && again.text == "up to date\n")
        let status = try await run(["migrate", "--status", "--database", path])
        #expect(status.end == .exit(0) && status.text == made.text)
        let far = try await run(["migrate", "--to", "99", "--database", path])
        #expect(far.end != .exit(0) && far.errors.contains("99") && far.errors.split(separator: "\n").count == 1)
    }
}
