/// Writes tables with merged cells as a web page whose source or display can be pasted into Word or a website: every
/// style stands in its element.
public enum GridHTML {
    /// The page in UTF-8. O(its length).
    public static func bytes(_ page: GridPage) -> [UInt8] {
        let title = escaped(page.title)
        var html = """
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head><meta charset="utf-8"><title>\(title)</title></head>
            <body>
            <h1 style="text-align:center;font-size:18pt">\(title)</h1>

            """
        for note in page.notes { html += "<p style=\"text-align:center\">\(escaped(note))</p>\n" }
        for section in page.sections {
            if !section.heading.isEmpty { html += "<h2 style=\"font-size:14pt\">\(escaped(section.heading))</h2>\n" }
            switch section.content {
            case .paragraph(let text): html += "<p>\(escaped(text))</p>\n"
            case .grid(let grid): html += table(grid)
            }
        }
        return Array((html + "</body>\n</html>\n").utf8)
    }

    private static func table(_ grid: CellGrid) -> String {
        let total = max(grid.widths.reduce(0, +), 1)
        let columns = grid.widths.map { "<col width=\"\($0 * 100 / total)%\">" }.joined()
        let rows = grid.rows.map { "<tr>\($0.map { cell($0) }.joined())</tr>\n" }.joined()
        // Word knows widths as attributes.
        let style = "border-collapse:collapse;border:1px solid #000"
        return "<table width=\"100%\" border=\"1\" cellspacing=\"0\" style=\"\(style)\">\n"
            + "<colgroup>\(columns)</colgroup>\n<tbody>\n\(rows)</tbody>\n</table>\n"
    }

    private static func cell(_ box: CellGrid.Box) -> String {
        let rows = box.rowSpan > 1 ? " rowspan=\"\(box.rowSpan)\"" : ""
        let columns = box.columnSpan > 1 ? " colspan=\"\(box.columnSpan)\"" : ""
        let side = box.isLeading ? "left" : "center"
        let style = "border:1px solid #000;padding:3px;font-size:10.5pt;vertical-align:middle;text-align:\(side)"
        // Editors drop the borders of cells that hold nothing.
        let text = box.cell.text.isEmpty ? "&nbsp;" : escaped(box.cell.text)
        return "<td\(rows)\(columns) style=\"\(style)\">\(text)</td>"
    }

    private static func escaped(_ text: String) -> String {
        CellText.clean(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("\n", with: "<br>")
    }
}
