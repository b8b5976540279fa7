internal import Documents

/// Collects what is unpacked, piece by piece, and tells whether it is a document or holds documents itself.
///
/// A document stays in memory; an archive goes to a temporary file, however large it is.
struct BulkCollector {
    private let budget: BulkBudget
    private let name: String?
    private let depth: Int
    private var bytes: [UInt8] = []
    private var file: ByteFile?
    private var kind: BulkKind?
    private var byteCount = 0

    /// - Parameter depth: the archives around what is collected.
    init(_ budget: BulkBudget, name: String?, depth: Int) {
        self.budget = budget
        self.name = name
        self.depth = depth
    }

    /// Takes a piece; false when it is a document and too large.
    mutating func add(_ piece: [UInt8]) throws(IngestError) -> Bool {
        if let file {
            let offset = byteCount
            try IngestError.ofFile { () throws(FileError) in try file.write(piece, at: offset) }
            byteCount += piece.count
            return true
        }
        if bytes.isEmpty { bytes = piece } else { bytes += piece }
        byteCount = bytes.count
        guard byteCount > budget.limits.itemBytesMax else { return true }
        kind = firstKind
        guard kind != nil else {
            bytes = []
            return false
        }
        try spill()
        return true
    }

    /// What was collected: a document, a refusal of it, or something to be opened.
    mutating func finish() throws(IngestError) -> BulkEntry {
        guard byteCount <= budget.limits.itemBytesMax || file != nil else {
            return .item(name: name, .failure(.limitExceeded("bytes", maximum: budget.limits.itemBytesMax)))
        }
        if file == nil {
            kind = firstKind
            guard kind != nil else { return .item(name: name, .success((bytes, nil))) }
        }
        guard depth + 1 <= budget.limits.depthMax else {
            return .item(
                name: name,
                .failure(.unreadableDocument("it lies in more than \(budget.limits.depthMax) archives")))
        }
        let document = bytes
        if file == nil { try spill() }
        guard let file, let kind else { return .item(name: name, .success((document, nil))) }
        let range = 0..<byteCount
        // A Word file may have its parts in any order.
        if kind == .archive, try BulkKind.of(mediaType: nil, file: file, range: range, fileName: nil) == nil {
            guard !document.isEmpty else {
                return .item(name: name, .failure(.limitExceeded("bytes", maximum: budget.limits.itemBytesMax)))
            }
            return .item(name: name, .success((document, nil)))
        }
        return .nested(BulkSource(file: file, range: range, kind: kind, name: name, depth: depth + 1))
    }

    private var firstKind: BulkKind? {
        BulkKind.of(mediaType: nil, firstBytes: bytes, fileName: name)
    }

    private mutating func spill() throws(IngestError) {
        let folder = budget.temporaryFolder
        let content = bytes
        file = try IngestError.ofFile { () throws(FileError) in
            let file = try ByteFile.temporary(in: folder)
            try file.write(content, at: 0)
            return file
        }
        bytes = []
    }
}
