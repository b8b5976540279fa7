internal import SQLite

/// Why the store could not do what it was asked.
public enum StoreError: Error, Sendable, Hashable {
    /// Another program holds the database; trying again later may help.
    case busy
    /// No space is left on the disk.
    case full
    /// The database file cannot be written.
    case readOnly
    /// The file cannot be written, and its WAL holds what it lacks.
    case unfinishedLog
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
    /// There is no such schema to migrate to, or the database is beyond it.
    case unreachableSchema(target: Int, database: Int)
    /// A query took longer than it may.
    case timedOut
    /// Several agencies share the name that a report is to be filed under.
    case ambiguousAgency([Agency])
    /// The agency of this name is in another division than the one that a report is said to be of.
    case otherRegion(Agency, stated: String)
    /// The name is another agency's current one.
    case nameTaken(Agency)
    /// What a change was to depend on does not hold, or no longer does.
    case preconditionFailed
    /// An agency would follow itself.
    case successorCycle
    /// Something that should not happen.
    case `internal`(String)
}

extension StoreError: CustomStringConvertible {
    /// One line for operators.
    public var description: String {
        switch self {
        case .busy: "the database is held by another program"
        case .full: "the disk is full"
        case .readOnly: "the database cannot be written"
        case .unfinishedLog:
            "the -wal beside the database holds what the database itself lacks, and nothing can be written here: copy both to a disk that can be written"
        case .cannotOpen: "the database file or its folder is missing or not accessible"
        case .corrupt(let what): "the file is no database, or a damaged one: \(what)"
        case .newerSchema(let database, let program):
            "the database has schema \(database), made by a newer program; this one knows schema \(program)"
        case .olderSchema(let database, let program):
            "the database has schema \(database), this program needs \(program); run disclosure migrate"
        case .foreignSchema(let what): "the database is not one of this program: \(what)"
        case .unreachableSchema(let target, let database):
            "the database has schema \(database); there is no way from there to schema \(target)"
        case .timedOut: "the query took too long"
        case .ambiguousAgency(let agencies):
            "several agencies share the name: " + agencies.map { "\($0.id) \($0.name)" }.joined(separator: ", ")
        case .otherRegion(let agency, let stated):
            "\(agency.name) is agency \(agency.id) in \(agency.region ?? "?"), and the report is said to be of \(stated)"
        case .nameTaken(let agency): "the name is that of agency \(agency.id), \(agency.name)"
        case .preconditionFailed: "what was to be changed is not, or no longer, as the change demands"
        case .successorCycle: "the agency cannot follow itself"
        case .internal(let what): "unexpected: \(what)"
        }
    }
}

extension StoreError {
    /// The store's word for an error of SQLite.
    init(_ error: SQLiteError) {
        switch error.code.primary {
        case .busy, .locked: self = .busy
        case .full: self = .full
        case .readOnly where error.code == .readOnlyRecovery: self = .unfinishedLog
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
        case .unreachable(let target, let database): self = .unreachableSchema(target: target, database: database)
        case .edited(let number, let name): self = .foreignSchema("its migration \(number) \(name) is another one")
        case .missing(let number): self = .foreignSchema("its migration \(number) is missing")
        case .versionMismatch(let recorded, let userVersion):
            self = .foreignSchema("its version is \(userVersion), its history ends with \(recorded)")
        case .misnumbered, .endsTransaction, .danglingReference: self = .internal("\(error)")
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
