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
            code: unsafe Code(rawValue: code).told(by: handle), message: text ?? "unknown error", sql: sql)
    }
}

extension SQLiteError.Code {
    private static let ioErrorWrite = Self(rawValue: SQLITE_IOERR | 3 << 8)
    private static let ioErrorFsync = Self(rawValue: SQLITE_IOERR | 4 << 8)
    /// The index of the WAL could not grow.
    private static let ioErrorSharedMemorySize = Self(rawValue: SQLITE_IOERR | 19 << 8)

    /// Tells a full disk, a quota and a limit on the size of files from other errors of writing; SQLite itself knows only
    /// the first, and not everywhere.
    fileprivate func told(by handle: OpaquePointer?) -> Self {
        guard primary == .ioError, let handle = unsafe handle else { return self }
        var numbers = [unsafe sqlite3_system_errno(handle)]
        if self == .ioErrorWrite || self == .ioErrorFsync { numbers.append(unsafe csqlite_log_errno(handle)) }
        if self == .ioErrorSharedMemorySize || numbers.contains(where: [ENOSPC, EDQUOT, EFBIG].contains) {
            return .full
        }
        return numbers.contains(EROFS) ? .readOnly : self
    }
}
