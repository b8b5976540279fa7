import Documents
import Testing

struct WordDocumentTests {
    @Test func `paragraphs are told by their number, runs are joined`() throws {
        let body = "<w:p><w:r><w:t>2023</w:t></w:r><w:r><w:t xml:space='preserve'> 年</w:t></w:r></w:p><w:p/>\(p("以下"))"
        let document = try Document.read(word(body))
        #expect(outline(document) == ["2023 年", "以下"])
        #expect(paragraphs(document).map(\.place.line) == [1, 3])
        #expect(document.mediaType.hasSuffix("wordprocessingml.document"))
    }

    @Test func `strict files are read too`() throws {
        let bytes = word(p("规章"), namespace: "http://purl.oclc.org/ooxml/wordprocessingml/main")
        #expect(outline(try Document.read(bytes)) == ["规章"])
    }

    @Test func `merged cells become spans`() throws {
        let restart = "<w:vMerge w:val='restart'/>"
        let table = """
            <w:tbl><w:tr>\(tc("信息内容", "<w:gridSpan w:val='2'/>" + restart))\(tc("件数"))</w:tr>
            <w:tr>\(tc("", "<w:gridSpan w:val='2'/><w:vMerge/>"))\(tc("制发"))</w:tr>
            <w:tr>\(tc("三类", restart))\(tc("规章"))\(tc("1"))</w:tr><w:tr>\(tc("", "<w:vMerge/>"))\(tc("其他"))\(tc("2"))</w:tr>
            <w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>\(tc("总计"))\(tc("3"))</w:tr></w:tbl>
            """
        #expect(
            try wordOutline(table) == [
                "[markup 5x3]", "信息内容(2x2)¦件数", "制发", "三类(2x1)¦规章¦1", "其他¦2", "¦总计¦3",
            ])
    }

    @Test func `a cell that goes on with none above keeps its text`() throws {
        let table = "<w:tbl><w:tr>\(tc("规章", "<w:vMerge/>"))\(tc("1"))</w:tr></w:tbl>"
        #expect(try wordOutline(table) == ["[markup 1x2]", "规章¦1"])
    }

    @Test func `a table that holds a table is layout`() throws {
        let inner = "<w:tbl><w:tr>\(tc("规章"))\(tc("3"))</w:tr></w:tbl>"
        let table = "<w:tbl><w:tr>\(tc("导航"))<w:tc>\(p("正文"))\(inner)\(p("以下"))</w:tc></w:tr></w:tbl>\(p("完"))"
        #expect(try wordOutline(table) == ["导航", "正文", "[markup 1x2]", "规章¦3", "以下", "完"])
    }

    @Test func `tracked changes are taken as accepted`() throws {
        let row = { (text: String, properties: String) in "<w:tr><w:trPr>\(properties)</w:trPr>\(tc(text))</w:tr>" }
        let body = """
            <w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>\
            <w:moveFrom><w:r><w:t>去</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>来</w:t></w:r></w:moveTo>\
            <w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>的</w:t></w:r></w:p>
            \(p("上", "<w:rPr><w:del/></w:rPr>"))\(p("下"))
            <w:tbl>\(row("甲", ""))\(row("乙", "<w:del/>"))\(row("丙", "<w:ins/>"))</w:tbl>
            """
        #expect(try wordOutline(body) == ["新来的", "上下", "[markup 2x1]", "甲", "丙"])
    }

    @Test func `struck out text is withdrawn, raised digits are marks, a picture is no blank`() throws {
        let run = { (text: String, properties: String) in
            "<w:r><w:rPr>\(properties)</w:rPr><w:t>\(text)</w:t></w:r>"
        }
        let cell = { (runs: String) in "<w:tc><w:p>\(runs)</w:p></w:tc>" }
        let body = """
            <w:tbl><w:tr>\(cell(run("9", "<w:strike/>") + run("8", "<w:dstrike/>") + run("12", "<w:strike w:val='0'/>")))\
            \(cell(run("12", "") + run("1", "<w:vertAlign w:val='superscript'/>") + run("2", "<w:vertAlign w:val='subscript'/>")))\
            \(cell("<w:r><w:drawing/></w:r>"))\(cell(""))</w:tr></w:tbl>
            """
        #expect(try wordOutline(body) == ["[markup 1x4]", "12¦12¹₂¦\u{fffc}¦"])
    }

    @Test func `styles of runs strike out and raise, and so do points behind a figure`() throws {
        let styles = wordPart(
            "styles",
            """
            <w:style w:styleId='D'><w:rPr><w:strike/></w:rPr></w:style><w:style w:styleId='E'><w:basedOn w:val='D'/></w:style>\
            <w:style w:styleId='S'><w:rPr><w:vertAlign w:val='superscript'/></w:rPr></w:style>
            """)
        let run = { (text: String, properties: String) in
            "<w:r><w:rPr>\(properties)</w:rPr><w:t>\(text)</w:t></w:r>"
        }
        let cell = { (runs: String) in "<w:tc><w:p>\(runs)</w:p></w:tc>" }
        let style = { (id: String) in "<w:rStyle w:val='\(id)'/>" }
        let body = """
            <w:tbl><w:tr>\(cell(run("9", style("D")) + run("8", style("E")) + run("12", style("D") + "<w:strike w:val='0'/>")))\
            \(cell(run("12", "") + run("1", style("S"))))\(cell(run("12", "") + run("2", "<w:position w:val='10'/>")))\
            \(cell(run("7", "<w:position w:val='6'/>")))</w:tr></w:tbl>
            """
        let outline = try wordOutline(body, [("word/styles.xml", styles)])
        #expect(outline == ["[markup 1x4]", "12¦12¹¦12²¦7"])
    }

    @Test func `equations are read as their text`() throws {
        let math = { (content: String) in
            "<w:p><m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'>\(content)</m:oMath></w:p>"
        }
        let run = { (text: String) in "<m:r><m:rPr/><m:t>\(text)</m:t></m:r>" }
        let body = """
            <w:tbl><w:tr><w:tc>\(math(run("12")))</w:tc><w:tc>\(math("<m:sSup><m:e>\(run("10"))</m:e><m:sup>\(run("2"))</m:sup></m:sSup>"))\
            </w:tc><w:tc>\(math("<m:f><m:num>\(run("1"))</m:num><m:den>\(run("2"))</m:den></m:f>"))</w:tc></w:tr></w:tbl>
            """
        #expect(try wordOutline(body) == ["[markup 1x3]", "12¦10²¦1/2"])
    }

    @Test func `hidden text, instructions of fields and readings are not text`() throws {
        let styles = wordPart("styles", "<w:style w:styleId='H'><w:rPr><w:vanish/></w:rPr></w:style>")
        let field = { (type: String) in "<w:r><w:fldChar w:fldCharType='\(type)'/></w:r>" }
        let body = """
            <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:rPr><w:rStyle w:val='H'/></w:rPr><w:t>隐</w:t></w:r>\
            <w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r></w:p>\
            <w:p>\(field("begin"))<w:r><w:instrText>PAGE</w:instrText><w:t>令</w:t></w:r>\(field("separate"))<w:r><w:t>4</w:t></w:r>\
            \(field("end"))<w:hyperlink><w:r><w:t>页</w:t></w:r></w:hyperlink></w:p>
            <w:p><w:r><w:ruby><w:rt><w:r><w:t>xian</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>县</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>
            """
        #expect(try wordOutline(body, [("word/styles.xml", styles)]) == ["显", "4页", "县"])
    }

    @Test func `a text box is read once, behind its paragraph`() throws {
        let box = { (text: String) in "<w:txbxContent>\(p(text))<w:tbl><w:tr>\(tc("1"))</w:tr></w:tbl></w:txbxContent>"
        }
        let body = """
            <w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps">\(box("框"))</mc:Choice>\
            <mc:Fallback><w:pict><v:textbox>\(box("又"))</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>\
            <w:r><w:t>后</w:t></w:r></w:p>\(p("完"))
            """
        #expect(try wordOutline(body) == ["前后", "框", "[markup 1x1]", "1", "完"])
    }

    @Test func `a text box in a table stands behind the table`() throws {
        let cell =
            "<w:tc><w:p><w:r><w:t>规章</w:t></w:r><w:r><w:pict><w:txbxContent>\(p("注"))</w:txbxContent></w:pict></w:r></w:p></w:tc>"
        #expect(
            try wordOutline("<w:tbl><w:tr>\(cell)\(tc("3"))</w:tr></w:tbl>\(p("完"))") == [
                "[markup 1x2]", "规章¦3", "注", "完",
            ])
    }

    @Test func `content controls are entered, drawings are not`() throws {
        let body = """
            <w:sdt><w:sdtPr><w:placeholder><w:t>点击</w:t></w:placeholder></w:sdtPr><w:sdtContent>\(p("内容"))</w:sdtContent></w:sdt>\
            <w:p><w:r><a:p><a:t>图</a:t></a:p></w:r><w:r><w:t>文</w:t><w:tab/><w:t>一</w:t><w:br/><w:t>二</w:t><w:noBreakHyphen/></w:r></w:p>
            """
        #expect(try wordOutline(body) == ["内容", "文 一", "二-"])
    }

    @Test func `headings have the level of their style or outline`() throws {
        let styles = wordPart(
            "styles",
            """
            <w:style w:styleId='1'><w:name w:val='heading 1'/></w:style><w:style w:styleId='b'><w:basedOn w:val='1'/></w:style>
            <w:style w:styleId='c'><w:name w:val='标题 3'/></w:style><w:style w:styleId='t'><w:name w:val='Title'/></w:style>
            <w:style w:styleId='o'><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>
            <w:style w:styleId='x'><w:basedOn w:val='y'/></w:style><w:style w:styleId='y'><w:basedOn w:val='x'/></w:style>
            """)
        let body = ["1", "b", "c", "t", "o", "x"].map { p($0, "<w:pStyle w:val='\($0)'/>") }.joined()
        #expect(
            try wordOutline(
                body + p("直", "<w:outlineLvl w:val='3'/>") + p("正", "<w:pStyle w:val='1'/><w:outlineLvl w:val='9'/>"),
                [("word/styles.xml", styles)]) == ["h1 1", "h1 b", "h3 c", "h1 t", "h2 o", "x", "h4 直", "正"])
    }

    @Test func `the properties state the title`() throws {
        let core = """
            <cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> 年报 &amp; 表 </dc:title>\
            </cp:coreProperties>
            """
        let document = try Document.read(word(p("文"), [("docProps/core.xml", core)]))
        #expect(document.metadata == [Metadata(name: "title", value: "年报 & 表")])
    }
}
