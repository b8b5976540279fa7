import Documents
import Support
import Testing

@testable import Spreadsheets

struct CellGridTests {
    private static let grid: CellGrid = {
        var grid = CellGrid(widths: [1, 2, 1])
        grid.append([.init("甲", rows: 2), .init("乙", columns: 2)])
        grid.append([.init("丙", isLeading: true), .init(.integer(12))])
        grid.append([.init(.empty, columns: 3)])
        return grid
    }()
    private static let page = GridPage(
        title: "题", notes: ["注"], columns: 4,
        sections: [.init(heading: "一、表", .grid(grid)), .init(heading: "", .paragraph("无"))])

    @Test func `cells below one that spans rows stand beside it`() {
        #expect(Self.grid.placed.map { [$0.row, $0.column] } == [[0, 0], [0, 1], [1, 1], [1, 2], [2, 0]])
    }

    @Test func `a workbook merges the same cells`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("grid.xlsx")
        try GridSheet.write([("表", Self.page)], to: path, temporaryFolder: folder.url.path)
        let workbook = try Workbook(path: path)
        let xml = try workbook.members(endingIn: "sheet1.xml")[0]
        let merges = xml.matches(of: /mergeCell ref="([^"]*)"/).map { String($0.output.1) }
        #expect(Set(merges) == ["A1:D1", "A2:D2", "A4:D4", "A5:A6", "B5:D5", "B6:C6", "A7:D7", "A9:D9"])
        #expect(try workbook.outline() == ["题", "注", "一、表", "甲¦乙", "丙¦12", "无"])
        #expect(xml.contains("<pageSetup paperSize=\"9\""))
    }

    @Test func `a sheet is printed on one page unless that makes it too small`() throws {
        let folder = try TemporaryFolder()
        for (rows, isOnePage) in [(60, true), (80, false)] {
            var grid = CellGrid(widths: [1])
            for _ in 0..<rows { grid.append([.init("甲")]) }
            let page = GridPage(title: "题", notes: [], columns: 1, sections: [.init(heading: "", .grid(grid))])
            let path = folder.path("\(rows).xlsx")
            try GridSheet.write([("表", page)], to: path, temporaryFolder: folder.url.path)
            let xml = try Workbook(path: path).members(endingIn: "sheet1.xml")[0]
            #expect(xml.contains("<pageSetUpPr fitToPage=\"1\"/>"))
            #expect(xml.contains("fitToHeight=\"0\"") != isOnePage, "\(rows)")
        }
    }

    @Test func `a page has the same cells`() throws {
        let html = String(decoding: GridHTML.bytes(Self.page), as: UTF8.self)
        let cells = html.matches(of: /<td([^>]*) style="[^"]*">([^<]*)/).map { "\($0.output.1)|\($0.output.2)" }
        #expect(cells == [" rowspan=\"2\"|甲", " colspan=\"2\"|乙", "|丙", "|12", " colspan=\"3\"|&nbsp;"])
        #expect(html.contains("text-align:left\">丙"))
    }

    @Test func `lines are counted as wide as they are written`() {
        #expect(CellText.lines("四个汉字", width: 8) == 1)
        #expect(CellText.lines("四个汉字1", width: 8) == 2)
        #expect(CellText.lines("一\n二", width: 8) == 2)
    }
}
