import ArgumentParser
import Foundation
import ReportAPI

/// The command: one program that serves, reads and checks.
@main
struct Disclosure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disclosure",
        abstract: "Statistics from government information disclosure annual reports (政府信息公开工作年度报告).",
        discussion: """
            Examples:
              disclosure serve --sample
              disclosure parse report.html
              disclosure check reports/*.txt
              disclosure import reports/ 2024.zip
              disclosure export year=2024 --format xlsx --output 2024.xlsx
              disclosure stats year=gte.2021 --group year --measure requests.newReceived.total
              disclosure agency list --missing 2024
              disclosure migrate --status
              disclosure backup /var/backups/disclosure.sqlite
              disclosure verify
            """,
        version: Service.version,
        subcommands: [
            Serve.self, Parse.self, CheckReports.self, ImportCommand.self, ExportCommand.self,
            StatsCommand.self, AgencyCommand.self, Migrate.self,
            BackupCommand.self, Verify.self,
        ])

    /// Runs the command; wrong use ends with 2, where the parser's own word would be 64.
    static func main() async {
        // A file that may not grow further is an error of the call that wrote to it, not the end of the program.
        signal(SIGXFSZ, SIG_IGN)
        // Whose usage is shown.
        var asked: any ParsableCommand.Type = Self.self
        do {
            var command = try parseAsRoot()
            asked = type(of: command)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let fault as Settings.Fault {
            Output.message("Error: \(fault)")
            exit(withError: ExitCode.wrongUse)
        } catch  where exitCode(for: error) == .validationFailure {
            Output.message(asked.fullMessage(for: error))
            exit(withError: ExitCode.wrongUse)
        } catch {
            exit(withError: error)
        }
    }
}

/// How a command ends when it could not do all it was asked.
extension ExitCode {
    /// Found or failed items.
    static let found = ExitCode(1)
    /// Wrong use: arguments and settings.
    static let wrongUse = ExitCode(2)
}
