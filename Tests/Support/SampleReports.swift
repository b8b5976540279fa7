import Foundation
import Reports

/// The sample reports of `Config/samples`, and documents made from them.
public struct SampleReport: Sendable, CustomStringConvertible {
    /// The file's name.
    public let file: String
    /// Whose report it is.
    public let agency: String
    /// The year it is for.
    public let year: Int
    /// The figures that are printed, by their paths.
    public let figures: [String: JSONValue]

    /// The document.
    public var bytes: [UInt8] {
        get throws { try [UInt8](Data(contentsOf: Self.folder.appending(path: file))) }
    }

    /// The file's name, as tests are told apart by it.
    public var description: String { file }

    /// The root of the work tree.
    public static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Where the samples are.
    public static let folder = root.appending(path: "Config/samples")

    /// All of them, as `expected.jsonl` lists them.
    public static let all: [SampleReport] = {
        let lines = (try? String(contentsOf: folder.appending(path: "expected.jsonl"), encoding: .utf8)) ?? ""
        return lines.split(separator: "\n").compactMap { line in
            guard let json = try? JSONValue(Array(line.utf8)), case .object(var figures)? = json["expected"],
                let file = json["file"]?.string, let agency = figures.removeValue(forKey: "agency")?.string,
                let year = figures.removeValue(forKey: "year")?.integer
            else { return nil }
            return SampleReport(file: file, agency: agency, year: year, figures: figures)
        }
    }()

    /// The sample of a file's name.
    public static func named(_ file: String) throws -> SampleReport {
        guard let sample = all.first(where: { $0.file == file }) else { throw Missing(file: file) }
        return sample
    }

    /// A plain text of tables separated by tabs.
    public static var text: SampleReport { get throws { try named("qinghe-office-2023.txt") } }
    /// The report that contradicts itself on purpose.
    public static var contradictory: SampleReport { get throws { try named("qinghe-market-regulation-2024.html") } }
    /// A page in GB18030.
    public static var gb18030: SampleReport { get throws { try named("qinghe-liuquan-town-2023.html") } }

    /// No sample has this name.
    public struct Missing: Error {
        let file: String
    }
}

extension SampleReport {
    /// This report as one of another agency: its name replaced wherever it stands. For documents in UTF-8.
    public func bytes(renamed name: String) throws -> [UInt8] {
        Array(String(decoding: try bytes, as: UTF8.self).replacing(agency, with: name).utf8)
    }
}
