import Glibc
import Support
import Testing

@testable import Documents

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
    func `random bytes give a document or an error`(seed: Int) {
        var random = SeededGenerator(seed: seed)
        let bytes = (0..<Int.random(in: 0...2000, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random)
        }
        for mediaType in mediaTypes { check(bytes, mediaType: mediaType) }
    }

    @Test(arguments: 0..<96)
    func `random mark-up and separators give a document or an error`(seed: Int) {
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
        var random = SeededGenerator(seed: original.count)
        for _ in 0..<12 {
            var bytes = Array(original.prefix(Int.random(in: 1...original.count, using: &random)))
            for _ in 0..<Int.random(in: 0...20, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            check(bytes)
            check(bytes, mediaType: "text/html")
        }
    }

    @Test(arguments: SharedReports.names(["docx", "pdf"]))
    func `damaged files give a document or an error`(name: String) throws {
        let original = try SharedReports.bytes(name)
        var random = SeededGenerator(seed: original.count)
        for _ in 0..<8 {
            var bytes = original
            if Bool.random(using: &random) {
                bytes = Array(bytes.prefix(Int.random(in: 1...bytes.count, using: &random)))
            }
            for _ in 0..<Int.random(in: 0...20, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            check(bytes)
        }
    }

    @Test(arguments: 0..<64)
    func `random Word mark-up gives a document or an error`(seed: Int) {
        let words = [
            "<w:p>", "<w:r>", "<w:t>甲</w:t>", "<w:tbl>", "<w:tr>", "<w:tc>", "<w:tcPr><w:gridSpan w:val='3'/></w:tcPr>",
            "<w:tcPr><w:vMerge/></w:tcPr>", "<w:tcPr><w:vMerge w:val='restart'/></w:tcPr>", "<w:txbxContent>",
            "<w:br/>",
            "<w:tab/>", "<mc:AlternateContent>", "<mc:Choice>", "<mc:Fallback>", "<w:del>", "<w:pPr>", "<w:rPr>",
            "<w:trPr>",
            "<w:trPr><w:del/></w:trPr>", "<w:trPr><w:gridBefore w:val='2'/></w:trPr>",
            "<w:fldChar w:fldCharType='begin'/>",
            "<w:fldChar w:fldCharType='end'/>", "<w:numPr><w:numId w:val='1'/></w:numPr>", "<w:vanish/>", "</>", "</>",
            "</>",
        ]
        var random = SeededGenerator(seed: seed)
        var open: [Substring] = []
        var body = ""
        for _ in 0..<200 {
            guard let word = words.randomElement(using: &random) else { continue }
            if word == "</>" {
                body += open.popLast().map { "</\($0)>" } ?? ""
            } else {
                body += word
                if !word.contains("/") { open.append(word.dropFirst().dropLast()) }
            }
        }
        check(word(body + open.reversed().map { "</\($0)>" }.joined()))
    }

    @Test func `entities and deep nesting in office files are refused`() {
        let laughs = "<!DOCTYPE x [<!ENTITY a 'haha'><!ENTITY b '&a;&a;&a;&a;'>]><x>&b;</x>"
        let bytes = ZIPWriter.archive([("word/document.xml", laughs)])
        #expect(throws: DocumentError.damaged("document type")) { try Document.read(bytes) }
        let deep = String(repeating: "<w:sdt>", count: 100_000)
        #expect(throws: DocumentError.limitExceeded(.nestingDepth, maximum: 250)) { try Document.read(word(deep)) }
        #expect(throws: DocumentError.damaged("word/document.xml")) { try Document.read(word("<w:p>")) }
        #expect(throws: DocumentError.damaged("word/document.xml")) { try Document.read(word("&b;")) }
    }

    @Test func `an office file that unpacks to a thousand times its size is refused`() {
        var bomb = ZIPWriter()
        let spaces = [UInt8](repeating: 0x20, count: 12 << 20)
        bomb.add(Array("word/document.xml".utf8), Array("<x>".utf8) + spaces, .init(isDeflated: true))
        #expect(throws: DocumentError.archive(.limitExceeded(.ratio, maximum: 200, member: "word/document.xml"))) {
            try Document.read(bomb.finished())
        }
    }

    @Test func `huge spans and lists in office files are bounded`() {
        let wide = String(repeating: tc("甲", "<w:gridSpan w:val='99999999999'/>"), count: 3)
        check(word("<w:tbl><w:tr>\(wide)</w:tr></w:tbl>"))
        let rows = String(repeating: "<w:tr>\(tc("", "<w:gridSpan w:val='1000'/>"))</w:tr>", count: 2000)
        #expect(throws: DocumentError.limitExceeded(.expandedCells, maximum: 1_000_000)) {
            try Document.read(word("<w:tbl>\(rows)</w:tbl>"))
        }
        check(word(p("甲", "<w:numPr><w:ilvl w:val='999'/><w:numId w:val='-5'/></w:numPr><w:outlineLvl w:val='-9'/>")))
    }

    @Test(arguments: 0..<24)
    func `random pages give a document or an error`(seed: Int) {
        let words = ["0", "12", "/", "一、本年", "（一）", "1.", "结果", "总", "计", "，", "2023年", "a b", "－", "1,234.5 万元", "。"]
        var random = SeededGenerator(seed: seed)
        var writer = PDFWriter()
        for _ in 0..<150 {
            let text = words.randomElement(using: &random) ?? ""
            let column = Double(Int.random(in: 0..<12, using: &random)) * 45
            let line =
                Double(Int.random(in: 0..<40, using: &random)) * 19 + Double(Int.random(in: 0..<3, using: &random))
            writer.add(text, x: column, y: line, size: Double(Int.random(in: 1...16, using: &random)))
            if Int.random(in: 0..<80, using: &random) == 0 { writer.beginPage() }
        }
        check(writer.finished())
    }

    @Test func `a page of a hundred thousand words is read within seconds`() {
        var output = "<page width=\"595\" height=\"842\">\n"
        for index in 0..<100_000 {
            let (x, y) = (index % 300 * 2, index / 300)
            output += "<word xMin=\"\(x)\" yMin=\"\(y)\" xMax=\"\(x + 1)\" yMax=\"\(y + 9)\">\(index % 7)</word>\n"
        }
        let start = processorSeconds()
        var assembly = PDFAssembly(limits: DocumentLimits())
        for page in PDFPages.read(Array(output.utf8)).pages { try? assembly.add(page, page.lines()) }
        #expect((try? assembly.finish(title: nil)) != nil)
        // A sanitizer, which makes it ten times as slow, looks for other things.
        #expect(getenv("SANITIZER") != nil || processorSeconds() - start < 30)
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
        "+-", "+-+\n|甲|\n", "<b ", "甲\t\n1\n\t", "甲\n\n\t\n\n乙\n\n\n\n", "\\.", "<table><tr><td>甲",
    ])
    func `a million of one thing is bounded`(piece: String) {
        let text = String(repeating: piece, count: 1_000_000 / piece.utf8.count)
        for mediaType in mediaTypes { check(Array(text.utf8), mediaType: mediaType) }
    }
}

/// What this thread has computed so far: what else runs on the machine does not count.
private func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
