/// The parts of a file of Word or Excel, unpacked.
struct OfficePackage {
    /// What the parts make.
    enum Kind {
        case word
        case workbook
        /// An archive of another kind, by name.
        case other(String)
    }

    /// The content of the parts that some reader looks at, by their names.
    private(set) var parts: [String: [UInt8]] = [:]
    private var names: Set<String> = []

    /// Unpacks the parts that some reader looks at.
    ///
    /// - Throws: `archive`, `encrypted`.
    init(_ bytes: [UInt8], limits: DocumentLimits) throws(DocumentError) {
        let archiveLimits = ArchiveLimits(
            memberBytesMax: limits.bytesMax, totalBytesMax: 4 * limits.bytesMax)
        do throws(ArchiveError) {
            let archive = try Archive(bytes, limits: archiveLimits)
            while let member = try nextPart(archive) { parts[member.name] = member.bytes }
            try addSheets(bytes, archiveLimits, limits: limits)
        } catch .encrypted(let member?) {
            throw .encrypted(member)
        } catch {
            throw .archive(error)
        }
    }

    private mutating func nextPart(_ archive: Archive) throws(ArchiveError) -> Archive.Member? {
        var seen: [String] = []
        defer { names.formUnion(seen) }
        return try archive.next { name in
            seen.append(name)
            return OfficePackage.isRead(name)
        }
    }

    /// Unpacks the sheets of a workbook that stand in another folder than the usual one.
    private mutating func addSheets(
        _ bytes: [UInt8], _ archiveLimits: ArchiveLimits, limits: DocumentLimits
    ) throws(ArchiveError) {
        // What is wrong with a workbook its reader says.
        guard parts["xl/workbook.xml"] != nil, let book = try? Workbook(self, limits: limits) else { return }
        let missing = Set(book.sheets.map(\.part)).subtracting(parts.keys).intersection(names)
        guard !missing.isEmpty else { return }
        let archive = try Archive(bytes, limits: archiveLimits)
        while let member = try archive.next(where: { missing.contains($0) }) { parts[member.name] = member.bytes }
    }

    /// What the archive is, by the names of its members.
    var kind: Kind {
        if mainWordPart != nil { return .word }
        if parts["xl/workbook.xml"] != nil { return .workbook }
        if names.contains("OFD.xml") { return .other("OFD") }
        if names.contains("xl/workbook.bin") { return .other("binary Excel workbook (XLSB)") }
        if names.contains("content.xml") && names.contains("mimetype") { return .other("OpenDocument") }
        return .other(names.contains("[Content_Types].xml") ? "Office document" : "ZIP archive")
    }

    /// The name of the part with a Word document's text: `word/document.xml`, or as some programs number it.
    var mainWordPart: String? {
        if parts["word/document.xml"] != nil { return "word/document.xml" }
        return parts.keys.filter { $0.hasPrefix("word/document") }.min()
    }

    private static func isRead(_ name: String) -> Bool {
        guard name.hasSuffix(".xml") || name.hasSuffix(".rels") else { return false }
        return name.hasPrefix("word/document") || name.hasPrefix("xl/worksheets/") || read.contains(name)
    }

    private static let read: Set<String> = [
        "word/styles.xml", "word/numbering.xml", "docProps/core.xml", "xl/workbook.xml", "xl/sharedStrings.xml",
        "xl/_rels/workbook.xml.rels", "xl/styles.xml",
    ]
}

extension OfficePackage {
    /// The title that the properties state, as metadata.
    func metadata(limits: DocumentLimits) -> [Metadata] {
        // A document with damaged properties is read all the same.
        guard let core = parts["docProps/core.xml"],
            let properties = try? OfficeXML.parse(core, part: "docProps/core.xml", OfficeTitle(), limits: limits)
        else { return [] }
        let span = WhiteSpace.trim(properties.title, 0, properties.title.count)
        guard !span.isEmpty else { return [] }
        let title = String(decoding: properties.title[span.start..<span.end], as: UTF8.self)
        return [Metadata(name: "title", value: title)]
    }
}

/// Reads `dc:title` of `docProps/core.xml`.
private struct OfficeTitle: OfficeHandler {
    private(set) var title: [UInt8] = []
    private var isOpen = false

    mutating func start(_ element: OfficeElement, _ attributes: OfficeAttributes) {
        isOpen = element == .title
    }

    mutating func end(_ element: OfficeElement) {
        isOpen = false
    }

    mutating func characters(_ characters: Span<UInt8>) {
        guard isOpen, title.count + characters.count <= 4096 else { return }
        for index in characters.indices { title.append(characters[index]) }
    }
}
