import Testing

@testable import Documents

private func outlineOf(_ writer: PDFWriter) throws -> [String] {
    outline(try Document.read(writer.finished()))
}

struct PDFTests {
    @Test func `lines of a sentence are joined, page numbers are dropped`() throws {
        var writer = PDFWriter()
        let line = "本报告根据条例编制全文由六部分组成列数据的统计期限自一月起至十二月止如有疑问请"
        writer.add("一、总体情况", x: 80, y: 80)
        writer.add(line, x: 80, y: 100)
        writer.add("与本机关联系。", x: 60, y: 116)
        writer.add("（一）主动公开。" + line.dropFirst(8), x: 80, y: 140)
        writer.add("- 1 -", x: 280, y: 800)
        writer.beginPage()
        writer.add("此处继续。", x: 60, y: 80)
        writer.add("（二）另一段", x: 80, y: 96)
        writer.add("—2—", x: 280, y: 800)
        let document = try Document.read(writer.finished())
        #expect(
            outline(document) == [
                "一、总体情况", line + "与本机关联系。", "（一）主动公开。" + line.dropFirst(8) + "此处继续。", "（二）另一段",
            ])
        #expect(
            paragraphs(document).map(\.place) == [(1, 1), (2, 1), (4, 1), (2, 2)].map { Place(line: $0, page: $1) })
        #expect(document.mediaType == "application/pdf")
    }

    @Test func `figures make columns, and blanks stand in theirs`() throws {
        var writer = PDFWriter()
        writer.addRow([(100, "信息内容"), (250, "制发"), (350, "废止"), (450, "有效")], y: 100)
        writer.addRow([(100, "规章"), (250, "1"), (450, "12")], y: 120)
        writer.addRow([(100, "文件"), (350, "3"), (450, "1234")], y: 140)
        let lines = try outlineOf(writer)
        #expect(lines == ["[markup 3x4]", "信息内容¦制发¦废止¦有效", "规章¦1¦¦12", "文件¦¦3¦1234"])
    }

    @Test func `a column without a figure is known by its head`() throws {
        var writer = PDFWriter()
        writer.addRow([(300, "申请人情况")], y: 80)
        writer.addRow([(200, "自然人"), (300, "企业"), (400, "总计")], y: 100)
        writer.addRow([(100, "新收"), (200, "2"), (400, "2")], y: 120)
        writer.addRow([(100, "结转"), (200, "0"), (400, "0")], y: 140)
        let lines = try outlineOf(writer)
        #expect(
            lines == [
                "[markup 4x4]", "申请人情况", "自然人¦企业¦总计", "新收¦2¦¦2", "结转¦0¦¦0",
            ])
    }

    @Test(arguments: [0.0, 7, 14])
    func `a wrapped label goes to its figures, at its first, middle or last line`(offset: Double) throws {
        var writer = PDFWriter()
        for (index, label) in ["1.没有现成信息", "2.要求行政机关", "3.申请人逾期未"].enumerated() {
            let y = 100 + 40 * Double(index)
            writer.add(label, x: 80, y: y)
            writer.add("续上一行", x: 80, y: y + 14)
            writer.addRow([(250, "\(index)"), (350, "7")], y: y + offset)
        }
        let lines = try outlineOf(writer)
        #expect(
            lines == [
                "[markup 3x3]", "1.没有现成信息续上一行¦0¦7", "2.要求行政机关续上一行¦1¦7", "3.申请人逾期未续上一行¦2¦7",
            ])
    }

    @Test func `labels of groups span their rows, and those that cross reach to the figures`() throws {
        var writer = PDFWriter()
        let figures = { (value: Int) in [(300.0, "\(value)"), (400.0, "9")] }
        writer.addRow([(130, "一、本年新收政府信息公开申请")] + figures(1), y: 100)
        writer.addRow([(100, "（一）予以公开")] + figures(2), y: 120)
        for (index, label) in ["1.国家秘密", "2.内部事务", "3.其他", "1.不掌握", "2.没有"].enumerated() {
            writer.add(label, x: 160, y: 140 + 20 * Double(index))
            writer.addRow(figures(3 + index), y: 140 + 20 * Double(index))
        }
        writer.add("（二）不予公开", x: 65, y: 160)
        writer.add("（三）无法", x: 65, y: 203)
        writer.add("提供", x: 65, y: 215)
        let lines = try outlineOf(writer)
        #expect(
            lines == [
                "[markup 7x4]", "一、本年新收政府信息公开申请(1x2)¦1¦9", "（一）予以公开(1x2)¦2¦9", "（二）不予公开(3x1)¦1.国家秘密¦3¦9",
                "2.内部事务¦4¦9", "3.其他¦5¦9", "（三）无法提供(2x1)¦1.不掌握¦6¦9", "2.没有¦7¦9",
            ])
    }

    @Test func `heads of one character a line are read downwards, numbers that touch are one`() throws {
        var writer = PDFWriter()
        for (column, word) in ["结果维持", "结果纠正", "总计"].enumerated() {
            for (line, character) in word.enumerated() {
                writer.add(String(character), x: 100 + 60 * Double(column), y: 100 + 12 * Double(line))
            }
        }
        writer.add("20", x: 97, y: 170)
        writer.add("23", x: 107, y: 170)
        writer.addRow([(165, "1"), (225, "7")], y: 170)
        let lines = try outlineOf(writer)
        #expect(lines == ["[markup 2x3]", "结果维持¦结果纠正¦总计", "2023¦1¦7"])
    }

    @Test func `a row that a page's end cuts is joined, below a head that is repeated`() throws {
        var writer = PDFWriter()
        let head = [(100.0, "申请人"), (250.0, "自然人"), (350.0, "总计")]
        writer.addRow(head, y: 740)
        writer.addRow([(100, "1.重复申请"), (250, "4"), (350, "4")], y: 760)
        writer.addRow([(100, "2.申请人逾期"), (250, "5"), (350, "5")], y: 780)
        writer.beginPage()
        writer.addRow(head, y: 60)
        writer.addRow([(100, "未缴费用")], y: 80)
        writer.addRow([(100, "3.其他"), (250, "6"), (350, "6")], y: 100)
        let lines = try outlineOf(writer)
        #expect(
            lines == [
                "[markup 3x3]", "申请人¦自然人¦总计", "1.重复申请¦4¦4", "2.申请人逾期未缴费用¦5¦5", "[markup 2x3]", "申请人¦自然人¦总计",
                "3.其他¦6¦6",
            ])
    }

    @Test func `a heading between two tables parts them, a table's own chapters do not`() throws {
        var writer = PDFWriter()
        for (index, label) in ["一、本年新收", "二、上年结转", "四、结转下年"].enumerated() {
            writer.add(label, x: 80, y: 100 + 20 * Double(index))
            writer.addRow([(250, "1"), (350, "2")], y: 100 + 20 * Double(index))
        }
        writer.add("四、行政复议和行政诉讼情况", x: 100, y: 180, size: 14)
        writer.addRow([(100, "维持"), (200, "纠正"), (300, "总计")], y: 210)
        writer.addRow([(100, "0"), (200, "1"), (300, "1")], y: 230)
        let lines = try outlineOf(writer)
        #expect(
            lines == [
                "[markup 3x3]", "一、本年新收¦1¦2", "二、上年结转¦1¦2", "四、结转下年¦1¦2", "四、行政复议和行政诉讼情况", "[markup 2x3]",
                "维持¦纠正¦总计", "0¦1¦1",
            ])
    }

    @Test func `a table of label, unit and figure keeps rows without figures`() throws {
        var writer = PDFWriter()
        let rows = [
            ("统计指标", "单位", "统计数"), ("一、主动公开情况", "", ""), ("（一）主动公开数", "条", "37"), ("其中：规范性文件", "条", "10"),
            ("制发规范性文件", "件", "10"), ("（二）不同渠道公开情况", "", ""), ("1.政府公报", "条", "0"),
        ]
        for (index, row) in rows.enumerated() {
            writer.addRow(
                [(200, row.0), (400, row.1), (480, row.2)].filter { !$0.1.isEmpty }, y: 100 + 16 * Double(index))
        }
        let lines = try outlineOf(writer)
        #expect(
            lines == [
                "[markup 7x3]", "统计指标¦单位¦统计数", "一、主动公开情况(1x2)¦", "（一）主动公开数¦条¦37", "其中：规范性文件¦条¦10",
                "制发规范性文件¦件¦10", "（二）不同渠道公开情况(1x2)¦", "1.政府公报¦条¦0",
            ])
    }

    @Test func `a PDF without text says what to convert it to`() {
        #expect(throws: DocumentError.noText(name: "PDF of page images", convertTo: ForeignFormat.recognised)) {
            try Document.read(PDFWriter().finished())
        }
    }

    @Test func `damaged and encrypted files are told apart`() {
        #expect(throws: DocumentError.damaged("PDF")) { try Document.read(Array("%PDF-1.7\n".utf8)) }
        #expect(throws: DocumentError.encrypted("PDF")) {
            let key = String(repeating: "00", count: 32)
            let encryption = "/Encrypt<</Filter/Standard/V 1/R 2/O<\(key)>/U<\(key)>/P -4>>/ID[<00><00>]"
            return try Document.read(PDFWriter().finished(trailer: encryption))
        }
    }
}
