internal import Documents

/// Looks for the lines that part a form (RFC 2046 §5.1.1) in a file, block by block.
struct BoundaryScanner {
    private let file: ByteFile
    private let end: Int
    /// `\r\n--boundary`.
    private let mark: [UInt8]
    /// How far the search may go on when the last byte under the mark is a certain one (Horspool).
    private let steps: [Int]
    private let blockBytes: Int
    private var block: [UInt8] = []
    private var blockStart: Int
    /// Where the first content after the last line begins.
    private(set) var position: Int
    /// Whether the line that ends the form was found.
    private(set) var isAtEnd = false
    private let start: Int

    init(_ file: ByteFile, in range: Range<Int>, boundary: [UInt8], blockBytes: Int) {
        self.file = file
        self.blockBytes = max(blockBytes, 1)
        end = range.upperBound
        start = range.lowerBound
        position = range.lowerBound
        blockStart = range.lowerBound
        mark = Array("\r\n--".utf8) + boundary
        var steps = [Int](repeating: mark.count, count: 256)
        for (index, byte) in mark.enumerated().dropLast() { steps[Int(byte)] = mark.count - 1 - index }
        self.steps = steps
    }

    /// Finds the next line that parts, and returns where the content before it ends; nil where there is none.
    mutating func next() throws(IngestError) -> Int? {
        // The first line needs no line end before it, and the line end of one may belong to the next.
        var from = position == start ? start : position - 2
        if position == start, try bytes(at: start, count: mark.count - 2) == mark[2...] {
            if let content = try lineEnd(start + mark.count - 2) {
                position = content
                return start
            }
        }
        while let found = try find(from) {
            if let content = try lineEnd(found + mark.count) {
                position = content
                return found
            }
            // A line that only begins like the boundary is content.
            from = found + 1
        }
        return nil
    }

    /// Where the line after a mark ends; nil when it is no line that parts.
    private mutating func lineEnd(_ offset: Int) throws(IngestError) -> Int? {
        var rest = try bytes(at: offset, count: 256)
        if rest.starts(with: [0x2D, 0x2D]) {
            isAtEnd = true
            return offset + 2
        }
        let count = rest.count
        rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
        guard rest.starts(with: [0x0D, 0x0A]) else { return nil }
        return offset + count - rest.count + 2
    }

    private mutating func find(_ from: Int) throws(IngestError) -> Int? {
        var place = from
        while end - place >= mark.count {
            if place < blockStart || place + mark.count > blockStart + block.count {
                try load(place)
                guard block.count >= mark.count else { return nil }
            }
            if let found = search(place - blockStart) { return blockStart + found }
            place = blockStart + max(block.count - mark.count + 1, place - blockStart + 1)
        }
        return nil
    }

    /// The mark in the block, from an index on.
    private func search(_ from: Int) -> Int? {
        var index = from
        let last = mark.count - 1
        while index + last < block.count {
            let byte = block[index + last]
            if byte == mark[last], block[index..<(index + last)].elementsEqual(mark[..<last]) { return index }
            index += steps[Int(byte)]
        }
        return nil
    }

    private mutating func load(_ offset: Int) throws(IngestError) {
        let count = min(max(blockBytes, mark.count), end - offset)
        let file = file
        block = try IngestError.ofFile { () throws(FileError) in try file.read(at: offset, count: count) }
        blockStart = offset
    }

    private func bytes(at offset: Int, count: Int) throws(IngestError) -> ArraySlice<UInt8> {
        let count = min(count, end - offset)
        if offset >= blockStart, offset + count <= blockStart + block.count {
            return block[(offset - blockStart)..<(offset - blockStart + max(count, 0))]
        }
        return try IngestError.ofFile { () throws(FileError) in try file.read(at: offset, count: count) }[...]
    }
}
