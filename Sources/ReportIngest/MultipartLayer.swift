internal import Codecs
internal import Documents

/// The parts of a form (RFC 7578), as browsers and curl send it.
///
/// A part is a range of the file: its end is looked for before its content is read, so an archive in a form is read
/// where it lies.
final class MultipartLayer: BulkLayer {
    private let source: BulkSource
    private let budget: BulkBudget
    private var scanner: BoundaryScanner
    private var partCount = 0

    init(
        _ source: BulkSource, boundary: [UInt8], _ budget: BulkBudget, blockBytes: Int = 1 << 16
    ) throws(IngestError) {
        // RFC 2046 §5.1.1
        guard (1...70).contains(boundary.count), boundary.last != 0x20, boundary.allSatisfy({ (0x20..<0x7F) ~= $0 })
        else { throw .unreadableDocument("the media type has no valid boundary") }
        self.source = source
        self.budget = budget
        scanner = BoundaryScanner(source.file, in: source.range, boundary: boundary, blockBytes: blockBytes)
    }

    var position: Int { scanner.position - source.range.lowerBound }

    func next() throws(IngestError) -> BulkEntry? {
        if partCount == 0 {
            guard try scanner.next() != nil else {
                throw .unreadableDocument("the form does not begin with the boundary of its media type")
            }
        }
        while !scanner.isAtEnd {
            partCount += 1
            let start = scanner.position
            guard let end = try scanner.next() else {
                let name = try? head(of: start..<source.range.upperBound)?.name
                throw .unreadableDocument("the form is cut off in part \(partCount)\(name.map { " (\($0))" } ?? "")")
            }
            if let entry = try entry(start..<max(start, end)) { return entry }
        }
        return nil
    }

    private struct Head {
        let name: String
        let fileName: String?
        let mediaType: String?
        let encoding: String
        let content: Range<Int>
    }

    private func entry(_ part: Range<Int>) throws(IngestError) -> BulkEntry? {
        guard let head = try head(of: part) else {
            let maximum = budget.limits.partHeadBytesMax
            let error = IngestError.unreadableDocument("part \(partCount) has no end of its head in \(maximum) bytes")
            return .item(name: "part \(partCount)", .failure(error))
        }
        let isField = head.fileName == nil && (head.mediaType ?? "text/plain").hasPrefix("text/plain")
        if isField, Upload.fieldNames.contains(head.name), head.content.count > budget.limits.fieldBytesMax {
            throw .malformedField(head.name, expected: "a value of at most \(budget.limits.fieldBytesMax) bytes")
        }
        if isField, head.content.count <= budget.limits.fieldBytesMax {
            return .field(name: head.name, value: MultipartLayer.text(try read(head.content)))
        }
        // A browser sends a file without name or content where none was chosen.
        if head.fileName?.isEmpty == true, head.content.isEmpty { return nil }
        let name = MultipartLayer.path(head.fileName ?? head.name)
        if Litter.isLitter(name) { return nil }
        return try file(head, name: name)
    }

    private func file(_ head: Head, name: String) throws(IngestError) -> BulkEntry {
        guard ["", "7bit", "8bit", "binary"].contains(head.encoding) else {
            let reason = "it is encoded as \(head.encoding.prefix(40)); send it as it is"
            return .item(name: name, .failure(.unreadableDocument(reason)))
        }
        let kind = try BulkKind.of(
            mediaType: head.mediaType, file: source.file, range: head.content, fileName: name)
        if let kind {
            guard kind == .ndjson || kind == .archive || kind == .gzip else {
                return .item(name: name, .failure(.unreadableDocument("a form within a form is not read")))
            }
            return .nested(
                BulkSource(file: source.file, range: head.content, kind: kind, name: name, depth: source.depth))
        }
        guard head.content.count <= budget.limits.itemBytesMax else {
            return .item(name: name, .failure(.limitExceeded("bytes", maximum: budget.limits.itemBytesMax)))
        }
        let saysNothing = head.mediaType?.lowercased().hasPrefix("application/octet-stream") ?? true
        return .item(name: name, .success((try read(head.content), saysNothing ? nil : head.mediaType)))
    }
}

extension MultipartLayer {
    /// Reads the head of a part; nil where it has no end within the limit.
    private func head(of part: Range<Int>) throws(IngestError) -> Head? {
        let start = try read(part.lowerBound..<min(part.upperBound, part.lowerBound + budget.limits.partHeadBytesMax))
        guard let (lines, length) = MultipartLayer.headLines(start) else { return nil }
        var fields: [String: String] = [:]
        for line in lines {
            let text = MultipartLayer.text(Array(line))
            guard let colon = text.firstIndex(of: ":") else { continue }
            let name = text[..<colon].lowercased()
            if fields[name] == nil { fields[name] = String(text[text.index(after: colon)...]) }
        }
        let disposition = HeaderField(fields["content-disposition"] ?? "")
        let mediaType = fields["content-type"].map { $0.filter { !$0.isNewline } }
        return Head(
            name: disposition.parameters["name"] ?? "part \(partCount)", fileName: disposition.fileName,
            mediaType: mediaType.map { String($0.drop { $0 == " " }) },
            encoding: HeaderField(fields["content-transfer-encoding"] ?? "").value,
            content: (part.lowerBound + length)..<part.upperBound)
    }

    /// The lines of a head up to its blank line, and the length of both; nil without such a line.
    private static func headLines(_ bytes: [UInt8]) -> (lines: [ArraySlice<UInt8>], length: Int)? {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        while let end = bytes[start...].firstIndex(of: 0x0A) {
            let line = end > start && bytes[end - 1] == 0x0D ? bytes[start..<(end - 1)] : bytes[start..<end]
            start = end + 1
            if line.isEmpty { return (lines, start) }
            lines.append(line)
        }
        return nil
    }

    /// Names and values in UTF-8, or in the GBK of an old browser.
    private static func text(_ bytes: [UInt8]) -> String {
        let utf8 = (try? TextEncoding.decode(bytes, declared: nil))?.utf8 ?? bytes
        return String(decoding: utf8, as: UTF8.self)
    }

    /// A file's name as a label: with the folders that were uploaded, and nothing of the client's disk.
    private static func path(_ name: String) -> String {
        let name = name.replacing("\\", with: "/")
        let parts = name.split(separator: "/").filter { $0 != "." }
        let isForeign = name.hasPrefix("/") || name.dropFirst().hasPrefix(":/") || parts.contains("..")
        let path = isForeign ? parts.last.map(String.init) ?? "" : parts.joined(separator: "/")
        return bulkPath(nil, path == ".." ? "" : path)
    }

    private func read(_ range: Range<Int>) throws(IngestError) -> [UInt8] {
        try IngestError.ofFile { () throws(FileError) in
            try source.file.read(at: range.lowerBound, count: range.count)
        }
    }
}
