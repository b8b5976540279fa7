import ArgumentParser
import Documents
import Foundation
import HTTPServer
import Synchronization

struct StatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats", abstract: "Sums, rates and distributions over many reports, as a table.",
        discussion: """
            The conditions, groups and measures are those of GET /statistics. A table for the terminal leaves columns out \
            that are empty and shows four decimal places; other formats are those of the API.

            Examples:
              disclosure stats --group year
              disclosure stats year=2023 --group region --measure indicators.disclosureRate
              disclosure stats region=4113 --group year,level --measure requests.newReceived.total --format csv
              disclosure stats year=2023 region=411324 --shape form --format xlsx --output 汇总.xlsx
            """)

    @OptionGroup var question: Question

    @Option(help: "year, region, province, prefecture, county, level, kind, form, agency; some with commas between.")
    var group: String?

    @Option(help: "Paths of figures and indicators, with commas between.")
    var measure: String?

    @Option(help: "own or consolidated.")
    var scope: String?

    @Option(help: "form: every figure of the form added up, the 汇总 table.")
    var shape: String?

    @Option(help: "table, csv, ndjson, json, xlsx or html.")
    var format: StatsFormat = .table

    @OptionGroup var output: TableOutput

    enum StatsFormat: String, ExpressibleByArgument, CaseIterable { case table, csv, ndjson, json, xlsx, html }

    func run() async throws {
        let file = try output.file(isBinary: format == .xlsx)
        let parameters = [
            ("format", format == .table ? "csv" : format.rawValue), ("group", group), ("measure", measure),
            ("scope", scope), ("shape", shape),
        ]
        try await file.fill {
            let body = Mutex<[UInt8]>([])
            try await question.ask("/statistics", parameters + output.parameters) { piece throws(ClientGone) in
                guard format == .table else { return try file.write(piece) }
                body.withLock { $0 += piece }
            }
            guard format == .table else { return }
            try file.write(Array(TerminalTable(csv: body.withLock { $0 }).text.utf8))
        }
        if format == .table { try await tellOfOthers(parameters) }
    }

    /// What a table has no place for: which reports are not in it, and who is missing.
    private func tellOfOthers(_ parameters: [(String, String?)]) async throws {
        struct Answer: Decodable {
            struct Excluded: Decodable {
                let reason: String
                let reports: Int
                let measure: String?
                let form: String?
            }
            struct Named: Decodable { let count: Int }
            struct Warning: Decodable { let message: String }
            let excluded: [Excluded]
            let missing: Named?
            let failing: Named?
            let contradictions: [[String: JSONIgnored]]?
            let warnings: [Warning]?
        }
        let body = Mutex<[UInt8]>([])
        try await question.ask("/statistics", [("format", "json")] + parameters.dropFirst()) { piece in
            body.withLock { $0 += piece }
        }
        let answer = try JSONDecoder().decode(Answer.self, from: Data(body.withLock { $0 }))
        for left in answer.excluded {
            let why =
                left.form.map { "of the form of \($0), for \(left.measure ?? "the form's other figures")" }
                ?? Self.reasons[left.reason] ?? "of the other scope"
            Output.message("left out: \(left.reports) reports \(why)")
        }
        for warning in answer.warnings ?? [] { Output.message("warning: \(warning.message)") }
        if let missing = answer.missing { Output.message("missing: \(missing.count) agencies") }
        if let failing = answer.failing { Output.message("with errors: \(failing.count) reports") }
        if let count = answer.contradictions?.count, count > 0 {
            Output.message("contradictions of the sums: \(count); --format json has them")
        }
    }

    private static let reasons = [
        "nested": "that another consolidated one has in it", "unit": "whose amount has no unit",
    ]

    /// A value that is not looked at.
    private struct JSONIgnored: Decodable { init(from decoder: any Decoder) {} }
}

/// A table for a terminal: columns aligned, with Chinese characters two columns wide.
struct TerminalTable {
    private var rows: [[String]]

    /// - Parameter csv: a table in the API's CSV.
    init(csv: [UInt8]) throws {
        var rows: [[String]] = []
        let document = try Document.read(csv, name: "statistics.csv")
        for case .grid(let grid) in document.blocks {
            for cell in grid.cells {
                while rows.count <= cell.row { rows.append(Array(repeating: "", count: grid.columnCount)) }
                rows[cell.row][cell.column] = Self.short(document.string(cell.text))
            }
        }
        self.rows = rows
    }

    /// The lines, each with its line end; columns without any value are left out.
    var text: String {
        let columns = (rows.first ?? []).indices.filter { column in
            rows.dropFirst().contains { !$0[column].isEmpty }
        }
        let widths = columns.map { column in rows.map { Self.width($0[column]) }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(columns, widths).map { column, width in
                let cell = row[column]
                let space = String(repeating: " ", count: width - Self.width(cell))
                return isOfNumbers(column) ? space + cell : cell + space
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
        }.joined()
    }

    private func isOfNumbers(_ column: Int) -> Bool {
        rows.dropFirst().allSatisfy { row in row[column].isEmpty || Double(row[column]) != nil }
    }

    /// A number with four decimal places at most.
    private static func short(_ text: String) -> String {
        guard let point = text.firstIndex(of: "."), text[point...].count > 5, let number = Double(text) else {
            return text
        }
        return String(format: "%.4f", number)
    }

    private static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x1100 ? 1 : 2) }
    }
}
