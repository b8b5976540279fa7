internal import CSQLite

// Every `unsafe` here calls SQLite with the statement's open handle; SQLite checks the index (`SQLITE_RANGE`) and
// copies text and blobs before it returns. Binding needs a statement that is rewound: `SQLITE_MISUSE` otherwise.
extension Statement {
    /// Binds values to `?1`, `?2`, …: exactly as many as there are parameters.
    public func bind(_ values: [Value]) throws(SQLiteError) {
        precondition(values.count == parameterCount, "Every parameter of a statement needs exactly one value: \(sql)")
        for index in values.indices { try bind(values[index], at: index + 1) }
    }

    /// Binds values by name, each name with its prefix as in the statement: `":year"`. What is left out stays NULL.
    public func bind(_ values: KeyValuePairs<String, Value>) throws(SQLiteError) {
        for (name, value) in values { try bind(value, to: name) }
    }

    /// Binds a value to the parameter of that name, prefix included.
    public func bind(_ value: Value, to name: String) throws(SQLiteError) {
        let index = unsafe sqlite3_bind_parameter_index(handle, name)
        precondition(index > 0, "The statement has no parameter \(name): \(sql)")
        try bind(value, at: Int(index))
    }

    /// Binds any value.
    public func bind(_ value: Value, at index: Int) throws(SQLiteError) {
        switch value {
        case .null: try bindNull(at: index)
        case .integer(let integer): try bind(integer, at: index)
        case .real(let double): try bind(double, at: index)
        case .text(let text): try bind(text, at: index)
        case .blob(let bytes): try bind(bytes.span, at: index)
        }
    }

    /// Binds NULL.
    public func bindNull(at index: Int) throws(SQLiteError) {
        try check(unsafe sqlite3_bind_null(handle, Int32(clamping: index)))
    }

    /// Binds an integer.
    public func bind(_ integer: Int64, at index: Int) throws(SQLiteError) {
        try check(unsafe sqlite3_bind_int64(handle, Int32(clamping: index), integer))
    }

    /// Binds an integer.
    public func bind(_ integer: Int, at index: Int) throws(SQLiteError) {
        try bind(Int64(integer), at: index)
    }

    /// Binds a double; NaN becomes NULL.
    public func bind(_ double: Double, at index: Int) throws(SQLiteError) {
        try check(unsafe sqlite3_bind_double(handle, Int32(clamping: index), double))
    }

    /// Binds text; SQLite takes one copy.
    public func bind(_ text: String, at index: Int) throws(SQLiteError) {
        try bind(utf8: text.utf8Span.span, at: index)
    }

    /// Binds bytes that are UTF-8 as text; SQLite takes one copy and does not check the encoding.
    public func bind(utf8 bytes: Span<UInt8>, at index: Int) throws(SQLiteError) {
        let result = unsafe bytes.withUnsafeBytes { bytes in
            unsafe csqlite_bind_text(handle, Int32(clamping: index), bytes.baseAddress, UInt64(bytes.count))
        }
        try check(result)
    }

    /// Binds bytes as a blob; SQLite takes one copy.
    public func bind(_ bytes: Span<UInt8>, at index: Int) throws(SQLiteError) {
        let result = unsafe bytes.withUnsafeBytes { bytes in
            unsafe csqlite_bind_blob(handle, Int32(clamping: index), bytes.baseAddress, UInt64(bytes.count))
        }
        try check(result)
    }
}
