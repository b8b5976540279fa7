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
        var sheets: [(page: Int, name: String, sheet: SheetReader)] = []
        for (index, sheet) in book.sheets.enumerated() where !sheet.isHidden {
            guard let part = package.parts[sheet.part] else { throw .damaged(sheet.part) }
            let start = SheetReader(strings: strings, styles: styles, from1904: book.from1904, limits: limits)
            let read = try OfficeXML.parse(part, part: sheet.part, start, limits: limits).withoutHiddenColumns()
            if !read.cells.isEmpty { sheets.append((index + 1, sheet.name, read)) }
        }
        let forms = EmptyForms(sheets.map(\.sheet))
        var builder = SheetBuilder(limits: limits)
        var names: [Metadata] = []
        for (index, (page, name, sheet)) in sheets.enumerated() where !forms.contains(index) {
            try builder.add(sheet, page: page)
            names.append(Metadata(name: Metadata.sheetPrefix + "\(page)", value: name))
        }
        return builder.document(package.metadata(limits: limits) + names)
    }
}

/// The sheets of a workbook, in order.
struct Workbook: Sendable {
    struct Sheet: Sendable {
        let name: String
        let isHidden: Bool
        /// The name of its part.
        let part: String
    }

    private(set) var sheets: [Sheet] = []
    /// Whether dates count from 1904, as on old Macintoshes.
    let from1904: Bool

    init(_ package: OfficePackage, limits: DocumentLimits) throws(DocumentError) {
        let name = "xl/workbook.xml"
        guard let part = package.parts[name] else { throw .damaged(name) }
        let list = try OfficeXML.parse(part, part: name, SheetList(), limits: limits)
        from1904 = list.from1904
        let relations = "xl/_rels/workbook.xml.rels"
        var targets: [String: Relations.Target] = [:]
        if let part = package.parts[relations] {
            targets = try OfficeXML.parse(part, part: relations, Relations(), limits: limits).targets
        }
        for (index, sheet) in list.sheets.enumerated() {
            let target = targets[sheet.relation]
            let part = Workbook.part(target?.path ?? "worksheets/sheet\(index + 1).xml")
            // A chart sheet has no cells and is no worksheet; the folder tells where the kind is not stated.
            guard target?.isWorksheet ?? part.hasPrefix("xl/worksheets/") else { continue }
            sheets.append(Sheet(name: sheet.name, isHidden: sheet.isHidden, part: part))
        }
    }

    /// The name of the part that a target of the workbook's relations is: from the root, or from the workbook's folder.
    private static func part(_ target: String) -> String {
        if target.hasPrefix("/") { return String(target.dropFirst()) }
        return target.hasPrefix("../") ? String(target.dropFirst(3)) : "xl/" + target
    }
}

private struct SheetList: OfficeHandler {
    private(set) var sheets: [(name: String, isHidden: Bool, relation: String)] = []
    private(set) var from1904 = false

    mutating func start(_ element: OfficeElement, _ attributes: OfficeAttributes) {
        if element == .workbookPr { from1904 = ["1", "true"].contains(attributes["date1904"]) }
        guard element == .sheet else { return }
        let isHidden = ["hidden", "veryHidden"].contains(attributes["state"])
        sheets.append((attributes["name"] ?? "", isHidden, attributes["id"] ?? ""))
    }

    mutating func end(_ element: OfficeElement) {}
    mutating func characters(_ characters: Span<UInt8>) {}
}

private struct Relations: OfficeHandler {
    struct Target {
        let path: String
        /// Nil where it is not said of which kind it is.
        let isWorksheet: Bool?
    }

    private(set) var targets: [String: Target] = [:]

    mutating func start(_ element: OfficeElement, _ attributes: OfficeAttributes) {
        guard element == .relationship, let id = attributes["Id"], let target = attributes["Target"] else { return }
        targets[id] = Target(path: target, isWorksheet: attributes["Type"].map { $0.hasSuffix("/worksheet") })
    }

    mutating func end(_ element: OfficeElement) {}
    mutating func characters(_ characters: Span<UInt8>) {}
}
