import Documents
import Foundation
import ReportParsing
import Reports

/// Holds what the reader makes of a folder of documents against the figures in its `expected.jsonl`.
public struct Accuracy: Sendable {
    /// What came out for one document.
    public struct Outcome: Sendable {
        /// The document's file name.
        public var file = ""
        /// The form and layout that the folder names.
        public var form = "", layout = ""
        /// What is odd about the document.
        public var quirks: [String] = []
        /// Figures that are as expected, nulls included.
        public var right = 0
        /// Figures that differ and that some finding names.
        public var wrongFlagged: [String] = []
        /// Figures that differ and that no finding names: the worst outcome.
        public var wrongSilent: [String] = []
        /// Figures that are printed and were not read, with a finding that names them.
        public var missing: [String] = []
        /// Figures that are printed and were not read, without a finding.
        public var missingSilent: [String] = []
        /// Figures that the document prints but that cannot be told from it alone.
        public var unrecoverable = 0
        /// What went wrong with agency or year.
        public var identity: [String] = []
        /// The error that kept the document from being read.
        public var error: String?
        /// Contradictions made on purpose that no finding names.
        public var unseenContradictions: [String] = []
    }

    /// One outcome a document, in the order of the file.
    public private(set) var outcomes: [Outcome] = []

    /// Reads every document of a folder.
    ///
    /// - Parameter include: which documents to read, by their form and layout.
    public init(folder: URL, include: (_ form: String, _ layout: String) -> Bool) throws {
        let lines = try String(contentsOf: folder.appending(path: "expected.jsonl"), encoding: .utf8)
        for line in lines.split(separator: "\n") {
            let json = try JSONValue(Array(line.utf8))
            let form = json["form"]?.string ?? ""
            let layout = json["layout"]?.string ?? ""
            guard include(form, layout), let file = json["file"]?.string else { continue }
            let bytes = try [UInt8](Data(contentsOf: folder.appending(path: file)))
            outcomes.append(Self.compare(json, file: file, bytes: bytes))
        }
    }

    private static func compare(_ json: JSONValue, file: String, bytes: [UInt8]) -> Outcome {
        var outcome = Outcome()
        outcome.file = file
        outcome.form = json["form"]?.string ?? ""
        outcome.layout = json["layout"]?.string ?? ""
        if case .array(let quirks) = json["quirks"] { outcome.quirks = quirks.compactMap(\.string) }
        do {
            let parsed = ReportParser.parse(try Document.read(bytes, name: file))
            outcome.compareIdentity(parsed, json)
            let year = parsed.year ?? ReportYear(2021)
            guard let year else { return outcome }
            let checked = CheckedReport(
                parsed.report(agency: parsed.agency ?? "", year: year), cells: parsed.cells,
                readerFindings: parsed.findings)
            outcome.compareFigures(checked, json)
            outcome.compareContradictions(checked, json)
        } catch {
            outcome.error = "\(error)"
        }
        return outcome
    }
}

extension Accuracy.Outcome {
    fileprivate mutating func compareIdentity(_ parsed: ParsedReport, _ json: JSONValue) {
        var names = [json["expected"]?["agency"]?.string].compactMap { $0 }
        if case .array(let also) = json["agencyAlso"] { names += also.compactMap(\.string) }
        if !names.isEmpty, !names.contains(parsed.agency ?? "") {
            identity.append("agency \(parsed.agency ?? "nil") ≠ \(names[0])")
        }
        if let year = json["expected"]?["year"]?.integer, year != parsed.year?.value {
            identity.append("year \(parsed.year.map { String($0.value) } ?? "nil") ≠ \(year)")
        }
    }

    fileprivate mutating func compareFigures(_ checked: CheckedReport, _ json: JSONValue) {
        guard case .object(let expected) = json["expected"] else { return }
        let flagged = Set(checked.findings.filter { $0.state != .notice }.flatMap(\.paths).map(\.description))
        var writer = JSONWriter()
        writer.beginObject()
        CanonicalJSON.writeMembers(of: checked.report, to: &writer)
        CanonicalJSON.writeQuality(checked.quality, to: &writer)
        writer.endObject()
        guard let document = try? JSONValue(writer.bytes) else {
            error = "the report document is no JSON"
            return
        }
        for (path, value) in expected where path != "agency" && path != "year" {
            let found = path.split(separator: ".").reduce(document as JSONValue?) { $0?[String($1)] } ?? .null
            let isRecoverable = json["recoverable"]?[path] != .boolean(false)
            if Self.same(found, value) {
                right += 1
            } else if found == .null {
                if !isRecoverable {
                    unrecoverable += 1
                } else if flagged.contains(path) {
                    missing.append(path)
                } else {
                    missingSilent.append(path)
                }
            } else if flagged.contains(path) {
                wrongFlagged.append("\(path): \(found) ≠ \(value)")
            } else {
                wrongSilent.append("\(path): \(found) ≠ \(value)")
            }
        }
        let invented = checked.report.figurePaths.filter {
            checked.report[$0] != nil && expected[$0.description] == nil
        }
        for path in invented {
            let isFlagged = flagged.contains(path.description)
            let text = "\(path): invented"
            if isFlagged { wrongFlagged.append(text) } else { wrongSilent.append(text) }
        }
    }

    private static func same(_ found: JSONValue, _ expected: JSONValue) -> Bool {
        if found == expected { return true }
        if case .number(let left) = found, case .number(let right) = expected { return Double(left) == Double(right) }
        return false
    }

    fileprivate mutating func compareContradictions(_ checked: CheckedReport, _ json: JSONValue) {
        guard case .array(let contradictions) = json["contradictions"] else { return }
        let flagged = Set(checked.findings.filter { $0.state == .fail }.flatMap(\.paths).map(\.description))
        for contradiction in contradictions {
            guard let path = contradiction["path"]?.string, !flagged.contains(path) else { continue }
            unseenContradictions.append(path)
        }
    }
}

extension Accuracy {
    /// The outcomes as a table for people, and what is wrong in detail.
    public var table: String {
        var lines = ["file                       form right  wrong+f  WRONG  miss+f  MISS  unrec  identity"]
        for outcome in outcomes {
            let name = outcome.file.padding(toLength: 26, withPad: " ", startingAt: 0)
            let counts = [
                outcome.right, outcome.wrongFlagged.count, outcome.wrongSilent.count, outcome.missing.count,
                outcome.missingSilent.count, outcome.unrecoverable,
            ].map { String($0).leftPadded(to: 6) }.joined(separator: " ")
            lines.append(
                "\(name) \(outcome.form) \(counts)  \(outcome.error ?? outcome.identity.joined(separator: "; "))")
        }
        lines.append(summary)
        return lines.joined(separator: "\n")
    }

    /// The sums over all documents.
    public var summary: String {
        let total = outcomes.reduce(0) { $0 + $1.figures }
        let right = outcomes.reduce(0) { $0 + $1.right }
        let silent = outcomes.reduce(0) { $0 + $1.wrongSilent.count }
        let share = total == 0 ? 0 : 100 * Double(right) / Double(total)
        return String(
            format: "%d documents, %d figures: %d right (%.2f %%), %d wrong in silence", outcomes.count, total, right,
            share,
            silent)
    }

    /// The share of recoverable figures that are right, 0 to 1.
    public var rightShare: Double {
        let total = outcomes.reduce(0) { $0 + $1.figures }
        return total == 0 ? 0 : Double(outcomes.reduce(0) { $0 + $1.right }) / Double(total)
    }
}

extension Accuracy.Outcome {
    /// The figures that can be told from the document.
    public var figures: Int {
        right + wrongFlagged.count + wrongSilent.count + missing.count + missingSilent.count
    }
}

extension String {
    fileprivate func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
