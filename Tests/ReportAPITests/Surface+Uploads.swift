import Foundation
import Reports
import Support

extension Surface {
    /// Uploads files in a zip that is worked on after the answer; gives its address.
    func acceptedUpload(
        _ members: [(String, [UInt8])], query: String = "", _ fields: [(String, String)] = []
    ) async throws -> String {
        let answer = try await send(
            "POST", "/reports" + query, [("Prefer", "respond-async")] + fields, body: zip(members))
        guard answer.status == 202, let location = answer["Location"] else { throw NotAccepted(answer: answer.text) }
        return location
    }

    /// What an upload comes to.
    func ended(_ location: String) async throws -> JSONValue {
        var json = JSONValue.null
        let isOver = try await Patience.until {
            json = try await get(location).json
            return json["state"]?.string.map { !["waiting", "running"].contains($0) } ?? true
        }
        guard isOver else { throw NotAccepted(answer: "\(location) has not ended") }
        return json
    }

    /// The names of the files that uploads keep.
    func uploadFiles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: settings.uploadFolder)
    }

    /// The number of reports.
    func reportCount() async throws -> Int { try await store.reportCount(.init()) }

    struct NotAccepted: Error {
        let answer: String
    }
}

/// A zip of members in bytes.
func zip(_ members: [(String, [UInt8])]) -> [UInt8] {
    var writer = ZIPWriter()
    for (name, bytes) in members { writer.add(Array(name.utf8), bytes) }
    return writer.finished()
}

/// The tables of a report, without a name.
var namelessTables: String {
    get throws {
        struct NoSuchSections: Error {}
        let text = String(decoding: try SampleReport.text.bytes, as: UTF8.self)
        guard let start = text.range(of: "二、主动公开")?.lowerBound, let end = text.range(of: "五、存在的主要问题")?.lowerBound
        else { throw NoSuchSections() }
        return String(text[start..<end])
    }
}

/// A form with fields before its one file; its boundary is `XYZ`.
func form(_ fields: [(String, String)], _ file: String) -> [UInt8] {
    let parts = fields.map { "--XYZ\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n" }
    let head = "--XYZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"tables.txt\"\r\n"
    return Array((parts.joined() + head + "Content-Type: text/plain\r\n\r\n" + file + "\r\n--XYZ--\r\n").utf8)
}

/// A Word file of a report: a paragraph a line.
func word(_ sample: SampleReport) throws -> [UInt8] {
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    let paragraphs = try rows(of: sample).map { "<w:p><w:r><w:t>\($0.joined(separator: " "))</w:t></w:r></w:p>" }
    let body = "<w:document xmlns:w='\(space)'><w:body>\(paragraphs.joined())</w:body></w:document>"
    return ZIPWriter.archive([("[Content_Types].xml", "<Types/>"), ("word/document.xml", body)])
}

/// An Excel file of a report: a row a line.
func workbook(_ sample: SampleReport) throws -> [UInt8] {
    let space = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
    let relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    let rows = try rows(of: sample).enumerated().map { row in
        let cells = row.element.prefix(26).enumerated().map { cell in
            let column = Character(UnicodeScalar(UInt8(65 + cell.offset)))
            return "<c r='\(column)\(row.offset + 1)' t='inlineStr'><is><t>\(cell.element)</t></is></c>"
        }
        return "<row r='\(row.offset + 1)'>\(cells.joined())</row>"
    }
    return ZIPWriter.archive([
        ("xl/workbook.xml", "<workbook \(space) xmlns:r='r'><sheets><sheet name='一' r:id='r1'/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns='\(relations)'><Relationship Id='r1' Target='worksheets/sheet1.xml'/></Relationships>"
        ),
        ("xl/worksheets/sheet1.xml", "<worksheet \(space)><sheetData>\(rows.joined())</sheetData></worksheet>"),
    ])
}

private func rows(of sample: SampleReport) throws -> [[Substring]] {
    String(decoding: try sample.bytes, as: UTF8.self).split(separator: "\n")
        .map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
}
