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
