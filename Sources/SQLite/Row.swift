internal import CSQLite

/// One row of a result, lent to a closure; it cannot be kept.
///
/// Columns count from 0. A read in another type than the stored one converts as SQLite does
/// (sqlite.org/c3ref/column_blob.html) and never fails: NULL reads as 0, "" or no bytes. STRICT tables keep types
/// certain; where NULL may stand, use the optional reads.
@safe public struct Row: ~Copyable {
    // Every `unsafe` of this file calls SQLite with the statement's open handle and a column number that SQLite
    // itself checks: one that is out of range reads as NULL. The handle is open since a row cannot be copied and is
    // lent by a statement for the length of one call.
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) {
        unsafe self.handle = unsafe handle
    }

    /// How many columns there are.
    public var columnCount: Int { unsafe Int(sqlite3_data_count(handle)) }

    /// Whether the column is NULL.
    public func isNull(_ column: Int) -> Bool {
        unsafe sqlite3_column_type(handle, Int32(clamping: column)) == SQLITE_NULL
    }

    /// The column as an integer.
    public func int64(_ column: Int) -> Int64 {
        unsafe sqlite3_column_int64(handle, Int32(clamping: column))
    }

    /// The column as an integer.
    public func int(_ column: Int) -> Int {
        Int(truncatingIfNeeded: int64(column))
    }

    /// The column as a truth value: any number but 0 is true.
    public func bool(_ column: Int) -> Bool {
        int64(column) != 0
    }

    /// The column as a double.
    public func double(_ column: Int) -> Double {
        unsafe sqlite3_column_double(handle, Int32(clamping: column))
    }

    /// The column as a string; broken UTF-8 is repaired with U+FFFD.
    public func text(_ column: Int) -> String {
        withBytes(column) { bytes in
            unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
        }
    }

    /// The column's bytes, copied; for text its UTF-8.
    public func blob(_ column: Int) -> [UInt8] {
        withBytes(column) { bytes in
            unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
        }
    }

    /// Lends the bytes of a blob, or the UTF-8 of a text, without a copy; NULL lends none.
    public func withBytes<R, E: Error>(_ column: Int, _ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
        let column = Int32(clamping: column)
        // The order matters: the blob first, then its size. Text is stored as UTF-8, so neither call converts it.
        let start = unsafe sqlite3_column_blob(handle, column)
        let count = unsafe Int(sqlite3_column_bytes(handle, column))
        // Safe: SQLite promises `count` bytes until the next step, reset or conversion of the column; the row is
        // lent for less than a step, and a span cannot leave `body`. No bytes at all come as a null pointer.
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
        return try unsafe body(Span<UInt8>(_bytes: bytes.bytes))
    }

    /// The column as it is stored.
    public func value(_ column: Int) -> Value {
        switch unsafe sqlite3_column_type(handle, Int32(clamping: column)) {
        case SQLITE_INTEGER: .integer(int64(column))
        case SQLITE_FLOAT: .real(double(column))
        case SQLITE_TEXT: .text(text(column))
        case SQLITE_BLOB: .blob(blob(column))
        default: .null
        }
    }
}

extension Row {
    /// The column as an integer, or nil for NULL.
    public func optionalInt64(_ column: Int) -> Int64? { isNull(column) ? nil : int64(column) }

    /// The column as an integer, or nil for NULL.
    public func optionalInt(_ column: Int) -> Int? { isNull(column) ? nil : int(column) }

    /// The column as a double, or nil for NULL.
    public func optionalDouble(_ column: Int) -> Double? { isNull(column) ? nil : double(column) }

    /// The column as a string, or nil for NULL.
    public func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

    /// The column's bytes, or nil for NULL.
    public func optionalBlob(_ column: Int) -> [UInt8]? { isNull(column) ? nil : blob(column) }
}
