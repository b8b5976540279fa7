import Documents
import Testing

struct PlainTextTests {
    @Test func `lines become paragraphs that know their line and the empty lines before them`() throws {
        let document = try Document.read(Array("\n\n  甲县年度报告　\r\n\r\n一、总体情况\n".utf8))
        let paragraphs = document.blocks.compactMap { block in
            if case .paragraph(let paragraph) = block { paragraph } else { nil }
        }
        #expect(paragraphs.map { document.string($0.text) } == ["甲县年度报告", "一、总体情况"])
        #expect(paragraphs.map(\.place) == [Place(line: 3, column: 3), Place(line: 5, column: 1)])
        #expect(paragraphs.map(\.emptyLinesBefore) == [2, 1])
    }

    @Test func `tab lines keep leading and trailing empty cells`() throws {
        let lines = try outline("表\n名称\t\t总计\n\t规章\t0\t\n完\n")
        #expect(lines == ["表", "[tabs 2x4]", "名称¦¦总计", "¦规章¦0¦", "完"])
    }
}
