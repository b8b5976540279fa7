import Documents
import Testing

/// Rows of the table of requests by the beginning of their label, and where their figures stand in a report.
private let rows = [
    ("一、本年新收", "newReceived"), ("二、上年结转", "carriedOver"), ("（一）予以公开", "granted"),
    ("（二）部分公开", "partiallyGranted"), ("3.危及", "denied.securityAndStability"),
    ("6.属于四类", "denied.processInformation"), ("8.属于行政查询", "denied.administrativeInquiry"),
    ("1.本机关不掌握", "unavailable.notHeld"), ("4.无正当理由", "notHandled.excessive"),
    ("（七）总计", "totalProcessed"), ("四、结转下年度", "carriedForward"),
]

private let columns = [
    "naturalPerson", "commercialEnterprise", "researchInstitution", "publicWelfareOrganization",
    "legalServiceOrganization", "otherOrganization", "total",
]

private func expected(_ row: String, of figures: [String: String]) -> [String]? {
    let values = columns.compactMap { figures["requests.\(row).\($0)"] }
    return values.count == columns.count ? values : nil
}

@Suite(.enabled(if: SharedReports.folder != nil))
struct SharedReportsTests {
    @Test(arguments: SharedReports.names(["txt", "md", "html", "pdf", "docx"]))
    func `every file becomes a document with the report's words`(name: String) throws {
        let document = try Document.read(SharedReports.bytes(name), name: name)
        let text = String(decoding: document.text, as: UTF8.self)
        #expect(text.contains("政府信息公开") || text.contains("政务信息公开"))
        #expect(!text.contains("\u{FFFD}") && !text.contains("<![") && !document.blocks.isEmpty)
    }

    @Test(arguments: SharedReports.names(["txt"]).filter { $0.contains("-lines-") && !$0.contains("blank") })
    func `cells one a line stand in order behind their label, blanks included`(name: String) throws {
        let figures = try SharedReports.figures(name)
        let document = try Document.read(SharedReports.bytes(name))
        let cells = grids(document).flatMap(\.cells).map { document.string($0.text) }
        #expect(grids(document).allSatisfy { $0.kind == .stream })
        for (label, path) in rows {
            guard var values = expected(path, of: figures) else { continue }
            if name.contains("dropped") { values.removeAll(where: \.isEmpty) }
            let index = try #require(cells.firstIndex { $0.hasPrefix(label) || $0.hasPrefix(label.ordinalComma) })
            #expect(Array(cells[(index + 1)...].prefix(values.count)) == values, "\(label)")
        }
    }

    @Test(arguments: SharedReports.names(["txt", "md"]).filter { $0.contains("pipe-") || $0.contains("markdown") })
    func `cells between bars stand behind their label`(name: String) throws {
        let figures = try SharedReports.figures(name)
        let document = try Document.read(SharedReports.bytes(name))
        #expect(grids(document).allSatisfy { $0.kind == .pipes })
        for (label, path) in rows {
            guard let values = expected(path, of: figures), values.allSatisfy({ !$0.isEmpty }) else { continue }
            #expect(row(label, in: document).map { Array($0.prefix(7)) } == values, "\(label)")
        }
    }

    @Test(arguments: SharedReports.names(["html", "docx", "pdf"]))
    func `cells stand under their column`(name: String) throws {
        let figures = try SharedReports.figures(name)
        let document = try Document.read(SharedReports.bytes(name))
        for (label, path) in rows {
            guard let values = expected(path, of: figures), let found = row(label, in: document) else { continue }
            #expect(Array(found.prefix(7)) == values, "\(label)")
        }
    }

    /// The cells behind the one that begins with a label, in the first grid that has it.
    private func row(_ label: String, in document: Document) -> [String]? {
        for grid in grids(document) {
            guard let cell = grid.cells.first(where: { document.string($0.text).hasPrefix(label) }) else { continue }
            return grid.cells.filter { $0.row == cell.row && $0.column > cell.column }.map { document.string($0.text) }
        }
        return nil
    }
}

extension String {
    /// The label with `、` behind its ordinal, as some reports write it.
    fileprivate var ordinalComma: String { replacing(".", with: "、") }
}
