/// The one JSON form of a report: stable names in a stable order, so that equal reports give equal bytes.
public enum CanonicalJSON {
    /// Writes the members of the report document that the document itself decides: year, title, form, scope, the
    /// tables and indicators. The caller opens and closes the object, and adds agency, quality, revision and links.
    public static func writeMembers(
        of report: AnnualReport, published: DocumentDate? = nil, to json: inout JSONWriter
    ) {
        let values = Indicator.allCases.map { report.value(of: $0) }
        json.member("year", report.year.value)
        json.member("title", report.title)
        json.member("form", report.form.rawValue)
        json.member("scope", report.scope.rawValue)
        json.member("published", published?.description)
        writeTables(of: report, to: &json)
        writeIndicators(values, to: &json)
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

    /// Writes the member `indicators`, with the value of each in the order of ``Indicator``.
    public static func writeIndicators(_ values: [IndicatorValue], to json: inout JSONWriter) {
        json.key("indicators")
        indicatorPattern.write(to: &json) { index, json in writeMember(index % 4, of: values[index / 4], to: &json) }
    }

    private static func write(_ table: ProactiveDisclosure?, form: ReportForm, to json: inout JSONWriter) {
        json.key("proactiveDisclosure")
        guard let table, let (pattern, cells) = proactivePatterns[form] else { return json.null() }
        pattern.write(to: &json) { index, json in write(table[cells[index].line, cells[index].column], to: &json) }
    }

    private static let proactivePatterns = Dictionary(
        uniqueKeysWithValues: ReportForm.allCases.map { form in
            let lines = ProactiveLine.allCases.filter { !$0.columns(in: form).isEmpty }
            let cells = lines.flatMap { line in line.columns(in: form).map { (line: line, column: $0) } }
            let pattern = JSONPattern { json, value in
                json.beginObject()
                for line in lines {
                    json.object(line.key) { json in
                        for column in line.columns(in: form) {
                            json.key(column.key)
                            value(&json)
                        }
                    }
                }
                json.endObject()
            }
            return (form, (pattern, cells))
        })

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
        let lines = table.lines
        let pattern = table.otherIsOneRow ? requestsWithOneOther : requestsWithThreeOthers
        let columns = Applicant.allCases
        pattern.write(to: &json) { index, json in
            json.integer(table[lines[index / columns.count], columns[index % columns.count]])
        }
    }

    private static let requestsWithOneOther = requestPattern(RequestTable(otherIsOneRow: true).lines)
    private static let requestsWithThreeOthers = requestPattern(RequestTable(otherIsOneRow: false).lines)

    private static func requestPattern(_ lines: [RequestLine]) -> JSONPattern {
        JSONPattern { json, value in
            json.beginObject()
            var nesting = JSONNesting()
            for line in lines {
                let name = nesting.enter(line.names, &json)
                json.object(name) { json in
                    for applicant in Applicant.allCases {
                        json.key(applicant.key)
                        value(&json)
                    }
                }
            }
            nesting.leave(&json)
            json.endObject()
        }
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
        let (routes, columns) = (ReviewRoute.allCases, ReviewOutcome.allCases)
        reviewPattern.write(to: &json) { index, json in
            json.integer(table[routes[index / columns.count], columns[index % columns.count]])
        }
    }

    private static let reviewPattern = JSONPattern { json, value in
        func block(_ name: String, _ json: inout JSONWriter) {
            json.object(name) { json in
                for outcome in ReviewOutcome.allCases {
                    json.key(outcome.key)
                    value(&json)
                }
            }
        }
        json.beginObject()
        block("administrativeReview", &json)
        json.object("litigation") { json in
            block("direct", &json)
            block("afterReview", &json)
        }
        json.endObject()
    }

    private static let indicatorPattern = JSONPattern { json, value in
        json.beginObject()
        for indicator in Indicator.allCases {
            json.key(indicator.rawValue)
            writeIndicator(to: &json) { _, json in value(&json) }
        }
        json.endObject()
    }

    /// The value of an indicator with what it was made of.
    public static func write(_ value: IndicatorValue, to json: inout JSONWriter) {
        writeIndicator(to: &json) { index, json in writeMember(index, of: value, to: &json) }
    }

    private static func writeIndicator(to json: inout JSONWriter, _ member: (Int, inout JSONWriter) -> Void) {
        json.beginObject()
        for (index, name) in ["value", "numerator", "denominator", "smallN"].enumerated() {
            json.key(name)
            member(index, &json)
        }
        json.endObject()
    }

    private static func writeMember(_ index: Int, of value: IndicatorValue, to json: inout JSONWriter) {
        switch index {
        case 0: json.double(value.value)
        case 1: json.integer(value.numerator)
        case 2: json.integer(value.denominator)
        default: json.boolean(value.smallN)
        }
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
