import Foundation
import Logging
import ReportIngest
import ReportStore

/// Where the files stand that come with the program.
enum ConfigFolder {
    /// The folder of the configuration file, or `Config`.
    static func url(configuration: String?) -> URL {
        guard let configuration else { return URL(filePath: "Config") }
        return URL(filePath: configuration).deletingLastPathComponent()
    }
}

/// The bundled sample reports.
enum Samples {
    /// The folder: beside the configuration file, or `Config/samples`.
    static func folder(configuration: String?) -> URL {
        ConfigFolder.url(configuration: configuration).appending(path: "samples")
    }

    /// Stores the documents of a folder in a database that holds no reports yet.
    ///
    /// - Returns: the number of reports stored; nil where the database was not empty.
    static func load(_ folder: URL, into store: Store, limits: IngestLimits, logger: Logger) async throws -> Int? {
        guard try await store.reportCount() == 0 else { return nil }
        guard let names = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        else { throw Program.Failure(description: "\(folder.path): the folder of samples cannot be read") }
        let files = names.filter { ["txt", "html"].contains($0.pathExtension) }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
        let ingestor = Ingestor(store: store, limits: limits)
        var stored = 0
        for file in files {
            let upload = Upload(
                bytes: [UInt8](try Data(contentsOf: file)), fileName: file.lastPathComponent,
                note: Note(reason: "sample"))
            do {
                _ = try await ingestor.ingest(upload, now: Program.clock())
                stored += 1
            } catch {
                logger.error("sample not stored", metadata: ["file": "\(file.lastPathComponent)", "error": "\(error)"])
            }
        }
        return stored
    }
}
