import Foundation

/// The work tree that this file stands in.
enum Repository {
    /// The folder of `Package.swift`: two above this file's own.
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The text of a file, its path given from the root.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The names in a folder that do not begin with a dot, in order.
    static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
            .filter { !$0.hasPrefix(".") }
            .sorted()
    }

    /// The names of the folders in a folder, in order.
    static func folders(in folder: String) throws -> [String] {
        try names(in: folder).filter {
            try root.appending(path: "\(folder)/\($0)").resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true
        }
    }

    /// Every Swift file below a folder, in order of path.
    static func swiftFiles(in folder: String) throws -> [SwiftFile] {
        try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
            .filter { $0.hasSuffix(".swift") }
            .sorted()
            .map { try SwiftFile(path: "\(folder)/\($0)", text: text("\(folder)/\($0)")) }
    }
}
