/// A format that has a signature and no reader.
struct ForeignFormat {
    /// The formats that are read.
    static let readable = "DOCX, XLSX, PDF with text, HTML or plain text"

    let name: String
    let convertTo: String

    /// Recognises the format of the bytes by its signature, or gives nil.
    init?(_ bytes: [UInt8]) {
        guard let name = ForeignFormat.name(bytes) else { return nil }
        self.init(name: name)
    }

    /// A format by its name.
    init(name: String) {
        self.name = name
        switch name {
        case ForeignFormat.ole: convertTo = "DOCX or XLSX"
        case "RTF", "OpenDocument", "Office document": convertTo = "DOCX"
        case "binary Excel workbook (XLSB)": convertTo = "XLSX"
        case "OFD": convertTo = "PDF with text"
        case let name where name.hasSuffix("image"): convertTo = ForeignFormat.recognised
        case let name where name.hasSuffix("archive"): convertTo = "its documents, one by one"
        default: convertTo = ForeignFormat.readable
        }
    }

    /// What a picture of a text can be made into.
    static let recognised = "PDF with text, by text recognition (OCR), or the DOCX that it was made from"

    private static let ole = "Word, Excel or WPS document of before 2007 (DOC, XLS, WPS)"

    private static func name(_ bytes: [UInt8]) -> String? {
        for (signature, name) in signatures where bytes.starts(with: signature) { return name }
        if isCpio(bytes) { return "cpio archive" }
        return bytes.dropFirst(257).starts(with: tarMark) ? "tar archive" : nil
    }

    /// Whether the bytes begin like an archive of cpio in letters: its mark, and numbers without a space. The number of a
    /// document may begin like the mark.
    private static func isCpio(_ bytes: [UInt8]) -> Bool {
        let head = bytes.prefix(cpioHeadBytes)
        return head.count == cpioHeadBytes && cpioMarks.contains { head.starts(with: $0.utf8) }
            && head.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
    }

    private static let cpioMarks = ["070701", "070702", "070707"]
    /// The numbers of the shorter of the two heads (cpio(5)).
    private static let cpioHeadBytes = 76

    /// Whether an OLE file is an office document of today behind a password.
    static func isEncryptedOffice(_ bytes: [UInt8]) -> Bool {
        guard bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) else { return false }
        let name = Array("EncryptedPackage".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
        // Names stand in the directory, whose sectors begin at multiples of 512 and whose entries are 128 bytes long.
        return stride(from: 512, to: bytes.count, by: 128).contains { bytes[$0...].starts(with: name) }
    }

    private static let tarMark = Array("ustar".utf8)

    private static let signatures: [([UInt8], String)] = [
        ([0xD0, 0xCF, 0x11, 0xE0], ole),
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
        (Array("!<arch>\n".utf8), "ar archive"),
        (Array("From: <Saved by".utf8), "MHTML page"),
        (Array("MIME-Version: 1.0".utf8), "MHTML page"),
    ]
}
