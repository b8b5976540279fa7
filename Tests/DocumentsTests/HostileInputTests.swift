import Documents
import Testing

/// Any bytes must give a document whose spans lie in its text, or an error.
private func check(_ bytes: [UInt8], mediaType: String? = nil) {
    guard let document = try? Document.read(bytes, mediaType: mediaType) else { return }
    let end = document.text.count
    for paragraph in paragraphs(document) {
        #expect(paragraph.text.end <= end && !paragraph.text.isEmpty && paragraph.place.line > 0)
    }
    for grid in grids(document) {
        #expect(grid.rowCount * grid.columnCount <= DocumentLimits().expandedCellsMax)
        var last = (row: 0, column: -1)
        for cell in grid.cells {
            #expect(cell.text.end <= end && cell.rowSpan > 0 && cell.columnSpan > 0 && cell.place.line > 0)
            #expect(cell.row + cell.rowSpan <= grid.rowCount && cell.column + cell.columnSpan <= grid.columnCount)
            #expect((cell.row, cell.column) > last)
            last = (cell.row, cell.column)
        }
    }
}

private let mediaTypes = [nil, "text/plain", "text/html"]

struct HostileInputTests {
    @Test(arguments: 0..<48)
    func `random bytes give a document or an error`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let bytes = (0..<Int.random(in: 0...2000, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random)
        }
        for mediaType in mediaTypes { check(bytes, mediaType: mediaType) }
    }

    @Test(arguments: 0..<96)
    func `random mark-up and separators give a document or an error`(seed: UInt64) {
        let words = [
            "<table>", "</table>", "<tr>", "</tr>", "<td>", "<td rowspan=3 colspan=2>", "</td>", "<th rowspan=0>",
            "<p>",
            "</p>", "<br>", "<div>", "</div>", "<tbody>", "</tbody>", "<caption>", "<pre>", "</pre>", "<h2>", "</h2>",
            "<script>", "</script>", "<title>", "</title>", "<td hidden>", "<!--", "-->", "<![if x]>", "&nbsp;", "&#0;",
            "甲",
            "\u{A0}", " ", "\n", "\r", "\t", "|", "｜", "1", "　", "#", "---", "\n|\n", "|||", "\0", "<", "&", "é", "🏛",
        ]
        var random = SeededGenerator(seed: seed)
        let text = (0..<300).compactMap { _ in words.randomElement(using: &random) }.joined()
        for mediaType in mediaTypes { check(Array(text.utf8), mediaType: mediaType) }
    }

    @Test(arguments: SharedReports.names(["txt", "md", "html"]))
    func `damaged reports give a document or an error`(name: String) throws {
        let original = try SharedReports.bytes(name).prefix(12_000)
        var random = SeededGenerator(seed: UInt64(original.count))
        for _ in 0..<12 {
            var bytes = Array(original.prefix(Int.random(in: 1...original.count, using: &random)))
            for _ in 0..<Int.random(in: 0...20, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            check(bytes)
            check(bytes, mediaType: "text/html")
        }
    }

    @Test func `ten million random bytes are refused`() {
        var random = SeededGenerator(seed: 10)
        let bytes = (0..<1_250_000).flatMap { _ in withUnsafeBytes(of: random.next()) { Array($0) } }
        #expect(throws: DocumentError.notText) { try Document.read(bytes) }
    }

    @Test(arguments: ["<div>", "<b>", "<table><tr><td>", "<table><tr><td>甲<table>", "<ul><li>"])
    func `a hundred thousand nested elements are refused`(tag: String) {
        let text = String(repeating: tag, count: 100_000)
        #expect(throws: DocumentError.limitExceeded(.nestingDepth, maximum: 512)) {
            try Document.read(Array(text.utf8), mediaType: "text/html")
        }
    }

    @Test(arguments: ["<a", "<a x='>' \"", "<b <i", "<a x=y\"", "<a x = '\" >'"])
    func `a tag of ten thousand attributes is refused before it is parsed`(start: String) {
        let text = start + (0..<10_000).map { " a\($0)" }.joined()
        let limits = DocumentLimits(markupCostMax: 10_000_000)
        #expect(throws: DocumentError.limitExceeded(.markupCost, maximum: 10_000_000)) {
            try Document.read(Array(text.utf8), mediaType: "text/html", limits: limits)
        }
    }

    @Test func `a text of unclosed tags is refused before it is parsed`() {
        let text = String(repeating: "<b ", count: 100_000)
        #expect(throws: DocumentError.limitExceeded(.markupCost, maximum: 10_000_000)) {
            try Document.read(
                Array(text.utf8), mediaType: "text/html", limits: DocumentLimits(markupCostMax: 10_000_000))
        }
    }

    @Test(arguments: [
        "|", "\t", "|\n", "甲\n|\n", "甲\t乙\n", "甲|乙\n", "#\n", "\n", "\r", "　", "<td>", "<!--", "&a;", "\u{A0}<br>",
    ])
    func `a million of one thing is bounded`(piece: String) {
        let text = String(repeating: piece, count: 1_000_000 / piece.utf8.count)
        for mediaType in mediaTypes { check(Array(text.utf8), mediaType: mediaType) }
    }
}
