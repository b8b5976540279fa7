internal import ReportStore
internal import Reports

// The conditions of lists and statistics.
extension Parameter {
    static let aboutFilters = """
        A condition is an operator, a dot and a value, or a value alone for equality: `year=gte.2021`, \
        `kind=in.(office,department)`, `level=is.null`; `not.` before it asks for the contrary. Figures and indicators are \
        asked about by their paths, as `requests.newReceived.total` and `indicators.disclosureRate` show. Each parameter may \
        be given several times; all conditions hold.
        """

    /// Those that lists and statistics share.
    static let filters: [Parameter] = [
        condition(on: "year", value: "20[0-9]{2}", isOrdered: true, "The year.", example: "2023"),
        Parameter("agency", .nonBlank, "The agency: a name or a number.", example: .string(Example.agency)),
        condition(
            on: "region", value: "([0-9]{2}|[0-9]{4}|[0-9]{6})",
            "The division: a code of GB/T 2260 or what codes begin with.",
            example: "41"),
        condition(on: "level", words: AgencyLevel.allCases.map(\.rawValue), "The agency's level.", example: "county"),
        condition(on: "kind", words: AgencyKind.allCases.map(\.rawValue), "What the agency is.", example: "department"),
        condition(on: "form", words: ReportForm.allCases.map(\.rawValue), "The form.", example: "2021"),
        condition(
            on: "finding", words: Check.ID.allCases.map { $0.rawValue.replacing(".", with: "\\.") },
            "A check that found something.", example: "requests.row_total"),
        Parameter(
            "q",
            Schema(["type": "string", "maxLength": .integer(TextQuery.lengthMax), "pattern": .string(Schema.visible)]),
            "Words in the title, the agency's names or the prose: Chinese ones of any length, others as a whole.",
            example: "依申请公开"),
        condition(
            on: "requests.newReceived.total", value: number, isOrdered: true, "A figure: 本年新收, 总计.", example: "gte.20"),
        condition(
            on: "indicators.disclosureRate", value: number, isOrdered: true, "An indicator: 公开率.", example: "lt.0.6"),
    ]

    private static let number = "-?[0-9]{1,9}(\\.[0-9]{1,6})?"

    static func condition(on name: String, words: [String], _ text: String, example: String) -> Parameter {
        condition(on: name, value: "(\(words.joined(separator: "|")))", text, example: example)
    }

    /// - Parameter value: a pattern of what the field is compared with.
    private static func condition(
        on name: String, value: String, isOrdered: Bool = false, _ text: String, example: String
    ) -> Parameter {
        let operators = isOrdered ? "eq|neq|gt|gte|lt|lte" : "eq|neq"
        let pattern = "^(not\\.)?(((\(operators))\\.)?\(value)|in\\.\\(\(value)(,\(value))*\\)|is\\.null)$"
        return Parameter(name, .string(pattern: pattern), text, example: .string(example))
    }

    static func format(_ names: [String]) -> Parameter {
        Parameter("format", .words(names), "Goes before `Accept`.", example: "csv")
    }

    static let header = Parameter(
        "header", .words(["id", "zh"]), "CSV and workbooks: ids, or the form's own words.", example: "zh")
    static let byteOrderMark = Parameter(
        "bom", .words(["1", "0", "true", "false"]),
        "CSV: begins with a byte order mark, as Excel needs it.")
}
