import Testing

@testable import Documents

/// What browsers and converters print: cells with next to nothing between them, fonts with boxes of their own, margins.
struct PDFNarrowTests {
    private func outlineOf(_ writer: PDFWriter) throws -> [String] {
        outline(try Document.read(writer.finished()))
    }

    /// The outline of words as `pdftotext` states them: x0, y0, x1, y1.
    private func outlineOf(_ words: [(Double, Double, Double, Double, String)]) throws -> [String] {
        let lines = words.map {
            "<word xMin=\"\($0.0)\" yMin=\"\($0.1)\" xMax=\"\($0.2)\" yMax=\"\($0.3)\">\($0.4)</word>"
        }
        let output = "<page width=\"595\" height=\"842\">\n" + lines.joined(separator: "\n") + "\n</page>"
        return outline(try PDF.read(output: Array(output.utf8), limits: DocumentLimits()))
    }

    @Test func `a figure that all but touches its label stands in the column that another row has`() throws {
        var writer = PDFWriter()
        for (y, label, figures) in [(100.0, "规章", ["0", "1", "12"]), (115, "行政规范性文件", ["4", "2", "7"])] {
            writer.add(label, x: 60, y: y)
            for (index, figure) in figures.enumerated() { writer.add(figure, x: 132 + 50 * Double(index), y: y) }
        }
        let lines = try outlineOf(writer)
        #expect(lines == ["[markup 2x4]", "规章¦0¦1¦12", "行政规范性文件¦4¦2¦7"])
    }

    @Test func `names side by side stand over their columns, and a title over several takes no room from them`() throws
    {
        var writer = PDFWriter()
        writer.add(String(repeating: "满行", count: 23), x: 60, y: 40)
        writer.add("行政复议", x: 128, y: 85)
        for line in 0...1 {
            for column in 0...4 {
                let name = [["结果维", "持"], ["结果纠", "正"], ["其他结", "果"], ["尚未审", "结"], ["总", "计"]][column][line]
                writer.add(name, x: 61 + 32.5 * Double(column), y: 100 + 12 * Double(line))
            }
        }
        for (column, figure) in ["17", "3", "2", "4", "26"].enumerated() {
            writer.add(figure, x: 71 + 32.5 * Double(column), y: 125)
        }
        let lines = try outlineOf(writer)
        #expect(
            lines == [
                String(repeating: "满行", count: 23), "[markup 3x5]", "行政复议(1x2)", "结果维持¦结果纠正¦其他结果¦尚未审结¦总计",
                "17¦3¦2¦4¦26",
            ])
    }

    @Test func `a name wider than its column is not joined with the one below it`() throws {
        var writer = PDFWriter()
        writer.add(String(repeating: "满行", count: 23), x: 60, y: 40)
        writer.add("经复议后起诉", x: 134, y: 100)
        for (column, name) in ["结果维持", "结果纠正", "其他结果"].enumerated() {
            writer.add(name, x: 101 + 43 * Double(column), y: 112)
            writer.add("\(column)", x: 119 + 43 * Double(column), y: 124)
        }
        let lines = try outlineOf(writer)
        #expect(lines == [String(repeating: "满行", count: 23), "[markup 3x3]", "经复议后起诉", "结果维持¦结果纠正¦其他结果", "0¦1¦2"])
    }

    @Test func `columns without figures are named where only the last has some`() throws {
        var writer = PDFWriter()
        writer.addRow([(100, "项目"), (250, "自然人"), (350, "企业"), (450, "总计")], y: 100)
        writer.addRow([(250, "（人）"), (350, "（家）")], y: 114)
        for (index, label) in ["一、本年新收申请", "二、上年结转申请"].enumerated() {
            writer.addRow([(100, label), (450, "2\(index)")], y: 140 + 20 * Double(index))
        }
        let lines = try outlineOf(writer)
        #expect(
            lines == [
                "[markup 3x4]", "项目¦自然人（人）¦企业（家）¦总计", "一、本年新收申请¦¦¦20", "二、上年结转申请¦¦¦21",
            ])
    }

    @Test func `rows of a font whose box is thrice as high as its characters stay apart`() throws {
        // The label of the group stands between the rows, and figures in another font a little lower.
        var words: [(Double, Double, Double, Double, String)] = []
        for (index, label) in ["信访申请", "重复申请", "公开出版物", "无正当理由", "重新出具"].enumerated() {
            let y = 100 + 21 * Double(index)
            words.append((160, y + 11.6, 171.5, y + 25.6, "\(index + 1)."))
            words.append((171.5, y, 171.5 + 12 * Double(label.count), y + 31.2, label))
            guard index != 2 else { continue }
            for column in 0...1 {
                let x = 350 + 50 * Double(column)
                words.append((x, y + 11.4, x + 7.6, y + 25.4, "\(index)"))
            }
        }
        words.append((100, 139, 148, 170.2, "（五）不"))
        words.append((100, 157, 136, 188.2, "予处理"))
        let lines = try outlineOf(words)
        #expect(
            lines == [
                "[markup 5x4]", "（五）不予处理(5x1)¦1.信访申请¦0¦0", "2.重复申请¦1¦1", "3.公开出版物¦¦", "4.无正当理由¦3¦3", "5.重新出具¦4¦4",
            ])
    }

    @Test func `radicals that fonts have put for characters are those characters`() throws {
        let words = [(100.0, 100.0, 220.0, 112.0, "⼀、⼈⺠政府⾏政⻓⻘")]
        let lines = try outlineOf(words)
        #expect(lines == ["一、人民政府行政长青"])
        #expect(CJKRadicals.replaced(in: "⺀民") == "⺀民")
    }

    @Test(arguments: [(220.0, " "), (250, "⏎")])
    func `a number below another is its end where the cell is too narrow, else a line of its own`(
        next: Double, mark: String
    ) throws {
        var writer = PDFWriter()
        for (index, label) in ["1.重复申请", "2.其他", "（七）总计", "四、结转"].enumerated() {
            writer.addRow([(100, label)], y: 100 + 40 * Double(index))
            writer.add("130", x: 200, y: 100 + 40 * Double(index))
            writer.add("9", x: next, y: 100 + 40 * Double(index))
        }
        writer.add("3", x: 200, y: 193)
        let lines = try outlineOf(writer)
        #expect(lines == ["[markup 4x3]", "1.重复申请¦130¦9", "2.其他¦130¦9", "（七）总计¦130\(mark)3¦9", "四、结转¦130¦9"])
    }

    @Test func `the end of a figure may stand beside the next line of its label`() throws {
        var writer = PDFWriter()
        for (index, label) in ["1.重复申请", "2.其他", "（七）总计", "四、结转"].enumerated() {
            writer.addRow([(100, label), (200, "130"), (220, "9"), (240, "9")], y: 100 + 40 * Double(index))
        }
        writer.addRow([(100, "数量"), (200, "13")], y: 195)
        let lines = try outlineOf(writer)
        #expect(lines.contains("（七）总计数量¦130 13¦9¦9"))
        // With a number of its own a label has its own row.
        writer.addRow([(100, "3.其他"), (200, "7")], y: 235)
        #expect(try outlineOf(writer).contains("3.其他¦7¦¦"))
    }

    @Test func `a bracket that a narrow cell has broken begins a label`() throws {
        var writer = PDFWriter()
        let figures = { (value: Int) in [(300.0, "\(value)"), (400.0, "9")] }
        for (index, line) in ["（二）部分公开（", "区分处理的，只", "计这一情形）"].enumerated() {
            writer.add(line, x: 100, y: 100 + 13 * Double(index))
        }
        writer.addRow(figures(1), y: 100)
        for (index, line) in ["（三", "）不", "予公", "开"].enumerated() {
            writer.add(line, x: 100, y: 142 + 13 * Double(index))
        }
        for (index, line) in ["1.国", "家秘", "密"].enumerated() { writer.add(line, x: 142, y: 142 + 13 * Double(index)) }
        writer.addRow(figures(2), y: 142)
        for (index, line) in ["2.内", "部事", "务"].enumerated() { writer.add(line, x: 142, y: 198 + 13 * Double(index)) }
        writer.addRow(figures(3), y: 198)
        let lines = try outlineOf(writer)
        #expect(
            lines == [
                "[markup 3x4]", "（二）部分公开（区分处理的，只计这一情形）(1x2)¦1¦9", "（三）不予公开(2x1)¦1.国家秘密¦2¦9", "2.内部事务¦3¦9",
            ])
    }

    @Test func `a clause below a row is no part of its label, nor goes it on over the page`() throws {
        var writer = PDFWriter()
        let head = [(100.0, "信息内容"), (250.0, "上一年"), (350.0, "本年")]
        writer.addRow(head, y: 730)
        writer.addRow([(100, "其他管理服务事项"), (250, "4"), (350, "4")], y: 744)
        writer.add("第二十条第（六）项", x: 60, y: 757)
        writer.beginPage()
        writer.addRow(head, y: 60)
        writer.addRow([(100, "行政处罚"), (250, "6"), (350, "6")], y: 80)
        writer.addRow([(100, "行政强制"), (250, "7"), (350, "7")], y: 94)
        let lines = try outlineOf(writer)
        #expect(
            lines == [
                "[markup 3x3]", "信息内容¦上一年¦本年", "其他管理服务事项¦4¦4", "第二十条第（六）项¦¦", "[markup 3x3]", "信息内容¦上一年¦本年",
                "行政处罚¦6¦6", "行政强制¦7¦7",
            ])
    }

    @Test func `a heading right below figures without labels is none of their cells`() throws {
        var writer = PDFWriter()
        writer.add("四、结转下年度继续办理", x: 60, y: 60)
        writer.addRow([(250, "1"), (350, "2")], y: 60)
        writer.addRow([(80, "维持"), (200, "纠正"), (300, "总计")], y: 110)
        writer.addRow([(80, "0"), (200, "1"), (300, "1")], y: 130)
        writer.add("五、存在的主要问题", x: 60, y: 147)
        writer.add("一年来没有问题。", x: 80, y: 170)
        let lines = try outlineOf(writer).suffix(5)
        #expect(lines == ["[markup 2x3]", "维持¦纠正¦总计", "0¦1¦1", "五、存在的主要问题", "一年来没有问题。"])
    }

    @Test func `a label of many short lines is one`() throws {
        var writer = PDFWriter()
        let parts = ["1.申", "请人", "无正", "当理", "由逾", "期不", "补正", "机关", "不再", "处理", "其公", "开申", "请"]
        for (index, line) in parts.enumerated() { writer.add(line, x: 80, y: 100 + 13 * Double(index)) }
        writer.addRow([(250, "5"), (350, "5")], y: 100)
        writer.add("2.其", x: 80, y: 275)
        writer.add("他", x: 80, y: 288)
        writer.addRow([(250, "6"), (350, "6")], y: 275)
        let lines = try outlineOf(writer)
        #expect(lines == ["[markup 2x3]", parts.joined() + "¦5¦5", "2.其他¦6¦6"])
    }

    @Test func `what a browser prints in the margins of all pages is no part of the document, rows of figures are`()
        throws
    {
        var writer = PDFWriter()
        for page in 1...3 {
            if page > 1 { writer.beginPage() }
            writer.add("1/26/25, 9:1\(page) AM", x: 25, y: 15, size: 8)
            writer.add("甲县财政局2024年政府信息公开工作年度报告", x: 230, y: 15, size: 8)
            if page == 1 { writer.add("甲县财政局2024年政府信息公开工作年度报告", x: 150, y: 60) }
            writer.addRow([(100, "行政许可"), (250, "\(page)"), (350, "0")], y: 35)
            writer.add("file:///tmp/report.html", x: 25, y: 820, size: 8)
        }
        let lines = try outlineOf(writer)
        #expect(lines.count { $0.contains("AM") || $0.contains("file:") } == 0)
        #expect(lines.count { $0.contains("年度报告") } == 1)
        #expect(lines.filter { $0.hasPrefix("行政许可") } == ["行政许可¦1¦0", "行政许可¦2¦0", "行政许可¦3¦0"])
    }
}
