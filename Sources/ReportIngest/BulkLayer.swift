internal import Documents

/// One level of an upload: lines, the parts of a form, the members of an archive.
protocol BulkLayer: AnyObject {
    /// The next thing; nil at the end.
    ///
    /// - Throws: when nothing more can be read from this level.
    func next() throws(IngestError) -> BulkEntry?

    /// How far into its source reading has come.
    var position: Int { get }
}

/// What a level gives.
enum BulkEntry {
    /// - Parameter line: the number of its line, from 1, where it is one.
    case item(name: String?, line: Int? = nil, Result<BulkItem.Content, IngestError>)
    case field(name: String, value: String)
    /// Something that holds items itself.
    case nested(BulkSource)
}

/// A part of a file that holds items.
struct BulkSource {
    let file: ByteFile
    let range: Range<Int>
    let kind: BulkKind
    /// Its path in the upload; nil for the upload itself.
    let name: String?
    /// The archives around it.
    let depth: Int
}

/// What all levels of one upload share: the limits, and what has been used of them.
final class BulkBudget {
    let limits: BulkLimits
    let temporaryFolder: String
    private let ratioBytesMax: Int
    private var totalBytes = 0
    /// A limit of the whole, once exceeded: then nothing more is read.
    private(set) var failure: IngestError?

    init(limits: BulkLimits, rootBytes: Int, temporaryFolder: String) {
        self.limits = limits
        self.temporaryFolder = temporaryFolder
        let (allowed, overflows) = rootBytes.multipliedReportingOverflow(by: limits.ratioMax)
        ratioBytesMax = overflows ? .max : max(allowed, BulkLimits.ratioFreeBytes)
    }

    /// How many bytes may still be unpacked.
    var bytesLeft: Int { max(0, min(limits.totalBytesMax, ratioBytesMax) - totalBytes) }

    /// Counts what has been unpacked.
    func charge(_ count: Int, item: String?) throws(IngestError) {
        totalBytes += count
        if totalBytes > limits.totalBytesMax {
            throw fail(.bulkLimitExceeded("bytes unpacked", maximum: limits.totalBytesMax, item: item))
        }
        if totalBytes > ratioBytesMax {
            throw fail(.bulkLimitExceeded("times its size when unpacked", maximum: limits.ratioMax, item: item))
        }
    }

    /// Remembers that nothing more is to be read.
    func fail(_ error: IngestError) -> IngestError {
        failure = failure ?? error
        return error
    }

    /// Opens a level.
    func open(_ source: BulkSource) throws(IngestError) -> any BulkLayer {
        guard source.depth <= limits.depthMax else {
            throw .unreadableDocument("it lies in more than \(limits.depthMax) archives of the uploaded one")
        }
        switch source.kind {
        case .ndjson: return NDJSONLayer(source, self)
        case .archive: return try ArchiveLayer(source, self)
        case .gzip: return try GzipLayer(source, self)
        case .multipart(let boundary): return try MultipartLayer(source, boundary: boundary, self)
        }
    }
}

/// A path in an upload, below that of what it lies in.
///
/// A name is a label that people and terminals are shown: without control characters, and no megabyte of it.
func bulkPath(_ outer: String?, _ inner: String) -> String {
    let parts = inner.split(separator: "/").filter { $0 != "." }
    var scalars = String.UnicodeScalarView()
    for scalar in parts.joined(separator: "/").unicodeScalars.prefix(1000) {
        scalars.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
    }
    let name = String(scalars)
    return outer.map { "\($0)/\(name)" } ?? name
}
