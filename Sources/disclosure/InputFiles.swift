import ArgumentParser
import Foundation
import ReportIngest
import Reports

/// The documents that a command reads: files, and `-` for standard input.
struct InputFiles: ParsableArguments {
    @Argument(help: "Files to read; - is standard input.", completion: .file())
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
        for name in files {
            do {
                let bytes = try Self.bytes(name)
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

    private static func bytes(_ name: String) throws -> [UInt8] {
        if name == "-" { return [UInt8](try FileHandle.standardInput.readToEnd() ?? Data()) }
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
    static func data(_ bytes: [UInt8]) {
        FileHandle.standardOutput.write(Data(bytes + [0x0a]))
    }

    /// A line for people, on standard error.
    static func message(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}
