import Foundation
import Logging
import ReportIngest
import ReportStore

/// The bundled sample reports.
enum Samples {
    /// The folder: beside the configuration file, or `Config/samples`.
    static func folder(configuration: String?) -> URL {
        guard let configuration else { return URL(filePath: "Config/samples") }
        return URL(filePath: configuration).deletingLastPathComponent().appending(path: "samples")
    }

    /// Stores the documents of a folder in a database that holds no reports yet.
    ///
    /// - Returns: the number of reports stored; nil where the database was not empty.
    static func load(_ folder: URL, into store: Store, limits: IngestLimits, logger: Logger) async throws -> Int? {
        guard try await store.reportCount(Store.Filter()) == 0 else { return nil }
        guard let names = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        else { throw Program.Failure(description: "\(folder.path): the folder of samples cannot be read") }
        let files = names.filter { ["txt", "html"].contains($0.pathExtension) }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
        let ingestor = Ingestor(store: store, limits: limits)
        var stored = 0
        for file in files {
            let upload = Upload(
                bytes: [UInt8](try Data(contentsOf: file)), fileName: file.lastPathComponent, reason: "sample")
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
