import ArgumentParser
import ReportStore
import Reports

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring a database's schema up to date, or show where it stands.",
        discussion: """
            Forward only, each step in one transaction. A database of a newer program is refused.

            Examples:
              disclosure migrate
              disclosure migrate --status --database /var/lib/disclosure/reports.sqlite
            """)

    @OptionGroup var database: DatabaseOption

    @Option(help: "The number of the last step to apply.")
    var to: Int?

    @Flag(help: "Show applied and pending steps; change nothing.")
    var status = false

    func run() async throws {
        let path = database.database ?? Settings().databasePath
        do {
            if status {
                for step in try Store.schema(at: path) { Output.line(line(step)) }
                return
            }
            try Program.makeFolder(of: path)
            let done = try Store.migrate(path, to: to, clock: Program.clock)
            for step in done { Output.line(line(step)) }
            if done.isEmpty { Output.line("up to date") }
        } catch {
            Output.message("\(path): error: \(error)")
            throw ExitCode.found
        }
    }

    private func line(_ step: Store.SchemaStep) -> String {
        "\(step.number) \(step.name): " + (step.appliedAt.map { "applied \(CivilDate.timestamp($0))" } ?? "pending")
    }
}
