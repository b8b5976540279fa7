public import Reports

/// What could be read from a document: the report as far as it goes, and what is to be said of it.
public struct ParsedReport: Sendable {
    /// The agency that the document names; nil where it names none.
    public var agency: String?
    /// The year that the document is for; nil where it names none.
    public var year: ReportYear?
    /// The title as printed, white space removed; empty where there is none.
    public var title: String
    /// The form of the tables, or the one of the year where there are none.
    public var form: ReportForm
    /// Whose figures they are.
    public var scope: ReportScope
    /// Table 二; nil when the document has none.
    public var proactive: ProactiveDisclosure?
    /// Table 三; nil when the document has none.
    public var requests: RequestTable?
    /// Table 四; nil when the document has none.
    public var reviews: ReviewTable?
    /// The 统计表 of the 2014 form; nil when the document has none.
    public var statistics2014: Statistics2014?
    /// The prose.
    public var narrative: Narrative
    /// The date on which the document says it was published; nil where it states none.
    public var published: DocumentDate?
    /// The cells of the form that stand in the document.
    public var cells: [PrintedCell]
    /// What the reader could not tell for certain; the checks' findings come with ``CheckedReport``.
    public var findings: [Finding]

    /// Whether the document is an annual report at all: one of the form's tables, or a title and two of the sections.
    public var isReport: Bool {
        proactive != nil || requests != nil || reviews != nil || statistics2014 != nil
            || (!title.isEmpty && narrative.sections.count >= 2)
    }
}

extension ParsedReport {
    /// The report under the agency and year that it is filed under.
    public func report(agency: String, year: ReportYear) -> AnnualReport {
        AnnualReport(
            agency: agency, year: year, title: title, form: form, scope: scope, proactive: proactive,
            requests: requests, reviews: reviews, statistics2014: statistics2014, narrative: narrative)
    }
}
