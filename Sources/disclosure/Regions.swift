import Foundation
import Logging
import Reports

/// The list of administrative divisions that agencies are placed in.
enum Regions {
    /// Reads `regions.csv` beside the configuration file, else in `Config`. Without it the program runs, and places
    /// no agency.
    ///
    /// - Throws: ``Program/Failure`` for a list with a faulty line.
    static func load(_ settings: Settings, logger: Logger) throws -> RegionDirectory {
        let file = ConfigFolder.url(configuration: settings.file).appending(path: "regions.csv")
        guard let bytes = try? Data(contentsOf: file) else {
            logger.warning("no list of divisions: agencies are not placed", metadata: ["file": "\(file.path)"])
            return .empty
        }
        do {
            return try RegionDirectory(csv: [UInt8](bytes))
        } catch {
            throw Program.Failure(description: "\(file.path): \(error)")
        }
    }
}
