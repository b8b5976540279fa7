import Documents
import Testing

struct TextContainerTests {
    @Test func `rows of commas among paragraphs are rows`() throws {
        let rows = (1...4).map { "\($0).属于国家秘密,,\($0),0,0,0,0,0,\($0)" }.joined(separator: "\n")
        let lines = try outline("年度报告，共六部分。\n\n信息内容,本年制发件数,现行有效件数,总计\n\(rows)\n\n本局认真落实,持续改进,成效明显,特此报告如下请社会各界监督评议指正\n")
        #expect(lines.contains("4.属于国家秘密¦¦4¦0¦0¦0¦0¦0¦4"))
        #expect(lines.last == "本局认真落实,持续改进,成效明显,特此报告如下请社会各界监督评议指正")
        #expect(try outline("共1,234件,其中5,678件,9件,0件\n") == ["共1,234件,其中5,678件,9件,0件"])
    }

    @Test func `a line break in a cell of Markdown stands for nothing within Chinese text`() throws {
        let table = "| 商业<br>企业 | 6 |\n| --- | --- |\n| 本年新收<br/>（件） | 2<br>3 |\n"
        let lines = try outline(table)
        #expect(lines.contains("商业企业¦6"))
        #expect(lines.contains("本年新收（件）¦2<br>3"))
        #expect(try outline("甲<br>乙\n") == ["甲<br>乙"])
    }

    @Test func `the marks of quoted mail go`() throws {
        let lines = (1...12).map { "行\($0)" }
        #expect(try outline(lines.map { ">> \($0)\n" }.joined()) == lines)
        #expect(try outline("> 甲\n乙\n丙\n") == ["> 甲", "乙", "丙"])
    }

    @Test func `Word's marks end cells, and with a line end a row`() throws {
        let rows = String(repeating: "规章\u{7}1\u{7}2\u{7}\u{7}\n", count: 3)
        #expect(try outline(rows).last == "规章¦1¦2")
        #expect(try outline("规章\u{7}1\u{7}") == ["规章", "1"])
    }

    @Test func `tags around words go where there are many of them`() throws {
        let line = "| 规章<span lang=\"EN-US\"></span> | <span\nstyle=\"font-size:10pt\">3</span> |\n"
        let lines = try outline("年度报告\n\n" + String(repeating: line, count: 6), mediaType: "text/plain")
        #expect(lines.contains("规章¦3"))
        #expect(try outline("甲<b>乙</b>\n", mediaType: "text/plain") == ["甲<b>乙</b>"])
    }

    @Test func `backslashes before signs go`() throws {
        #expect(try outline("1\\.属于国家秘密\n325\\.61\n\\-3\n甲\\乙\n") == ["1.属于国家秘密", "325.61", "-3", "甲\\乙"])
        #expect(try outline("325\\.61\n") == ["325\\.61"])
    }

    @Test func `an ordinal on a line of its own belongs to the label below`() throws {
        #expect(try outline("1\n.属于国家秘密\n3\n.5\n2\n") == ["1\n.属于国家秘密", "3", ".5", "2"])
    }

    @Test(arguments: ["\u{2028}", "\u{85}"])
    func `other line ends end rows`(end: String) throws {
        #expect(try outline("规章\t1\t2\(end)罚款\t3\t4\n").suffix(2) == ["规章¦1¦2", "罚款¦3¦4"])
    }
}
