public import Documents
public import ReportStore
public import Reports

/// Why an upload was not stored.
public enum IngestError: Error, Sendable, Hashable {
    /// There is nothing in it.
    case empty
    /// The document could not be read.
    case unreadable(DocumentError)
    /// A JSON upload is no JSON.
    case malformedJSON(JSONError)
    /// A JSON upload is no report document.
    case malformedReport(ReportDocumentError)
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
