import ArgumentParser
import Foundation
import ReportStore

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the database to a file, also while a server writes to it.",
        discussion: """
            The copy is the database as it was at one moment, in one file. It is made beside PATH (PATH.partial), looked \
            through as “disclosure verify” does, and takes its name only then. To restore it, stop the server and put \
            the file in the place of the database and its -wal and -shm. Uploads that were still being worked on are in \
            it as far as they were stored; their bodies are not.

            Exit code 0 when the copy is there and sound, 1 when it could not be made, 2 for wrong use, as when a file \
            is at PATH already.

            Examples:
              disclosure backup /var/backups/disclosure-$(date +%F).sqlite
              disclosure backup --replace --database /var/lib/disclosure/reports.sqlite /var/backups/latest.sqlite
            """)

    @Argument(help: "Where the copy goes; its folder must exist.", completion: .file())
    var path: String

    @OptionGroup var database: DatabaseOption

    @Flag(help: "Replace the file that is there.")
    var replace = false

    func run() async throws {
        let source = try database.existing()
        do {
            let found = try Store.backUp(source, to: path, replaces: replace) { Output.line("\($0)") }
            let contents = found.map { ", \($0.reports) reports, \($0.revisions) revisions" }
            Output.message("\(path): copied and verified\(contents ?? "")")
        } catch .exists {
            throw ValidationError("\(path) is there already; --replace replaces it.")
        } catch .inUse {
            throw ValidationError(
                "\(path) is a database in use, with its -wal or -journal beside it; name another file.")
        } catch .faulty(let found) {
            Output.message("\(source): error: \(found.faults) faults in the copy, which is not kept")
            throw ExitCode.found
        } catch .store(let error) {
            Output.message("\(path): error: \(error)")
            throw ExitCode.found
        }
    }
}

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look through the database for anything that is not as it was stored.",
        discussion: """
            SQLite's own structures and foreign keys; every source against its digest; every document against its tag \
            and the columns beside it; revisions, findings, sums, the feed of changes; uploads and their items. A line \
            for each fault, with agency, year and revision. It changes nothing and may run beside a server.

            Exit code 0 when all is sound, 1 when a fault was found or the database cannot be read, 2 for wrong use.

            Examples:
              disclosure verify
              disclosure verify --database /var/backups/latest.sqlite
            """)

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let path = try database.existing()
        var settings = Settings()
        settings.databasePath = path
        do {
            let found = try Store.verify(path, uploadFolder: settings.uploadFolder) { Output.line("\($0)".printable) }
            let looked = "\(found.reports) reports, \(found.revisions) revisions, \(found.uploads) uploads"
            Output.message("\(path): \(looked): " + (found.faults == 0 ? "sound" : "\(found.faults) faults"))
            if found.faults > 0 { throw ExitCode.found }
        } catch let error as StoreError {
            Output.message("\(path): error: \(error)")
            throw ExitCode.found
        }
    }
}

extension DatabaseOption {
    /// The path of a database that is there: it is not made.
    fileprivate func existing() throws -> String {
        let path = database ?? Settings().databasePath
        guard FileManager.default.fileExists(atPath: path) else {
            Output.message("\(path): error: there is no database")
            throw ExitCode.found
        }
        return path
    }
}
