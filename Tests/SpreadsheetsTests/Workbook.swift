import Documents
import Foundation
import Support
import Testing

@testable import Spreadsheets

/// What a workbook holds, as our reader and as XML.
struct Workbook {
    let bytes: [UInt8]

    /// Takes the bytes of a file that a test wrote.
    init(path: String) throws {
        bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
    }

    /// The members of the archive whose names end so, as text.
    func members(endingIn end: String) throws -> [String] {
        var members: [String] = []
        let archive = try Archive(bytes)
        while let member = try archive.next(where: { $0.hasSuffix(end) }) {
            members.append(String(decoding: member.bytes, as: UTF8.self))
        }
        return members
    }

    /// The texts of the cells of every table, row by row, and the lines beside them.
    func outline() throws -> [String] {
        let document = try Document.read(bytes, name: "report.xlsx")
        return document.blocks.flatMap { block in
            switch block {
            case .paragraph(let paragraph): [document.string(paragraph.text)]
            case .grid(let grid):
                Dictionary(grouping: grid.cells, by: \.row).sorted { $0.key < $1.key }.map { row in
                    row.value.map { document.string($0.text) }.joined(separator: "¦")
                }
            }
        }
    }
}

/// The files of a folder that this process has open, those without a name included.
func openFiles(in folder: TemporaryFolder) -> [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return all.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)") }
        .filter { $0.hasPrefix(folder.url.path) }
}
