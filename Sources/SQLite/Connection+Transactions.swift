internal import CSQLite

/// When a transaction takes its lock (sqlite.org/lang_transaction.html).
public enum TransactionKind: Hashable, Sendable {
    /// Takes the write lock at once, so that it cannot meet ``SQLiteError/Code/busySnapshot`` half-way.
    case immediate
    /// Takes its snapshot at the first read: for several reads that must agree.
    case deferred
}

extension Connection {
    /// Runs `body` in a transaction: commits if it returns, rolls back if it throws.
    ///
    /// Transactions do not nest; use ``savepoint(_:)`` within one. Only on a read-only connection one within another
    /// is harmless: it shares the snapshot.
    ///
    /// - Throws: What `body` throws; ``SQLiteError`` if the transaction cannot begin or commit. Nothing is kept then.
    @discardableResult
    public func transaction<R>(_ kind: TransactionKind = .immediate, _ body: () throws -> R) throws -> R {
        if isReadOnly && isInTransaction { return try body() }
        switch kind {
        case .immediate: try run("BEGIN IMMEDIATE")
        case .deferred: try run("BEGIN DEFERRED")
        }
        do {
            let result = try body()
            try run("COMMIT")
            return result
        } catch {
            rollBack("ROLLBACK")
            throw error
        }
    }

    /// Runs `body` in a savepoint: what it did stays if it returns and is undone if it throws.
    ///
    /// Savepoints nest, within a transaction and in each other. One outside any transaction is itself a deferred one.
    ///
    /// - Throws: What `body` throws; ``SQLiteError`` if the savepoint cannot begin or end. If the error ended the
    ///   surrounding transaction too, as a full disk may, ``isInTransaction`` is false thereafter.
    @discardableResult
    public func savepoint<R>(_ body: () throws -> R) throws -> R {
        try run("SAVEPOINT step")
        do {
            let result = try body()
            // The name of an inner savepoint hides that of an outer one, so one name serves all.
            try run("RELEASE step")
            return result
        } catch {
            rollBack("ROLLBACK TO step")
            rollBack("RELEASE step")
            throw error
        }
    }

    /// Whether a transaction is open.
    public var isInTransaction: Bool {
        unsafe sqlite3_get_autocommit(handle) == 0
    }

    /// Undoes, unless SQLite has done so itself: some errors end the transaction (sqlite.org/lang_transaction.html §3).
    private func rollBack(_ sql: SQL) {
        guard isInTransaction else { return }
        // The error that led here is the one to report. A rollback that fails leaves the transaction open, which the
        // next BEGIN reports.
        _ = try? run(sql)
    }
}
