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
        #expect(try outline(text) == ["[markup 2x3]", "不予公(2x1)¦甲¦1", "乙¦2"])
    }

    @Test func `corners say which columns a cell spans`() throws {
        let text = """
            ┌─────────┬─────────┐
            │复议     │诉讼     │
            ├────┬────┼─────────┤
            │    │    │直接     │
            │维持│纠正├────┬────┤
            │    │    │维持│纠正│
            ├────┼────┼────┼────┤
            │1   │    │    │2   │
            └────┴────┴────┴────┘
            """
        let rows = ["复议(1x2)¦诉讼(1x2)", "维持(2x1)¦纠正(2x1)¦直接(1x2)", "维持¦纠正", "1¦¦¦2"]
        #expect(try outline(text) == ["[markup 4x4]"] + rows)
    }

    @Test func `a program may count characters instead of their width`() throws {
        let text = "+---+---+\n| 合计    |\n+---+---+\n| 甲 | 1 |\n+---+---+\n"
        #expect(try outline(text) == ["[markup 2x2]", "合计(1x2)", "甲¦1"])
    }

    @Test func `a figure with another below it on a line without a label is a cell of two lines`() throws {
        let text = "┌────┬──────┐\n│收费│4068.2│\n│    │08    │\n├────┼──────┤\n│合计│3     │\n└────┴──────┘\n"
        #expect(try outline(text) == ["[pipes 2x2]", "收费¦4068.2⏎08", "合计¦3"])
    }

    @Test func `a figure below other text is another row's`() throws {
        let text = "+----+----+\n| 复议 | 诉讼 |\n+----+----+\n| 维持 | 纠正 |\n| 1  | 2  |\n+----+----+\n"
        #expect(try outline(text) == ["[pipes 3x2]", "复议¦诉讼", "维持¦纠正", "1¦2"])
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
