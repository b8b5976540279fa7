import ArgumentParser
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
              disclosure migrate --status
            """,
        version: Service.version,
        subcommands: [Serve.self, Parse.self, CheckReports.self, Migrate.self])
}

/// How a command ends when it could not do all it was asked: 1 for found or failed items (2, wrong use, is the parser's).
extension ExitCode {
    static let found = ExitCode(1)
}
