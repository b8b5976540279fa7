internal import Codecs
internal import Documents

/// How an upload holds many documents.
public enum BulkKind: Sendable, Hashable {
    /// A JSON document a line.
    case ndjson
    /// zip, tar (plain or compressed), 7-Zip, RAR.
    case archive
    /// `multipart/form-data` (RFC 7578).
    case multipart(boundary: [UInt8])
    /// One file, or lines, in gzip.
    case gzip
}

extension BulkKind {
    /// How many of its first bytes should be at hand to recognise an upload.
    public static let firstBytesCount = 1 << 16

    /// What an upload is, by what is declared and by its first bytes; nil for a single document.
    ///
    /// Office documents are zip archives: one whose first member does not tell is taken for an archive here;
    /// ``of(mediaType:spool:fileName:)`` looks at all members.
    public static func of(mediaType: String?, firstBytes: [UInt8], fileName: String?) -> BulkKind? {
        let declared = DeclaredType(mediaType)
        if declared.essence.hasPrefix("multipart/") { return .multipart(boundary: declared.boundary) }
        if DeclaredType.lines.contains(declared.essence) { return .ndjson }
        if let kind = packed(firstBytes, declared, fileName?.lowercased() ?? "") { return kind }
        guard ["", "application/octet-stream", "text/plain"].contains(declared.essence) else { return nil }
        return isLines(firstBytes, fileName?.lowercased() ?? "") ? .ndjson : nil
    }

    /// What a whole upload is; nil for a single document.
    public static func of(mediaType: String?, spool: Spool, fileName: String?) throws(IngestError) -> BulkKind? {
        try of(mediaType: mediaType, file: spool.file, range: 0..<spool.byteCount, fileName: fileName)
    }

    static func of(
        mediaType: String?, file: ByteFile, range: Range<Int>, fileName: String?
    ) throws(IngestError) -> BulkKind? {
        var first = try IngestError.ofFile { () throws(FileError) in
            try file.read(at: range.lowerBound, count: min(range.count, firstBytesCount))
        }
        if first.first == 0x7B, !first.contains(0x0A) {
            // The first line of many may be a long one.
            first = try IngestError.ofFile { () throws(FileError) in
                try file.read(at: range.lowerBound, count: min(range.count, 16 * firstBytesCount))
            }
        }
        let kind = of(mediaType: mediaType, firstBytes: first, fileName: fileName)
        guard kind == .archive, isZip(first) else { return kind }
        return isOfficePackage(file, range) ? nil : kind
    }
}

extension BulkKind {
    private static func packed(_ bytes: [UInt8], _ declared: DeclaredType, _ name: String) -> BulkKind? {
        if isZip(bytes) {
            let isOffice =
                declared.isOffice || officeEndings.contains { name.hasSuffix($0) } || isOfficePart(firstMember(bytes))
            return isOffice ? nil : .archive
        }
        if bytes.starts(with: [0x1F, 0x8B]) { return holdsTar(bytes) || isTarName(name) ? .archive : .gzip }
        if signatures.contains(where: { bytes.starts(with: $0) }) { return .archive }
        if bytes.dropFirst(257).starts(with: Array("ustar".utf8)) { return .archive }
        // Tar of before 1988 has no mark.
        let isTar = DeclaredType.tar.contains(declared.essence) || name.hasSuffix(".tar")
        return isTar && !bytes.isEmpty ? .archive : nil
    }

    private static let signatures: [[UInt8]] = [
        [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], [0x28, 0xB5, 0x2F, 0xFD],
        Array("Rar!\u{1A}\u{7}".utf8), Array("BZh".utf8),
    ]

    private static let officeEndings = [
        ".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xlsb", ".pptx", ".odt", ".ods", ".odp", ".ofd", ".wps", ".et",
    ]

    private static func isTarName(_ name: String) -> Bool {
        name.hasSuffix(".tar.gz") || name.hasSuffix(".tgz")
    }

    static func isZip(_ bytes: [UInt8]) -> Bool {
        [[0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6]].contains { bytes.starts(with: $0) }
    }

    /// The name of a zip's first member: it stands behind thirty bytes of header.
    private static func firstMember(_ bytes: [UInt8]) -> String {
        guard bytes.count > 30 else { return "" }
        let end = min(30 + Int(bytes[26]) + Int(bytes[27]) << 8, bytes.count)
        return String(decoding: bytes[30..<end], as: UTF8.self)
    }

    private static func isOfficePart(_ name: String) -> Bool {
        let parts = ["[Content_Types].xml", "mimetype", "OFD.xml", "_rels/.rels"]
        let isInFolder =
            ["word/", "xl/", "ppt/", "docProps/"].contains { name.hasPrefix($0) } && name.hasSuffix(".xml")
        return parts.contains(name) || isInFolder
    }

    /// Whether a zip holds the parts of one document. A few thousand names tell: documents have fewer parts.
    private static func isOfficePackage(_ file: ByteFile, _ range: Range<Int>) -> Bool {
        guard let archive = try? Archive(file, in: range, limits: BulkLimits().archive(bytesLeft: 1 << 20)) else {
            return false
        }
        for _ in 0..<2000 {
            guard let name = try? archive.nextName() else { return false }
            if ["[Content_Types].xml", "mimetype", "OFD.xml"].contains(name) { return true }
        }
        return false
    }

    private static func holdsTar(_ bytes: [UInt8]) -> Bool {
        guard let inflater = try? Decompressor(format: .gzip, limits: CompressionLimits(outputBytesMax: 8 << 20)),
            let start = try? inflater.push(Array(bytes.prefix(4096)))
        else { return false }
        return start.dropFirst(257).starts(with: Array("ustar".utf8))
    }

    /// Whether content has an object a line: a whole one in the first, and another that begins in the next.
    private static func isLines(_ bytes: [UInt8], _ name: String) -> Bool {
        guard bytes.first(where: { $0 > 0x20 && $0 < 0x80 }) == 0x7B else { return false }
        let lines = bytes.split(separator: 0x0A, maxSplits: 16).lazy
            .map { $0.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) } }.filter { !$0.isEmpty }
        guard let first = lines.first, first.first == 0x7B else { return false }
        if name.hasSuffix(".ndjson") || name.hasSuffix(".jsonl") { return true }
        guard first.last(where: { $0 > 0x20 }) == 0x7D else { return false }
        return lines.dropFirst().first?.first == 0x7B
    }
}

/// A media type as far as it matters here.
private struct DeclaredType {
    let essence: String
    let boundary: [UInt8]

    init(_ mediaType: String?) {
        let text = mediaType ?? ""
        essence = text.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
        boundary = HeaderField(text).parameters["boundary"].map { Array($0.utf8) } ?? []
    }

    var isOffice: Bool {
        essence.contains("officedocument") || essence.contains("opendocument") || essence.contains("ms-word")
            || essence.contains("ms-excel") || essence == "application/msword"
    }

    static let lines: Set<String> = [
        "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines",
        "application/jsonlines",
    ]
    static let tar: Set<String> = ["application/x-tar", "application/tar", "application/x-gtar"]
}
