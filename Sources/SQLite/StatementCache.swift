internal import CSQLite

/// A prepared statement of SQLite, finalized when the last reference goes.
@safe final class PreparedStatement {
    let handle: OpaquePointer

    /// Whether a ``Statement`` holds it at this moment; then the cache does not hand it out again.
    fileprivate(set) var isLent = false

    /// The cache's count of uses at the last one: the smallest is the one to go.
    fileprivate var lastUse: UInt64 = 0

    init(handle: OpaquePointer) {
        unsafe self.handle = unsafe handle
    }

    deinit {
        // Safe: the handle is this object's alone. The result repeats the error of the last step, known already.
        _ = unsafe sqlite3_finalize(handle)
    }

    /// Ends its use: closes its cursor, and with it a read transaction, and frees what was bound.
    func giveBack() {
        // Safe: the handle is open as long as this object.
        unsafe sqlite3_reset(handle)
        unsafe sqlite3_clear_bindings(handle)
        isLent = false
    }

    /// The error that the last call on this statement left behind.
    var error: SQLiteError {
        // Safe: a connection, even one closed meanwhile, lives as long as its statements (sqlite3_close_v2).
        unsafe SQLiteError(connection: sqlite3_db_handle(handle), sql: sql)
    }

    /// The text as it was prepared.
    var sql: String {
        // Safe: the text belongs to the statement and is copied here.
        unsafe sqlite3_sql(handle).map { unsafe String(cString: $0) } ?? ""
    }
}

/// A bounded set of prepared statements, those used last.
struct StatementCache {
    private let countMax: Int
    private var statements: [SQL.Key: PreparedStatement] = [:]
    private var uses: UInt64 = 0

    init(countMax: Int) {
        self.countMax = countMax
        statements.reserveCapacity(countMax)
    }

    var count: Int { statements.count }

    /// Gives the statement of that text if there is one that nobody holds, else makes one.
    ///
    /// A statement made while another of the same text is in use is not kept: that is rare (a query within its own
    /// row closure) and keeping one for each text keeps the cache simple. O(1), O(`countMax`) when one must go.
    mutating func lend(
        _ key: SQL.Key, make: () throws(SQLiteError) -> PreparedStatement
    ) throws(SQLiteError) -> PreparedStatement {
        uses += 1
        if let known = statements[key] {
            if !known.isLent { return lend(known) }
            return lend(try make())
        }
        let new = try make()
        if statements.count >= countMax { removeOldest() }
        if statements.count < countMax { statements[key] = new }
        return lend(new)
    }

    mutating func removeAll() {
        statements.removeAll()
    }

    private func lend(_ statement: PreparedStatement) -> PreparedStatement {
        statement.isLent = true
        statement.lastUse = uses
        return statement
    }

    private mutating func removeOldest() {
        let idle = statements.filter { !$0.value.isLent }
        guard let oldest = idle.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return }
        statements[oldest.key] = nil
    }
}
