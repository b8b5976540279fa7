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

    @Option(help: "table, csv, json, xlsx or html.")
    var format: StatsFormat = .table

    @OptionGroup var output: TableOutput

    enum StatsFormat: String, ExpressibleByArgument, CaseIterable { case table, csv, json, xlsx, html }

    func run() async throws {
        let file = try output.file(isBinary: format == .xlsx)
        let parameters = [
            ("format", format == .table ? "csv" : format.rawValue), ("group", group), ("measure", measure),
            ("scope", scope), ("shape", shape),
        ]
        try await file.fill {
            let body = Mutex<[UInt8]>([])
            try await question.ask("/statistics", parameters + output.parameters) { piece in
                body.withLock { $0 += piece }
            }
            let bytes = body.withLock { $0 }
            try file.write(format == .table ? Array(TerminalTable(csv: bytes).text.utf8) : bytes)
        }
    }
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
