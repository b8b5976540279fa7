internal import Synchronization

/// Documents one after another: ``BulkReader`` takes one upload apart, ``FolderWalk`` goes through files and folders.
public protocol BulkItems: AnyObject {
    /// How much has been read so far, in bytes.
    var bytesRead: Int { get }
    /// The fields of a form that were met so far.
    var fields: [String: String] { get }
    /// The next item; nil after the last one.
    ///
    /// - Throws: when nothing more can be read.
    func next() throws(IngestError) -> BulkItem?
}

/// The items of an upload or a walk for callers that must not block: files and archives are read on the threads for reading.
public final class BulkFeed: Sendable {
    /// Items that are worked on together.
    struct Group: Sendable {
        /// The items, in order.
        let items: [BulkItem]
        /// How much of the upload has been read, in bytes.
        let bytesDone: Int
        /// The fields of a form that stand before them.
        let fields: [String: String]
    }

    private let source: Mutex<any BulkItems>

    /// Takes a source over.
    public init(_ source: sending any BulkItems) {
        self.source = Mutex(source)
    }

    /// The next items; nil after the last one.
    func next(itemsMax: Int, bytesMax: Int) async throws(IngestError) -> Group? {
        try await ReadingQueue.run { () throws(IngestError) in
            try self.source.withLock { (source) throws(IngestError) in
                let items = try Self.group(from: source, itemsMax: itemsMax, bytesMax: bytesMax)
                return items.map { Group(items: $0, bytesDone: source.bytesRead, fields: source.fields) }
            }
        }
    }

    /// The fields of a form that were met so far.
    var fields: [String: String] { source.withLock { $0.fields } }

    /// Passes over items that were done before.
    func skip(_ count: Int) async throws(IngestError) {
        guard count > 0 else { return }
        try await ReadingQueue.run { () throws(IngestError) in
            try self.source.withLock { (source) throws(IngestError) in
                for _ in 0..<count { guard try source.next() != nil else { return } }
            }
        }
    }

    /// The next items of a reader; nil after the last one. Where nothing more can be read, those before it come first:
    /// the next call throws.
    static func group(
        from source: any BulkItems, itemsMax: Int, bytesMax: Int
    ) throws(IngestError) -> [BulkItem]? {
        var items: [BulkItem] = []
        var bytes = 0
        do throws(IngestError) {
            while items.count < itemsMax, bytes < bytesMax, let item = try source.next() {
                if case .success(let content) = item.content { bytes += content.bytes.count }
                items.append(item)
            }
        } catch {
            if items.isEmpty { throw error }
        }
        return items.isEmpty ? nil : items
    }
}
