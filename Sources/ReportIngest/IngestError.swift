public import Codecs
internal import Documents
public import ReportStore
public import Reports

/// Why an upload was not stored.
public enum IngestError: Error, Sendable, Hashable {
    /// There is nothing in it.
    case empty
    /// The document is of a format that is not read; `convertTo` says which would do.
    case unsupportedFormat(name: String, convertTo: String)
    /// The bytes are neither text nor a known format.
    case notText
    /// The document exceeds a limit, named in English.
    case limitExceeded(String, maximum: Int)
    /// An upload of many documents exceeds a limit as a whole, named in English; `item` is the one that does it.
    case bulkLimitExceeded(String, maximum: Int, item: String?)
    /// The character set is unknown, or the bytes are not in it.
    case unreadableText(CodecError)
    /// The document cannot be opened: damaged, encrypted, or holding no text.
    case unreadableDocument(String)
    /// A member of an archive is encrypted.
    case encrypted(String)
    /// A program that the format needs did not do its work here.
    case toolFailed(String)
    /// Memory is short.
    case outOfMemory
    /// A JSON upload is no JSON.
    case malformedJSON(JSONError)
    /// A JSON upload is no report document.
    case malformedReport(ReportDocumentError)
    /// A field of a form has an unknown name or a wrong value.
    case malformedField(String, expected: String)
    /// The document was read, and is no annual report.
    case notAReport
    /// The document names no agency, and neither does the upload.
    case agencyMissing
    /// The document names no year, and neither does the upload.
    case yearMissing
    /// The year has not begun yet.
    case yearInFuture(ReportYear)
    /// The document names another agency than the address.
    case otherAgency(stated: String, address: String)
    /// The document names another year than the address.
    case otherYear(stated: ReportYear, address: ReportYear)
    /// The store refused it.
    case store(StoreError)
}

extension IngestError {
    init(_ error: DocumentError) {
        switch error {
        case .unsupportedFormat(let name, let convertTo): self = .unsupportedFormat(name: name, convertTo: convertTo)
        case .notText: self = .notText
        case .limitExceeded(let limit, let maximum): self = .limitExceeded(limit.rawValue, maximum: maximum)
        case .unreadableText(let error): self = .unreadableText(error)
        case .parserUnavailable, .archive(.outOfMemory): self = .outOfMemory
        case .noText(let name, let convertTo): self = .unsupportedFormat(name: name, convertTo: convertTo)
        case .damaged, .encrypted, .archive, .timedOut: self = .unreadableDocument(error.reason)
        case .toolMissing, .toolFailed: self = .toolFailed(error.reason)
        }
    }
}

extension IngestError: CustomStringConvertible {
    /// One line for people.
    public var description: String {
        switch self {
        case .empty: "there is no document"
        case .unsupportedFormat(let name, let convertTo): "\(name) is not read; convert it to \(convertTo)"
        case .notText: "neither text nor a known document format"
        case .limitExceeded(let limit, let maximum): "more than \(maximum) \(limit)"
        case .bulkLimitExceeded(let limit, let maximum, let item):
            "more than \(maximum) \(limit)\(item.map { ", at \($0)" } ?? "")"
        case .unreadableText(let error): "unreadable text: \(error)"
        case .unreadableDocument(let reason), .toolFailed(let reason): reason
        case .encrypted(let member): "\(member) is encrypted; make the archive without a password"
        case .outOfMemory: "memory is short"
        case .malformedJSON(let error): "malformed JSON at byte \(error.offset): \(error.expected) is expected"
        case .malformedReport(let error): "\(error.path): \(error.reason)"
        case .malformedField(let name, let expected): "the form's field \(name): \(expected) is expected"
        case .notAReport: "no table of an annual report, and not its title and sections"
        case .agencyMissing: "no agency is named; give it with --agency"
        case .yearMissing: "no year is named; give it with --year"
        case .yearInFuture(let year): "a report for \(year.value), which has not begun"
        case .otherAgency(let stated, let address): "the report of \(stated), not of \(address)"
        case .otherYear(let stated, let address): "the report for \(stated.value), not for \(address.value)"
        case .store(let error): "\(error)"
        }
    }
}
