import ArgumentParser
import Documents
import Foundation
import HTTPServer
import Synchronization

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the reports that conditions hold for as a table of any length.",
        discussion: """
            The conditions, fields and formats are those of GET /reports, and so is what is written. It may run beside a \
            server. Memory stays the same whatever the length.

            Examples:
              disclosure export --format csv --bom --header zh --output all.csv
              disclosure export year=gte.2019 agency=镇平县自然资源局 --format ndjson
              disclosure export year=2023 indicators.disclosureRate=lt.0.5 \\
                  --fields agency.name,requests.newReceived.total,indicators.disclosureRate
              disclosure export year=2023 region=4113 --format xlsx --header zh --output 南阳2023.xlsx
            """)

    @OptionGroup var question: Question

    @Option(help: "csv, ndjson, xlsx, or json (one list of all).")
    var format: TableFormat = .csv

    @Option(
        help: ArgumentHelp(
            "What is shown: agency.name, year, paths of figures and indicators, or what they begin with (requests, indicators); * for all; with commas between."
        ))
    var fields: String?

    @Option(
        parsing: .unconditional, help: "year, or paths of figures and indicators; - before one for descending.")
    var sort: String?

    @Option(help: "The most reports.")
    var limit: Int?

    @OptionGroup var output: TableOutput

    enum TableFormat: String, ExpressibleByArgument, CaseIterable { case csv, ndjson, xlsx, json }

    func run() async throws {
        let file = try output.file(isBinary: format == .xlsx)
        // One list is made of lines: the API's JSON is a page.
        let parameters = [
            ("format", format == .json ? TableFormat.ndjson.rawValue : format.rawValue), ("fields", fields),
            ("sort", sort), ("limit", limit.map(String.init)),
        ]
        let list = Mutex(LineList())
        try await file.fill {
            try await question.ask("/reports", parameters + output.parameters) { piece throws(ClientGone) in
                try file.write(format == .json ? list.withLock { $0.add(piece) } : piece)
            }
            if format == .json { try file.write(list.withLock { $0.end }) }
        }
    }

    func validate() throws {
        guard output.header == nil || [.csv, .xlsx].contains(format) else {
            throw ValidationError("--header is for csv and xlsx.")
        }
        guard !output.bom || format == .csv else { throw ValidationError("--bom is for csv.") }
    }
}

/// Lines of JSON as the items of one list, in the shape that `GET /reports` answers.
struct LineList {
    private var needsComma = false
    private var isBegun = false

    /// The next piece of the list, of whole lines or parts of them.
    mutating func add(_ lines: [UInt8]) -> [UInt8] {
        var list = begin()
        for byte in lines {
            if byte == UInt8(ascii: "\n") {
                needsComma = true
            } else {
                if needsComma { list.append(UInt8(ascii: ",")) }
                needsComma = false
                list.append(byte)
            }
        }
        return list
    }

    /// What stands behind the last item.
    var end: [UInt8] {
        mutating get { begin() + Array("],\"next\":null}\n".utf8) }
    }

    private mutating func begin() -> [UInt8] {
        defer { isBegun = true }
        return isBegun ? [] : Array("{\"items\":[".utf8)
    }
}

/// Where a table goes and how its head is written.
struct TableOutput: ParsableArguments {
    @Option(name: .shortAndLong, help: "The file; standard output without it.", completion: .file())
    var output: String?

    @Option(help: "id, or zh for the form's own words.")
    var header: String?

    @Flag(help: "CSV: begin with a byte order mark, as Excel needs it.")
    var bom = false

    var parameters: [(name: String, value: String?)] { [("header", header), ("bom", bom ? "1" : nil)] }

    /// - Parameter isBinary: whether it is nothing for a terminal.
    func file(isBinary: Bool) throws -> TableFile {
        if output == nil, isBinary, isatty(STDOUT_FILENO) == 1 {
            throw ValidationError("A workbook is nothing for a terminal; name a file with --output.")
        }
        return try TableFile(path: output)
    }
}

/// The file that a table is written to: it has its name once it is whole, and until then `.part` behind it. What is no
/// file, such as a pipe or a device, is written to as it is.
struct TableFile: Sendable {
    private let path: String?
    private let handle: FileHandle
    /// Whether there is a `.part` that gets its name in the end.
    private let isNew: Bool

    init(path given: String?) throws {
        guard let given else {
            (path, handle, isNew) = (nil, .standardOutput, false)
            return
        }
        let path = Self.target(of: given)
        let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        isNew = type == nil || type == .typeRegular
        let target = isNew ? path + ".part" : path
        guard !isNew || FileManager.default.createFile(atPath: target, contents: nil),
            let file = FileHandle(forWritingAtPath: target)
        else {
            Output.message("\(given): error: it cannot be written")
            throw ExitCode.found
        }
        (self.path, handle) = (path, file)
    }

    /// What a path leads to, be it there or not: a link stays a link.
    private static func target(of path: String) -> String {
        var path = path
        for _ in 0..<linksMax {
            guard let link = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { break }
            path = URL(filePath: link, relativeTo: URL(filePath: path).deletingLastPathComponent()).path
        }
        return path
    }

    private static let linksMax = 40

    func write(_ piece: [UInt8]) throws(ClientGone) {
        do {
            try handle.write(contentsOf: Data(piece))
        } catch {
            Output.message("\(path ?? "standard output"): error: \(error.localizedDescription)")
            throw ClientGone()
        }
    }

    /// Writes what a body hands on, and gives the file its name; when the body throws there is no file.
    func fill(_ body: () async throws -> Void) async throws {
        guard let path, isNew else { return try await body() }
        do {
            try await body()
            try handle.close()
            try ByteFile.rename(path + ".part", to: path)
        } catch {
            try? FileManager.default.removeItem(atPath: path + ".part")
            throw error
        }
    }
}
