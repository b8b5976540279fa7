import ArgumentParser
import Foundation
import Logging
import ReportIngest

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the REST API until SIGTERM or SIGINT.",
        discussion: """
            Prints one line, “listening on http://…”, when it is ready. Off the loopback addresses it is read-only.

            Examples:
              disclosure serve --sample
              disclosure serve --port 0 --database /var/lib/disclosure/reports.sqlite
              HTTP_LIMITS_CONNECTIONS=10000 disclosure serve --config Config/disclosure.yaml
            """)

    @Option(help: "Address to listen on (default: 127.0.0.1).")
    var host: String?

    @Option(help: "Port to listen on; 0 takes a free one (default: 8080).")
    var port: UInt16?

    @OptionGroup var database: DatabaseOption

    @Option(help: "Configuration file; Config/disclosure.yaml states every setting.")
    var config: String?

    @Flag(help: "Load the bundled sample reports into an empty database.")
    var sample = false

    @Flag(help: "Print the settings in force and exit.")
    var printConfig = false

    func run() async throws {
        let settings = try await settings()
        if printConfig { return Output.line(settings.description) }
        let signals = Signals()
        let logger = Logger.program(settings)
        let program = try await Program.start(settings, logger: logger) { store in
            guard sample else { return }
            let folder = Samples.folder(configuration: config)
            let count = try await Samples.load(folder, into: store, limits: settings.documents, logger: logger)
            logger.info(
                "\(count.map { "\($0) sample reports stored" } ?? "the database has reports; no samples loaded")")
        }
        if !program.allowsWrites {
            logger.notice("read-only: without tokens, writing is open on a loopback address alone")
        }
        announce(program)
        await signals.first()
        logger.info("stopping")
        try await program.stop()
    }

    /// Flags go before the environment and the file.
    private func settings() async throws -> Settings {
        var settings = try await Settings.load(file: config, environment: ProcessInfo.processInfo.environment)
        if let host { settings.host = host }
        if let port { settings.port = Int(port) }
        if let path = database.database { settings.databasePath = path }
        return settings
    }

    /// The one line on standard output, at once even into a pipe.
    private func announce(_ program: Program) {
        FileHandle.standardOutput.write(Data("listening on \(program.url)\n".utf8))
    }
}

/// The database file, for every command that has one.
struct DatabaseOption: ParsableArguments {
    @Option(help: "Database file (default: data/disclosure.sqlite).")
    var database: String?
}
