internal import CSQLite

extension Connection {
    /// Runs a statement to its end, with values for `?1`, `?2`, …
    ///
    /// - Returns: How many rows an INSERT, UPDATE or DELETE changed. For other statements it means nothing.
    @discardableResult
    public func run(_ sql: SQL, _ values: [Value] = []) throws(SQLiteError) -> Int {
        try prepare(sql).run(values)
        return changes
    }

    /// Runs a statement to its end, with values by name: `[":year": 2023]`.
    @discardableResult
    public func run(_ sql: SQL, _ values: KeyValuePairs<String, Value>) throws(SQLiteError) -> Int {
        let statement = try prepare(sql)
        try statement.bind(values)
        try statement.run()
        return changes
    }

    /// All rows of a query, each made into a value by `body`. For results that have a known bound.
    ///
    /// - Throws: What SQLite refused, or what `body` throws.
    public func query<T>(
        _ sql: SQL, _ values: [Value] = [], _ body: (borrowing Row) throws(SQLiteError) -> T
    ) throws(SQLiteError) -> [T] {
        var results: [T] = []
        try forEachRow(sql, values) { row throws(SQLiteError) in results.append(try body(row)) }
        return results
    }

    /// All rows of a query, with values by name.
    public func query<T>(
        _ sql: SQL, _ values: KeyValuePairs<String, Value>, _ body: (borrowing Row) throws(SQLiteError) -> T
    ) throws(SQLiteError) -> [T] {
        let statement = try prepare(sql)
        try statement.bind(values)
        var results: [T] = []
        try statement.forEachRow { row throws(SQLiteError) in results.append(try body(row)) }
        return results
    }

    /// The first row of a query, made into a value by `body`; nil if there is none.
    public func queryOne<T>(
        _ sql: SQL, _ values: [Value] = [], _ body: (borrowing Row) throws(SQLiteError) -> T
    ) throws(SQLiteError) -> T? {
        let statement = try prepare(sql)
        try statement.bind(values)
        return try statement.next(body)
    }

    /// The first row of a query with values by name; nil if there is none.
    public func queryOne<T>(
        _ sql: SQL, _ values: KeyValuePairs<String, Value>, _ body: (borrowing Row) throws(SQLiteError) -> T
    ) throws(SQLiteError) -> T? {
        let statement = try prepare(sql)
        try statement.bind(values)
        return try statement.next(body)
    }

    /// Calls `body` with each row in turn; memory does not grow with their number.
    public func forEachRow(
        _ sql: SQL, _ values: [Value] = [], _ body: (borrowing Row) throws(SQLiteError) -> Void
    ) throws(SQLiteError) {
        try prepare(sql).forEachRow(values, body)
    }

    /// How many rows the last INSERT, UPDATE or DELETE changed, those of triggers not counted.
    public var changes: Int { unsafe Int(sqlite3_changes64(handle)) }

    /// How many rows all statements of this connection changed so far, those of triggers included.
    public var totalChanges: Int { unsafe Int(sqlite3_total_changes64(handle)) }

    /// The rowid of the last row that this connection inserted.
    public var lastInsertRowID: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

    /// How many prepared statements wait in the cache or are on loan from it.
    public var cachedStatementCount: Int { statements.count }
}
