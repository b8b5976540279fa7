internal import CSQLite
internal import Glibc

/// How a backup is made: page by page, while others read and write (sqlite.org/backup.html).
public struct Backup: Hashable, Sendable {
    /// How far a backup is.
    public struct Progress: Hashable, Sendable {
        /// How many pages are copied.
        public let pagesDone: Int
        /// How many there are.
        public let pagesTotal: Int
    }

    /// How many pages are copied at a step; between steps the task may be cancelled.
    public var pagesPerStep: Int32 = 1_000

    /// The defaults.
    public init() {}

    /// Copies the database of a connection to a file, all as it was at one moment.
    ///
    /// The copy is written beside the target, checked for integrity, and renamed only then, so whatever was at `path`
    /// stays whole until it is replaced by something whole. It is one file without a WAL. The connection keeps a read
    /// transaction until the end: commits of others do not disturb the copy and are not in it.
    ///
    /// - Parameters:
    ///   - source: A connection of its own, or one for long reads; it must not be in a transaction.
    ///   - path: Where the copy goes; an existing file is replaced.
    ///   - progress: Told after each step.
    ///   - check: Given the path of the finished copy before it is renamed; if it throws, the copy is discarded.
    /// - Throws: ``SQLiteError/Code/full``, ``SQLiteError/Code/ioError`` and others of the copy;
    ///   ``SQLiteError/Code/corrupt`` if the copy is not sound; ``SQLiteError/Code/interrupt`` if the task is cancelled;
    ///   what `check` throws.
    public func run(
        from source: Connection, to path: String, progress: (Progress) -> Void = { _ in },
        check: (_ partial: String) throws -> Void = { _ in }
    ) throws {
        let partial = path + ".partial"
        discard(partial)
        do {
            try copy(source, to: partial, progress)
            try check(partial)
            try put(partial, at: path)
        } catch {
            discard(partial)
            throw error
        }
    }
}

extension DatabasePool {
    /// Copies the database to a file while others read and write, on the queue of a long reader; see ``Backup``.
    public func backUp(to path: String, _ backup: Backup = Backup()) async throws {
        try await readLong(deadline: .seconds(24 * 3600)) { connection in try backup.run(from: connection, to: path) }
    }
}

extension Backup {
    /// Makes a sound copy and closes it.
    private func copy(_ source: Connection, to path: String, _ progress: (Progress) -> Void) throws {
        let target = try Connection(path: path)
        try target.setJournal(.delete)
        try source.transaction(.deferred) {
            // A deferred transaction has its snapshot from the first read on. Without one, each commit of another
            // connection would make SQLite begin the copy anew.
            _ = try source.userVersion()
            try copyPages(source, target, progress)
        }
        try target.setJournal(.delete)
        let faults = try target.integrityFaults() + target.foreignKeyFaults()
        guard faults.isEmpty else {
            throw SQLiteError(code: .corrupt, message: faults.joined(separator: "; "))
        }
    }

    private func copyPages(_ source: Connection, _ target: Connection, _ progress: (Progress) -> Void) throws {
        // Safe: both connections outlive the backup, which ends in this function and on this thread.
        guard let backup = unsafe sqlite3_backup_init(target.handle, "main", source.handle, "main") else {
            throw unsafe SQLiteError(connection: target.handle)
        }
        var result = SQLITE_OK
        while result == SQLITE_OK && !Task.isCancelled {
            result = unsafe sqlite3_backup_step(backup, pagesPerStep)
            let total = unsafe Int(sqlite3_backup_pagecount(backup))
            let left = unsafe Int(sqlite3_backup_remaining(backup))
            progress(Progress(pagesDone: total - left, pagesTotal: total))
        }
        unsafe sqlite3_backup_finish(backup)
        if result == SQLITE_OK { throw SQLiteError(code: .interrupt, message: "the backup was cancelled") }
        guard result == SQLITE_DONE else { throw unsafe SQLiteError(connection: target.handle) }
    }

    /// Renames, and syncs the folder so that the new name survives a power cut.
    private func put(_ partial: String, at path: String) throws(SQLiteError) {
        // Safe: these take strings that Swift keeps for the call, and a descriptor that is closed here.
        guard unsafe rename(partial, path) == 0 else { throw Self.ioError("rename", path) }
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.ioError("open", folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Self.ioError("fsync", folder) }
    }

    /// Removes what an earlier attempt may have left.
    private func discard(_ partial: String) {
        for suffix in ["", "-journal", "-wal", "-shm"] { unsafe _ = unlink(partial + suffix) }
    }

    private static func ioError(_ call: String, _ path: String) -> SQLiteError {
        SQLiteError(code: .ioError, message: "\(call) failed with errno \(errno) for \(path)")
    }
}
