/// The one JSON form of a report: stable names in a stable order, so that equal reports give equal bytes.
public enum CanonicalJSON {
    /// Writes the members of the report document that the document itself decides: year, title, form, scope, the
    /// tables and indicators. The caller opens and closes the object, and adds agency, quality, revision and links.
    public static func writeMembers(
        of report: AnnualReport, published: DocumentDate? = nil, to json: inout JSONWriter
    ) {
        json.member("year", report.year.value)
        json.member("title", report.title)
        json.member("form", report.form.rawValue)
        json.member("scope", report.scope.rawValue)
        json.member("published", published?.description)
        writeTables(of: report, to: &json)
        writeIndicators(to: &json) { report.value(of: $0) }
    }

    /// Writes the members of the tables that the report's form has.
    public static func writeTables(of report: AnnualReport, to json: inout JSONWriter) {
        if report.form != .form2014 {
            write(report.proactive, form: report.form, to: &json)
            write(report.requests, to: &json)
            write(report.reviews, to: &json)
        }
        if report.form == .form2014 || report.statistics2014 != nil { write(report.statistics2014, to: &json) }
    }

    /// Writes the member `indicators`.
    public static func writeIndicators(to json: inout JSONWriter, value: (Indicator) -> IndicatorValue) {
        json.object("indicators") { json in
            for indicator in Indicator.allCases { write(value(indicator), of: indicator, to: &json) }
        }
    }

    private static func write(_ table: ProactiveDisclosure?, form: ReportForm, to json: inout JSONWriter) {
        json.key("proactiveDisclosure")
        guard let table else { return json.null() }
        json.beginObject()
        for line in ProactiveLine.allCases where !line.columns(in: form).isEmpty {
            json.object(line.key) { json in
                for column in line.columns(in: form) {
                    json.key(column.key)
                    write(table[line, column], to: &json)
                }
            }
        }
        json.endObject()
    }

    /// A number; a string with its unit where the cell names another than the form's.
    public static func write(_ quantity: Quantity?, to json: inout JSONWriter) {
        guard let quantity else { return json.null() }
        if let unit = quantity.unit {
            json.string(quantity.number + unit.rawValue)
        } else {
            json.raw(quantity.number.utf8)
        }
    }

    private static func write(_ table: RequestTable?, to json: inout JSONWriter) {
        json.key("requests")
        guard let table else { return json.null() }
        json.beginObject()
        var nesting = JSONNesting()
        for line in table.lines {
            let name = nesting.enter(line.names, &json)
            json.object(name) { json in
                for applicant in Applicant.allCases { json.member(applicant.key, table[line, applicant]) }
            }
        }
        nesting.leave(&json)
        json.endObject()
    }

    private static func write(_ table: Statistics2014?, to json: inout JSONWriter) {
        json.key("statistics2014")
        guard let table else { return json.null() }
        json.beginObject()
        var nesting = JSONNesting()
        for statistic in Statistic2014.allCases {
            json.key(nesting.enter(statistic.names, &json))
            write(table[statistic], to: &json)
        }
        nesting.leave(&json)
        if !table.foreignRows.isEmpty {
            json.array("foreignRows") { json in
                for row in table.foreignRows { write(row, to: &json) }
            }
        }
        json.endObject()
    }

    private static func write(_ row: Statistics2014.ForeignRow, to json: inout JSONWriter) {
        json.beginObject()
        json.member("label", row.label)
        json.array("cells") { json in
            for cell in row.cells { json.string(cell) }
        }
        json.endObject()
    }

    private static func write(_ table: ReviewTable?, to json: inout JSONWriter) {
        json.key("reviewsAndLitigation")
        guard let table else { return json.null() }
        func block(_ name: String, _ route: ReviewRoute, _ json: inout JSONWriter) {
            json.object(name) { json in
                for outcome in ReviewOutcome.allCases { json.member(outcome.key, table[route, outcome]) }
            }
        }
        json.beginObject()
        block("administrativeReview", .administrativeReview, &json)
        json.object("litigation") { json in
            block("direct", .direct, &json)
            block("afterReview", .afterReview, &json)
        }
        json.endObject()
    }

    private static func write(_ value: IndicatorValue, of indicator: Indicator, to json: inout JSONWriter) {
        json.key(indicator.rawValue)
        write(value, to: &json)
    }

    /// The value of an indicator with what it was made of.
    public static func write(_ value: IndicatorValue, to json: inout JSONWriter) {
        json.beginObject()
        json.key("value")
        json.double(value.value)
        json.member("numerator", value.numerator)
        json.member("denominator", value.denominator)
        json.key("smallN")
        json.boolean(value.smallN)
        json.endObject()
    }

    /// Writes the member `quality`, which follows what ``writeMembers(of:to:)`` writes.
    public static func writeQuality(_ quality: Quality, to json: inout JSONWriter) {
        json.object("quality") { json in
            json.member("checksPassed", quality.checks.passed)
            json.member("checksFailed", quality.checks.failed)
            json.member("uncertain", quality.checks.uncertain)
            json.member("notAssessable", quality.checks.notAssessable)
            json.member("blankCells", quality.blankCells)
            json.member("inferredCells", quality.inferredCells)
        }
    }
}

/// How well a report could be read and holds together.
public struct Quality: Sendable, Hashable {
    /// The outcomes of the checks.
    public var checks: CheckTally
    /// Cells that are blank or hold a placeholder.
    public var blankCells: Int
    /// Cells whose place the form's identities decided.
    public var inferredCells: Int

    /// Makes a quality.
    public init(checks: CheckTally = CheckTally(), blankCells: Int = 0, inferredCells: Int = 0) {
        self.checks = checks
        self.blankCells = blankCells
        self.inferredCells = inferredCells
    }
}

/// Opens and closes the objects that paths in their order ask for.
private struct JSONNesting {
    private var open: ArraySlice<String> = []

    /// Opens what encloses a path and closes what does not; gives the path's last name.
    mutating func enter(_ path: [String], _ json: inout JSONWriter) -> String {
        let enclosing = path.dropLast()
        let shared = zip(open, enclosing).prefix { $0 == $1 }.count
        for _ in shared..<open.count { json.endObject() }
        for name in enclosing.dropFirst(shared) {
            json.key(name)
            json.beginObject()
        }
        open = enclosing
        return path.last ?? ""
    }

    /// Closes everything.
    mutating func leave(_ json: inout JSONWriter) {
        for _ in open { json.endObject() }
        open = []
    }
}
