internal import SQLite

/// Why the store could not do what it was asked.
public enum StoreError: Error, Sendable, Hashable {
    /// Another program holds the database; trying again later may help.
    case busy
    /// No space is left on the disk.
    case full
    /// The database file cannot be written.
    case readOnly
    /// The file or its folder is missing or not accessible.
    case cannotOpen
    /// The file is no database, or a damaged one.
    case corrupt(String)
    /// The database was made by a newer program.
    case newerSchema(database: Int, program: Int)
    /// The database has to be migrated first.
    case olderSchema(database: Int, program: Int)
    /// The database's history is not the program's.
    case foreignSchema(String)
    /// A query took longer than it may.
    case timedOut
    /// Something that should not happen.
    case `internal`(String)
}

extension StoreError {
    /// The store's word for an error of SQLite.
    init(_ error: SQLiteError) {
        switch error.code.primary {
        case .busy, .locked: self = .busy
        case .full: self = .full
        case .readOnly: self = .readOnly
        case .cannotOpen: self = .cannotOpen
        case .corrupt, .notADatabase: self = .corrupt(error.message)
        case .interrupt: self = .timedOut
        default: self = .internal(error.description)
        }
    }

    init(_ error: MigrationError) {
        switch error {
        case .newerSchema(let database, let program): self = .newerSchema(database: database, program: program)
        case .failed(_, let error): self = StoreError(error)
        default: self = .foreignSchema("\(error)")
        }
    }

    /// Runs a body and gives its errors the store's words.
    static func mapping<R>(_ body: () throws -> R) throws(StoreError) -> R {
        do {
            return try body()
        } catch {
            throw StoreError(any: error)
        }
    }

    init(any error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as SQLiteError: self.init(error)
        case let error as MigrationError: self.init(error)
        default: self = .internal("\(error)")
        }
    }
}
