import Documents
import ReportParsing
import Reports
import Testing

/// The figures of a document that are read otherwise than they are printed, without a finding that says so.
struct Verdict: Sendable {
    /// Figures that are wrong.
    var wrong: [String] = []
    /// Figures that are printed and nil.
    var missing: [String] = []

    var isFine: Bool { wrong.isEmpty && missing.isEmpty }

    /// Holds a report against what it should say.
    init(_ checked: CheckedReport, expected: [FigurePath: Quantity], edited: Set<FigurePath>, lost: Set<FigurePath>) {
        let speaking = checked.findings.filter { $0.state != .notice }
        let flagged = Set(speaking.flatMap(\.paths))
        for path in Set(expected.keys).union(checked.report.figurePaths) where !flagged.contains(path) {
            let found = checked.report[path]
            guard found != expected[path], !edited.contains(path) else { continue }
            let text = "\(path): \(found?.number ?? "nil") ≠ \(expected[path]?.number ?? "nil")"
            if found != nil {
                wrong.append(text)
            } else if !lost.contains(path), !Self.lacksTable(path, checked.report),
                !Self.isOtherRow(path, flagged, checked.report)
            {
                missing.append(text)
            }
        }
    }

    /// （六） is one row or three: where it is taken for the other, a finding names those.
    private static func isOtherRow(_ path: FigurePath, _ flagged: Set<FigurePath>, _ report: AnnualReport) -> Bool {
        guard case .request(let line, let applicant) = path, line.group == .other else { return false }
        return !report.figurePaths.contains(path)
            && RequestLine.allCases.contains { $0.group == .other && flagged.contains(.request($0, applicant)) }
    }

    /// A whole table that is not found has a finding of its own, without paths.
    private static func lacksTable(_ path: FigurePath, _ report: AnnualReport) -> Bool {
        switch path {
        case .proactive: report.proactive == nil
        case .request: report.requests == nil
        case .review: report.reviews == nil
        case .statistic: report.statistics2014 == nil
        }
    }
}

/// What is read of a text.
func read(_ text: String, name: String = "report.txt") throws -> CheckedReport {
    try read(Array(text.utf8), name: name)
}

/// What is read of bytes.
func read(_ bytes: [UInt8], name: String = "report.txt") throws -> CheckedReport {
    let parsed = ReportParser.parse(try Document.read(bytes, name: name))
    let year = try parsed.year ?? #require(ReportYear(2022))
    return CheckedReport(
        parsed.report(agency: parsed.agency ?? "", year: year), cells: parsed.cells, readerFindings: parsed.findings)
}
