internal import ReportStore
internal import Reports

// The conditions of lists and statistics.
extension Parameter {
    static let aboutFilters = """
        A condition is an operator, a dot and a value, or a value alone for equality: `year=gte.2021`, \
        `kind=in.(office,department)`, `level=is.null`; `not.` before it asks for the contrary. Each figure and indicator is a \
        parameter by its path: `requests.newReceived.total=gte.20`. Each parameter may be given several times; all conditions \
        hold, \(FilterParameters.conditionsMax) at most.

        \(aboutCrossing)
        """

    /// The one rule by which figures of different forms are read wherever there are many reports.
    static let aboutCrossing = """
        Where a report's form does not print a figure but one that says the same, as 收到申请数 of 2014 says 本年新收 总计, that \
        one takes its place: in conditions, `sort` and `fields` of lists as in statistics, rankings and series, so that the \
        same conditions hold the same reports everywhere. `form` tells which form a report is of; the report document alone \
        has each figure where it was printed.
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
            "A check that found something; `GET /checks` lists them.", example: "requests.row_total"),
        Parameter(
            "q",
            Schema(["type": "string", "maxLength": .integer(TextQuery.lengthMax), "pattern": .string(Schema.visible)]),
            "Words in the title, the agency's name (that year's and today's) or the prose: Chinese ones of any length, others as a whole; `-word` leaves out what has it.",
            example: "依申请公开"),
        figures,
    ]

    /// A condition on each figure and indicator.
    static let figures: Parameter = {
        var parameter = Parameter(
            "figures", .component(.figureConditions),
            "Conditions on figures and indicators, each a parameter of its own.",
            example: ["requests.newReceived.total": "gte.20", "indicators.disclosureRate": "lt.0.6"])
        parameter.style = .members
        return parameter
    }()

    /// What a figure or an indicator is compared with.
    static let numberCondition = Schema.string(pattern: pattern(of: "-?[0-9]{1,9}(\\.[0-9]{1,6})?", isOrdered: true))
        .described("A number, or an operator, a dot and a number: `gte.20`, `not.eq.0`, `in.(1,2)`, `is.null`.")

    static let figureConditions = Schema.object(
        Measure.all.map { ($0.description, Schema.component(.numberCondition).described($0.title)) },
        optional: Set(Measure.all.map(\.description))
    ).closed.with("maxProperties", .integer(FilterParameters.conditionsMax - FilterParameters.names.count))
        .described("Conditions on figures and indicators, by their paths. \(aboutCrossing)")

    static let measurePath = Schema.words(Measure.all.map(\.description))
        .described("The path of a figure or an indicator; `GET /forms` and `GET /indicators` say what they mean.")

    /// What lists show.
    static let listField = Schema.any(
        of: .words([ReportField.wildcard] + ReportField.named.map(\.path) + ReportField.subtrees.keys.sorted()),
        .component(.measurePath))

    static let sortKey = Schema.string(
        pattern: "^-?\(PathPattern(ReportListRequest.sortKeys.map(\.path) + Measure.all.map(\.description)).text)$"
    )
    .described("What reports are ordered by; `-` before it for descending.")

    private static let wordsShown = 10

    static func condition(on name: String, words: [String], _ text: String, example: String) -> Parameter {
        let list = words.map { "`\($0)`" }.joined(separator: ", ")
        // More are a catalogue of their own.
        let known = words.count > wordsShown ? text : "\(text.dropLast()): \(list)."
        return condition(on: name, value: "(\(words.joined(separator: "|")))", known, example: example)
    }

    /// - Parameter value: a pattern of what the field is compared with.
    private static func condition(
        on name: String, value: String, isOrdered: Bool = false, _ text: String, example: String
    ) -> Parameter {
        Parameter(name, .string(pattern: pattern(of: value, isOrdered: isOrdered)), text, example: .string(example))
    }

    private static func pattern(of value: String, isOrdered: Bool) -> String {
        let operators = isOrdered ? "eq|neq|gt|gte|lt|lte" : "eq|neq"
        return "^(not\\.)?(((\(operators))\\.)?\(value)|in\\.\\(\(value)(,\(value))*\\)|is\\.null)$"
    }

    static let measures = list(
        "measure", of: .component(.measurePath), most: StatisticsRequest.measuresMax,
        "Paths of figures and indicators.", example: ["requests.newReceived.total", "indicators.disclosureRate"])

    static func format(_ names: [String]) -> Parameter {
        Parameter("format", .words(names), "Goes before `Accept`.", example: .string(names.last ?? ""))
    }

    /// How the table is written: where there is none, it is refused.
    static let header: Parameter = {
        var parameter = Parameter(
            "header", .words(["id", "zh"]),
            "Of a table (`format=csv`, and where its first row has names `xlsx` and `html`): ids, or the form's own words, for what stands below, too.",
            example: "zh")
        parameter.beside = "format=csv"
        return parameter
    }()

    static let byteOrderMark: Parameter = {
        var parameter = Parameter.flag("bom", "Of CSV alone: begins with a byte order mark, as Excel needs it.")
        parameter.beside = "format=csv"
        return parameter
    }()
}

extension Measure {
    /// The name with the unit, for people.
    fileprivate var title: String {
        guard case .figure = self else { return label }
        return label + (unit.map { "（\($0)）" } ?? "")
    }
}

/// Paths of names with dots between as a pattern that holds exactly these; names that paths begin with stand in it once.
struct PathPattern {
    private var names: [String] = []
    private var branches: [String: PathPattern] = [:]
    private var isEnd = false

    init(_ paths: [String]) {
        for path in paths { add(path.split(separator: ".").map(String.init)[...]) }
    }

    private mutating func add(_ path: ArraySlice<String>) {
        guard let name = path.first else { return isEnd = true }
        if branches[name] == nil { names.append(name) }
        branches[name, default: PathPattern([])].add(path.dropFirst())
    }

    /// The pattern, without anchors.
    var text: String {
        let choices = names.map { name in
            let below = branches[name] ?? PathPattern([])
            guard !below.names.isEmpty else { return name }
            return name + (below.isEnd ? "(\\.\(below.text))?" : "\\.\(below.text)")
        }
        return choices.count == 1 ? choices[0] : "(\(choices.joined(separator: "|")))"
    }
}
