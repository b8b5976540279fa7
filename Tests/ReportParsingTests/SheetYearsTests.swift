import Documents
import Reports
import Testing

@testable import ReportParsing

@Suite struct SheetYearsTests {
    /// A workbook of two sheets, each with one row of table 三.
    private static func parse(_ names: [String], titles: [String]) -> ParsedReport {
        var text: [UInt8] = []
        var blocks: [Block] = []
        func span(_ string: String) -> TextSpan {
            let start = text.count
            text += Array(string.utf8)
            return TextSpan(start: start, end: text.count)
        }
        for (index, title) in titles.enumerated() {
            let place = Place(line: 1, column: 1, page: index + 1)
            blocks.append(.paragraph(Paragraph(text: span(title), place: place)))
            let rows = [
                ["申请人情况", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"],
                ["一、本年新收政府信息公开申请数量", "\(index + 5)", "0", "0", "0", "0", "0", "\(index + 5)"],
            ]
            let cells = rows.enumerated().flatMap { row, cells in
                cells.enumerated().map { Cell(text: span($0.element), row: row, column: $0.offset, place: place) }
            }
            blocks.append(.grid(Grid(kind: .markup, cells: cells, rowCount: 2, columnCount: 8)))
        }
        let sheets = names.enumerated().map { Metadata(name: Metadata.sheetPrefix + "\($0 + 1)", value: $1) }
        return ReportParser.parse(Document(text: text, blocks: blocks, metadata: sheets))
    }

    private static func title(_ year: Int) -> String { "甲县教育局\(year)年政府信息公开工作年度报告" }

    @Test(arguments: [["2022", "2023"], ["2022年", "2023年"], ["2022年度", "数据"]])
    func `a sheet that is named after another year holds none of the report's figures`(names: [String]) {
        let parsed = Self.parse(names, titles: ["三、收到和处理政府信息公开申请情况", Self.title(2023)])
        #expect(parsed.year?.value == 2023)
        #expect(parsed.requests?[.newReceived, .total] == 6)
    }

    @Test func `a sheet whose title names the report's year is the report's, whatever its name`() {
        let parsed = Self.parse(["2022", "说明"], titles: [Self.title(2023), "说明"])
        #expect(parsed.requests?[.newReceived, .total] == 5)
    }

    @Test func `a name says of which year the report is where nothing else does`() {
        let titles = ["甲县教育局政府信息公开工作年度报告", "说明"]
        #expect(Self.parse(["2023", "说明"], titles: titles).year?.value == 2023)
        #expect(Self.parse(["2022", "2023"], titles: titles).year == nil)
        #expect(Self.parse(["2023年第1季度", "Sheet2"], titles: titles).year == nil)
    }
}
