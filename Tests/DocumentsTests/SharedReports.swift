import Foundation

/// The reports with known figures, where they exist: `shared` beside the repository, or `DISCLOSURE_SHARED`.
///
/// They are not ours to copy into the repository, so tests over them run only beside them.
enum SharedReports {
    /// The folder of the reports, or nil.
    static let folder: URL? = {
        let places = [environmentFolder].compactMap { $0 } + foldersAbove(URL(filePath: #filePath))
        return places.map { $0.appending(path: "reports") }.first { url in
            FileManager.default.fileExists(atPath: url.appending(path: "expected.jsonl").path())
        }
    }()

    /// The names of all files with one of the extensions, sorted.
    static func names(_ extensions: Set<String>) -> [String] {
        guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path()) else {
            return []
        }
        return names.filter { name in
            name != "README.md" && extensions.contains(String(name.split(separator: ".").last ?? ""))
        }.sorted()
    }

    /// The bytes of a file.
    static func bytes(_ name: String) throws -> [UInt8] {
        guard let folder else { return [] }
        return Array(try Data(contentsOf: folder.appending(path: name)))
    }

    /// The figures of a report by their paths; a blank is an empty text.
    static func figures(_ name: String) throws -> [String: String] {
        let lines = String(decoding: try bytes("expected.jsonl"), as: UTF8.self).split(separator: "\n")
        for line in lines where line.contains("\"\(name)\"") {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            let expected = object?["expected"] as? [String: Any] ?? [:]
            return expected.mapValues { $0 is NSNull ? "" : "\($0)" }
        }
        return [:]
    }

    private static var environmentFolder: URL? {
        ProcessInfo.processInfo.environment["DISCLOSURE_SHARED"].map { URL(filePath: $0) }
    }

    /// `shared` beside each folder above a file: the repository may be a worktree, deeper than usual.
    private static func foldersAbove(_ file: URL) -> [URL] {
        var folder = file.deletingLastPathComponent()
        var found: [URL] = []
        for _ in 0..<6 {
            folder = folder.deletingLastPathComponent()
            found.append(folder.appending(path: "shared"))
        }
        return found
    }
}
