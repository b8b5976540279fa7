/// Reads PDF files that hold text.
enum PDF {
    static let mediaType = "application/pdf"

    /// Whether the bytes are those of a PDF, which may stand behind other things (ISO 32000, annex H).
    static func isPDF(_ bytes: [UInt8]) -> Bool {
        let start = bytes.span.extracting(first: 1024)
        // Most texts have no such sign there: all places are looked at, many at once.
        var signs: UInt8 = 0
        for index in 0..<start.count { signs |= start[index] == UInt8(ascii: "%") ? 1 : 0 }
        guard signs != 0 else { return false }
        return start.indices.contains { start[$0] == 0x25 && bytes[$0...].starts(with: mark) }
    }

    private static let mark = Array("%PDF-".utf8)
    private static let encryptionMark = Array("/Encrypt".utf8)

    /// Reads a file. A place is the page and the line on it, page numbers not counted.
    ///
    /// - Throws: `damaged`, `encrypted`, `noText`, `limitExceeded`, `toolMissing`, `toolFailed`, `timedOut`.
    static func read(
        _ bytes: [UInt8], limits: DocumentLimits, tool: PDFTool = PDFTool()
    ) throws(DocumentError) -> Document {
        let output: [UInt8]
        do throws(DocumentError) {
            output = try tool.run(bytes, limits: limits)
        } catch .damaged where bytes.indices.contains(where: { bytes[$0...].starts(with: encryptionMark) }) {
            throw .encrypted("PDF")
        }
        do throws(DocumentError) {
            return try read(output: output, limits: limits)
        } catch .noText(let name, let convertTo) {
            // Without them the tool passes over all that is written in such a font, and says so to nobody.
            if needsMaps(bytes, limits), !tool.hasMaps {
                throw .toolMissing("a map of Chinese characters", package: "poppler-data")
            }
            throw .noText(name: name, convertTo: convertTo)
        }
    }

    /// Whether a file is written in a Chinese font that it does not hold.
    private static func needsMaps(_ bytes: [UInt8], _ limits: DocumentLimits) -> Bool {
        let tool = PDFTool(program: "pdffonts", arguments: ["-"])
        guard let list = try? tool.run(bytes, limits: limits) else { return false }
        return list.split(separator: 0x0A).contains { line in
            let words = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
            return words.contains("CID") && words.contains { $0.hasPrefix("UniGB") || $0.hasPrefix("GB") }
        }
    }

    /// Reads the words that `pdftotext` has found.
    ///
    /// - Throws: `damaged`, `noText`, `limitExceeded`.
    static func read(output: [UInt8], limits: DocumentLimits) throws(DocumentError) -> Document {
        let (pages, title) = PDFPages.read(output)
        guard !pages.isEmpty else { throw .damaged("PDF") }
        var assembly = PDFAssembly(limits: limits)
        let lines = PDFRunningLines.removed(from: pages.map { $0.lines() }, heights: pages.map(\.height))
        for (page, lines) in zip(pages, lines) { try assembly.add(page, lines) }
        let document = try assembly.finish(title: title)
        guard !document.blocks.isEmpty else {
            throw .noText(name: "PDF of page images", convertTo: ForeignFormat.recognised)
        }
        return document
    }
}
