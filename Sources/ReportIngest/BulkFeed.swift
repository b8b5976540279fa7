internal import QueueExecutor

/// The items of an upload, read on a queue of their own: files and archives block.
public actor BulkFeed {
    /// Items that are worked on together.
    public struct Group: Sendable {
        /// The items, in order.
        public let items: [BulkItem]
        /// How much of the upload has been read, in bytes.
        public let bytesDone: Int
        /// The fields of a form that stand before them.
        public let fields: [String: String]
    }

    private let reader: BulkReader
    private nonisolated let executor = QueueExecutor(label: "upload.read")

    /// Takes a reader over.
    public init(_ reader: sending BulkReader) {
        self.reader = reader
    }

    /// The queue as the runtime wants it.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// The next items; nil after the last one.
    func next(itemsMax: Int, bytesMax: Int) throws(IngestError) -> Group? {
        let items = try Self.group(from: reader, itemsMax: itemsMax, bytesMax: bytesMax)
        return items.map { Group(items: $0, bytesDone: reader.bytesRead, fields: reader.fields) }
    }

    /// Passes over items that were done before.
    func skip(_ count: Int) throws(IngestError) {
        for _ in 0..<count { guard try reader.next() != nil else { return } }
    }

    /// The next items of a reader; nil after the last one.
    static func group(
        from reader: BulkReader, itemsMax: Int, bytesMax: Int
    ) throws(IngestError) -> [BulkItem]? {
        var items: [BulkItem] = []
        var bytes = 0
        while items.count < itemsMax, bytes < bytesMax, let item = try reader.next() {
            if case .success(let content) = item.content { bytes += content.bytes.count }
            items.append(item)
        }
        return items.isEmpty ? nil : items
    }
}
