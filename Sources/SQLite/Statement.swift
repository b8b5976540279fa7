internal import CSQLite

/// A prepared statement on loan from its connection's cache.
///
/// It goes back, reset and with its bindings cleared, when the variable that holds it goes out of scope. Keep it for
/// a loop that runs one text many times; else ``Connection/query(_:_:_:)`` and ``Connection/run(_:_:)`` are shorter.
///
/// Parameters count from 1, as in `?1`; columns count from 0.
public struct Statement: ~Copyable {
    private let prepared: PreparedStatement

    init(_ prepared: PreparedStatement) {
        self.prepared = prepared
    }

    deinit {
        prepared.giveBack()
    }

    /// The text as it was prepared, without bound values.
    public var sql: String { prepared.sql }

    /// How many parameters there are: the largest index in use.
    public var parameterCount: Int { unsafe Int(sqlite3_bind_parameter_count(prepared.handle)) }

    /// How many columns a row has; 0 if the statement gives no rows.
    public var columnCount: Int { unsafe Int(sqlite3_column_count(prepared.handle)) }

    /// Whether the statement leaves the database as it is (sqlite.org/c3ref/stmt_readonly.html).
    public var isReadOnly: Bool { unsafe sqlite3_stmt_readonly(prepared.handle) != 0 }

    /// How many operations of SQLite's virtual machine the statement took since this was asked last, some ten for a row that
    /// is looked at (sqlite.org/c3ref/c_stmtstatus_counter.html): what an answer costs, the same on every machine.
    public func takeOperationCount() -> Int {
        unsafe Int(sqlite3_stmt_status(prepared.handle, SQLITE_STMTSTATUS_VM_STEP, 1))
    }

    /// The name of a column, as `AS` gives it; nil if there is no such column.
    public func columnName(_ index: Int) -> String? {
        // Safe: SQLite checks the index; the text is copied.
        unsafe sqlite3_column_name(prepared.handle, Int32(clamping: index)).map { unsafe String(cString: $0) }
    }

    /// Takes one step: calls `body` with the next row and gives its result, or nil after the last row.
    ///
    /// - Throws: What SQLite refused, or what `body` throws.
    @discardableResult
    public func next<T>(
        _ body: (borrowing Row) throws(SQLiteError) -> T
    ) throws(SQLiteError) -> T? {
        guard try step() else { return nil }
        return try body(unsafe Row(handle))
    }

    /// Rewinds the statement so that it can be bound and stepped again; bindings stay.
    public func reset() {
        // The result repeats the error of the last step, which has been thrown already.
        _ = unsafe sqlite3_reset(prepared.handle)
    }

    /// Runs the statement to its end with what is bound, and rewinds it. Rows are passed over.
    public func run() throws(SQLiteError) {
        defer { reset() }
        while try step() {}
    }

    /// Binds these values to `?1`, `?2`, …, runs the statement to its end and rewinds it. Rows are passed over.
    public func run(_ values: [Value]) throws(SQLiteError) {
        try bind(values)
        try run()
    }

    /// Calls `body` with each row for what is bound, and rewinds the statement.
    public func forEachRow(_ body: (borrowing Row) throws(SQLiteError) -> Void) throws(SQLiteError) {
        defer { reset() }
        while try step() { try body(unsafe Row(handle)) }
    }

    /// Binds these values, calls `body` with each row, and rewinds the statement.
    public func forEachRow(
        _ values: [Value], _ body: (borrowing Row) throws(SQLiteError) -> Void
    ) throws(SQLiteError) {
        try bind(values)
        try forEachRow(body)
    }

    /// Takes one step: true if there is a row.
    func step() throws(SQLiteError) -> Bool {
        switch unsafe sqlite3_step(prepared.handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw prepared.error
        }
    }

    var handle: OpaquePointer { unsafe prepared.handle }

    func check(_ result: Int32) throws(SQLiteError) {
        guard result == SQLITE_OK else { throw prepared.error }
    }
}
