/// A format that has a signature and no reader.
struct ForeignFormat {
    /// What a reader can do with, for the error.
    static let readable = "HTML or plain text"

    let name: String
    let convertTo: String

    /// Recognises the format of the bytes by its signature, or gives nil.
    init?(_ bytes: [UInt8]) {
        guard let name = ForeignFormat.name(bytes) else { return nil }
        self.name = name
        convertTo = ForeignFormat.readable
    }

    private static func name(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return zipName(bytes) }
        for (signature, name) in signatures where bytes.starts(with: signature) { return name }
        return bytes.dropFirst(257).starts(with: tarMark) ? "tar archive" : nil
    }

    /// A ZIP archive by the names of its first members: office formats are archives too.
    private static func zipName(_ bytes: [UInt8]) -> String {
        let start = bytes.prefix(4096)
        for (member, name) in [("word/", "Word document (DOCX)"), ("xl/", "Excel workbook (XLSX)"), ("OFD.xml", "OFD")]
        {
            if contains(member, in: start) { return name }
        }
        return contains("[Content_Types].xml", in: start) ? "Office document" : "ZIP archive"
    }

    private static func contains(_ word: String, in bytes: ArraySlice<UInt8>) -> Bool {
        let pattern = Array(word.utf8)
        return bytes.indices.contains { bytes[$0...].starts(with: pattern) }
    }

    private static let tarMark = Array("ustar".utf8)

    private static let signatures: [([UInt8], String)] = [
        (Array("%PDF".utf8), "PDF"),
        ([0x50, 0x4B, 0x05, 0x06], "ZIP archive"),
        ([0xD0, 0xCF, 0x11, 0xE0], "Word, Excel or WPS document of before 2007 (OLE)"),
        (Array("{\\rtf".utf8), "RTF"),
        ([0x1F, 0x8B], "gzip archive"),
        ([0x89, 0x50, 0x4E, 0x47], "PNG image"),
        ([0xFF, 0xD8, 0xFF], "JPEG image"),
        (Array("GIF8".utf8), "GIF image"),
        ([0x49, 0x49, 0x2A, 0x00], "TIFF image"),
        ([0x4D, 0x4D, 0x00, 0x2A], "TIFF image"),
        (Array("RIFF".utf8), "WebP image"),
        (Array("Rar!".utf8), "RAR archive"),
        ([0x37, 0x7A, 0xBC, 0xAF], "7-Zip archive"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz archive"),
        (Array("BZh9".utf8), "bzip2 archive"),
        (Array("From: <Saved by".utf8), "MHTML page"),
        (Array("MIME-Version: 1.0".utf8), "MHTML page"),
    ]
}
