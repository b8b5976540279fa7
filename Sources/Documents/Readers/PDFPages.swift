/// One page as `pdftotext` describes it.
struct PDFPage: Sendable {
    var number: Int
    var width: Double
    var height: Double
    var words: [PDFText] = []
}

/// Reads what `pdftotext -bbox-layout` writes.
///
/// It is XHTML in name only: control characters of the document stand in it as they are, which no XML parser takes. Of
/// its lines those that begin with `<page ` and `<word ` are read; a text cannot make one, its `<` is written `&lt;`.
enum PDFPages {
    /// The pages, and the title that the document gives itself.
    static func read(_ output: [UInt8]) -> (pages: [PDFPage], title: String?) {
        var pages: [PDFPage] = []
        var title: String?
        for line in output.split(separator: 0x0A) {
            let line = line.drop { $0 == 0x20 }
            if line.starts(with: wordTag) {
                guard let last = pages.indices.last, let word = word(line) else { continue }
                pages[last].words.append(word)
            } else if line.starts(with: pageTag) {
                let size = numbers(line, 2)
                guard size.count == 2 else { continue }
                pages.append(PDFPage(number: pages.count + 1, width: size[0], height: size[1]))
            } else if title == nil, line.starts(with: titleTag) {
                title = content(line).flatMap { $0.hasPrefix("ÿþ") || $0.hasPrefix("þÿ") ? nil : $0 }
            }
        }
        return (pages, title)
    }

    private static let wordTag = Array("<word ".utf8)
    private static let pageTag = Array("<page ".utf8)
    private static let titleTag = Array("<title>".utf8)

    private static func word(_ line: ArraySlice<UInt8>) -> PDFText? {
        let box = numbers(line, 4)
        guard box.count == 4, box[2] >= box[0], box[3] > box[1], let text = content(line) else { return nil }
        return PDFText(x0: box[0], y0: box[1], x1: box[2], y1: box[3], text: text)
    }

    /// The first numbers in quotes.
    private static func numbers(_ line: ArraySlice<UInt8>, _ count: Int) -> [Double] {
        var numbers: [Double] = []
        var rest = line
        while numbers.count < count, let open = rest.firstIndex(of: 0x22) {
            let tail = rest[(open + 1)...]
            guard let close = tail.firstIndex(of: 0x22),
                let number = Double(String(decoding: tail[..<close], as: UTF8.self)), abs(number) < 1e6
            else { return [] }
            numbers.append(number)
            rest = tail[(close + 1)...]
        }
        return numbers
    }

    /// What stands between the tags; nil where it is white space.
    private static func content(_ line: ArraySlice<UInt8>) -> String? {
        guard let start = line.firstIndex(of: 0x3E), let end = line.lastIndex(of: 0x3C), start < end else { return nil }
        let bytes = unescaped(line[(start + 1)..<end])
        let span = WhiteSpace.trim(bytes, 0, bytes.count)
        guard !span.isEmpty else { return nil }
        return CJKRadicals.replaced(in: String(decoding: bytes[span.start..<span.end], as: UTF8.self))
    }

    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard bytes.contains(0x26) else { return Array(bytes) }
        var text: [UInt8] = []
        var rest = bytes
        while let byte = rest.first {
            let entity = byte == 0x26 ? entities.first { rest.starts(with: $0.name) } : nil
            text.append(entity?.value ?? byte)
            rest = rest.dropFirst(entity?.name.count ?? 1)
        }
        return text
    }

    private static let entities: [(name: [UInt8], value: UInt8)] = [
        (Array("&amp;".utf8), 0x26), (Array("&lt;".utf8), 0x3C), (Array("&gt;".utf8), 0x3E),
        (Array("&quot;".utf8), 0x22), (Array("&apos;".utf8), 0x27), (Array("&#39;".utf8), 0x27),
    ]
}

extension PDFPage {
    /// The lines from top to bottom, without the page's number.
    func lines() -> [PDFLine] {
        var groups: [[PDFText]] = []
        var open: [Int] = []
        let level = PDFMarks.joined(PDFTilt.removed(from: words))
        for word in level.sorted(by: { ($0.centerY, $0.x0) < ($1.centerY, $1.x0) }) {
            // Centres only grow: lines too far above never come back.
            open.removeAll { word.centerY - groups[$0][0].centerY > 2 * word.height }
            open = open.suffix(PDFPage.openLinesMax)
            let found =
                open.last { PDFPage.touches(groups[$0], word) } ?? open.last { PDFPage.isSameLine(groups[$0], word) }
            if let found {
                groups[found].append(word)
            } else {
                open.append(groups.count)
                groups.append([word])
            }
        }
        var lines = groups.map { PDFLine($0) }.sorted { $0.box.centerY < $1.box.centerY }
        lines.removeAll { isPageNumber($0) }
        for index in lines.indices { lines[index].number = index + 1 }
        return PDFNarrowCells.separated(lines)
    }

    private static let openLinesMax = 64

    /// Whether the middle of a word lies at the height of a line.
    private static func isSameLine(_ line: [PDFText], _ word: PDFText) -> Bool {
        let nearest = line[line.count - 1]
        let first = line[0]
        let tolerance = 0.35 * min(first.height, word.height)
        return abs(word.centerY - first.centerY) < tolerance || abs(word.centerY - nearest.centerY) < tolerance / 3
    }

    /// Whether a word goes on with one of a line, of which it may be in another font that stands a little lower.
    private static func touches(_ line: [PDFText], _ word: PDFText) -> Bool {
        line.suffix(touchedMax).contains { other in
            let gap = max(word.x0 - other.x1, other.x0 - word.x1)
            return abs(gap) < 0.1 * word.em
                && abs(word.centerY - other.centerY) < 0.35 * min(other.height, word.height)
        }
    }

    /// How many words of a line are looked at.
    private static let touchedMax = 16

    /// `- 4 -`, `—4—`, `第4页 共5页` at the upper or lower edge; a bare number only within the outermost margin.
    private func isPageNumber(_ line: PDFLine) -> Bool {
        let part = line.box.centerY / max(height, 1)
        guard part < 0.1 || part > 0.86 else { return false }
        let text = line.box.text.filter { !$0.isWhitespace }
        let digits = text.filter(\.isNumber)
        guard (1...4).contains(digits.count) || text.hasPrefix("第") && digits.count < 9 else { return false }
        if text.hasPrefix("第") { return text.hasSuffix("页") && text.count < 16 }
        let marks = text.filter { !$0.isNumber }
        if marks.isEmpty { return part < 0.06 || part > 0.92 }
        return marks.count >= 2 && marks.allSatisfy { "-—–－─一・·~～".contains($0) } || text.contains("/") && part > 0.92
    }
}
