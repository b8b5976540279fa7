import ArgumentParser
import ReportAPI
import Reports

struct Parse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print what is read from documents; nothing is stored.",
        discussion: """
            Each report is printed as the report document of the API, with its findings. Exit code 1 when a document
            could not be read.

            Examples:
              disclosure parse report.html
              disclosure parse --format ndjson reports/*.txt > reports.ndjson
              curl -s https://example.org/report.html | disclosure parse -
            """)

    @OptionGroup var input: InputFiles

    @Option(help: "json (one document, or an array of several), ndjson or csv.")
    var format: ReportFormat = .json

    @Option(help: "cells: every cell with its raw text, remark and place.")
    var include: Inclusion?

    enum ReportFormat: String, ExpressibleByArgument, CaseIterable { case json, ndjson, csv }
    enum Inclusion: String, ExpressibleByArgument, CaseIterable { case cells }

    func run() async throws {
        var failures = 0
        var reports: [CheckedReport] = []
        try await input.read { item in
            switch item.result {
            case .success(let checked) where format == .ndjson: Output.data(json(checked))
            case .success(let checked): reports.append(checked)
            case .failure(let error):
                failures += 1
                Output.message("\(item.name): error: \(error)".printable)
            }
        }
        write(reports)
        if failures > 0 { throw ExitCode.found }
    }

    private func write(_ reports: [CheckedReport]) {
        switch format {
        case .ndjson: break
        case .csv where !reports.isEmpty: Output.bytes(ReportTableCSV.bytes(of: reports.map(\.report)))
        case .csv: break
        case .json where input.files.count == 1 && reports.count == 1: reports.first.map { Output.data(json($0)) }
        case .json:
            let items = reports.map { json($0) }.joined(separator: Array(",\n".utf8))
            Output.data([UInt8(ascii: "[")] + items + [UInt8(ascii: "]")])
        }
    }

    private func json(_ checked: CheckedReport) -> [UInt8] {
        CheckedRepresentation.json(checked, cells: include == .cells ? checked.cells : nil)
    }
}
