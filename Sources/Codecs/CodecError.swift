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

extension CodecError: CustomStringConvertible {
    /// One line for people.
    public var description: String {
        switch self {
        case .unknownCharset(let label): "the character set “\(label)” is unknown"
        case .brokenText(let encoding, let offset): "no valid \(encoding.name) from byte \(offset) on"
        case .converterMissing(let encoding): "the system has no converter for \(encoding.name)"
        case .damagedCompression(let offset): "the compressed data is damaged at byte \(offset)"
        case .truncatedCompression: "the compressed data is cut short"
        case .outputTooLarge(let maximum): "it inflates to more than \(maximum) bytes"
        case .ratioTooLarge(let maximum): "it inflates to more than \(maximum) times its size"
        case .outOfMemory: "memory is short"
        }
    }
}
