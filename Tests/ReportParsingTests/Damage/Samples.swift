import Documents
import Foundation
import Reports
import Support
import Testing

/// The folders of documents with known figures.
enum Samples {
    /// The root of the work tree.
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The sample reports.
    static let folder = root.appending(path: "Config/samples")

    /// The documents that developers share; they are not part of the repository.
    static let shared: URL = {
        let environment = ProcessInfo.processInfo.environment["DISCLOSURE_SHARED"]
        let folder = environment.map { URL(filePath: $0) } ?? root.appending(path: "../shared")
        return folder.appending(path: "reports").standardizedFileURL
    }()

    /// Whether the shared documents are there.
    static let hasShared = FileManager.default.fileExists(atPath: shared.appending(path: "expected.jsonl").path)

    /// One document with its figures.
    struct Sample: Sendable, CustomTestStringConvertible {
        let name: String
        let layout: String
        let text: String
        let expected: [FigurePath: Quantity]

        var testDescription: String { name }
    }

    /// The text documents of a folder in one of the forms that are read.
    static func all(in folder: URL, where include: (_ form: String, _ layout: String) -> Bool) throws -> [Sample] {
        let lines = try String(contentsOf: folder.appending(path: "expected.jsonl"), encoding: .utf8)
        return try lines.split(separator: "\n").compactMap { line in
            let json = try JSONValue(Array(line.utf8))
            let form = json["form"]?.string ?? ""
            let layout = json["layout"]?.string ?? ""
            guard include(form, layout), let file = json["file"]?.string else { return nil }
            let bytes = try [UInt8](Data(contentsOf: folder.appending(path: file)))
            guard let text = String(validating: bytes, as: UTF8.self), !text.contains("charset=gb") else { return nil }
            let form2 = ReportForm(rawValue: form) ?? .form2021
            return Sample(name: file, layout: layout, text: text, expected: figures(json["expected"], form: form2))
        }
    }

    private static func figures(_ json: JSONValue?, form: ReportForm) -> [FigurePath: Quantity] {
        var figures: [FigurePath: Quantity] = [:]
        for path in FigurePath.all(in: form, otherIsOneRow: nil) {
            switch json?[path.description] {
            case .number(let text): figures[path] = Quantity(text)
            case .string(let text): figures[path] = Quantity(text)
            default: break
            }
        }
        return figures
    }
}
