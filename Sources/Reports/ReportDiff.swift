/// What is different between two reports, field by field, in the order of the report document.
///
/// Title, form, scope, every figure of any form, the rows that no form has, and the prose by section. A table that is
/// missing is the same as a blank one: its figures are null.
public struct ReportDiff: Sendable {
    /// What a field holds.
    public enum Value: Sendable, Hashable {
        /// A blank, or nothing.
        case null
        /// Words.
        case text(String)
        /// A figure as printed.
        case figure(Quantity)
    }

    /// One field that is different.
    public struct Change: Sendable, Hashable {
        /// The path of the field, such as `requests.granted.total`, `title`, `narrative.overview`.
        public let path: String
        /// What it was.
        public let from: Value
        /// What it is.
        public let to: Value
        /// By how much a figure grew, exact, in the unit of both figures, or in 元 where they differ in it; nil for
        /// words, where one side is blank, and where the units cannot be compared.
        public let change: Quantity?
    }

    /// What is different; empty if nothing is.
    public let changes: [Change]

    /// Compares two reports. O(number of figures + length of the texts).
    public init(from: AnnualReport, to: AnnualReport) {
        let heads = [
            Self.change("title", from.title, to.title),
            Self.change("form", from.form.rawValue, to.form.rawValue),
            Self.change("scope", from.scope.rawValue, to.scope.rawValue),
        ]
        let figures = FigurePath.allForms.lazy.map { Self.change($0, from[$0], to[$0]) }
        let foreign = Self.change(
            "statistics2014.foreignRows", Self.rows(from.statistics2014), Self.rows(to.statistics2014))
        let opening = Self.change(
            "narrative.opening", Self.text(from.narrative.opening), Self.text(to.narrative.opening))
        let sections = SectionKind.allCases.map { kind in
            Self.change("narrative.\(kind.key)", Self.text(from.narrative, kind), Self.text(to.narrative, kind))
        }
        changes = (heads + figures + [foreign, opening] + sections).compactMap { $0 }
    }
}

extension ReportDiff {
    private static func change(_ path: String, _ from: String?, _ to: String?) -> Change? {
        guard from != to else { return nil }
        return Change(
            path: path, from: from.map { .text($0) } ?? .null, to: to.map { .text($0) } ?? .null, change: nil)
    }

    private static func change(_ path: FigurePath, _ from: Quantity?, _ to: Quantity?) -> Change? {
        guard from != to else { return nil }
        let change = from.flatMap { from in to?.difference(from: from, at: path) }
        return Change(
            path: path.description, from: from.map { .figure($0) } ?? .null, to: to.map { .figure($0) } ?? .null,
            change: change)
    }

    /// The rows as lines, cells set apart by tabs; nil where there are none.
    private static func rows(_ table: Statistics2014?) -> String? {
        text((table?.foreignRows ?? []).map { ([$0.label] + $0.cells).joined(separator: "\t") })
    }

    /// The paragraphs as lines; nil where there are none.
    private static func text(_ paragraphs: [String]) -> String? {
        paragraphs.isEmpty ? nil : paragraphs.joined(separator: "\n")
    }

    /// Heading and paragraphs of a section, and of its repetitions, as lines; nil where the report has none.
    private static func text(_ narrative: Narrative, _ kind: SectionKind) -> String? {
        text(narrative.sections.filter { $0.kind == kind }.flatMap { [$0.heading] + $0.paragraphs })
    }
}

extension FigurePath {
    /// Every figure of any form, once, in the order of the report document.
    fileprivate static let allForms: [FigurePath] = {
        let all = ReportForm.allCases.flatMap { FigurePath.all(in: $0, otherIsOneRow: nil) }
        return Set(all).sorted { $0.index < $1.index }
    }()
}

extension CanonicalJSON {
    /// Writes what is different as an array of `{"path", "from", "to", "change"}`; figures as in the report document.
    public static func write(_ diff: ReportDiff, to json: inout JSONWriter) {
        json.beginArray()
        for change in diff.changes {
            json.beginObject()
            json.member("path", change.path)
            json.key("from")
            write(change.from, to: &json)
            json.key("to")
            write(change.to, to: &json)
            json.key("change")
            write(change.change, to: &json)
            json.endObject()
        }
        json.endArray()
    }

    private static func write(_ value: ReportDiff.Value, to json: inout JSONWriter) {
        switch value {
        case .null: json.null()
        case .text(let text): json.string(text)
        case .figure(let quantity): write(quantity, to: &json)
        }
    }
}
