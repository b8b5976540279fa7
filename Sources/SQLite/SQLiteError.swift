internal import CSQLite
internal import Glibc

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
        self.init(
            code: Code(rawValue: code, systemError: unsafe sqlite3_system_errno(handle)),
            message: text ?? "unknown error", sql: sql)
    }
}

extension SQLiteError.Code {
    /// Tells a full disk from others that cannot be written: SQLite itself knows only that of ENOSPC, and not while the
    /// WAL's index grows.
    fileprivate init(rawValue: Int32, systemError: Int32) {
        let code = Self(rawValue: rawValue)
        switch (code.primary, systemError) {
        case (.ioError, ENOSPC), (.ioError, EDQUOT), (.ioError, EFBIG): self = .full
        case (.ioError, EROFS): self = .readOnly
        default: self = rawValue == SQLITE_IOERR | 19 << 8 ? .full : code  // SQLITE_IOERR_SHMSIZE
        }
    }
}
