internal import Codecs
internal import Documents
internal import ReportStore

extension IngestError {
    /// Runs what works on files.
    static func ofFile<Value>(_ body: () throws(FileError) -> Value) throws(IngestError) -> Value {
        do { return try body() } catch { throw IngestError(error) }
    }

    /// Runs what inflates a body.
    static func ofCodec<Value>(_ body: () throws(CodecError) -> Value) throws(IngestError) -> Value {
        do throws(CodecError) {
            return try body()
        } catch .outputTooLarge(let maximum) {
            throw .limitExceeded("bytes", maximum: maximum)
        } catch .outOfMemory {
            throw .outOfMemory
        } catch {
            throw .unreadableText(error)
        }
    }

    init(_ error: FileError) {
        if error.isFull {
            self = .store(.full)
        } else if error.isReadOnly {
            self = .store(.readOnly)
        } else {
            self = .store(.internal("a file of an upload: \(error.reason)"))
        }
    }

    /// An archive, or a member of it, in an upload of many documents.
    init(_ error: ArchiveError, limits: BulkLimits) {
        switch error {
        case .outOfMemory: self = .outOfMemory
        case .limitExceeded(.memberBytes, let maximum, _): self = .limitExceeded("bytes", maximum: maximum)
        case .limitExceeded(.members, _, let member):
            self = .bulkLimitExceeded("items", maximum: limits.itemsMax, item: member)
        case .limitExceeded(.totalBytes, _, let member):
            self = .bulkLimitExceeded("bytes unpacked", maximum: limits.totalBytesMax, item: member)
        case .limitExceeded(.ratio, let maximum, let member):
            self = .bulkLimitExceeded("times its size when unpacked", maximum: maximum, item: member)
        case .encrypted(let member?): self = .encrypted(member)
        case .damaged, .encrypted(nil), .unsafeName, .notAFile, .unsupportedCompression:
            self = .unreadableDocument(error.reason)
        }
    }
}
