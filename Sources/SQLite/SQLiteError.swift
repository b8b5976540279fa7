internal import CSQLite

/// What SQLite, or this wrapper on its behalf, refused to do.
///
/// Decide by ``code``; ``message`` is for people. Neither holds bound values, so an error may be logged.
public struct SQLiteError: Error, Hashable, Sendable {
    /// The extended result code: sqlite.org/rescode.html.
    public let code: Code

    /// SQLite's own words in English.
    public let message: String

    /// The statement that failed, as it was prepared: parameters stand as `?1` or `:name`, never as their values.
    public let sql: String?

    /// Makes an error, for callers that find stored data to be other than SQL can promise.
    public init(code: Code, message: String, sql: String? = nil) {
        self.code = code
        self.message = message
        self.sql = sql
    }
}

extension SQLiteError: CustomStringConvertible {
    /// One line: code, words and, when known, the statement.
    public var description: String {
        let tail = sql.map { " in: \($0)" } ?? ""
        return "SQLite error \(code.rawValue): \(message)\(tail)"
    }
}

extension SQLiteError {
    /// Reads the last error of a connection; call it before anything else touches the connection.
    init(connection handle: OpaquePointer?, sql: String? = nil) {
        // Safe: both functions accept any open handle, and null when SQLite had no memory to make one; the text is
        // copied before the next call could replace it.
        let code = unsafe sqlite3_extended_errcode(handle)
        let text = unsafe sqlite3_errmsg(handle).map { unsafe String(cString: $0) }
        self.init(code: Code(rawValue: code), message: text ?? "unknown error", sql: sql)
    }
}
