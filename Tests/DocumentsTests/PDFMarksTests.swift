import Testing

@testable import Documents

/// Figures with marks behind them, or of several lines.
struct PDFMarksTests {
    private func outlineOf(_ writer: PDFWriter) throws -> [String] {
        outline(try Document.read(writer.finished()))
    }

    @Test func `smaller digits right behind a figure are the number of a note`() throws {
        var writer = PDFWriter()
        for (index, label) in ["行政许可", "行政处罚", "行政强制"].enumerated() {
            let y = 100 + 20 * Double(index)
            writer.add(label, x: 60, y: y)
            writer.add("80\(index)", x: 200, y: y)
        }
        writer.add("2", x: 215, y: 99, size: 6)
        writer.add("7", x: 215, y: 120)
        writer.add("1", x: 215, y: 139, size: 5)
        #expect(try outlineOf(writer) == ["[markup 3x2]", "行政许可¦800²", "行政处罚¦8017", "行政强制¦802¹"])
    }

    @Test func `digits wrapped in narrow cells are shown as parts of one figure`() throws {
        var writer = PDFWriter()
        for (index, figures) in [["12", "0", "3", "12"], ["5", "0", "0", "5"]].enumerated() {
            let y = 100 + 40 * Double(index)
            writer.add("规章\(index)", x: 60, y: y)
            writer.addRow(figures.enumerated().map { (140 + 20 * Double($0.offset), $0.element) }, y: y)
        }
        writer.addRow([(140, "03"), (200, "06")], y: 112)
        writer.addRow([(140, "7"), (200, "7")], y: 124)
        let lines = try outlineOf(writer)
        #expect(lines == ["[markup 2x5]", "规章0¦12 03 7¦0¦3¦12 06 7", "规章1¦5¦0¦0¦5"])
    }

    @Test func `digits wrapped above and below the line of their label are parts of one figure`() throws {
        var writer = PDFWriter()
        for (index, figures) in [["17", "0", "21"], ["5", "0", "6"]].enumerated() {
            let y = 100 + 40 * Double(index)
            writer.add("规章\(index)", x: 60, y: y)
            let isWrapped = index == 0
            writer.addRow(
                figures.enumerated().map { (140 + 20 * Double($0.offset), $0.element) }.filter {
                    !isWrapped || $0.1.count > 1
                },
                y: isWrapped ? y - 5.5 : y)
            if isWrapped { writer.addRow([(160, "0")], y: y) }
        }
        writer.addRow([(140, "30"), (180, "67")], y: 105.5)
        #expect(try outlineOf(writer) == ["[markup 2x4]", "规章0¦17 30¦0¦21 67", "规章1¦5¦0¦6"])
    }

    @Test func `a figure below the only one of a row is not joined with it, and not lost`() throws {
        var writer = PDFWriter()
        writer.add("行政许可", x: 60, y: 106)
        writer.add("11398", x: 200, y: 100)
        writer.add("889", x: 205, y: 112)
        writer.add("行政处罚", x: 60, y: 140)
        writer.add("26", x: 207, y: 140)
        #expect(try outlineOf(writer) == ["[markup 2x2]", "行政许可¦11398⏎889", "行政处罚¦26"])
    }
}
