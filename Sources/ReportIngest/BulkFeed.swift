internal import Synchronization

/// The items of an upload for callers that must not block: files and archives are read on the threads for reading.
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

    private let reader: Mutex<BulkReader>

    /// Takes a reader over.
    public init(_ reader: sending BulkReader) {
        self.reader = Mutex(reader)
    }

    /// The next items; nil after the last one.
    func next(itemsMax: Int, bytesMax: Int) async throws(IngestError) -> Group? {
        try await ReadingQueue.run { () throws(IngestError) in
            try self.reader.withLock { (reader) throws(IngestError) in
                let items = try Self.group(from: reader, itemsMax: itemsMax, bytesMax: bytesMax)
                return items.map { Group(items: $0, bytesDone: reader.bytesRead, fields: reader.fields) }
            }
        }
    }

    /// Passes over items that were done before.
    func skip(_ count: Int) async throws(IngestError) {
        guard count > 0 else { return }
        try await ReadingQueue.run { () throws(IngestError) in
            try self.reader.withLock { (reader) throws(IngestError) in
                for _ in 0..<count { guard try reader.next() != nil else { return } }
            }
        }
    }

    /// The next items of a reader; nil after the last one. Where nothing more can be read, those before it come first:
    /// the next call throws.
    static func group(
        from reader: BulkReader, itemsMax: Int, bytesMax: Int
    ) throws(IngestError) -> [BulkItem]? {
        var items: [BulkItem] = []
        var bytes = 0
        do throws(IngestError) {
            while items.count < itemsMax, bytes < bytesMax, let item = try reader.next() {
                if case .success(let content) = item.content { bytes += content.bytes.count }
                items.append(item)
            }
        } catch {
            if items.isEmpty { throw error }
        }
        return items.isEmpty ? nil : items
    }
}
