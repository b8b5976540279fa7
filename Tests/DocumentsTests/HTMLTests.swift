import Documents
import Testing

struct HTMLTests {
    @Test func `blocks and line breaks become paragraphs, white space collapsed`() throws {
        let lines = try page("<h1>甲县  年度\n报告</h1><p>一、 总体&nbsp;<br>二、<b>主</b>动 公开<div>三、<p>&nbsp;<p>四&amp;五")
        #expect(lines == ["h1 甲县 年度报告", "一、 总体", "二、主动 公开", "三、", "四&五"])
    }

    @Test func `a line end between Chinese characters is nothing, elsewhere a space`() throws {
        #expect(try page("<p>政府信息\n公开 2023\n年 for\nall") == ["政府信息公开 2023 年 for all"])
    }

    @Test func `what a reader does not see is dropped`() throws {
        let body = """
            <style>p{}</style><script>document.write("<p>假</p>")</script><p>甲<span style="color:red; DISPLAY : none">乙</span>
            <noscript>丙</noscript><template><p>丁</p></template><p hidden>戊<b>己</b></p><input type="Hidden" value="5"><!-- 庚 --><p>辛</p>
            <!--[if gte mso 9]><xml><o:p>壬</o:p></xml><![endif]--><p>一<![if !supportLists]>、<![endif]>二</p>
            """
        #expect(try page(body) == ["甲", "辛", "一、二"])
    }

    @Test func `title and meta elements become metadata`() throws {
        let text = """
            <html><head><title> 甲县 年报 </title><meta name="PubDate" content=" 2024-01-20 "><meta charset="utf-8">
            <META NAME=ColumnName CONTENT="年报"></head><body>正文</body></html>
            """
        let document = try Document.read(Array(text.utf8))
        #expect(
            document.metadata == [
                Metadata(name: "title", value: "甲县 年报"), Metadata(name: "PubDate", value: "2024-01-20"),
                Metadata(name: "ColumnName", value: "年报"),
            ])
        #expect(outline(document) == ["正文"])
    }

    @Test func `a title left open ends at the first block`() throws {
        let document = try Document.read(Array("<title>年报<p>甲</p><div>乙".utf8), mediaType: "text/html")
        #expect(document.metadata == [Metadata(name: "title", value: "年报")] && outline(document) == ["甲", "乙"])
    }

    @Test func `preformatted lines stay lines`() throws {
        #expect(try page("<pre>一、总体\n二、公开\n\n三、申请</pre>四") == ["一、总体", "二、公开", "三、申请", "四"])
    }

    @Test func `formulas and Word's elements are read as their text`() throws {
        let body = "<p>共<math><mn>26</mn><annotation>26</annotation></math>件<o:p></o:p><ruby>镇<rt>zhèn</rt></ruby></p>"
        #expect(try page(body) == ["共26件镇"])
    }

    @Test func `paragraphs and cells know their line`() throws {
        let text = "<p>甲\n<p>\n\n乙</p>\r\n<table><tr>\n<td>1<td>\n\n2</table>"
        let document = try Document.read(Array(text.utf8), mediaType: "text/html")
        #expect(paragraphs(document).map(\.place.line) == [1, 4])
        #expect(grids(document).flatMap(\.cells).map(\.place.line) == [6, 8])
    }

    @Test(arguments: 990..<1010)
    func `lines are right wherever the parser's buffer ends`(length: Int) throws {
        let text = String(repeating: "a", count: length) + "\n\n<p>" + String(repeating: "甲\n", count: 300) + "<p>乙"
        let document = try Document.read(Array(text.utf8), mediaType: "text/html")
        #expect(paragraphs(document).map(\.place.line) == [1, 3, 303])
    }

    @Test func `lines beyond 65,535 are counted`() throws {
        let text = String(repeating: "\n", count: 70_000) + "<p>甲</p>"
        let document = try Document.read(Array(text.utf8), mediaType: "text/html")
        #expect(paragraphs(document).map(\.place.line) == [70_001])
    }

    @Test func `broken mark-up still gives its text`() throws {
        #expect(
            try page("<p>甲<div<b>乙</i></p></p><table><td>1</b><td>2<tr><td>3") == [
                "甲", "乙", "[markup 2x2]", "1¦2", "3",
            ])
    }

    @Test func `entities that no one knows stay as they are`() throws {
        #expect(try page("<p>&ldquo;三&rdquo; &#x4E00;&#19968; &nosuch; A&B</p>") == ["“三” 一一 &nosuch; A&B"])
    }
}
