import Foundation
import Support
import Testing

@testable import Spreadsheets

struct FaultTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func write(
        to path: String, temporaryFolder: String? = nil
    ) throws(SpreadsheetError) {
        let sheet = try TableSheet(
            path: path, temporaryFolder: temporaryFolder ?? folder.url.path, name: "报告", columns: [.init("数")])
        for number in 0..<10_000 { try sheet.append([.integer(number)]) }
        try sheet.finish()
    }

    @Test func `a folder that is not there is named`() {
        let path = folder.path("missing/table.xlsx")
        #expect(throws: SpreadsheetError(kind: .cannotCreate, path: path)) { try write(to: path) }
    }

    @Test func `a temporary folder that is not there is named`() {
        let missing = folder.path("missing")
        #expect(throws: SpreadsheetError(kind: .cannotCreate, path: missing)) {
            try write(to: folder.path("table.xlsx"), temporaryFolder: missing)
        }
    }

    @Test func `a full disk is told of and leaves nothing`() throws {
        // Everything written to this device fails for want of room; a link is what is unlinked.
        let path = folder.path("full.xlsx")
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/full")
        #expect(throws: SpreadsheetError(kind: .diskFull, path: path)) { try write(to: path) }
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(FileManager.default.fileExists(atPath: "/dev/full"))
    }

    @Test func `a failure leaves no file open`() throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("full.xlsx"), withDestinationPath: "/dev/full")
        for name in ["missing/table.xlsx", "full.xlsx"] {
            #expect(throws: SpreadsheetError.self) { try write(to: folder.path(name)) }
        }
        #expect(openFiles(in: folder) == [])
    }

    @Test func `a finished table cannot be finished again`() throws {
        let sheet = try TableSheet(
            path: folder.path("table.xlsx"), temporaryFolder: folder.url.path, name: "报告", columns: [.init("数")])
        try sheet.finish()
        #expect(throws: SpreadsheetError.self) { try sheet.finish() }
        #expect(FileManager.default.fileExists(atPath: folder.path("table.xlsx")))
    }

    @Test(arguments: SpreadsheetError.Kind.allCases)
    func `every error has a sentence`(kind: SpreadsheetError.Kind) {
        #expect(!SpreadsheetError(kind: kind, path: "/a").reason.isEmpty)
    }
}
