import ArgumentParser
import Reports

struct CheckReports: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Print what the checks find in documents, as a compiler prints errors.",
        discussion: """
            One line a finding: file:line:column: severity: check: what is wrong. Exit code 1 when there is an error.

            Examples:
              disclosure check report.html
              disclosure check --verbose reports/*.txt
            """)

    @OptionGroup var input: InputFiles

    @Flag(name: .shortAndLong, help: "Also print what is only good to know.")
    var verbose = false

    func run() async throws {
        var errors = 0
        try await input.read { item in
            switch item.result {
            case .failure(let error):
                errors += 1
                Output.message("\(item.name): error: \(error)".printable)
            case .success(let checked):
                let shown = checked.findings.filter { verbose || $0.severity > .info }
                for finding in shown { Output.data(Array(line(finding, item.name.printable).utf8)) }
                errors += checked.findings.count { $0.severity == .error }
                Output.message("\(item.name): \(summary(checked))".printable)
            }
        }
        if errors > 0 { throw ExitCode.found }
    }

    /// `file:line:column: error: requests.balance: …`
    private func line(_ finding: Finding, _ file: String) -> String {
        let place = finding.places.first
        let line = place.map { ":\($0.line)" } ?? ""
        let column = place?.column.map { ":\($0)" } ?? ""
        return "\(file)\(line)\(column): \(finding.severity.name): \(finding.check.rawValue): \(finding.message)"
    }

    private func summary(_ checked: CheckedReport) -> String {
        let quality = checked.quality
        return "\(checked.report.agency) \(checked.report.year.value): \(quality.checks.passed) checks passed, "
            + "\(quality.checks.failed) failed, \(quality.checks.uncertain) uncertain, "
            + "\(quality.checks.notAssessable) not assessable"
    }
}
