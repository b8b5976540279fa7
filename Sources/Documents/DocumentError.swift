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
    /// The named part of the document, or the document itself, is cut off or not what its format says.
    case damaged(String)
    /// The document can be opened only with a password.
    case encrypted(String)
    /// The archive that an office document is was refused.
    case archive(ArchiveError)
    /// The document holds pictures of pages and no text: it must be recognised first (OCR).
    case noText(name: String, convertTo: String)
    /// A program that the format needs is not installed.
    case toolMissing(String, package: String)
    /// A program that the format needs did not finish in time.
    case timedOut(String, seconds: Int)
    /// A program that the format needs could not be started or was killed.
    case toolFailed(String, reason: String)
}

extension DocumentError {
    /// What is wrong, in a few English words without a full stop.
    public var reason: String {
        switch self {
        case .unsupportedFormat(let name, let convertTo), .noText(let name, let convertTo):
            "\(name) is not read; convert it to \(convertTo)"
        case .notText: "neither text nor a known document format"
        case .limitExceeded(let limit, let maximum): "more than \(maximum) \(limit.rawValue)"
        case .unreadableText(let error): "unreadable text: \(error)"
        case .parserUnavailable: "memory is short"
        case .damaged(let part): "\(part) is damaged"
        case .encrypted(let part): "\(part) is encrypted; save it without a password"
        case .archive(let error): error.reason
        case .toolMissing(let tool, let package): "\(tool) is not installed; it is in the package \(package)"
        case .timedOut(let tool, let seconds): "\(tool) took more than \(seconds) seconds"
        case .toolFailed(let tool, let reason): "\(tool) failed: \(reason)"
        }
    }
}
