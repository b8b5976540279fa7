internal import HTTPTypes
internal import ReportStore
internal import Reports

// Many reports in one answer.

extension Operation {
    static let listReports = Operation(
        name: "listReports", group: .reports, summary: "List reports",
        details: """
            What is known of each report, without its figures; with `fields` what that names, as the report document nests \
            it. Without `sort` they come in the order of years.

            As CSV or as lines it is the whole table, of any length, made while it is read.

            \(Parameter.aboutFilters)
            """,
        query: Parameter.filters + [
            Parameter.condition(
                on: "scope", words: ReportScope.allCases.map(\.rawValue), "Whose figures they are.", example: "own"),
            .list(
                "sort", of: Parameter.sortKey, most: ReportListRequest.keysMax,
                "What reports are ordered by: what lists show, or paths of figures and indicators; `-` before one for descending. What is not known comes last.",
                example: ["-requests.newReceived.total", "agency.name"]),
            .list(
                "fields", of: Parameter.listField, most: ReportField.fieldsMax,
                "What is shown: \(ReportField.named.map { "`\($0.path)`" }.joined(separator: ", ")), paths of figures and indicators, or what several paths begin with: `requests`, `requests.newReceived`, `indicators`; `*` is everything that a table has without `fields`. `snippet` is the passage that `q` found. In a table an indicator has three columns more: `indicators.disclosureRate.numerator`, `.denominator`, `.smallN`.",
                example: ["agency.name", "year", "requests.newReceived.total"]),
            .format(["json", "csv", "ndjson", "xlsx"]),
            Parameter.limitOfAny,
            Parameter(
                "cursor", .string(pattern: "^(([0-9.e+-]*|~[^_]*)_)*[0-9]+_[0-9]+$"),
                "Where the page before ended, as its `next` says.",
                example: "2023_1"),
            Parameter.count, Parameter.header, Parameter.byteOrderMark,
        ],
        filters: FilterParameters.names,
        answers: [
            .kept(
                "A page of reports; in other formats all of them, without a tag where it is a workbook or longer than a mebibyte. A workbook holds five million cells.",
                [
                    .json(.page(of: .any(of: .component(.reportSummary), .map(of: .anything)))),
                    .csv, .lines("A report a line, as in `items`."), .xlsx,
                ], fields: [.link])
        ],
        problems: [.agencyNotFound, .severalAgencies, .regionNotFound, .invalidYear])

    static let showStatistics = Operation(
        name: "showStatistics", group: .reports, summary: "Sums, rates and distributions over many reports",
        details: """
            Exact as of now. Agencies' own reports and consolidated ones are never added together, nor figures of different \
            forms that cannot be compared: what is left out stands under `excluded` and, for each measure, `incomparable`. \
            A percentile is the least value that so many in a hundred do not exceed; the median of an even number of values is the \
            mean of the two in the middle. Money is in 万元.

            \(Parameter.aboutFilters)
            """,
        query: Parameter.filters + [
            .scope,
            .list(
                "group", of: .words(StatisticsRequest.dimensions), most: StatisticsRequest.dimensionsMax,
                "What groups are made by, each once and one size of division at most. `region` is what lies directly below the region that is asked about. An agency of a larger division itself stands under that division's whole code (`411300`), under which the parameter `region` takes all that lies below, too.",
                example: ["year"]),
            .measures,
            Parameter(
                "shape", .words(of: StatisticsRequest.Shape.self),
                "`form` adds up every figure into the form itself, the 汇总 table, and tells which agencies are missing, which reports have errors, and how many leave a figure blank; without `group` and `measure`."
            ),
            .format(StatisticsRequest.formats.map(\.rawValue)), .header, .byteOrderMark,
        ],
        filters: StatisticsRequest.filters, exampleQuery: "group=year",
        answers: [
            .kept(
                "The groups, ordered by their keys; or the form. Where there may be over 4,000 groups, they come without a tag while they are made, and not as a page. A workbook holds five million cells.",
                [
                    .json(.any(of: StatisticsSchemas.answer, .component(.formTotal))), .csv,
                    .lines("A group a line, as in `groups`; or the form in one line."), .xlsx, .html,
                ])
        ],
        problems: [.agencyNotFound, .severalAgencies, .regionNotFound, .invalidYear])

    static let listRankings = Operation(
        name: "listRankings", group: .reports, summary: "Agencies or divisions in the order of one measure",
        details: """
            Those that are equal have the same place. A rate that rests on fewer than \(IndicatorValue.smallNBelow) cases, or \
            what `least` says, is not ranked, and counted under `unranked`, as are those that state nothing.

            \(Parameter.aboutFilters)
            """,
        query: [
            Parameter(
                "measure", .component(.measurePath), "The path of a figure or indicator; 公开率 without it.",
                example: "requests.newReceived.total"),
            Parameter(
                "by", .words(of: RankingRequest.Subject.self),
                "What is ranked. `region` is what lies directly below the region that is asked about.",
                example: "agency"),
            Parameter("order", .words(of: RankingRequest.Direction.self), "The greatest first, or the least."),
            Parameter(
                "least", .integer(1...1_000_000_000),
                "The least that a value may rest on: the denominator of a rate, the reports that state a figure.",
                example: 10),
        ] + Parameter.filters + [
            .scope, .limitOfAny,
            Parameter(
                "cursor", .string(pattern: "^[0-9.e+-]+_[0-9]+$"), "Where the page before ended, as its `next` says.",
                example: "0.5_1"),
            .format(["json", "csv", "ndjson", "xlsx"]), .header, .byteOrderMark,
        ],
        filters: StatisticsRequest.filters, exampleQuery: "year=2023&least=10",
        answers: [
            .kept(
                "A page of the ranking.",
                [
                    .json(StatisticsSchemas.ranking), .csv, .lines("An agency or division a line, as in `items`."),
                    .xlsx,
                ],
                fields: [.link])
        ],
        problems: [.agencyNotFound, .severalAgencies, .regionNotFound, .invalidYear])

    static let showSeries = Operation(
        name: "showSeries", group: .reports, summary: "Every year of one agency",
        details: """
            The oldest first, with all indicators unless `measure` says otherwise. A figure stands for what takes its place in \
            the form of its year; where it may not stand in one line with that of the newest year, `comparable` is false, and null \
            where the form of its year has no such figure.

            With `peers=1` each value says where it stands among those of agencies of the same level and kind in that year: \
            how many in a hundred are not greater, where there are \(SeriesPoint.Standing.peersMin) or more. Rates of fewer than \
            \(IndicatorValue.smallNBelow) cases are left out.
            """,
        path: [.agency(Example.agency)],
        query: [
            .measures,
            .flag("peers", "Compares each value with those of the agency's peers."),
            .format(["json", "csv", "ndjson", "xlsx"]), .header, .byteOrderMark,
        ],
        answers: [
            .kept(
                "The years.", [.json(StatisticsSchemas.series), .csv, .lines("A year a line, as in `items`."), .xlsx]),
            moved(StatisticsSchemas.series, [.csv, .lines("A year a line, as in `items`."), .xlsx]),
        ],
        problems: [.agencyNotFound, .severalAgencies])
}
