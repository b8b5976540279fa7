/// A report with everything that is known of it: the figures, where they stand, and what the checks say.
public struct CheckedReport: Sendable {
    /// The report.
    public let report: AnnualReport
    /// The cells of the form that stand in the document.
    public let cells: [PrintedCell]
    /// What the reader and the checks found, errors first, with places.
    public let findings: [Finding]
    /// The outcome of the checks and of the reading in numbers.
    public let quality: Quality
    /// The day on which it was published, where the document or whoever brought it says so.
    public let published: DocumentDate?

    /// Checks a report.
    ///
    /// - Parameters:
    ///   - report: the report.
    ///   - cells: the cells it was read from; empty for a report that never was a document.
    ///   - readerFindings: what the reader found.
    ///   - published: the date on which the document says it was published.
    public init(
        _ report: AnnualReport, cells: [PrintedCell] = [], readerFindings: [Finding] = [],
        published: DocumentDate? = nil
    ) {
        let arithmetic = ArithmeticChecks(report)
        let presence = PresenceChecks(report, cells: cells)
        let narrative = NarrativeChecks(report)
        let timing = TimingCheck.finding(report, published: published).map { [$0] } ?? []
        let repairs = arithmetic.tally.failed == 0 ? [] : RepairSuggestions(report.requests).findings
        let all =
            readerFindings + presence.findings + arithmetic.findings + narrative.findings + timing + repairs
        var tally = arithmetic.tally
        tally.passed += narrative.passed
        for finding in readerFindings + presence.findings + narrative.findings {
            switch finding.state {
            case .fail: tally.failed += 1
            case .uncertain: tally.uncertain += 1
            case .notice: tally.passed += 1
            }
        }
        self.report = report
        self.cells = cells
        self.published = published
        findings = Self.bySeverity(Self.located(all, cells))
        quality = Quality(
            checks: tally, blankCells: cells.count { $0.value == nil },
            inferredCells: cells.count { $0.inferredBy != nil })
    }

    /// Errors first; those of the same severity in their order.
    private static func bySeverity(_ findings: [Finding]) -> [Finding] {
        Severity.allCases.reversed().flatMap { severity in findings.filter { $0.severity == severity } }
    }

    /// The findings with the places of their figures, where they have none of their own.
    private static func located(_ findings: [Finding], _ cells: [PrintedCell]) -> [Finding] {
        guard !cells.isEmpty, findings.contains(where: \.isUnplaced) else { return findings }
        return FigurePlaces(cells).locating(findings)
    }
}
