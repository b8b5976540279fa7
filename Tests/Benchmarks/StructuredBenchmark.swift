import ArgumentParser
import Codecs
import Foundation
import ReportStore
import Reports

/// CPU microseconds of each step that a structured report takes before it is stored, over the lines of a file:
/// `benchmarks structured reports.ndjson`.
struct StructuredBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "structured")

    @Argument(help: "Report documents in JSON, one a line.")
    var file: String

    @Option(help: "How many lines, at most.")
    var count = 2_000

    @Option(help: "How often; the best is shown.")
    var rounds = 5

    func run() throws {
        let lines = try Data(contentsOf: URL(filePath: file)).split(separator: 0x0a).prefix(count).map { [UInt8]($0) }
        let documents = try lines.map { try JSONDocument($0) }
        let reports = try documents.map { try AnnualReport(document: $0) }
        let checked = reports.map { CheckedReport($0, readerFindings: []) }
        let sources = lines.map { StoredSource(content: .plain($0), length: $0.count, mediaType: "application/json") }
        guard let shape = lines.first.flatMap({ JSONShape(of: $0) }) else { return }
        let packed = lines.map { shape.values(of: $0) ?? [] }
        let bytes = { (all: [[UInt8]]) in all.map(\.count).reduce(0, +) / max(1, all.count) }
        print(
            "\(lines.count) reports of \(bytes(lines)) bytes, \(bytes(packed)) packed (CPU µs each, best of \(rounds))")
        show("read JSON") { for line in lines { _ = try? JSONDocument(line) } }
        show("read report") { for document in documents { _ = try? AnnualReport(document: document) } }
        show("check") { for report in reports { _ = CheckedReport(report, readerFindings: []) } }
        show("render") {
            for index in checked.indices {
                _ = Submission(checked: checked[index], source: sources[index], sha256: [])
            }
        }
        show("digest") { for line in lines { _ = Digest(of: line) } }
        show("deflate") { for line in lines { _ = try? Zlib.compress(line, level: 3) } }
        show("pack") { for line in lines { _ = shape.values(of: line) } }
        show("unpack") {
            for index in lines.indices {
                let values = packed[index]
                _ = try? shape.text(values: values.span, count: lines[index].count)
            }
        }
    }

    private func show(_ step: String, _ body: () -> Void) {
        let times = (0..<max(1, rounds)).map { _ in
            let start = clock()
            body()
            return Double(clock() - start) * 1_000_000 / Double(CLOCKS_PER_SEC) / Double(max(1, count))
        }
        print(step.padding(toLength: 14, withPad: " ", startingAt: 0) + String(format: "%8.2f", times.min() ?? 0))
    }
}
