internal import Codecs
internal import Documents

extension Spool {
    private static let blockBytes = 1 << 20

    /// A digest of what was uploaded, 32 bytes. Of a form, its parts count and not the boundary between them: clients make
    /// up another one each time that they send the same. O(length), a block at a time in memory.
    public func digest(of kind: BulkKind) throws(IngestError) -> [UInt8] {
        var digest: [UInt8] = []
        guard case .multipart(let boundary) = kind else {
            try add(0..<byteCount, to: &digest)
            return digest
        }
        var scanner = BoundaryScanner(
            file, in: 0..<byteCount, boundary: boundary, blockBytes: Self.blockBytes)
        var start = 0
        while let end = try scanner.next() {
            try add(start..<max(start, end), to: &digest)
            start = scanner.position
            if scanner.isAtEnd { return digest }
        }
        // It is cut off, which whoever reads it will tell.
        try add(start..<byteCount, to: &digest)
        return digest
    }

    private func add(_ range: Range<Int>, to digest: inout [UInt8]) throws(IngestError) {
        for offset in stride(from: range.lowerBound, to: range.upperBound, by: Self.blockBytes) {
            let count = min(Self.blockBytes, range.upperBound - offset)
            let block = try IngestError.ofFile { () throws(FileError) in try file.read(at: offset, count: count) }
            digest = Digest(of: digest + block).bytes
        }
        // Where one part ends and the next begins counts, too.
        digest = Digest(of: digest + [0]).bytes
    }
}
