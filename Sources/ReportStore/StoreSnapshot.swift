internal import Reports
internal import SQLite

/// The store as it is at one moment: whatever is read from it agrees, while writes go on.
///
/// Each method is a read by key of microseconds. Made by ``Store/snapshot(_:)`` and ``Store/longSnapshot(_:)``, and good
/// within them.
public struct StoreSnapshot {
    let connection: Connection
    let kept: Kept
    let shapes: ShapeBook
    let regions: RegionDirectory

    fileprivate init(_ store: Store, _ connection: Connection) {
        self.connection = connection
        kept = store.kept
        shapes = store.shapes
        regions = store.regions
    }

    /// What a write transaction sees, its own changes included. Nothing of it goes into what readers keep: it may be
    /// taken back.
    init(_ transaction: WriteTransaction) {
        connection = transaction.connection
        kept = Kept(sumsBytesMax: 0, listsBytesMax: 0)
        shapes = transaction.shapes
        regions = transaction.regions
    }
}

/// What has to hold of the store, as a change finds it, for the change to be made.
///
/// It is asked within the transaction that makes the change: what held a moment ago may not hold any more.
public typealias Precondition = @Sendable (StoreSnapshot) throws -> Bool

extension WriteTransaction {
    /// - Throws: ``StoreError/preconditionFailed`` where a precondition does not hold now.
    func require(_ precondition: Precondition?) throws {
        guard let precondition, try !precondition(StoreSnapshot(self)) else { return }
        throw StoreError.preconditionFailed
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
