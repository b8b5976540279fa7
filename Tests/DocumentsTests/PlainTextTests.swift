import Documents
import Testing

struct PlainTextTests {
    @Test func `lines become paragraphs that know their line and the empty lines before them`() throws {
        let document = try Document.read(Array("\n\n  甲县年度报告　\r\n\r\n一、总体情况\r\u{FEFF}完\n".utf8))
        let paragraphs = paragraphs(document)
        #expect(paragraphs.map { document.string($0.text) } == ["甲县年度报告", "一、总体情况", "完"])
        #expect(
            paragraphs.map(\.place) == [
                Place(line: 3, column: 3), Place(line: 5, column: 1), Place(line: 6, column: 2),
            ])
        #expect(paragraphs.map(\.emptyLinesBefore) == [2, 1, 0])
    }

    @Test func `cells pasted one a line show their blanks as empty lines`() throws {
        let document = try Document.read(Array("规章\n\n0\n\n\n\n\n\n7\n".utf8))
        #expect(paragraphs(document).map(\.emptyLinesBefore) == [0, 1, 5])
    }

    @Test func `tab lines keep leading and trailing empty cells`() throws {
        let lines = try outline("表\n名称\t\t总计\n\t规章\t0\t\n\t\t\t\n完\n")
        #expect(lines == ["表", "[tabs 3x4]", "名称¦¦总计", "¦规章¦0¦", "¦¦¦", "完"])
    }

    @Test func `an empty line, or one without a tab, ends a grid of tabs`() throws {
        let lines = try outline("甲\t1\n\n乙\t2\n丙\n丁\t3\n")
        #expect(lines == ["[tabs 1x2]", "甲¦1", "[tabs 1x2]", "乙¦2", "丙", "[tabs 1x2]", "丁¦3"])
    }

    @Test func `paragraphs indented with tabs are no grid`() throws {
        #expect(try outline("\t我县认真贯彻条例。\n\t\t各项工作扎实推进。\n") == ["我县认真贯彻条例。", "各项工作扎实推进。"])
    }

    @Test func `cells know their line and column`() throws {
        let document = try Document.read(Array("序\n 规章\t12\t\t3\n".utf8))
        let cells = grids(document).flatMap(\.cells)
        #expect(cells.map(\.place.line) == [2, 2, 2, 2])
        #expect(cells.map(\.place.column) == [2, 5, 8, 9])
        #expect(cells.map(\.column) == [0, 1, 2, 3])
    }

    @Test func `Markdown headings lose their marks and keep their level`() throws {
        #expect(
            try outline("# 年度报告\n### 二、主动公开 ###\n#话题#\n####### 七\n#\n") == [
                "h1 年度报告", "h3 二、主动公开", "#话题#", "####### 七",
            ])
    }

    @Test func `too many lines, cells or bytes are refused by name`() {
        let limits = DocumentLimits(bytesMax: 5000, blocksMax: 10, cellsMax: 20)
        #expect(throws: DocumentError.limitExceeded(.blocks, maximum: 10)) {
            try Document.read(Array(String(repeating: "甲\n", count: 11).utf8), limits: limits)
        }
        #expect(throws: DocumentError.limitExceeded(.cells, maximum: 20)) {
            try Document.read(Array(String(repeating: "甲\t乙\t丙\n", count: 8).utf8), limits: limits)
        }
        #expect(throws: DocumentError.limitExceeded(.bytes, maximum: 5000)) {
            try Document.read([UInt8](repeating: 0x41, count: 5001), limits: limits)
        }
    }
}
