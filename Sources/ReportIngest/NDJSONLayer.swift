internal import Codecs
internal import Documents

/// The lines of NDJSON that are not blank.
final class NDJSONLayer: BulkLayer {
    private let source: BulkSource
    private let budget: BulkBudget
    private let blockBytes: Int
    private(set) var position = 0
    private var block: [UInt8] = []
    /// How much of the block has been given.
    private var given = 0
    /// Of the line that was read last, from 1; blank ones count.
    private var lineNumber = 0

    init(_ source: BulkSource, _ budget: BulkBudget, blockBytes: Int = 1 << 16) {
        self.source = source
        self.budget = budget
        // The first block holds the byte order mark and more.
        self.blockBytes = max(blockBytes, 4)
    }

    func next() throws(IngestError) -> BulkEntry? {
        while let line = try line() {
            lineNumber += 1
            guard let bytes = line else {
                let error = IngestError.limitExceeded("bytes of a line", maximum: budget.limits.lineBytesMax)
                return .item(name: source.name, line: lineNumber, .failure(error))
            }
            guard bytes.contains(where: { $0 > 0x20 }) else { continue }
            return .item(name: source.name, line: lineNumber, .success((bytes, "application/json")))
        }
        return nil
    }

    /// The next line without its end; an inner nil for one that is too long, an outer one at the end.
    private func line() throws(IngestError) -> [UInt8]?? {
        var line: [UInt8] = []
        var isTooLong = false
        var isAny = false
        while true {
            if given == block.count {
                try read()
                guard given < block.count else { return isAny ? .some(isTooLong ? nil : whole(line)) : nil }
            }
            isAny = true
            let end = block.span.firstIndex(of: 0x0A, in: given..<block.count)
            let piece = block[given..<(end ?? block.count)]
            // One more for the carriage return that is no part of the line.
            isTooLong = isTooLong || piece.count > budget.limits.lineBytesMax + 1 - line.count
            if isTooLong { line = [] } else { line += piece }
            given = end.map { $0 + 1 } ?? block.count
            guard end != nil else { continue }
            return .some(isTooLong ? nil : whole(line))
        }
    }

    /// The line without its carriage return; nil when it is too long.
    private func whole(_ line: [UInt8]) -> [UInt8]? {
        let whole = line.last == 0x0D ? Array(line.dropLast()) : line
        return whole.count > budget.limits.lineBytesMax ? nil : whole
    }

    /// Reads the next block; an empty one at the end.
    private func read() throws(IngestError) {
        let offset = source.range.lowerBound + position
        let count = min(blockBytes, source.range.count - position)
        block = try IngestError.ofFile { () throws(FileError) in try source.file.read(at: offset, count: count) }
        // A byte order mark is no part of the first line.
        given = position == 0 && block.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        position += block.count
    }
}
