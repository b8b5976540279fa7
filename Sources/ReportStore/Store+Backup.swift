internal import Foundation
internal import SQLite

/// Why no backup was made.
public enum BackupError: Error, Sendable, Hashable {
    /// Something is at the path already, and was not to be replaced.
    case exists
    /// The path is the database's own, or that of another one in use: it has a WAL or a journal.
    case inUse
    /// The copy was made and something in it is not as it was stored: the same is wrong in the database.
    case faulty(Verification)
    /// The database cannot be read, or the copy not be written.
    case store(StoreError)
}

extension Store {
    /// Copies a database to a file, all as it is at one moment, while others read and write it.
    ///
    /// The copy is made beside the path, looked through as ``verify(_:uploadFolder:each:)`` does, and has its name only
    /// then: what is at the path stays whole until something whole is there. It is one file, without a WAL. Of a
    /// database of an older version only what SQLite itself knows is looked through.
    ///
    /// - Parameters:
    ///   - replaces: whether a file at the path is to be replaced.
    ///   - each: told of each fault of the copy.
    /// - Returns: what was looked at; nil for a database of an older version.
    public static func backUp(
        _ database: String, to path: String, replaces: Bool, each: @escaping (Verification.Fault) -> Void
    ) throws(BackupError) -> Verification? {
        try requireFree(path, besides: database, replaces)
        var result: Verification?
        do {
            let source = try Connection(path: database, access: .reading(database))
            let isOlder = try isOfOlderSchema(source)
            try Backup().run(
                from: source, to: path,
                check: { partial in
                    guard !isOlder else { return }
                    let found = try verify(partial, each: each)
                    guard found.faults == 0 else { throw BackupError.faulty(found) }
                    result = found
                    // Somebody else may have put something there meanwhile.
                    try requireFree(path, besides: database, replaces)
                })
        } catch let error as BackupError {
            throw error
        } catch {
            throw .store(StoreError(any: error))
        }
        return result
    }

    private static func isOfOlderSchema(_ connection: Connection) throws -> Bool {
        do {
            try requireCurrentSchema(connection)
            return false
        } catch StoreError.olderSchema {
            return true
        }
    }

    /// A database under another one's WAL would be destroyed by it, so none is put where one is in use.
    private static func requireFree(_ path: String, besides database: String, _ replaces: Bool) throws(BackupError) {
        let files = FileManager.default
        guard let there = try? files.attributesOfItem(atPath: path) else { return }
        let own = try? files.attributesOfItem(atPath: URL(filePath: database).resolvingSymlinksInPath().path)
        let isSame =
            there[.systemNumber] as? Int == own?[.systemNumber] as? Int
            && there[.systemFileNumber] as? Int == own?[.systemFileNumber] as? Int
        if isSame || ["-wal", "-journal"].contains(where: { files.fileExists(atPath: path + $0) }) { throw .inUse }
        guard replaces else { throw .exists }
    }
}
