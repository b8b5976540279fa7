import Support
import Testing

@testable import Documents

/// A workbook of one sheet, its rows given as XML.
private func workbook(
    _ rows: String, merges: [String] = [], strings: [String] = [], sheets: String = "<sheet name='一' r:id='r1'/>",
    columns: String = "", properties: String = "", relations: String = "", more: [(String, String)] = []
) -> [UInt8] {
    let space = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
    let merged = merges.map { "<mergeCell ref='\($0)'/>" }.joined()
    let relation = { (id: String, target: String) in "<Relationship Id='\(id)' Target='\(target)'/>" }
    return ZIPWriter.archive(
        [
            ("xl/workbook.xml", "<workbook \(space) xmlns:r='r'>\(properties)<sheets>\(sheets)</sheets></workbook>"),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
                    + relation("r1", "worksheets/sheet1.xml") + relation("r2", "/xl/worksheets/sheet2.xml")
                    + relations + "</Relationships>"
            ),
            (
                "xl/worksheets/sheet1.xml",
                "<worksheet \(space)>\(columns)<sheetData>\(rows)</sheetData><mergeCells>\(merged)</mergeCells></worksheet>"
            ),
            ("xl/sharedStrings.xml", "<sst \(space)>\(strings.map { "<si>\($0)</si>" }.joined())</sst>"),
        ] + more.map { ($0.0, $0.1.replacing("SPACE", with: space)) })
}

private func text(_ place: String, _ text: String) -> String {
    "<c r='\(place)' t='inlineStr'><is><t>\(text)</t></is></c>"
}

private func number(_ place: String, _ value: String) -> String { "<c r='\(place)'><v>\(value)</v></c>" }

private func row(_ number: Int, _ cells: String..., attributes: String = "") -> String {
    "<row r='\(number)' \(attributes)>\(cells.joined())</row>"
}

struct SpreadsheetTests {
    @Test(arguments: [
        ("0.00,", "865000", "865"), ("0!.0,", "865000", "86.5"), ("0!.0000", "865432", "86.5432"),
        (#"0\.0,"#, "-865000", "-86.5"), (#"0"."0,"#, "50", "0.005"), (#"0.00"万元""#, "86.5", "86.5万元"),
        (#"#,##0.00"元";-#,##0.00"元""#, "12500", "12500元"), (#"[>=10000]0!.0,"万";0"#, "86500", "8.65万"),
        (#"[>=10000]0!.0,"万";0"#, "865", "865"), ("#,##0.00_);(#,##0.00)", "86.5", "86.5"), (#"0"件""#, "12", "12"),
        ("0", "88.46", "88.46"), (#"General"元""#, "250", "250元"), (#"0.00,,"亿";0"#, "0", "0"),
        (#"0"年度""#, "2024", "2024年度"), ("yyyy/m/d;@", "45311", "2024年1月20日"),
        (#"[DBNum1][$-804]yyyy"年"m"月"d"日""#, "45311", "2024年1月20日"), (#"yyyy"年"m"月""#, "45323", "2024年2月"),
        ("[$-F800]dddd, mmmm dd, yyyy", "45351.75", "2024年2月29日"), ("m/d", "45291", "12月31日"),
        ("yyyy-mm-dd hh:mm", "1", "1900年1月1日"), ("d-mmm-yy", "61", "1900年3月1日"), ("h:mm", "0.5", "0.5"),
        ("mm:ss.0", "0.25", "0.25"), (#"0"d""#, "45311", "45311"), ("[Red]0.00", "45311", "45311"),
        ("yyyy-mm-dd", "0", "0"), ("yyyy-mm-dd", "60", "60"), ("dddd", "45311", "45311"), ("0.0E+00", "45311", "45311"),
    ])
    func `a number is read as its format prints it, in full`(code: String, stored: String, text: String) throws {
        let bytes = workbook(
            row(1, "<c r='A1' s='1'><v>\(stored)</v></c>", "<c r='B1' s='0'><v>\(stored)</v></c>"),
            more: [
                (
                    "xl/styles.xml",
                    "<styleSheet SPACE><numFmts><numFmt numFmtId='176' formatCode='\(code.replacing("\"", with: "&quot;"))'/>"
                        + "</numFmts><cellStyleXfs><xf numFmtId='176'/></cellStyleXfs>"
                        + "<cellXfs><xf numFmtId='0'/><xf numFmtId='176'/></cellXfs></styleSheet>"
                )
            ])
        #expect(outline(try Document.read(bytes)).last == "\(text)¦\(stored)")
    }

    @Test func `a title, a table with merged cells and a sentence below`() throws {
        let bytes = workbook(
            row(1, text("A1", "年度报告")) + row(2, text("A2", "信息内容"), text("B2", "件数"))
                + row(3, text("B3", "制发"), text("C3", "废止")) + row(4, text("A4", "规章"), number("B4", "1"))
                + row(5, text("A5", "文件"), number("C5", "2.0")) + row(7, text("A7", "以上。")),
            merges: ["A1:C1", "A2:A3", "B2:C2"])
        let document = try Document.read(bytes)
        #expect(
            outline(document) == [
                "年度报告", "[markup 4x3]", "信息内容(2x1)¦件数(1x2)", "制发¦废止", "规章¦1¦", "文件¦¦2", "以上。",
            ])
        let cell = grids(document)[0].cells.first { document.string($0.text) == "规章" }
        #expect(cell?.place == Place(line: 4, column: 1, page: 1))
    }

    @Test func `a shared string leaves out what is struck out, and raises the digits of notes`() throws {
        let strings = [
            "<r><rPr><strike/></rPr><t>9</t></r><r><t>12</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r>",
            "<t>规章</t>",
        ]
        let bytes = workbook(
            row(1, "<c r='A1' t='s'><v>1</v></c>", "<c r='B1' t='s'><v>0</v></c>"), strings: strings)
        #expect(outline(try Document.read(bytes)).last == "规章¦12¹")
    }

    @Test func `runs of a cell's own text, and the font of a whole cell, are as those of shared strings`() throws {
        let styles = """
            <styleSheet SPACE><fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId='0'/><xf fontId='1'/></cellXfs>
            <dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>
            """
        let rich =
            "<is><r><rPr><strike/></rPr><t>9</t></r><r><t>12</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r></is>"
        let bytes = workbook(
            row(
                1, text("A1", "规章"), "<c r='B1' t='inlineStr'>\(rich)</c>", "<c r='C1' s='1'><v>8</v></c>",
                "<c r='D1' s='0'><v>7</v></c>", "<c r='E1' s='1' t='inlineStr'>\(rich)</c>", number("F1", "6")),
            more: [("xl/styles.xml", styles)])
        #expect(outline(try Document.read(bytes)).last == "规章¦12¹¦¦7¦12¹¦6")
    }

    @Test func `shared strings join their runs and leave readings out`() throws {
        let strings = ["<t>规章</t>", "<r><t>结果</t></r><r><t xml:space='preserve'> 维持</t></r><rPh><t>ji</t></rPh>"]
        let bytes = workbook(
            row(1, "<c r='A1' t='s'><v>1</v></c>", "<c r='B1' t='s'><v>0</v></c>", "<c r='C1' t='s'><v>7</v></c>"),
            strings: strings)
        #expect(outline(try Document.read(bytes)) == ["[markup 1x2]", "结果 维持¦规章"])
    }

    @Test(arguments: [
        ("12", "12"), ("12.0", "12"), ("4068.2080000000001", "4068.208"), ("0.1", "0.1"), ("-3", "-3"), ("1E3", "1000"),
        ("-1.5E-3", "-0.0015"), ("1.1", "1.1"), ("0.99", "0.99"), ("2.4626000000000001", "2.4626"), ("44562", "44562"),
        ("x", "x"), ("1e400", "1e400"), ("nan", "nan"),
    ])
    func `numbers stand as a person typed them`(stored: String, shown: String) {
        #expect(SheetNumber.text(stored) == shown)
    }

    @Test func `hidden sheets and rows are not there`() throws {
        let second =
            "<worksheet SPACE><sheetData>\(row(1, text("A1", "第二"), number("B1", "2")))</sheetData></worksheet>"
        let bytes = workbook(
            row(1, text("A1", "甲"), number("B1", "1"))
                + row(2, text("A2", "乙"), number("B2", "2"), attributes: "hidden='1'")
                + row(3, text("A3", "丙"), number("B3", "3")),
            sheets: "<sheet r:id='r2'/><sheet state='hidden' r:id='r2'/><sheet r:id='r1'/>",
            more: [("xl/worksheets/sheet2.xml", second)])
        #expect(outline(try Document.read(bytes)) == ["[markup 1x2]", "第二¦2", "[markup 2x2]", "甲¦1", "丙¦3"])
    }

    @Test func `headings between tables part them`() throws {
        let bytes = workbook(
            row(1, text("A1", "一、主动公开")) + row(2, text("A2", "规章"), number("B2", "1")) + row(3, text("A3", "二、申请"))
                + row(4, text("A4", "新收"), number("B4", "2")),
            merges: ["A1:B1", "A3:B3"])
        #expect(
            outline(try Document.read(bytes)) == ["一、主动公开", "[markup 1x2]", "规章¦1", "二、申请", "[markup 1x2]", "新收¦2"])
    }

    @Test(arguments: [
        ("14", "", "2024年1月20日"), ("22", "", "2024年1月20日"), ("31", "", "2024年1月20日"), ("57", "", "2024年1月"),
        ("58", "", "1月20日"), ("20", "", "45311"), ("46", "", "45311"), ("4", "", "45311"), ("59", "", "45311"),
        ("14", "<workbookPr date1904='1'/>", "2028年1月21日"), ("14", "<workbookPr date1904='0'/>", "2024年1月20日"),
    ])
    func `formats that workbooks know by number print dates, counted from 1900 or 1904`(
        format: String, properties: String, text: String
    ) throws {
        let styles = "<styleSheet SPACE><cellXfs><xf numFmtId='0'/><xf numFmtId='\(format)'/></cellXfs></styleSheet>"
        let bytes = workbook(
            row(1, "<c r='A1' s='1'><v>45311</v></c>", "<c r='B1' s='0'><v>45311</v></c>"), properties: properties,
            more: [("xl/styles.xml", styles)])
        #expect(outline(try Document.read(bytes)).last == "\(text)¦45311")
    }

    @Test func `hidden columns are not there, and merged cells that begin in them begin at the next`() throws {
        let bytes = workbook(
            row(1, text("A1", "甲"), text("B1", "乙"), text("D1", "丙"), text("F1", "丁"))
                + row(2, text("A2", "1"), number("B2", "2"), number("C2", "3"), number("D2", "4"), number("E2", "5"))
                + row(3, number("A3", "6"), number("F3", "7")),
            merges: ["B1:C1", "D1:E1", "F1:G1"],
            columns: "<cols><col min='2' max='2' hidden='1'/>"
                + "<col min='5' max='7' hidden='true'/><col min='3' max='3' hidden='0'/></cols>")
        let document = try Document.read(bytes)
        #expect(outline(document) == ["[markup 3x3]", "甲¦乙¦丙", "1¦3¦4", "6¦¦"])
        #expect(grids(document)[0].cells[1].place.column == 3)
    }

    @Test(arguments: [
        ("12_x000D_", "12"), ("甲_x000d__x000A_乙", "甲⏎乙"), ("_x005F_x000D_", "_x000D_"), ("a_x00_b", "a_x00_b"),
        ("_x4E2D_", "中"), ("_xD840__xDC00_", "𠀀"), ("_xD840_", "_xD840_"), ("x_x0007_y", "xy"), ("'12", "12"),
        ("_", "_"), ("_x000", "_x000"),
    ])
    func `texts have the characters for which escapes stand`(stored: String, shown: String) throws {
        let bytes = workbook(
            row(1, text("A1", stored), "<c r='B1' t='s'><v>0</v></c>", "<c r='C1' t='str'><v>\(stored)</v></c>"),
            strings: ["<t>\(stored)</t>"])
        #expect(outline(try Document.read(bytes)).last == "\(shown)¦\(shown)¦\(shown)")
    }

    @Test func `sheets stand where the relations of their kind say`() throws {
        let sheet = "<worksheet SPACE><sheetData>\(row(1, text("A1", "规章"), number("B1", "2")))</sheetData></worksheet>"
        let type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        let bytes = workbook(
            "", sheets: "<sheet r:id='r3'/><sheet r:id='r4'/>",
            relations: "<Relationship Id='r3' Type='\(type)worksheet' Target='/xl/sheets/1.xml'/>"
                + "<Relationship Id='r4' Type='\(type)chartsheet' Target='chartsheets/1.xml'/>",
            more: [("xl/sheets/1.xml", sheet), ("xl/chartsheets/1.xml", sheet)])
        #expect(outline(try Document.read(bytes)) == ["[markup 1x2]", "规章¦2"])
    }

    @Test(arguments: [("", 1), ("样表", 1), ("甲县", 2)])
    func `a form that is not filled in is left out beside one that is`(title: String, grids count: Int) throws {
        func rows(_ figure: (Int) -> String) -> String {
            (2..<16).map { row($0, text("A\($0)", "第\($0)项"), text("B\($0)", figure($0))) }.joined()
        }
        let empty = row(1, text("A1", title)) + rows { _ in "件" }
        let below = row(20, text("A20", "件"))
        let filled = "<worksheet SPACE><sheetData>\(rows { "\($0)" })\(below)</sheetData></worksheet>"
        let bytes = workbook(
            empty, sheets: "<sheet name='一' r:id='r1'/><sheet name='二' r:id='r2'/>",
            more: [("xl/worksheets/sheet2.xml", filled)])
        #expect(grids(try Document.read(bytes)).count == count)
    }

    @Test func `the names of sheets are metadata`() throws {
        let document = try Document.read(workbook(row(1, number("A1", "7")), sheets: "<sheet name='2023' r:id='r1'/>"))
        #expect(document.metadata == [Metadata(name: "sheet:1", value: "2023")])
    }

    @Test func `rows between a title and the tables are lines`() throws {
        let bytes = workbook(
            row(1, text("A1", "甲局"), number("B1", "2022"), text("C1", "年度报告"))
                + row(2, text("A2", "填报单位："), text("B2", "甲局"), text("F2", "填报日期：1月8日"), text("J2", "单位：件"))
                + row(3, text("A3", "指标"), text("B3", "数"))
                + row(4, text("A4", "其中：文件"), number("B4", "7")))
        #expect(
            outline(try Document.read(bytes)) == [
                "甲局2022年度报告", "填报单位：甲局", "填报日期：1月8日", "单位：件", "[markup 2x2]", "指标¦数", "其中：文件¦7",
            ])
    }

    @Test func `cells without a place follow each other`() throws {
        let bytes = workbook("<row><c><v>1</v></c><c t='b'><v>1</v></c><c t='str'><v>甲</v></c></row>")
        #expect(outline(try Document.read(bytes)) == ["[markup 1x3]", "1¦TRUE¦甲"])
    }

    @Test func `a sheet of two cells far apart, or merged over everything, is refused or parted`() throws {
        let far = workbook(
            row(1, number("A1", "1"), number("XFD1", "2")) + row(90, number("A90", "1"), number("XFD90", "2")))
        #expect(try grids(Document.read(far)).count == 2)
        let all = workbook(
            row(1, number("A1", "1"), number("B1", "2")) + row(2, number("A2", "1"), number("XFD2", "2"))
                + (3..<100).map { row($0, number("A\($0)", "1"), number("B\($0)", "2")) }.joined(),
            merges: (1...400).map { "A\($0):XFD1048576" })
        #expect(throws: DocumentError.limitExceeded(.expandedCells, maximum: 1_000_000)) { try Document.read(all) }
    }
}
