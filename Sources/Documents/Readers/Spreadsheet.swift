/// Reads Excel workbooks (`.xlsx`).
enum Spreadsheet {
    static let mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    /// Reads the visible sheets in order. A place is the sheet (as page), the row and the column, as Excel counts them.
    ///
    /// - Throws: `damaged`, `limitExceeded`, `parserUnavailable`.
    static func read(_ package: OfficePackage, limits: DocumentLimits) throws(DocumentError) -> Document {
        let book = try Workbook(package, limits: limits)
        var strings = SharedStrings()
        if let part = package.parts["xl/sharedStrings.xml"] {
            strings = try OfficeXML.parse(part, part: "xl/sharedStrings.xml", strings, limits: limits)
        }
        var styles = SheetStyles()
        if let part = package.parts["xl/styles.xml"] {
            styles = try OfficeXML.parse(part, part: "xl/styles.xml", styles, limits: limits)
        }
        var builder = SheetBuilder(limits: limits)
        for (index, sheet) in book.sheets.enumerated() where !sheet.isHidden {
            guard let part = package.parts[sheet.part] else { throw .damaged(sheet.part) }
            let start = SheetReader(strings: strings, styles: styles, limits: limits)
            let read = try OfficeXML.parse(part, part: sheet.part, start, limits: limits)
            try builder.add(read, page: index + 1)
        }
        return builder.document(package.metadata(limits: limits))
    }
}

/// The sheets of a workbook, in order.
struct Workbook: Sendable {
    struct Sheet: Sendable {
        let isHidden: Bool
        /// The name of its part.
        let part: String
    }

    private(set) var sheets: [Sheet] = []

    init(_ package: OfficePackage, limits: DocumentLimits) throws(DocumentError) {
        let name = "xl/workbook.xml"
        guard let part = package.parts[name] else { throw .damaged(name) }
        let listed = try OfficeXML.parse(part, part: name, SheetList(), limits: limits).sheets
        let relations = "xl/_rels/workbook.xml.rels"
        var targets: [String: String] = [:]
        if let part = package.parts[relations] {
            targets = try OfficeXML.parse(part, part: relations, Relations(), limits: limits).targets
        }
        sheets = listed.enumerated().map { index, sheet in
            let target = targets[sheet.relation] ?? "worksheets/sheet\(index + 1).xml"
            let part = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
            return Sheet(isHidden: sheet.isHidden, part: part)
        }
        // A chart sheet has no cells and is no worksheet.
        sheets.removeAll { !$0.part.hasPrefix("xl/worksheets/") }
    }
}

private struct SheetList: OfficeHandler {
    private(set) var sheets: [(isHidden: Bool, relation: String)] = []

    mutating func start(_ element: OfficeElement, _ attributes: OfficeAttributes) {
        guard element == .sheet else { return }
        sheets.append((["hidden", "veryHidden"].contains(attributes["state"]), attributes["id"] ?? ""))
    }

    mutating func end(_ element: OfficeElement) {}
    mutating func characters(_ characters: Span<UInt8>) {}
}

private struct Relations: OfficeHandler {
    private(set) var targets: [String: String] = [:]

    mutating func start(_ element: OfficeElement, _ attributes: OfficeAttributes) {
        guard element == .relationship, let id = attributes["Id"], let target = attributes["Target"] else { return }
        targets[id] = target
    }

    mutating func end(_ element: OfficeElement) {}
    mutating func characters(_ characters: Span<UInt8>) {}
}
