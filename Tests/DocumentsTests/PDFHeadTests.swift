import Testing

@testable import Documents

/// Heads of tables, pages that lie askew, and rows at the ends of pages.
struct PDFHeadTests {
    private func outlineOf(_ writer: PDFWriter) throws -> [String] {
        outline(try Document.read(writer.finished()))
    }

    @Test func `a clause between the names of two columns makes none`() throws {
        var writer = PDFWriter()
        writer.addRow([(300, "第二十条第（一）项")], y: 80, size: 8)
        let rows = [("信息内容", "制发件数", "废止件数", "有效件数"), ("规章", "0", "0", "2"), ("规范性文件", "7", "1", "55")]
        for (index, row) in rows.enumerated() {
            writer.addRow(
                [(112, row.0), (237, row.1), (363, row.2), (488, row.3)], y: 96 + 16 * Double(index), size: 8)
        }
        let lines = try outlineOf(writer)
        #expect(lines.contains("信息内容¦制发件数¦废止件数¦有效件数"))
        #expect(lines.suffix(2) == ["规章¦0¦0¦2", "规范性文件¦7¦1¦55"])
    }

    @Test func `a table with a head of its own takes no column from the page before`() throws {
        var writer = PDFWriter()
        writer.addRow([(100, "信息内容"), (200, "上年项目"), (300, "本年增减"), (400, "决定数量")], y: 740)
        writer.addRow([(100, "行政处罚"), (200, "8"), (300, "1"), (400, "20")], y: 760)
        writer.beginPage()
        writer.addRow([(100, "信息内容"), (230, "项目数量"), (360, "总金额")], y: 60)
        writer.addRow([(100, "集中采购"), (230, "29"), (360, "1204")], y: 80)
        let lines = try outlineOf(writer)
        #expect(lines.suffix(3) == ["[markup 2x3]", "信息内容¦项目数量¦总金额", "集中采购¦29¦1204"])
    }

    /// The heads of a group and of its columns.
    private func addGroup(_ writer: inout PDFWriter, x: Double, y: Double, group: String) {
        writer.addRow([(x + 80, group)], y: y - 12, size: 7)
        for (column, name) in ["维持", "纠正", "其他结果", "未结", "总计"].enumerated() {
            writer.addRow([(x + 40 * Double(column), name)], y: y, size: 7)
            writer.addRow([(x + 40 * Double(column), "\(column)")], y: 130, size: 7)
        }
    }

    @Test func `the name of a group is no line of the column that it is centred over`() throws {
        var writer = PDFWriter()
        addGroup(&writer, x: 70, y: 112, group: "行政复议")
        addGroup(&writer, x: 270, y: 112, group: "后起诉讼")
        let lines = try outlineOf(writer)
        #expect(lines.dropFirst(2) == ["维持¦纠正¦其他结果¦未结¦总计¦维持¦纠正¦其他结果¦未结¦总计", "0¦1¦2¦3¦4¦0¦1¦2¦3¦4"])
    }

    @Test func `names of columns that stand half a line apart make one row`() throws {
        var writer = PDFWriter()
        addGroup(&writer, x: 70, y: 107, group: "复议")
        addGroup(&writer, x: 270, y: 111, group: "诉讼一二三四五六七八九十一二")
        let lines = try outlineOf(writer)
        #expect(lines.suffix(2) == ["维持¦纠正¦其他结果¦未结¦总计¦维持¦纠正¦其他结果¦未结¦总计", "0¦1¦2¦3¦4¦0¦1¦2¦3¦4"])
    }

    @Test(arguments: [-0.02, -0.008, 0.0, 0.008, 0.02])
    func `rows of a page that lies askew stay rows`(slope: Double) throws {
        var writer = PDFWriter()
        for index in 0..<24 {
            let cells = [(100.0, "行政许可"), (250, "\(index)"), (350, "\(2 * index)"), (480, "\(3 * index)")]
            for (x, text) in cells {
                let y = 100 + 12.5 * Double(index)
                writer.addRow([(x - slope * y, text)], y: y + slope * x)
            }
        }
        let lines = try outlineOf(writer)
        #expect(lines == ["[markup 24x4]"] + (0..<24).map { "行政许可¦\($0)¦\(2 * $0)¦\(3 * $0)" })
    }

    @Test func `a heading at the end of a page takes no row from the next`() throws {
        var writer = PDFWriter()
        func add(_ rows: [(String, String, String)], y: Double) {
            for (index, row) in rows.enumerated() {
                let cells = [(200.0, row.0), (400.0, row.1), (480.0, row.2)].filter { !$0.1.isEmpty }
                writer.addRow(cells, y: y + 16 * Double(index))
            }
        }
        add([("六、举报投诉数量", "件", "4"), ("七、收取的费用", "万元", "0.5"), ("八、机构建设情况", "", "")], y: 720)
        writer.beginPage()
        add([("（一）专门机构数", "个", "3"), ("（二）查阅点数", "个", "2"), ("（三）人员数", "人", "9")], y: 60)
        let lines = try outlineOf(writer)
        #expect(lines.contains("（一）专门机构数¦个¦3"))
        #expect(lines.contains("八、机构建设情况(1x2)¦"))
    }

    @Test func `the unit of a blank row stands beside its own label`() throws {
        var writer = PDFWriter()
        let rows = [
            ("1.属于主动公开", "件", "4"), ("2.涉及商业秘密", "件", ""), ("3.涉及个人隐私", "次", ""), ("4.危及国家安全", "件", "9"),
            ("5.不属于本机关", "件", "1"),
        ]
        for (index, row) in rows.enumerated() {
            let cells = [(200.0, row.0), (400.0, row.1), (480.0, row.2)].filter { !$0.1.isEmpty }
            writer.addRow(cells, y: 100 + 16 * Double(index), size: 8)
        }
        let lines = try outlineOf(writer)
        #expect(
            lines == [
                "[markup 5x3]", "1.属于主动公开¦件¦4", "2.涉及商业秘密¦件¦", "3.涉及个人隐私¦次¦", "4.危及国家安全¦件¦9", "5.不属于本机关¦件¦1",
            ])
    }
}
