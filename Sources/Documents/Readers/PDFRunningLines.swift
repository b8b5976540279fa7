/// Tells what a program prints in the margin of every page (`2024/1/26 10:21  …年度报告`, `https://… 2/5`) from the document.
enum PDFRunningLines {
    /// Pages as lines without those that stand in the margins of all pages, or of all but one, their numbers apart.
    static func removed(from pages: [[PDFLine]], heights: [Double]) -> [[PDFLine]] {
        guard pages.count > 1 else { return pages }
        var counts: [Key: Int] = [:]
        for (lines, height) in zip(pages, heights) {
            for key in Set(lines.compactMap({ Key($0, height) })) { counts[key, default: 0] += 1 }
        }
        let least = max(2, pages.count - 1)
        return zip(pages, heights).map { lines, height in
            lines.filter { line in Key(line, height).map { counts[$0, default: 0] < least } ?? true }
        }
    }

    /// A line in the margin: what is printed, digits apart, and where.
    private struct Key: Hashable {
        let text: String
        let x: Int
        let y: Int

        /// Nil for what stands elsewhere, and for rows of figures, of which several may be alike.
        init?(_ line: PDFLine, _ height: Double) {
            let part = line.box.centerY / max(height, 1)
            guard part < 0.06 || part > 0.94, line.figures.count < 2 else { return nil }
            text = String(line.box.text.lazy.filter { !$0.isWhitespace && !$0.isNumber })
            guard text.count >= 4 else { return nil }
            x = Int(line.box.x0.rounded())
            y = Int(line.box.centerY.rounded())
        }
    }
}
