import Testing

@testable import Documents

private func level(_ index: Int, _ format: String, _ text: String, _ more: String = "") -> String {
    "<w:lvl w:ilvl='\(index)'><w:start w:val='1'/><w:numFmt w:val='\(format)'/><w:lvlText w:val='\(text)'/>\(more)</w:lvl>"
}

private func item(_ text: String, _ list: Int, _ level: Int = 0) -> String {
    p(text, "<w:numPr><w:ilvl w:val='\(level)'/><w:numId w:val='\(list)'/></w:numPr>")
}

private let numbering = wordPart(
    "numbering",
    """
    <w:abstractNum w:abstractNumId='0'>\(level(0, "chineseCounting", "%1、"))\(level(1, "chineseCounting", "（%2）"))\
    \(level(2, "decimal", "%3."))\(level(3, "decimal", "%1.%4", "<w:isLgl/>"))</w:abstractNum>
    <w:abstractNum w:abstractNumId='1'>\(level(0, "bullet", "•"))\(level(1, "decimal", "%2"))</w:abstractNum>
    <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>
    <w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>
    """)

struct WordNumberingTests {
    @Test func `automatic numbers are written out`() throws {
        let body =
            item("总体", 1) + item("公开", 1, 1) + item("甲", 1, 2) + item("乙", 1, 2) + item("申请", 1, 1) + item("丙", 1, 2)
            + item("情况", 1) + item("丁", 1, 3) + item("点", 2) + item("数", 2, 1) + item("另", 3) + item("无", 0)
            + item("缺", 9)
        #expect(
            try wordOutline(body, [("word/numbering.xml", numbering)]) == [
                "一、总体", "（一）公开", "1.甲", "2.乙", "（二）申请", "1.丙", "二、情况", "2.1 丁", "点", "1 数", "五、另", "无", "缺",
            ])
    }

    @Test func `a style numbers its paragraphs, and a cell may hold a number alone`() throws {
        let styles = wordPart(
            "styles",
            """
            <w:style w:styleId='a'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>
            <w:style w:styleId='b'><w:basedOn w:val='a'/><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr></w:pPr></w:style>
            """)
        let none = "<w:pStyle w:val='a'/><w:numPr><w:numId w:val='0'/></w:numPr>"
        let cell = "<w:tc><w:p><w:pPr><w:pStyle w:val='a'/></w:pPr></w:p></w:tc>"
        let body =
            p("甲", "<w:pStyle w:val='a'/>") + p("乙", "<w:pStyle w:val='b'/>") + p("丙", none)
            + "<w:tbl><w:tr>\(cell)\(tc("规章"))</w:tr></w:tbl>"
        #expect(
            try wordOutline(body, [("word/styles.xml", styles), ("word/numbering.xml", numbering)]) == [
                "一、甲", "（一）乙", "丙", "[markup 1x2]", "二、¦规章",
            ])
    }

    @Test(arguments: [
        ("decimal", 12, "12"), ("decimalZero", 7, "07"), ("decimalFullWidth", 10, "１０"), ("chineseCounting", 10, "十"),
        ("chineseCountingThousand", 12, "十二"), ("japaneseCounting", 20, "二十"), ("chineseCounting", 105, "一百零五"),
        ("chineseCounting", 0, "零"), ("chineseCounting", 10_010, "一万零一十"), ("ideographDigital", 21, "二一"),
        ("chineseLegalSimplified", 11, "壹拾壹"), ("ideographTraditional", 3, "丙"), ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 12, "亥"), ("upperRoman", 1994, "MCMXCIV"), ("lowerRoman", 4, "iv"), ("upperLetter", 2, "B"),
        ("lowerLetter", 26, "z"), ("lowerLetter", 27, "27"), ("decimalEnclosedCircle", 3, "③"), ("bullet", 3, ""),
        ("x", 3, "3"),
    ])
    func `numbers are written as their format says`(format: String, count: Int, text: String) {
        #expect(OrdinalFormat(format).text(count) == text)
    }
}
