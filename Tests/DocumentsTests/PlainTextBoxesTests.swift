import Documents
import Testing

struct PlainTextBoxesTests {
    @Test(arguments: [
        "┌────┬──┐\n│一、新│3 │\n│收数量│  │\n├────┼──┤\n│二、结│12│\n│转    │  │\n└────┴──┘\n",
        "+------+--+\n|一、新|  |\n|收数量|3 |\n+======+==+\n|二、结|12|\n|转    |  |\n+------+--+\n",
    ])
    func `the lines between two rules are one row`(text: String) throws {
        #expect(try outline(text) == ["[pipes 2x2]", "一、新收数量¦3", "二、结转¦12"])
    }

    @Test func `figures of one column in several lines are several rows`() throws {
        let lines = try outline("+----+---+\n| 类 | 数 |\n+----+---+\n| 甲 | 1 |\n| 乙 | 2 |\n+----+---+\n")
        #expect(lines == ["[pipes 3x2]", "类¦数", "甲¦1", "乙¦2"])
    }

    @Test func `cells that span several rows stand beside the rules between them`() throws {
        let text = "┌──┬──┬──┐\n│不│甲│1 │\n│予├──┼──┤\n│公│乙│2 │\n└──┴──┴──┘\n"
        #expect(try outline(text) == ["[pipes 3x3]", "不¦甲¦1", "予", "公¦乙¦2"])
    }

    @Test func `a wrapped cell stands where its first line does`() throws {
        let document = try Document.read(Array("┌──┬─┐\n│  │1│\n│甲│ │\n│乙│ │\n└──┴─┘\n后文。\n".utf8))
        let cells = try #require(grids(document).first).cells
        #expect(cells.map { document.string($0.text) } == ["甲乙", "1"])
        #expect(cells.map(\.place) == [Place(line: 3), Place(line: 2, column: 5)])
        #expect(paragraphs(document).map { document.string($0.text) } == ["后文。"])
    }

    @Test(arguments: ["┌──┐\n甲\n", "+--+\n\n| 甲 | 1 |\n", "├──", "│甲│\n├──┤\n"])
    func `a rule without cells below begins no table`(text: String) throws {
        #expect(try outline(text).first?.hasPrefix("[") != true || text.hasPrefix("│"))
    }
}
