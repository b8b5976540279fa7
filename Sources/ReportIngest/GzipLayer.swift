internal import Codecs
internal import Documents

/// One file in gzip.
final class GzipLayer: BulkLayer {
    private let source: BulkSource
    private let budget: BulkBudget
    private let inflater: Decompressor
    private(set) var position = 0
    private var isDone = false

    init(_ source: BulkSource, _ budget: BulkBudget) throws(IngestError) {
        self.source = source
        self.budget = budget
        let limits = CompressionLimits(outputBytesMax: .max, ratioMax: budget.limits.ratioMax)
        inflater = try IngestError.ofCodec { () throws(CodecError) in
            try Decompressor(format: .gzip, limits: limits)
        }
    }

    func next() throws(IngestError) -> BulkEntry? {
        guard !isDone else { return nil }
        isDone = true
        var collector = BulkCollector(budget, name: name, depth: source.depth)
        while let piece = try piece() {
            try budget.charge(piece.count, item: source.name)
            guard try collector.add(piece) else { return try collector.finish() }
        }
        try IngestError.ofCodec { () throws(CodecError) in try inflater.finish() }
        return try collector.finish()
    }

    /// `report.txt.gz` holds `report.txt`.
    private var name: String? {
        guard let name = source.name else { return nil }
        return name.lowercased().hasSuffix(".gz") ? String(name.dropLast(3)) : name
    }

    private func piece() throws(IngestError) -> [UInt8]? {
        guard let packed = try source.piece(at: position) else { return nil }
        position += packed.count
        return try IngestError.ofCodec { () throws(CodecError) in try inflater.push(packed) }
    }
}

extension BulkSource {
    /// The next few bytes: 4 KiB inflate to 4 MiB at most. Nil at the end.
    fileprivate func piece(at position: Int) throws(IngestError) -> [UInt8]? {
        let count = min(4096, range.count - position)
        guard count > 0 else { return nil }
        let bytes = try IngestError.ofFile { () throws(FileError) in
            try file.read(at: range.lowerBound + position, count: count)
        }
        return bytes.isEmpty ? nil : bytes
    }

    /// Inflates what is in gzip once, for its checksum.
    ///
    /// One that is cut short, or that is a bomb, passes: who reads it comes upon that, and what lies before is whole.
    func requireSoundGzip(within budget: BulkBudget) throws(IngestError) {
        guard let first = try piece(at: 0), first.starts(with: [0x1F, 0x8B]) else { return }
        let limits = CompressionLimits(outputBytesMax: budget.bytesLeft, ratioMax: budget.limits.ratioMax)
        let inflater = try IngestError.ofCodec { () throws(CodecError) in
            try Decompressor(format: .gzip, limits: limits)
        }
        var position = 0
        do throws(CodecError) {
            while let packed = try? piece(at: position) {
                position += packed.count
                _ = try inflater.push(packed)
            }
        } catch {
            guard case .damagedCompression = error else { return }
            throw .unreadableText(error)
        }
    }
}
