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
        // 4 KiB inflate to 4 MiB at most.
        let count = min(4096, source.range.count - position)
        guard count > 0 else { return nil }
        let offset = source.range.lowerBound + position
        let packed = try IngestError.ofFile { () throws(FileError) in
            try source.file.read(at: offset, count: count)
        }
        guard !packed.isEmpty else { return nil }
        position += packed.count
        return try IngestError.ofCodec { () throws(CodecError) in try inflater.push(packed) }
    }
}
