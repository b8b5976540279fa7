import Documents
import ReportParsing
import Reports

@testable import Documents

// libFuzzer's entry for the readers of documents and the parser of reports; Tests/fuzz.sh compiles it. The first byte of
// an input chooses the reader, the rest is what it reads. A trap or a bad access in Swift or in C is a find.

/// Reads the input with one reader; what comes of it goes through parser, checks and JSON.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    guard let reader = input.first else { return 0 }
    if let document = try? read(Array(input.dropFirst()), with: reader) { parse(document) }
    return 0
}

/// `t` text, `c` comma-separated values, `h` HTML, `w` the main part of a Word file, `s` its styles and numbering, `x` a
/// sheet, `y` its strings, `p` the words of a PDF, `a` an archive, `r` a report as JSON; anything else is told by its content.
private func read(_ bytes: [UInt8], with reader: UInt8) throws -> Document? {
    switch reader {
    case UInt8(ascii: "t"): return try Document.read(bytes, mediaType: "text/plain")
    case UInt8(ascii: "c"): return try Document.read(bytes, mediaType: "text/csv")
    case UInt8(ascii: "h"): return try Document.read(bytes, mediaType: "text/html")
    case UInt8(ascii: "w"): return try Document.read(office([("word/document.xml", bytes)]))
    case UInt8(ascii: "s"):
        let list =
            "<w:document xmlns:w='\(word)'><w:body><w:p><w:pPr><w:pStyle w:val='a'/><w:numPr><w:numId w:val='1'/>"
            + "</w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>"
        return try Document.read(
            office([
                ("word/document.xml", Array(list.utf8)), ("word/styles.xml", bytes), ("word/numbering.xml", bytes),
                ("docProps/core.xml", bytes),
            ]))
    case UInt8(ascii: "x"): return try Document.read(workbook(sheet: bytes, strings: Array("<sst/>".utf8)))
    case UInt8(ascii: "y"):
        let sheet =
            "<worksheet xmlns='\(spread)'><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c></row></sheetData></worksheet>"
        return try Document.read(workbook(sheet: Array(sheet.utf8), strings: bytes))
    case UInt8(ascii: "p"): return try PDF.read(output: bytes, limits: DocumentLimits())
    case UInt8(ascii: "a"):
        let archive = try Archive(bytes)
        while let member = try archive.next() { precondition(member.size == member.bytes.count) }
        return nil
    case UInt8(ascii: "r"):
        write(CheckedReport(try AnnualReport(document: JSONDocument(bytes))))
        return nil
    default:
        // A PDF would start a process for each input.
        return PDF.isPDF(bytes) ? nil : try Document.read(bytes)
    }
}

private let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
private let spread = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

private func office(_ parts: [(String, [UInt8])]) -> [UInt8] {
    var writer = ZIPWriter()
    for (name, bytes) in parts { writer.add(Array(name.utf8), bytes) }
    return writer.finished()
}

private func workbook(sheet: [UInt8], strings: [UInt8]) -> [UInt8] {
    let book = "<workbook xmlns='\(spread)' xmlns:r='r'><sheets><sheet name='一' r:id='r1'/></sheets></workbook>"
    let relations =
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        + "<Relationship Id='r1' Target='worksheets/sheet1.xml'/></Relationships>"
    return office([
        ("xl/workbook.xml", Array(book.utf8)), ("xl/_rels/workbook.xml.rels", Array(relations.utf8)),
        ("xl/sharedStrings.xml", strings), ("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// Every span lies within the text; the parser and the checks take whatever a reader makes.
private func parse(_ document: Document) {
    for block in document.blocks {
        switch block {
        case .paragraph(let paragraph): precondition(paragraph.text.end <= document.text.count)
        case .grid(let grid): precondition(grid.cells.allSatisfy { $0.text.end <= document.text.count })
        }
    }
    precondition(String(validating: document.text, as: UTF8.self) != nil)
    let parsed = ReportParser.parse(document)
    guard let year = parsed.year ?? ReportYear(2023) else { return }
    write(
        CheckedReport(
            parsed.report(agency: parsed.agency ?? "", year: year), cells: parsed.cells,
            readerFindings: parsed.findings, published: parsed.published))
}

private func write(_ checked: CheckedReport) {
    var json = JSONWriter(reserving: 4096)
    json.beginObject()
    CanonicalJSON.writeMembers(of: checked.report, to: &json)
    CanonicalJSON.writeQuality(checked.quality, to: &json)
    json.key("findings")
    CanonicalJSON.write(checked.findings, to: &json)
    json.key("cells")
    CanonicalJSON.write(checked.cells, to: &json)
    json.key("narrative")
    CanonicalJSON.write(checked.report.narrative, to: &json)
    json.endObject()
    precondition((try? JSONValue(json.bytes)) != nil)
}
