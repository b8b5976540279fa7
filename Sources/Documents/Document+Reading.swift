internal import Codecs

extension Document {
    /// Reads the bytes of a document of any format that a reader exists for.
    ///
    /// The declared media type decides on the reader, but no declaration makes a PDF text; without one
    /// (`application/octet-stream`) the content decides. Character sets are found as
    /// `TextEncoding.decode` finds them, an HTML `meta` element counting as a declaration.
    ///
    /// - Parameters:
    ///   - mediaType: The media type, with or without parameters, if one is known.
    ///   - charset: The label of the character set, if one was declared beside the document.
    ///   - name: The file name: its extension tells HTML from text where nothing else does.
    /// The content decides first: a PDF or a Word file is one whatever it is called. PDF needs poppler's `pdftotext`; this
    /// call waits for it, `limits.toolSeconds` at most, so it does not belong on the cooperative pool.
    ///
    /// - Throws: every case of ``DocumentError``.
    public static func read(
        _ bytes: [UInt8], mediaType: String? = nil, charset: String? = nil, name: String? = nil,
        limits: DocumentLimits = DocumentLimits()
    ) throws(DocumentError) -> Document {
        guard bytes.count <= limits.bytesMax else { throw .limitExceeded(.bytes, maximum: limits.bytesMax) }
        if let document = try readPackaged(bytes, limits: limits) { return document }
        let declared = try DeclaredFormat(mediaType: mediaType)
        let text = try decode(bytes, label: charset ?? declared.charset)
        guard text.utf8.count <= limits.bytesMax else { throw .limitExceeded(.bytes, maximum: limits.bytesMax) }
        guard !isBinary(controls: text.controlCount, of: text.utf8.count) || isOfWordCells(text) else { throw .notText }
        let isHTML = declared.isHTML ?? MarkupSniffer.isHTML(text.utf8, name: name)
        if isHTML {
            let isPage = declared.isHTML != nil || MarkupSniffer.isPage(text.utf8, name: name)
            let source = isPage ? text.utf8 : PageInText.withParagraphs(text.utf8)
            return try HTML.read(source, characterSet: text.encoding.name, limits: limits)
        }
        let plain: [UInt8]
        if CommaSeparated.isNamed(mediaType: mediaType, name: name) {
            plain = CommaSeparated.tabSeparated(text.utf8)
        } else {
            let unpacked = TextContainer.unpacked(text.utf8) ?? text.utf8
            plain = CommaSeparated.joiningQuotedCells(unpacked) ?? unpacked
        }
        return try PlainText.read(plain, characterSet: text.encoding.name, limits: limits)
    }

    /// Reads what is known by its first bytes; nil for what may be a text.
    private static func readPackaged(_ bytes: [UInt8], limits: DocumentLimits) throws(DocumentError) -> Document? {
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            return try readOffice(bytes, limits: limits)
        }
        if PDF.isPDF(bytes) { return try PDF.read(bytes, limits: limits) }
        if ForeignFormat.isEncryptedOffice(bytes) { throw .encrypted("Office document") }
        guard let foreign = ForeignFormat(bytes) else { return nil }
        throw .unsupportedFormat(name: foreign.name, convertTo: foreign.convertTo)
    }

    private static func readOffice(_ bytes: [UInt8], limits: DocumentLimits) throws(DocumentError) -> Document {
        let package = try OfficePackage(bytes, limits: limits)
        switch package.kind {
        case .word: return try WordDocument.read(package, limits: limits)
        case .workbook: return try Spreadsheet.read(package, limits: limits)
        case .other(let name):
            let foreign = ForeignFormat(name: name)
            throw .unsupportedFormat(name: foreign.name, convertTo: foreign.convertTo)
        }
    }

    private static func decode(_ bytes: [UInt8], label: String?) throws(DocumentError) -> DecodedText {
        do throws(CodecError) {
            if let label { return try TextEncoding.decode(bytes, declaredLabel: label) }
            return try TextEncoding.decode(bytes, declared: MarkupSniffer.declaredEncoding(bytes))
        } catch .brokenText where isBinary(controls: bytes.count(where: { $0 < 0x09 }), of: bytes.count) {
            throw .notText
        } catch {
            throw .unreadableText(error)
        }
    }

    /// Whether the control characters are those with which Word ends cells, copied by a program that keeps them.
    private static func isOfWordCells(_ text: DecodedText) -> Bool {
        let marks = TextContainer.cellMarkCount(text.utf8)
        return marks * 2 < text.utf8.count && !isBinary(controls: text.controlCount - marks, of: text.utf8.count)
    }

    /// Whether control characters are too many for a text; a few stray ones are no reason to refuse a report.
    private static func isBinary(controls: Int, of count: Int) -> Bool {
        controls * 50 > count
    }
}

/// What a media type says of the format.
private struct DeclaredFormat {
    /// Whether the document is HTML; nil when its content must tell.
    let isHTML: Bool?
    /// The `charset` parameter.
    let charset: String?

    init(mediaType: String?) throws(DocumentError) {
        let parts = (mediaType ?? "").split(separator: ";").map { part in
            String(part).lowercased().filter { !$0.isWhitespace && $0 != "\"" }
        }
        charset = parts.dropFirst().first { $0.hasPrefix("charset=") }.map { String($0.dropFirst(8)) }
        switch parts.first ?? "" {
        case "text/html", "application/xhtml+xml":
            isHTML = true
        case "", "application/octet-stream", "binary/octet-stream", "application/unknown", "application/x-download",
            "application/force-download", "text/xml", "application/xml":
            isHTML = nil
        case let type where type.hasPrefix("text/"):
            isHTML = false
        case let type:
            throw .unsupportedFormat(name: type, convertTo: ForeignFormat.readable)
        }
    }
}
