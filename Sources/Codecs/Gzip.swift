/// Data in gzip's framing (RFC 1952), as HTTP bodies and archives are.
public enum Gzip {
    /// Compresses at a level from 1 (fast) to 9 (small).
    ///
    /// - Throws: `outOfMemory`.
    public static func compress(_ bytes: [UInt8], level: Int = 6) throws(CodecError) -> [UInt8] {
        try Compressor.compress(bytes, format: .gzip, level: level)
    }

    /// Decompresses all members.
    ///
    /// - Throws: `damagedCompression`, `truncatedCompression`, `outputTooLarge`, `ratioTooLarge`, `outOfMemory`.
    public static func decompress(
        _ bytes: [UInt8], limits: CompressionLimits = CompressionLimits()
    ) throws(CodecError) -> [UInt8] {
        try Decompressor.decompress(bytes, format: .gzip, limits: limits)
    }
}

/// Data in zlib's framing (RFC 1950), four bytes of checksum and two of header: for what is stored.
public enum Zlib {
    /// Compresses at a level from 1 (fast) to 9 (small).
    ///
    /// - Throws: `outOfMemory`.
    public static func compress(_ bytes: [UInt8], level: Int = 6) throws(CodecError) -> [UInt8] {
        try Compressor.compress(bytes, format: .zlib, level: level)
    }

    /// Decompresses.
    ///
    /// - Throws: `damagedCompression`, `truncatedCompression`, `outputTooLarge`, `ratioTooLarge`, `outOfMemory`.
    public static func decompress(
        _ bytes: [UInt8], limits: CompressionLimits = CompressionLimits()
    ) throws(CodecError) -> [UInt8] {
        try Decompressor.decompress(bytes, format: .zlib, limits: limits)
    }
}

/// What stands around deflated data.
public enum CompressionFormat: Sendable, Hashable, CaseIterable {
    /// A header, and a checksum at the end (RFC 1952).
    case gzip
    /// Two bytes of header, and a checksum at the end (RFC 1950); HTTP's `deflate`.
    case zlib
    /// Nothing (RFC 1951).
    case raw

    /// zlib's "windowBits": a power of two of bytes, 15 at most, that no more than `bytesMax` need; +16 asks for gzip, a
    /// minus for raw data.
    func windowBits(for bytesMax: Int?) -> Int32 {
        let bits = Self.windowBits(bytesMax)
        return switch self {
        case .gzip: bits + 16
        case .zlib: bits
        case .raw: -bits
        }
    }

    /// zlib's "memLevel", for as much as is compressed: 8 is the default.
    static func memoryLevel(for bytesMax: Int?) -> Int32 { windowBits(bytesMax) - 7 }

    /// A window of 256 bytes is one that zlib does not keep to.
    private static func windowBits(_ bytesMax: Int?) -> Int32 {
        guard let bytesMax else { return 15 }
        return (9..<15).first { 1 << $0 >= bytesMax } ?? 15
    }
}

/// How much decompressed data is taken before it is called a bomb.
public struct CompressionLimits: Sendable, Hashable {
    /// Bytes of output.
    public var outputBytesMax: Int
    /// Bytes of output for each byte of input; counts from the first mebibyte of output on.
    public var ratioMax: Int

    /// Makes limits; text rarely shrinks by more than a factor of twenty.
    public init(outputBytesMax: Int = 64 << 20, ratioMax: Int = 200) {
        self.outputBytesMax = outputBytesMax
        self.ratioMax = ratioMax
    }
}
