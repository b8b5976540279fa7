import Documents
import Testing

struct PlainTextStreamTests {
    @Test func `one cell a line with its bar gives the cells in order`() throws {
        let lines = try outline("二、主动公开\n第一项 |\n|||\n名称 |\n制发 |\n规章 |\n0 |\n三、申请\n新收 |\n8 |\n||\n")
        #expect(
            lines == [
                "二、主动公开", "[stream 1x8]", "第一项¦¦¦¦名称¦制发¦规章¦0", "三、申请", "[stream 1x4]", "新收¦8¦¦",
            ])
    }

    @Test func `a lone bar between others is a blank cell`() throws {
        #expect(
            try outline("一、新收 |\n6 |\n|\n|\n7 |\n||\n二、结转 |\n0 |\n") == [
                "[stream 1x9]", "一、新收¦6¦¦¦7¦¦¦二、结转¦0",
            ])
    }

    @Test func `bars that open rows are no cells, and blank cells show exactly once`() throws {
        let text = """
            二、主动公开

            |\u{20}
             第一项  | ||
            |\u{20}
             规章  |\u{20}
             38  |\u{20}
               |\u{20}
               |\u{20}
             41  | ||
            |\u{20}
             许可  |\u{20}
               |\u{20}
             2  | ||

            三、申请
            """
        #expect(
            try outline(text) == [
                "二、主动公开", "[stream 1x15]", "第一项¦¦¦规章¦38¦¦¦41¦¦¦许可¦¦2¦¦", "三、申请",
            ])
    }

    @Test func `bars on lines of their own separate cells and blanks, and headings stay paragraphs`() throws {
        let text = "附件\n指标\n|\n单位\n|\n一、主动公开\n|\n\n|\n\n|\n规章\n|\n3\n|\n四、复议诉讼\n维持\n|\n0\n|\n五、问题\n完\n"
        #expect(
            try outline(text) == [
                "附件", "[stream 1x7]", "指标¦单位¦一、主动公开¦¦¦规章¦3", "四、复议诉讼", "[stream 1x2]", "维持¦0", "五、问题", "完",
            ])
    }

    @Test func `empty lines between cells do not end a stream`() throws {
        #expect(try outline("规章 |\n\n3 |\n\n|\n\n完\n") == ["[stream 1x3]", "规章¦3¦", "完"])
    }

    @Test func `a line with several texts ends a stream and begins rows`() throws {
        #expect(try outline("规章 |\n3 |\n\n许可 | 4 |\n") == ["[stream 1x2]", "规章¦3", "[pipes 1x2]", "许可¦4"])
    }

    @Test func `all cells stand in row 0 with their order as column`() throws {
        let grid = try #require(grids(try Document.read(Array("规章 |\n|\n3 |\n".utf8))).first)
        #expect(grid.cells.map(\.row) == [0, 0, 0] && grid.cells.map(\.column) == [0, 1, 2])
        #expect(grid.cells.map(\.place.line) == [1, 2, 3])
    }
}
