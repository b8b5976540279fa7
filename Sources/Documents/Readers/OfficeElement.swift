/// The elements of office files that some reader looks at, whatever their namespace is called.
enum OfficeElement: String, Sendable {
    // Text (wordprocessingml).
    case body, p, r, t, tab, br, cr, noBreakHyphen, tbl, tr, tc, gridSpan, vMerge, gridBefore, pPr, rPr, trPr, tcPr
    case sdtPr, del, moveFrom, ins, moveTo, vanish, fldChar, txbxContent, numPr, numId, ilvl, pStyle, rStyle
    case outlineLvl, rt, delText, instrText, hidden, ptab, strike, dstrike, vertAlign, drawing, pict, object
    case position
    // Styles and numbering (wordprocessingml).
    case style, name, basedOn, abstractNum, num, abstractNumId, lvl, lvlText, numFmt, start, startOverride
    case lvlOverride, suff, isLgl
    // Workbooks (spreadsheetml).
    case font, cellXfs, xf
    case workbookPr, col
    case sheet, sheetData, row, c, v, f, `is`, si, rPh, mergeCell, relationship = "Relationship"
    // Equations (math), whose runs and texts are those of a text.
    case mathRaised = "math:sup"
    case mathLowered = "math:sub"
    case mathDenominator = "math:den"
    // Choices (markup-compatibility).
    case alternateContent = "AlternateContent"
    case choice = "Choice"
    case fallback = "Fallback"
    // Properties (Dublin Core).
    case title
    /// What stood there before a tracked change: `rPrChange`, `tcPrChange` and so on.
    case change
    /// Anything else.
    case other

    /// The element by its local name; names of other namespaces (drawings) mean nothing.
    init(name: String, namespace: String) {
        guard OfficeElement.namespaces.contains(where: { namespace.hasPrefix($0) }) else {
            let isMath = OfficeElement.mathNamespaces.contains { namespace.hasPrefix($0) }
            self = isMath ? OfficeElement.math(name) : .other
            return
        }
        if name.hasSuffix("PrChange") || name.hasSuffix("PrExChange") || name == "numberingChange" {
            self = .change
        } else {
            self = OfficeElement(rawValue: name) ?? .other
        }
    }

    private static func math(_ name: String) -> OfficeElement {
        switch name {
        case "r": .r
        case "t": .t
        default: OfficeElement(rawValue: "math:" + name) ?? .other
        }
    }

    private static let mathNamespaces = [
        "http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math",
    ]

    /// Those of ECMA-376 in its transitional and strict (ISO 29500) form.
    private static let namespaces = [
        "http://schemas.openxmlformats.org/wordprocessingml/", "http://purl.oclc.org/ooxml/wordprocessingml/",
        "http://schemas.openxmlformats.org/spreadsheetml/", "http://purl.oclc.org/ooxml/spreadsheetml/",
        "http://schemas.openxmlformats.org/markup-compatibility/", "http://purl.org/dc/elements/",
        "http://schemas.openxmlformats.org/package/2006/relationships",
    ]
}

/// What reads a part of an office file.
protocol OfficeHandler {
    /// An element begins.
    mutating func start(_ element: OfficeElement, _ attributes: OfficeAttributes) throws(DocumentError)
    /// An element ends.
    mutating func end(_ element: OfficeElement) throws(DocumentError)
    /// Characters of the element that began last.
    mutating func characters(_ characters: Span<UInt8>) throws(DocumentError)
}
