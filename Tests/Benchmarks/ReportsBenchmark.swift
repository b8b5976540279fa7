import ArgumentParser
import Foundation
import ReportStore
import Reports
import Support

/// Prints an upload of made-up reports: `benchmarks reports structured --count 10000 > reports.ndjson`.
struct MakeReports: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "reports")

    enum Kind: String, ExpressibleByArgument {
        /// Report documents in JSON, one a line.
        case structured
        /// A tar of plain texts.
        case text
        /// A zip of pages.
        case html
        /// A zip of texts, pages and report documents.
        case mixed
    }

    @Argument(help: "structured, text, html or mixed.")
    var kind: Kind
    @Option(help: "The number of the first report: other numbers are other agencies and years.")
    var from = 0
    @Option(help: "How many.")
    var count = 10_000

    func run() throws {
        let numbers = from..<from + count
        switch kind {
        case .structured:
            for number in numbers { try put(MadeReport(number).json + [0x0a]) }
        case .text:
            let sample = try SampleReport.text
            for number in numbers {
                try put(TARWriter.member("\(number).txt", sample.bytes(renamed: MadeReport(number).agency)))
            }
            try put(TARWriter.end)
        case .html, .mixed:
            var zip = ZIPWriter()
            let page = try SampleReport.named("qinghe-county-2023.html")
            let text = try SampleReport.text
            for number in numbers {
                let report = MadeReport(number)
                switch kind == .html ? 0 : number % 3 {
                case 0: zip.add(Array("\(number).html".utf8), try page.bytes(renamed: report.agency), .deflated)
                case 1: zip.add(Array("\(number).txt".utf8), try text.bytes(renamed: report.agency), .deflated)
                default: zip.add(Array("\(number).json".utf8), try report.json, .deflated)
                }
                try put(zip.take())
            }
            try put(zip.finished())
        }
    }

    private func put(_ bytes: [UInt8]) throws {
        try FileHandle.standardOutput.write(contentsOf: bytes)
    }
}

extension ZIPWriter.Oddity {
    fileprivate static var deflated: ZIPWriter.Oddity { ZIPWriter.Oddity(isDeflated: true) }
}

/// A report that nobody has published: ten years of each agency, one after another.
struct MadeReport {
    let agency: String
    let year: Int
    private let number: Int

    private static let offices = ["教育局", "财政局", "民政局", "公安局", "司法局", "水利局", "交通运输局", "统计局", "审计局", "林业局"]
    private static let firstYear = 2015

    init(_ number: Int) {
        let place = number / 10
        agency = "清禾县第\(place / Self.offices.count)区\(Self.offices[place % Self.offices.count])"
        year = Self.firstYear + number % 10
        self.number = number
    }

    /// Its report document, with a table of figures that add up.
    var json: [UInt8] {
        get throws {
            guard let year = ReportYear(year) else { throw ValidationError("no year \(year)") }
            var random = SeededGenerator(seed: number)
            var report = AnnualReport(
                agency: agency, year: year, title: "\(agency)\(year.value)年政府信息公开工作年度报告", form: .form2021, scope: .own)
            var requests = RequestTable()
            for line in requests.lines { for applicant in Applicant.allCases { requests[line, applicant] = 0 } }
            let granted = Int.random(in: 0...200, using: &random)
            for line in [RequestLine.newReceived, .granted, .totalProcessed] {
                requests[line, .naturalPerson] = granted
                requests[line, .total] = granted
            }
            report.requests = requests
            report.reviews = ReviewTable()
            var json = JSONWriter()
            json.beginObject()
            json.object("agency") { json in json.member("name", agency) }
            CanonicalJSON.writeMembers(of: report, to: &json)
            json.endObject()
            return json.bytes
        }
    }
}

/// Prints the path and the tag of every report of a database that `reports structured` filled:
/// `benchmarks paths /tmp/many.sqlite --count 100000`.
struct ListPaths: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "paths")

    @Argument(help: "The database.")
    var path: String
    @Option(help: "How many reports.")
    var count: Int
    @Option(help: "A folder that gets the documents as files, for other servers to serve.")
    var files: String?
    @Option(help: "How many of them, at most.")
    var filesMax = 100_000

    func run() async throws {
        let store = try await Store.open(path) { 0 }
        for number in 0..<count {
            let report = MadeReport(number)
            guard let found = try store.snapshot({ try $0.document(agency: report.agency, year: report.year) }) else {
                throw ValidationError("\(report.agency) \(report.year) is missing")
            }
            print("\(CanonicalJSON.path(agency: report.agency, year: report.year)) \"\(StableHash.hex(found.tag))\"")
            guard let files, number < filesMax else { continue }
            try Data(found.bytes).write(to: URL(filePath: "\(files)/\(number)"))
        }
        try await store.close()
    }
}
