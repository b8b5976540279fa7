import Foundation
import Support
import Testing

/// Documents in odd forms with known figures.
@Suite struct FixturesTests {
    private static let folder = Samples.root.appending(path: "Tests/Fixtures/reports")

    /// Where figures are left open, with a finding: one is a picture, and blanks on one line leave no trace.
    private static let open = ["picture-in-a-cell.html": 1, "tables-on-one-line-bars-blank.txt": 23]

    @Test func `every figure is right, or open with a finding where the document does not say it`() throws {
        let accuracy = try Accuracy(folder: Self.folder) { _, _ in true }
        #expect(accuracy.outcomes.count == 14)
        for outcome in accuracy.outcomes {
            #expect(outcome.error == nil, "\(outcome.file)")
            #expect(outcome.identity.isEmpty, "\(outcome.file)")
            #expect(outcome.wrongSilent + outcome.wrongFlagged + outcome.missingSilent == [], "\(outcome.file)")
            #expect(outcome.missing.count <= Self.open[outcome.file] ?? 0, "\(outcome.file)")
        }
    }
}
