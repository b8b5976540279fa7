import ArgumentParser
import Documents
import Foundation
import ReportParsing
import Reports

/// Times the reading of documents: `swift run -c release benchmarks parse Config/samples`.
@main
struct BenchmarkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks", abstract: "Measure what the project promises.",
        subcommands: [
            ParseBenchmark.self, ListenersBenchmark.self, BulkBenchmark.self, StructuredBenchmark.self,
            MakeReports.self, ListPaths.self,
        ])
}

/// CPU microseconds to read, parse and check a document, for each layout of a folder.
struct ParseBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "parse")

    @Argument(help: "Folders with documents.")
    var folders: [String]

    @Option(help: "How often each document is read.")
    var rounds = 200

    func run() throws {
        var rows: [(kind: String, read: Double, parse: Double, check: Double)] = []
        for folder in folders {
            let files = try FileManager.default.contentsOfDirectory(
                at: URL(filePath: folder), includingPropertiesForKeys: nil)
            for file in files.sorted(by: { $0.path < $1.path }) {
                guard let row = try measure(file) else { continue }
                rows.append(row)
            }
        }
        print("document                          read    parse    check    total  (CPU µs, median of \(rounds))")
        for row in rows { print(line(row.kind, row.read, row.parse, row.check)) }
    }

    private func line(_ name: String, _ figures: Double...) -> String {
        let padded = name.padding(toLength: 30, withPad: " ", startingAt: 0)
        return padded + (figures + [figures.reduce(0, +)]).map { String(format: "%9.1f", $0) }.joined()
    }

    private func measure(_ file: URL) throws -> (kind: String, read: Double, parse: Double, check: Double)? {
        let bytes = [UInt8](try Data(contentsOf: file))
        let name = file.lastPathComponent
        guard let document = try? Document.read(bytes, name: name) else { return nil }
        let parsed = ReportParser.parse(document)
        guard parsed.isReport, let year = parsed.year else { return nil }
        let report = parsed.report(agency: parsed.agency ?? "", year: year)
        let rounds = name.hasSuffix("pdf") ? 5 : rounds
        let read = median(rounds) { _ = try? Document.read(bytes, name: name) }
        let parse = median(rounds) { _ = ReportParser.parse(document) }
        let check = median(rounds) {
            _ = CheckedReport(report, cells: parsed.cells, readerFindings: parsed.findings)
        }
        return (name, read, parse, check)
    }

    private func median(_ rounds: Int, _ body: () -> Void) -> Double {
        let times = (0..<max(1, rounds)).map { _ in
            let start = clock()
            body()
            return Double(clock() - start) * 1_000_000 / Double(CLOCKS_PER_SEC)
        }
        return times.sorted()[times.count / 2]
    }
}
