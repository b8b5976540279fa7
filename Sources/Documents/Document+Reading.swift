extension Document {
    /// Reads a document.
    public static func read(
        _ bytes: [UInt8], mediaType: String? = nil, charset: String? = nil, name: String? = nil,
        limits: DocumentLimits = DocumentLimits()
    ) throws(DocumentError) -> Document {
        try PlainText.read(bytes, characterSet: "UTF-8", limits: limits)
    }
}
