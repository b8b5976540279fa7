/// The outermost header of a 7-Zip archive, which says how large the list of its members is.
///
/// libarchive takes that list into memory whole, and it may be compressed: forty kilobytes can claim a hundred million
/// members.
enum SevenZipHeader {
    private static let signature: [UInt8] = [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]
    /// A member's name in UTF-16, its times and attributes: what one takes in the list, generously.
    private static let memberBytes = 512

    /// Whether the list of members is small enough; true for what is no 7-Zip archive.
    static func isBounded(_ file: ByteFile, in range: Range<Int>, membersMax: Int) -> Bool {
        let (bytes, overflows) = membersMax.multipliedReportingOverflow(by: memberBytes)
        let listBytesMax = overflows ? .max : bytes
        guard let start = try? file.read(at: range.lowerBound, count: min(32, range.count)),
            start.count == 32, start.starts(with: signature)
        else { return true }
        let (offset, size) = (little(start[12..<20]), little(start[20..<28]))
        guard size <= listBytesMax else { return false }
        // What lies outside is for libarchive to call damaged.
        guard offset < range.count - 32, size <= range.count - 32 - offset else { return true }
        // The description of a compressed list is short; a plain list may be long, but then it is all there.
        guard let list = try? file.read(at: range.lowerBound + 32 + offset, count: min(size, 4096)) else { return true }
        guard list.first == 0x17 else { return true }
        guard size <= 4096, let unpacked = unpackedSizes(list) else { return false }
        return unpacked.allSatisfy { $0 <= listBytesMax }
    }

    private static func little(_ bytes: ArraySlice<UInt8>) -> Int {
        let number = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int(clamping: number)
    }

    /// The sizes to which the streams of an “EncodedHeader” unpack; nil where it is written in an unknown way.
    private static func unpackedSizes(_ list: [UInt8]) -> [Int]? {
        var reader = Reader(bytes: list, position: 1)
        guard reader.byte() == 0x06, reader.number() != nil, let packs = reader.number(), packs <= 8 else { return nil }
        guard reader.byte() == 0x09 else { return nil }
        for _ in 0..<packs { guard reader.number() != nil else { return nil } }
        guard var mark = reader.byte() else { return nil }
        if mark == 0x0A {
            guard reader.skipDigests(packs), let next = reader.byte() else { return nil }
            mark = next
        }
        guard mark == 0, reader.byte() == 0x07, reader.byte() == 0x0B else { return nil }
        guard let folders = reader.number(), (1...4).contains(folders), reader.byte() == 0 else { return nil }
        var outputs = 0
        for _ in 0..<folders {
            guard let count = reader.folder() else { return nil }
            outputs += count
        }
        guard reader.byte() == 0x0C else { return nil }
        var sizes: [Int] = []
        for _ in 0..<outputs {
            guard let size = reader.number() else { return nil }
            sizes.append(size)
        }
        return sizes
    }
}

/// Reads 7-Zip's numbers; nil at the end.
private struct Reader {
    let bytes: [UInt8]
    var position: Int

    mutating func byte() -> UInt8? {
        guard position < bytes.count else { return nil }
        position += 1
        return bytes[position - 1]
    }

    /// A number of up to eight bytes; the first byte's leading ones say how many follow.
    mutating func number() -> Int? {
        guard let first = byte() else { return nil }
        let extra = (~first).leadingZeroBitCount
        var value: UInt64 = 0
        for index in 0..<extra {
            guard let next = byte() else { return nil }
            value |= UInt64(next) << UInt64(8 * index)
        }
        let high = extra < 7 ? UInt64(first & (0x7F >> UInt8(extra))) << UInt64(8 * extra) : 0
        return Int(clamping: value | high)
    }

    mutating func skip(_ count: Int) -> Bool {
        guard count >= 0, count <= bytes.count - position else { return false }
        position += count
        return true
    }

    mutating func skipDigests(_ count: Int) -> Bool {
        // All are defined, as every writer has it.
        guard byte() == 1 else { return false }
        return skip(4 * count)
    }

    /// Passes over the coders of a folder; returns how many streams come out of it.
    mutating func folder() -> Int? {
        guard let coders = number(), (1...4).contains(coders) else { return nil }
        var (inputs, outputs) = (0, 0)
        for _ in 0..<coders {
            guard let flags = byte(), flags & 0x80 == 0, skip(Int(flags & 0x0F)) else { return nil }
            var (ins, outs) = (1, 1)
            if flags & 0x10 != 0 {
                guard let i = number(), let o = number(), (1...8).contains(i), (1...8).contains(o) else { return nil }
                (ins, outs) = (i, o)
            }
            if flags & 0x20 != 0 {
                guard let size = number(), skip(size) else { return nil }
            }
            inputs += ins
            outputs += outs
        }
        for _ in 0..<(2 * (outputs - 1)) { guard number() != nil else { return nil } }
        let packed = inputs - (outputs - 1)
        guard packed >= 1 else { return nil }
        if packed > 1 {
            for _ in 0..<packed { guard number() != nil else { return nil } }
        }
        return outputs
    }
}
