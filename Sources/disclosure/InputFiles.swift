import ArgumentParser
import Documents
import Foundation
import ReportIngest
import Reports

/// The documents that a command reads: files, and `-` for standard input.
struct InputFiles: ParsableArguments {
    @Argument(help: "Files, and folders with files, to read; - is standard input.", completion: .file())
    var files: [String]

    @Option(help: "The agency, where a document does not name one.")
    var agency: String?

    @Option(help: "The year, where a document does not name one.")
    var year: Int?

    @Option(help: "The media type, where the content does not tell (text/plain, text/html).")
    var mediaType: String?

    func validate() throws {
        if files.isEmpty { throw ValidationError("Name at least one file, or - for standard input.") }
        if let year, ReportYear(year) == nil {
            throw ValidationError("--year \(year) is no year from \(ReportYear.first) on.")
        }
    }

    /// What came of one file.
    struct Item {
        /// The name as it was given.
        let name: String
        /// The report, or why there is none.
        let result: Result<CheckedReport, any Error>
    }

    /// Reads and checks every file, in order, one after another.
    func read(_ body: (Item) throws -> Void) async throws {
        for path in files.flatMap(Self.expanded) {
            let name = path.label
            do {
                let bytes = try Self.bytes(path)
                let supplied = Upload.Identity(agency: agency, year: year.flatMap { ReportYear($0) })
                let upload = Upload(bytes: bytes, mediaType: mediaType, fileName: name, supplied: supplied)
                let read = try await Ingestor.read(upload, now: Program.clock())
                try body(Item(name: name, result: .success(read.checked)))
            } catch let error as ExitCode {
                throw error
            } catch {
                try body(Item(name: name, result: .failure(error)))
            }
        }
    }

    /// The files below a folder, in the order of their names; the name itself for anything else.
    private static func expanded(_ name: String) -> [RawPath] {
        RawPath.meant(by: name).flatMap { path in
            guard name != "-", path.isFolder(followingLinks: true) == true else { return [path] }
            let files = below(path).filter { path in
                readable.contains(path.label.split(separator: ".").last.map { $0.lowercased() } ?? "")
            }
            // An empty folder is told of as what cannot be read.
            return files.isEmpty ? [path] : files.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        }
    }

    private static func below(_ folder: RawPath) -> [RawPath] {
        (folder.names() ?? []).map { folder.appending($0) }.flatMap { path in
            path.isFolder(followingLinks: false) == true ? below(path) : [path]
        }
    }

    /// Files of other kinds in a folder are left alone; named one by one they are errors.
    private static let readable: Set<String> = ["txt", "md", "html", "htm", "docx", "pdf", "xlsx"]

    private static func bytes(_ path: RawPath) throws -> [UInt8] {
        let name = path.label
        if name == "-" { return [UInt8](try FileHandle.standardInput.readToEnd() ?? Data()) }
        guard Array(name.utf8) == path.bytes else {
            let file = try ByteFile.open(path)
            return try file.read(at: 0, count: file.byteCount())
        }
        do {
            return [UInt8](try Data(contentsOf: URL(filePath: name)))
        } catch {
            throw Settings.Fault(description: "cannot be read: \(error.localizedDescription)")
        }
    }
}

/// What commands print.
enum Output {
    /// A line of data, on standard output.
    static func data(_ line: [UInt8]) {
        bytes(line + [0x0a])
    }

    /// A line of text, on standard output.
    static func line(_ text: String) {
        data(Array(text.utf8))
    }

    /// Data as it is, on standard output. Where that cannot be written, as on a full disk, the program ends: what it came
    /// to would be lost without a word. What was stored until then is stored.
    static func bytes(_ bytes: [UInt8]) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(bytes))
        } catch {
            message("error: standard output cannot be written: \(error.localizedDescription)")
            exit(ExitCode.found.rawValue)
        }
    }

    /// A line for people, on standard error; nobody can be told where that cannot be written.
    static func message(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }
}
