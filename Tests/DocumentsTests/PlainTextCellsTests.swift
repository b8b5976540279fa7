import Documents
import Testing

/// Tables as a browser copies them whose cells hold paragraphs.
struct PlainTextCellsTests {
    private func table(_ rows: [[String]]) -> String {
        rows.map { $0.joined(separator: "\n\n\t\n\n") }.joined(separator: "\n\n\n\n\n")
    }

    private let rows = (1...4).map { ["\($0).属于国家秘密", "\($0)", "0", "\($0)"] }

    @Test func `lone tabs separate cells, and empty lines rows`() throws {
        let text = "三、申请情况\n\n" + table([["情况", "自然人", "其他", "总计"]] + rows) + "\n\n四、复议情况\n\n无。\n"
        let lines = ["三、申请情况", "[tabs 5x4]", "情况¦自然人¦其他¦总计"] + rows.map { $0.joined(separator: "¦") }
        #expect(try outline(text) == lines + ["四、复议情况", "无。"])
    }

    @Test func `a cell may be blank, have several paragraphs or be alone in its row`() throws {
        let blank = "\u{A0}"
        let odd = [["第一项"], ["社会\n\n组织", blank, "3", blank], ["其他", "1", blank, blank]]
        let text = table(rows + odd) + "\n\n四、复议情况\n"
        let lines = ["第一项", "社会⏎⏎组织¦¦3¦", "其他¦1¦¦", "四、复议情况"]
        #expect(try outline(text).suffix(4) == lines[...])
        let cells = try #require(grids(try Document.read(Array(text.utf8))).first).cells
        #expect(cells.last.map { $0.row } == 6)
    }

    @Test func `a cell that is a block has line ends around it`() throws {
        let text = """
            一、总体情况

            信息内容\t上年\t增减
            许可\t
            49
            \t
            7
            \t—\t—\t
            1

            第九项
            处罚\t
            2
            \t-1
            强制\t
            3
            \t
            4
            \t
            5.2万元
            二、主动公开
            """
        let rows = ["信息内容¦上年¦增减", "许可¦49¦7¦—¦—¦1", "第九项", "[tabs 2x4]", "处罚¦2¦-1", "强制¦3¦4¦5.2万元"]
        #expect(try outline(text) == ["一、总体情况", "[tabs 2x6]"] + rows + ["二、主动公开"])
    }

    @Test func `all cells may be blocks, and blank ones leave empty lines`() throws {
        let rows =
            [["情况", "自然人", "其他", "总计"]] + (1...6).map { ["\($0).属于", "", "3", "\($0)"] } + [["结转", "2", "", ""]]
        let cells = rows.map { $0.map { $0.isEmpty ? "\n\n" : "\n\($0)\n" }.joined(separator: "\t") }
        let text = "三、申请情况\(cells.joined(separator: "\n\n"))\n四、复议情况\n\n无。\n"
        let lines = ["三、申请情况", "[tabs 8x4]"] + rows.map { $0.joined(separator: "¦") }
        #expect(try outline(text) == lines + ["四、复议情况", "无。"])
    }

    @Test func `a few lone tabs are indents`() throws {
        #expect(try outline("甲\n\n\t\n\n乙\n") == ["甲", "乙"])
    }
}
