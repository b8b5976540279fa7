internal import Reports
internal import SQLite

/// The store as it is at one moment: whatever is read from it agrees, while writes go on.
///
/// Each method is a read by key of microseconds. Made by ``Store/snapshot(_:)`` and ``Store/longSnapshot(_:)``, and good
/// within them.
public struct StoreSnapshot {
    let connection: Connection
    let cache: StatisticsCache
    let lists: ListCache
    let shapes: ShapeBook
    let regions: RegionDirectory

    fileprivate init(_ store: Store, _ connection: Connection) {
        self.connection = connection
        cache = store.statistics
        lists = store.lists
        shapes = store.shapes
        regions = store.regions
    }
}

extension Store {
    /// Runs `body` at once on the calling thread, with the store as it is now. Do not call it within itself.
    ///
    /// - Throws: what `body` throws; a ``StoreError`` where the database does not answer.
    public func snapshot<R: Sendable>(_ body: @Sendable (StoreSnapshot) throws -> R) throws -> R {
        do {
            return try pool.read { connection in
                try connection.transaction(.deferred) {
                    try body(StoreSnapshot(self, connection))
                }
            }
        } catch let error as SQLiteError {
            throw StoreError(error)
        }
    }

    /// The same for what takes longer than reads by key: on the queue of a long reader.
    ///
    /// - Parameter isHeavy: whether it may take seconds; such reads run one after another, beside the others.
    public func longSnapshot<R: Sendable>(
        isHeavy: Bool = false, _ body: @Sendable (StoreSnapshot) throws -> R
    ) async throws -> R {
        do {
            return try await pool.readLong(isHeavy: isHeavy) { connection in
                try connection.transaction(.deferred) {
                    try body(StoreSnapshot(self, connection))
                }
            }
        } catch let error as SQLiteError {
            throw StoreError(error)
        }
    }
}
