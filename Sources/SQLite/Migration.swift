/// One numbered change of the schema, forward only, never edited once released.
public struct Migration: Hashable, Sendable {
    /// Its place in the order: 1, 2, 3, …
    public let number: Int

    /// What it does in a word or two.
    public let name: String

    /// The script; it runs in a transaction of its own and must not begin or end one.
    public let sql: String

    /// Makes a migration.
    public init(number: Int, name: String, sql: String) {
        self.number = number
        self.name = name
        self.sql = sql
    }

    /// Sixteen hexadecimal digits that differ if the script was edited.
    ///
    /// FNV-1a of 64 bits: it notices accidents and is no protection against intent.
    public var checksum: String {
        let hash = sql.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { hash, byte in
            (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// A migration as the database remembers it.
public struct AppliedMigration: Hashable, Sendable {
    /// Its place in the order.
    public let number: Int
    /// Its name at that time.
    public let name: String
    /// ``Migration/checksum`` at that time.
    public let checksum: String
    /// When it was applied, in seconds since 1970-01-01T00:00:00Z.
    public let appliedAt: Int64
}

/// Why a database was not migrated. Nothing of the migration that failed is kept; those before it are.
public enum MigrationError: Error, Hashable, Sendable {
    /// The database was migrated by a later version of this program.
    case newerSchema(database: Int, program: Int)

    /// The program's list is not numbered 1, 2, 3, … in this order.
    case misnumbered(expected: Int, found: Int)

    /// A migration that was applied has since been edited or renamed.
    case edited(number: Int, name: String)

    /// The database remembers a later migration but not this one.
    case missing(number: Int)

    /// The file's `user_version` is not that of the last migration it remembers: another program's database?
    case versionMismatch(recorded: Int, userVersion: Int)

    /// The database is already beyond the migration that was asked for, or there is none of that number.
    case unreachable(target: Int, database: Int)

    /// The script began or ended a transaction by itself.
    case endsTransaction(number: Int)

    /// The script leaves rows whose foreign keys point at nothing, the first of them in this table.
    case danglingReference(number: Int, table: String)

    /// SQLite refused the migration; 0 stands for the bookkeeping around them.
    case failed(number: Int, SQLiteError)
}
