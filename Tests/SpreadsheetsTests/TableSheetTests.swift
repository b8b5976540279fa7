import Documents
import Foundation
import Support
import Testing

@testable import Spreadsheets

struct TableSheetTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func table(
        _ columns: [String], rowsPerSheet: Int = TableSheet.rowsPerSheetMax, _ rows: [[Spreadsheets.Cell]]
    ) throws -> Workbook {
        let path = folder.path("table.xlsx")
        let sheet = try TableSheet(
            path: path, temporaryFolder: folder.url.path, name: "报告", columns: columns.map { .init($0) },
            rowsPerSheet: rowsPerSheet)
        for row in rows { try sheet.append(row) }
        try sheet.finish()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["table.xlsx"])
        return try Workbook(path: path)
    }

    @Test func `names of columns and rows of cells`() throws {
        let workbook = try table(
            ["机关名称", "年度", "金额"],
            [
                [.text("清禾县教育局"), .integer(2023), .number("12.50")], [.empty, .integer(-7)],
                [.text("<&>\"'"), .number("0.1")],
            ])
        let outline = try workbook.outline()
        #expect(
            outline == ["机关名称¦年度¦金额", "清禾县教育局¦2023¦12.5", "¦-7¦", "<&>\"'¦0.1¦"])
        let xml = try workbook.members(endingIn: "sheet1.xml")[0]
        #expect(xml.contains("<pane ySplit=\"1\""))
        #expect(xml.contains("width=\"10.7109375\""), "four Chinese characters and a margin")
        #expect(try workbook.members(endingIn: "styles.xml")[0].contains("formatCode=\"0.00\""))
    }

    @Test(arguments: ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "{=1}", "http://a.b/c", "'quoted"])
    func `a text is never a formula or link`(text: String) throws {
        let workbook = try table([text], [[.text(text)]])
        let xml = try workbook.members(endingIn: "sheet1.xml")[0]
        #expect(!xml.contains("<f>") && !xml.contains("<f "))
        #expect(!xml.contains("<hyperlink"))
        #expect(xml.components(separatedBy: "t=\"inlineStr\"").count == 3)
        // A reader leaves out the mark before a number that is meant as text.
        #expect(try workbook.outline().last == text.trimmingCharacters(in: .whitespaces.union(["'"])))
    }

    @Test(arguments: [
        "0", "-3", "999999999999999", "1234567890123456", "999999999999999999", "0.000000001", "123456789.012345",
        "-98765.4321", "0.30", "007", "1e5", "12万元", "", "-", ".5", "1.",
    ])
    func `a number keeps its digits`(number: String) throws {
        let workbook = try table(["数"], [[.number(number)]])
        let xml = try workbook.members(endingIn: "sheet1.xml")[0]
        let isNumber = StoredNumber(number) != nil
        #expect(xml.contains("<v>") == isNumber)
        let read = try workbook.outline().dropFirst().first ?? ""
        #expect(isNumber ? Double(read) == Double(number) : read == number)
    }

    @Test func `sixteen digits are a text, fifteen a number`() {
        #expect(StoredNumber("123456789012345") != nil)
        #expect(StoredNumber("0.0123456789012345")?.places == nil)
        #expect(StoredNumber("000.123456789012345")?.places == 15)
        #expect(StoredNumber("1234567890123456") == nil)
        #expect(StoredNumber("12.34567890123456") == nil)
        #expect(StoredNumber("1.2.3") == nil)
        #expect(StoredNumber("１２") == nil)
    }

    @Test func `what a sheet cannot hold goes on in the next one`() throws {
        let workbook = try table(["数"], rowsPerSheet: 4, (1...7).map { [.integer($0)] })
        #expect(try workbook.outline() == ["数", "1", "2", "3", "数", "4", "5", "6", "数", "7"])
        let names = try workbook.members(endingIn: "workbook.xml")[0].matches(of: /sheet name="([^"]*)"/)
        #expect(names.map { String($0.output.1) } == ["报告", "报告 2", "报告 3"])
    }

    @Test func `what XML cannot hold is left out`() throws {
        let workbook = try table(["\u{0}名\u{1B}称\u{FFFF}"], [[.text("一\r\n二\r三\u{0}四")], [.text("_x0041_")]])
        #expect(try workbook.outline().prefix(4) == ["名称", "一\n二\n三四", "_x0041_"])
    }

    @Test func `a text longer than a cell ends in an ellipsis`() throws {
        let workbook = try table(["文"], [[.text(String(repeating: "😀", count: 20_000))], [.text("完")]])
        let lines = try workbook.outline()
        #expect(lines[1].utf16.count == 32_767)
        #expect(lines[1].hasSuffix("😀…"))
        #expect(lines[2] == "完")
    }

    @Test func `a table that is given up leaves nothing, open files included`() throws {
        func begin() throws {
            let sheet = try TableSheet(
                path: folder.path("given-up.xlsx"), temporaryFolder: folder.url.path, name: "报告",
                columns: [.init("数")], rowsPerSheet: 3)
            for number in 0..<9 { try sheet.append([.integer(number)]) }
            #expect(openFiles(in: folder).count == 5)
        }
        try begin()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
        #expect(openFiles(in: folder) == [])
    }
}
