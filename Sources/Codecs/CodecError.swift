/// Why bytes could not be turned into other bytes.
public enum CodecError: Error, Sendable, Hashable {
    /// A character set was declared by a label that no decoder here knows.
    case unknownCharset(label: String)
    /// Too much of the text is not in the character set; `offset` is the first byte that is not.
    case brokenText(encoding: TextEncoding, offset: Int)
    /// The system lacks the converter of a character set.
    case converterMissing(TextEncoding)
    /// Compressed data is damaged at, or shortly before, the given offset of the input.
    case damagedCompression(offset: Int)
    /// Compressed data ends before its end mark.
    case truncatedCompression
    /// The output would exceed this many bytes.
    case outputTooLarge(maximum: Int)
    /// The output exceeds the input by more than this factor: a decompression bomb.
    case ratioTooLarge(maximum: Int)
    /// The C library could not start, for want of memory.
    case outOfMemory
}
