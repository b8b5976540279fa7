/// Reads Word files (`.docx`).
enum WordDocument {
    static let mediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    /// Reads the main part. A place's line is the number of the paragraph, from 1, those in cells counted.
    ///
    /// - Throws: `damaged`, `limitExceeded`, `parserUnavailable`.
    static func read(_ package: OfficePackage, limits: DocumentLimits) throws(DocumentError) -> Document {
        guard let name = package.mainWordPart, let main = package.parts[name] else {
            throw .damaged("word/document.xml")
        }
        let styles = try WordStyles(package.parts["word/styles.xml"], limits: limits)
        let numbering = try WordNumbering(package.parts["word/numbering.xml"], limits: limits)
        let start = WordFlow(styles: styles, numbering: numbering, limits: limits)
        var flow = try OfficeXML.parse(main, part: name, start, limits: limits)
        return try flow.finish(package.metadata(limits: limits))
    }
}
