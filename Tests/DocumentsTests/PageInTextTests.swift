import Documents
import Testing

struct PageInTextTests {
    private let text = """
        # 甲县教育局2023年政府信息公开工作年度报告

        一、总体情况
        （一）主动公开。
        <div><html><body><table><tr><td>规章

        件数</td><td>3</td></tr></table></body></html></div>

        <b>五、存在的主要问题</b>
        2024年1月19日
        """

    @Test(arguments: ["report.md", "report.txt"])
    func `lines around the tables of a page are paragraphs`(name: String) throws {
        let document = try Document.read(Array(text.utf8), name: name)
        let title = "h1 甲县教育局2023年政府信息公开工作年度报告"
        let end = ["[markup 1x2]", "规章件数¦3", "五、存在的主要问题", "2024年1月19日"]
        #expect(outline(document) == [title, "一、总体情况", "（一）主动公开。"] + end)
        #expect(paragraphs(document).map(\.place.line) == [1, 3, 4, 9, 10])
    }

    @Test func `lines of a page are not`() throws {
        let lines = try outline("一、总体\n情况<table><tr><td>3</table>", mediaType: "text/html")
        #expect(lines.first == "一、总体情况")
        let document = try Document.read(Array("<p>一、总体\n情况</p><table><tr><td>3</table>".utf8), name: "a.txt")
        #expect(outline(document).first == "一、总体情况")
    }
}
