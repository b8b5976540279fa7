import Codecs

/// Makes zip archives in memory, proper ones and others.
public struct ZIPWriter {
    /// What is odd about a member.
    public struct Oddity {
        /// Bits of the general purpose flag: 0x1 encrypted, 0x800 name in UTF-8.
        var flags: UInt16 = 0x800
        /// The Unix mode, as in `0o120777` for a link.
        var mode: UInt32 = 0o100644
        var isDeflated = false

        /// Makes an oddity; without arguments, none.
        public init(flags: UInt16 = 0x800, mode: UInt32 = 0o100644, isDeflated: Bool = false) {
            self.flags = flags
            self.mode = mode
            self.isDeflated = isDeflated
        }
    }

    /// What was written and not taken.
    public private(set) var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    /// The bytes that have been taken away.
    private var taken = 0
    private var count: UInt16 = 0

    /// An archive without members yet.
    public init() {}

    /// An archive of texts by their names.
    public static func archive(_ members: [(String, String)]) -> [UInt8] {
        var writer = ZIPWriter()
        for (name, text) in members { writer.add(Array(name.utf8), Array(text.utf8)) }
        return writer.finished()
    }

    /// Adds a member; the checksum is worked out where none is given.
    public mutating func add(
        _ name: [UInt8], _ content: [UInt8], _ oddity: Oddity = Oddity(), checksum: UInt32? = nil
    ) {
        let start = taken + bytes.count
        let gzip = oddity.isDeflated ? try? Gzip.compress(content) : nil
        // Deflated data stands between gzip's ten bytes of header and eight of checksum and length.
        let data = gzip.map { Array($0[10..<($0.count - 8)]) } ?? content
        var header: [UInt8] = []
        append(20, 2, to: &header)
        append(Int(oddity.flags), 2, to: &header)
        append(oddity.isDeflated ? 8 : 0, 2, to: &header)
        append(0, 4, to: &header)
        append(Int(checksum ?? ZIPWriter.checksum(content)), 4, to: &header)
        append(data.count, 4, to: &header)
        append(content.count, 4, to: &header)
        append(name.count, 2, to: &header)
        append(0, 2, to: &header)
        bytes += [0x50, 0x4B, 3, 4] + header + name + data
        directory += [0x50, 0x4B, 1, 2, 20, 3] + header
        append(0, 6, to: &directory)
        append(Int(oddity.mode) << 16, 4, to: &directory)
        append(start, 4, to: &directory)
        directory += name
        count &+= 1
    }

    /// Takes away what was written so far, for archives that are larger than memory.
    public mutating func take() -> [UInt8] {
        defer { bytes = [] }
        taken += bytes.count
        return bytes
    }

    /// The archive, or what was not taken of it, with its directory.
    public func finished() -> [UInt8] {
        var end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
        append(Int(count), 2, to: &end)
        append(Int(count), 2, to: &end)
        append(directory.count, 4, to: &end)
        append(taken + bytes.count, 4, to: &end)
        append(0, 2, to: &end)
        return bytes + directory + end
    }

    private func append(_ number: Int, _ width: Int, to bytes: inout [UInt8]) {
        for index in 0..<width { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
    }

    /// CRC-32 (ISO 3309), bit by bit.
    public static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { crc, byte in table[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] ^ crc >> 8 }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? 0xEDB8_8320 ^ crc >> 1 : crc >> 1 }
    }
}
