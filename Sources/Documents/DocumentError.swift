public import Codecs

/// Why bytes did not become a document.
public enum DocumentError: Error, Sendable, Hashable {
    /// The bytes are of a format that no reader takes; `convertTo` says which formats would do.
    case unsupportedFormat(name: String, convertTo: String)
    /// The bytes are neither text nor a format known by its signature.
    case notText
    /// The document exceeds a limit.
    case limitExceeded(DocumentLimits.Limit, maximum: Int)
    /// The character set is unknown, or the bytes are not in it.
    case unreadableText(CodecError)
    /// The mark-up parser could not start, for want of memory.
    case parserUnavailable
}
