/// Whether there was anything to read in an upload of many: judged from its results, group by group.
public struct BulkYield: Sendable {
    private var items = 0
    private var encrypted = 0
    private var first: String?

    /// Nothing so far.
    public init() {}

    /// Takes results in.
    public mutating func add(_ results: [ItemResult]) {
        items += results.count
        for case .encrypted(let member)? in results.lazy.map(\.error) {
            encrypted += 1
            first = first ?? member
        }
    }

    /// - Throws: ``IngestError/empty`` where there was no item, ``IngestError/encrypted(_:)`` where every one was
    ///   encrypted: such an upload has not succeeded in any part.
    public func requireSomething() throws(IngestError) {
        guard items > 0 else { throw .empty }
        if let first, encrypted == items { throw .encrypted(first) }
    }
}
