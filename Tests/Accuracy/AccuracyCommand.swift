import ArgumentParser
import Foundation
import Support

/// Prints how many figures of a folder of documents are read right: `swift run accuracy ../shared/reports`.
@main
struct AccuracyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accuracy", abstract: "Compare what is read from documents with the figures in expected.jsonl.")

    @Argument(help: "A folder with documents and expected.jsonl.")
    var folder: String

    @Option(help: "Only documents of this form: 2021, 2019 or 2014.")
    var form: String?

    @Option(help: "Only layouts that begin so, such as html or lines.")
    var layout: String?

    @Flag(help: "List every figure that is not right.")
    var details = false

    func run() throws {
        let accuracy = try Accuracy(folder: URL(filePath: folder)) { form, layout in
            (self.form ?? form) == form && layout.hasPrefix(self.layout ?? "")
        }
        print(accuracy.table)
        guard details else { return }
        for outcome in accuracy.outcomes {
            for line in outcome.wrongSilent { print("\(outcome.file): WRONG IN SILENCE \(line)") }
            for line in outcome.wrongFlagged { print("\(outcome.file): wrong, flagged \(line)") }
            for line in outcome.missing { print("\(outcome.file): missing, flagged \(line)") }
            for line in outcome.missingSilent { print("\(outcome.file): MISSING IN SILENCE \(line)") }
            for line in outcome.unseenContradictions { print("\(outcome.file): contradiction not found \(line)") }
        }
    }
}
