import Documents
import Testing

struct HTMLTableTests {
    @Test func `spans are stated and columns count them`() throws {
        let document = try Document.read(
            Array(
                """
                <table><thead><tr><td rowspan="2" colspan=2>项目<th colspan="2">申请人</tr><tr><td>自然人<td>总计</thead>
                <tbody><tr><td rowspan=2>结果<td>公开<td>1<td>1<tr><td>部分<td><td>0</tbody></table>
                """.utf8))
        #expect(
            outline(document) == [
                "[markup 4x4]", "项目(2x2)¦申请人(1x2)", "自然人¦总计", "结果(2x1)¦公开¦1¦1", "部分¦¦0",
            ])
        #expect(grids(document).flatMap(\.cells).map(\.column) == [0, 2, 2, 3, 0, 1, 2, 3, 1, 2, 3])
    }

    @Test func `breaks and blocks inside a cell are one line feed, and spans do not split digits`() throws {
        let body =
            "<table><tr><td><p>结果<br><br></p>\n<p>&nbsp;维持&nbsp;</p><td><font>1</font><span>2</span>3<td>&nbsp;</table>"
        #expect(try page(body) == ["[markup 1x3]", "结果⏎维持¦123¦"])
    }

    @Test func `a table that holds a table is layout`() throws {
        let body = """
            <table><tr><td>导航<br>首页</td><td>正文<table><tr><td>规章<td>3</table>以下</td></tr><tr><td>页脚</table>完
            """
        #expect(try page(body) == ["导航", "首页", "正文", "[markup 1x2]", "规章¦3", "以下", "页脚", "完"])
    }

    @Test func `a table of one short cell within a cell is the cell's text`() throws {
        let figure = "<table width=100%><tr><td>3</td></tr></table>"
        let body = "<table><tr><td>规章<td>\(figure)<td>件\(figure)</tr><tr><td>\(figure)<td>5<td></tr></table>"
        #expect(try page(body) == ["[markup 2x3]", "规章¦3¦件⏎3", "3¦5¦"])
    }

    @Test func `a table of one cell around paragraphs is a frame`() throws {
        #expect(try page("<table><tr><td><p>一、总体情况</p><p>无。</p></table>") == ["一、总体情况", "无。"])
        let inner = "<table><tr><td><p>一、总体情况</p><p>无。</p></table>"
        #expect(try page("<table><tr><td>页眉<td>\(inner)</table>") == ["页眉", "一、总体情况", "无。"])
    }

    @Test func `an empty table inside a cell changes nothing`() throws {
        let body = "<table><tr><td>规章<table><tr><td>&nbsp;</td></tr></table>件</td><td>3</td></tr></table>"
        #expect(try page(body) == ["[markup 1x2]", "规章⏎件¦3"])
    }

    @Test func `a caption, and text between rows, stand before the grid`() throws {
        let body = "<p>前<table><caption>表一</caption><tr><td>1</td></tr>散</table>后"
        #expect(try page(body) == ["前", "表一", "散", "[markup 1x1]", "1", "后"])
    }

    @Test func `spans that make no sense are taken as the standard takes them`() throws {
        let body = """
            <table><tr><td rowspan=0>a<td colspan=0>b<td rowspan=-1>c<td colspan=x>d<tr><td>e<tr><td>f</table>
            """
        #expect(try page(body) == ["[markup 3x4]", "a(3x1)¦b¦c¦d", "e", "f"])
    }

    @Test func `rows do not reach out of their section, nor below the last row`() throws {
        let body = "<table><tbody><tr><td rowspan=9>a<td>b</tbody><tbody><tr><td>c<td rowspan=3>d</table>"
        #expect(try page(body) == ["[markup 2x2]", "a¦b", "c¦d"])
    }

    @Test func `overlapping cells are placed beside each other`() throws {
        let document = try Document.read(
            Array("<table><tr><td>a<td rowspan=2>b<tr><td colspan=2>c<td>d</table>".utf8))
        #expect(grids(document).flatMap(\.cells).map(\.column) == [0, 1, 0, 2])
    }

    @Test func `a hidden cell is an empty one`() throws {
        #expect(try page("<table><tr><td>a<td style='display:none'>b<td>c</table>") == ["[markup 1x3]", "a¦¦c"])
    }

    @Test(arguments: [
        "<del>9</del>12", "<s>9</s><ins>12</ins>", "<strike>9</strike>12",
        "<span style='visibility: hidden'>9</span>12",
        "<span style='color:red;TEXT-DECORATION:line-through'>9</span>12", "<span style='font-size:0px'>9</span>12",
        "<span style='font-size:0.5em; display : block'>1</span>2",
    ])
    func `what is struck out or not shown is no part of a figure`(cell: String) throws {
        let text = try page("<table><tr><td>规章<td>\(cell)</table>").last
        #expect(text?.replacing("⏎", with: "") == "规章¦12")
    }

    @Test(arguments: [
        "12<sup>1</sup>", "12<span style='vertical-align:super'>1</span>",
        "12<a class=MsoFootnoteReference href='#1'>1</a>",
    ])
    func `a raised digit is a mark`(cell: String) throws {
        #expect(try page("<table><tr><td>规章<td>\(cell)<td>3<sub>04</sub></table>").last == "规章¦12¹¦3₀₄")
    }

    @Test(arguments: [
        "<img src=a.png alt=5>", "<input value=5>", "<textarea>5</textarea>", "<select><option>5</select>",
        "<svg></svg>",
    ])
    func `a cell that holds nothing but a picture or a field is not blank`(cell: String) throws {
        let body = "<table><tr><td>规章<td>\(cell)<td>3\(cell)<td></table>"
        #expect(try page(body) == ["[markup 1x4]", "规章¦\u{fffc}¦3¦"])
    }

    @Test func `a table without text is none`() throws {
        #expect(try page("<p>甲<table><tr><td>&nbsp;<td></table>乙") == ["甲", "乙"])
    }

    @Test func `a table that names a million columns is bounded`() throws {
        let one = "<table><tr><td colspan=1000000 rowspan=1000000>a</table>"
        #expect(try page(one) == ["[markup 1x1000]", "a(1x1000)"])
        let many =
            "<table><tr>" + String(repeating: "<td colspan=1000 rowspan=65534>", count: 900) + "a<tr><td>b<tr><td>c"
        #expect(throws: DocumentError.limitExceeded(.expandedCells, maximum: 1_000_000)) { try page(many) }
    }

    @Test func `too many cells are refused by name`() {
        let limits = DocumentLimits(cellsMax: 100)
        let text = "<table><tr>" + String(repeating: "<td>1", count: 101)
        #expect(throws: DocumentError.limitExceeded(.cells, maximum: 100)) {
            try Document.read(Array(text.utf8), limits: limits)
        }
    }
}
