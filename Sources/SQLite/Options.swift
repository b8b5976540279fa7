extension Connection {
    /// What a connection may do to its file.
    public enum Access: Hashable, Sendable {
        /// Read and write; the file is made if it is not there.
        case readWrite
        /// Read only, twice over: the file is opened so, and `query_only` is on.
        case readOnly
        /// Read only a file that nobody can change, where the WAL's index cannot be made: what its WAL holds is not seen
        /// (sqlite.org/uri.html#uriimmutable).
        case immutable

        /// How a file can be read: ``immutable`` where neither it nor anything beside it can be written, as on read-only
        /// media.
        ///
        /// - Throws: ``SQLiteError/Code/readOnlyRecovery`` if it cannot be written and its WAL holds what it lacks.
        public static func reading(_ path: String) throws(SQLiteError) -> Access {
            let folder = path.lastIndex(of: "/").map { String(path[..<$0]) + "/" } ?? "."
            guard FileMode.exists(path), !FileMode.isWritable(path), !FileMode.isWritable(folder),
                !FileMode.exists(path + "-shm"), !FileMode.exists(path + "-journal")
            else { return .readOnly }
            guard FileMode.isEmpty(path + "-wal") else {
                throw SQLiteError(code: .readOnlyRecovery, message: "the WAL holds what the file lacks")
            }
            return .immutable
        }
    }

    /// How a connection is set up. The defaults are durable: WAL with a sync at each commit.
    public struct Options: Hashable, Sendable {
        /// How long to wait for a lock that another connection holds, in milliseconds; then ``SQLiteError/Code/busy``.
        public var busyMilliseconds = 5_000

        /// How commits reach the disk. Readers ignore it.
        public var synchronous = Synchronous.full

        /// How much of the file is mapped into memory rather than read through the page cache, in bytes. 0 turns
        /// mapping off. Mapped pages are shared by all connections (sqlite.org/mmap.html).
        public var mapBytesMax: Int64 = 0

        /// The page cache of each connection, in KiB.
        public var cacheKibibytesMax = 4_000

        /// How many prepared statements are kept for the next use.
        public var statementsMax = 64

        /// Whether each row that refers to another is held to it at once (sqlite.org/foreignkeys.html). Else only
        /// ``Connection/foreignKeyFaults(limit:)`` looks.
        public var enforcesForeignKeys = true

        /// The size to which the WAL file is cut back after a checkpoint, in bytes.
        public var journalBytesMax: Int64 = 64 << 20

        /// The size of the WAL, in pages, at which a commit also checkpoints it (sqlite.org/wal.html#ckpt).
        public var checkpointPages = 4_000

        /// The defaults.
        public init() {}
    }

    /// How commits reach the disk (sqlite.org/pragma.html#pragma_synchronous).
    public enum Synchronous: String, Hashable, Sendable {
        /// The WAL is synced at each commit: a committed transaction survives a power cut.
        case full = "FULL"
        /// The WAL is synced at checkpoints: a power cut may lose the last commits, and damages nothing.
        case normal = "NORMAL"
    }
}

extension Connection.Options {
    /// The pragmas, in the order in which they must run. The journal mode is apart, since it can fail quietly.
    func pragmas(for access: Connection.Access) -> String {
        let common = """
            PRAGMA foreign_keys = \(enforcesForeignKeys ? "ON" : "OFF");
            PRAGMA trusted_schema = OFF;
            PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -\(cacheKibibytesMax);
            PRAGMA mmap_size = \(mapBytesMax);
            """
        switch access {
        case .readOnly, .immutable:
            return common + "PRAGMA query_only = ON;"
        case .readWrite:
            return common + """
                PRAGMA synchronous = \(synchronous.rawValue);
                PRAGMA journal_size_limit = \(journalBytesMax);
                PRAGMA wal_autocheckpoint = \(checkpointPages);
                """
        }
    }
}
