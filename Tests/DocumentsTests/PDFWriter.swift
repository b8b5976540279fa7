import Foundation

/// Makes small PDFs: texts at places, in points from the upper left corner, Chinese in a font that is not embedded.
struct PDFWriter {
    private var pages: [String] = [""]
    private let height = 842.0

    /// A PDF of lines of text, each some way down the page.
    static func file(_ texts: [(x: Double, y: Double, text: String)]) -> [UInt8] {
        var writer = PDFWriter()
        for text in texts { writer.add(text.text, x: text.x, y: text.y) }
        return writer.finished()
    }

    mutating func beginPage() {
        pages.append("")
    }

    /// Sets a text with its upper left corner at a place.
    mutating func add(_ text: String, x: Double, y: Double, size: Double = 10) {
        let codes = text.utf16.map { String(format: "%04X", $0) }.joined()
        pages[pages.count - 1] += "BT /F \(size) Tf \(x) \(height - y - size) Td <\(codes)> Tj ET\n"
    }

    /// Sets the cells of a row, each with its middle at a place.
    mutating func addRow(_ cells: [(Double, String)], y: Double, size: Double = 10) {
        for (middle, text) in cells {
            let width = text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? size / 2 : size) }
            add(text, x: middle - width / 2, y: y, size: size)
        }
    }

    func finished(trailer: String = "") -> [UInt8] {
        let kids = pages.indices.map { "\(10 + 2 * $0) 0 R" }.joined(separator: " ")
        var objects: [(Int, String)] = [
            (1, "<</Type/Catalog/Pages 2 0 R>>"), (2, "<</Type/Pages/Count \(pages.count)/Kids[\(kids)]>>"),
            (
                3,
                "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>"
            ),
            (
                4,
                """
                <</Type/Font/Subtype/CIDFontType2/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>\
                /FontDescriptor 5 0 R/DW 1000/W[0 255 500]>>
                """
            ),
            (
                5,
                "<</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 -200 1000 900]/Ascent 880/Descent -120/StemV 80/ItalicAngle 0/CapHeight 700>>"
            ),
            (6, stream(PDFWriter.unicodeMap)),
        ]
        for (index, page) in pages.enumerated() {
            objects.append(
                (
                    10 + 2 * index,
                    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents \(11 + 2 * index) 0 R>>"
                ))
            objects.append((11 + 2 * index, stream(page)))
        }
        let body = objects.map { "\($0.0) 0 obj\n\($0.1)\nendobj\n" }.joined()
        return Array("%PDF-1.4\n\(body)trailer\n<</Root 1 0 R/Size 100\(trailer)>>\n%%EOF\n".utf8)
    }

    private func stream(_ text: String) -> String {
        "<</Length \(text.utf8.count)>>\nstream\n\(text)\nendstream"
    }

    /// Codes are UTF-16 and mean themselves.
    private static let unicodeMap = """
        /CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def
        1 begincodespacerange <0000> <FFFF> endcodespacerange
        1 beginbfrange <0000> <FFFF> <0000> endbfrange
        endcmap CMapName currentdict /CMap defineresource pop end end
        """
}
