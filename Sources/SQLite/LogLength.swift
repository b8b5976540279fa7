internal import CSQLite

/// How long the WAL was after the last commit. A class so that SQLite can be given its address.
final class LogLength {
    fileprivate(set) var pages = 0
    /// From which length on a checkpoint waits for readers; nil for the first.
    var waitsFrom: Int?
}

extension Connection {
    /// Counts the pages of the WAL from now on and turns the automatic checkpoint off: whoever counts also
    /// checkpoints, at a moment of its own choice (sqlite.org/c3ref/wal_hook.html).
    func countLogPages() {
        let length = LogLength()
        // Safe: the connection keeps the object as long as itself, and calls back on its own thread.
        let context = unsafe Unmanaged.passUnretained(length).toOpaque()
        unsafe _ = sqlite3_wal_hook(handle, logCallback, context)
        logLength = length
    }

    /// The length of the WAL after the last commit of this connection, in pages; 0 if it is not counted.
    var logPages: Int { logLength?.pages ?? 0 }
}

private func logCallback(
    _ context: UnsafeMutableRawPointer?, _: OpaquePointer?, _: UnsafePointer<CChar>?, _ pages: Int32
) -> Int32 {
    guard let context = unsafe context else { return SQLITE_OK }
    // Safe: the context is the object that `countLogPages` passed, alive as long as the connection.
    unsafe Unmanaged<LogLength>.fromOpaque(context).takeUnretainedValue().pages = Int(pages)
    return SQLITE_OK
}
