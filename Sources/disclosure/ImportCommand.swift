import ArgumentParser
import Foundation
import Logging
import ReportIngest
import ReportStore
import Reports

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Store the reports of files, folders and archives.",
        discussion: """
            Takes every format that is read, mixed as they come: documents, NDJSON, zip, tar, 7z, gzip, archives within \
            archives, folders with all below them. Goes straight into the database, also while a server runs on it; a \
            database that is not there is made. What cannot be stored is told of with its reason and never keeps the \
            rest from it.

            It can be interrupted (Ctrl-C) at any time: what was told of is stored. The same command again goes on: a \
            document that is its report's current revision is told of as unchanged, and nothing is stored twice. Where \
            several documents are for one agency and year, each becomes a revision in its turn.

            Exit code 0 when everything is stored, 1 when items were rejected, 2 for wrong use, 130 when interrupted.

            Examples:
              disclosure import reports/ 2024.zip
              disclosure import --dry-run reports/
              disclosure import --year 2024 --region 411324 --reason 年度报送 --author 李四 镇平县/*.docx
              disclosure import --format ndjson reports.tar.gz > results.ndjson
            """)

    @Argument(help: "Files, folders and archives.", completion: .file())
    var paths: [String]

    @OptionGroup var options: RegistryOptions

    @Option(help: "The agency, where a document does not name one.")
    var agency: String?

    @Option(help: "The year, where a document does not name one.")
    var year: Int?

    @Option(help: "The division that the agencies are in (GB/T 2260), six digits.")
    var region: String?

    @Option(help: "Whose figures the reports state: own or consolidated (汇总).")
    var scope: Scope?

    @Option(help: "Why they are stored; noted with each.")
    var reason: String?

    @Option(help: "Who stores them; noted with each.")
    var author: String?

    @Flag(help: "Store nothing; tell what would become of each. Others who write wait meanwhile.")
    var dryRun = false

    @Option(help: "text, or ndjson: a line of JSON for each item on standard output.")
    var format: ResultFormat = .text

    enum Scope: String, ExpressibleByArgument, CaseIterable { case own, consolidated }
    enum ResultFormat: String, ExpressibleByArgument, CaseIterable { case text, ndjson }

    func validate() throws {
        if paths.isEmpty { throw ValidationError("Name at least one file or folder.") }
        if let year, ReportYear(year) == nil {
            throw ValidationError("--year \(year) is no year from \(ReportYear.first) on.")
        }
        if let agency, !Upload.Identity.isName(agency) {
            throw ValidationError("--agency: a name is needed, not a number or nothing.")
        }
    }

    func run() async throws {
        var settings = try await options.settings()
        try requireRegion(settings)
        // A trial leaves nothing behind, no empty database either.
        let trial = dryRun && !FileManager.default.fileExists(atPath: settings.databasePath) ? try TrialFolder() : nil
        defer { trial?.remove() }
        if let trial { settings.databasePath = trial.databasePath }
        let work = ImportWork(
            paths: paths, template: template, limits: settings.documents, isTrial: dryRun,
            printsLines: format == .ndjson)
        try await RegistryOptions.withStore(settings) { store in try await run(work, store, trial) }
    }

    /// Does the work until it is done or a signal comes.
    private func run(_ work: ImportWork, _ store: Store, _ trial: TrialFolder?) async throws {
        let signals = Signals()
        let task = Task { try await work.run(into: store) }
        let watch = Task { [dryRun] in
            await signals.first()
            // The wait ends also when the work has.
            guard !Task.isCancelled else { return }
            // A trial is one transaction, which ends with the process.
            if dryRun {
                trial?.remove()
                Foundation.exit(ExitCode.interrupted.rawValue)
            }
            task.cancel()
        }
        defer { watch.cancel() }
        let (tally, isWhole) = try await task.value
        guard isWhole else { throw ExitCode.interrupted }
        if tally.rejected > 0 { throw ExitCode.found }
    }

    private var template: Upload {
        var upload = Upload(
            bytes: [], note: Note(reason: reason, author: author),
            supplied: Upload.Identity(agency: agency, year: year.flatMap { ReportYear($0) }),
            scope: scope.flatMap { ReportScope(rawValue: $0.rawValue) })
        upload.region = region
        return upload
    }

    /// Before the database is opened: wrong use makes no database.
    private func requireRegion(_ settings: Settings) throws {
        guard let region else { return }
        do {
            guard try Regions.load(settings, logger: Logger.program(settings))[region] == nil else { return }
        } catch let failure as Program.Failure {
            Output.message("error: \(failure)")
            throw ExitCode.found
        }
        throw ValidationError("--region: GB/T 2260 has no division \(region).")
    }
}

extension ExitCode {
    /// Ended by a signal, as shells count.
    fileprivate static let interrupted = ExitCode(130)
}

/// Where a trial has its database while there is none.
private struct TrialFolder: Sendable {
    private let url = FileManager.default.temporaryDirectory.appending(path: "disclosure-trial-\(UUID().uuidString)")

    var databasePath: String { url.appending(path: "trial.sqlite").path }

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    func remove() {
        try? FileManager.default.removeItem(at: url)
    }
}

/// What is to be imported, and how.
private struct ImportWork: Sendable {
    let paths: [String]
    let template: Upload
    let limits: IngestLimits
    let isTrial: Bool
    let printsLines: Bool

    /// Stores everything and tells of it; the summary comes in any case.
    ///
    /// - Returns: the numbers, and whether it came to its end.
    func run(into store: Store) async throws -> (tally: UploadTally, isWhole: Bool) {
        var progress = ImportProgress(printsLines: printsLines, paths: paths)
        var isWhole = false
        defer { progress.end(isTrial: isTrial, isWhole: isWhole || isTrial) }
        do {
            try await run(BulkIngestor(store: store, limits: limits)) { progress.tell($0, bytesDone: $1) }
            isWhole = true
            return (progress.tally, true)
        } catch is CancellationError {
            return (progress.tally, false)
        } catch let error as IngestError {
            throw Program.Failure(description: "\(error)")
        }
    }

    /// More than all agencies publish in fifty years; an archive that claims more is a trap.
    private static let itemsMax = 10_000_000

    private func run(_ ingestor: BulkIngestor, _ tell: ([ItemResult], _ bytesDone: Int?) -> Void) async throws {
        // Whoever may write the database may fill it: how much one client may send is no limit here.
        let (paths, limits) = (paths, BulkLimits(itemsMax: Self.itemsMax, itemBytesMax: limits.bytesMax))
        guard isTrial else {
            let feed = BulkFeed(FolderWalk(paths: paths, limits: limits))
            return try await ingestor.run(feed, template: template, clock: Program.clock) { tell($0, $1) }
        }
        let outcome = try await ingestor.runTogether(
            { FolderWalk(paths: paths, limits: limits) }, template: template, isTrial: true, clock: Program.clock)
        tell(outcome.results, nil)
        guard !outcome.isEnded else { throw CancellationError() }
        if let failure = outcome.failure { throw failure }
    }
}
