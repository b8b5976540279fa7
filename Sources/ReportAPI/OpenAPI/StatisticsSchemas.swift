internal import ReportStore
internal import Reports

/// What `GET /statistics` answers.
enum StatisticsSchemas {
    private static let forms = ReportForm.allCases.map { ($0.rawValue, Schema.count) }
    private static let countsByForm = Schema.object(forms, optional: Set(forms.map(\.0)))
    private static let number = Schema.number.orNull

    static let answer = Schema.object([
        "groups": .array(of: group),
        "excluded": excluded,
    ])

    private static let excluded = Schema.array(
        of: .object(
            [
                "reason": .words(["scope", "nested", "form", "unit"]), "reports": .count, "measure": .string,
                "form": .words(of: ReportForm.self), "paths": .array(of: .string), "comparable": comparable,
                "named": .array(
                    of: .object([
                        "agency": .component(.agencyInReport), "year": .component(.year), "href": .href,
                    ])),
            ], optional: ["measure", "form", "paths", "comparable", "named"])
    ).described(
        "What was left out: reports of the other scope (`scope`); consolidated reports that the one of a division above, for the same year, has in it (`nested`, a thousand by name); figures of forms that cannot be compared (`form`); amounts of money without a unit (`unit`)."
    )

    private static let comparable = Schema.array(
        of: .object([
            "path": .component(.measurePath), "printed": .component(.measurePath), "reports": .count,
            "sum": .component(.quantity),
        ])
    ).described(
        "With `shape=form`: the figures of these reports that say the same as one of the form. `GET /statistics` with `measure` adds them up; in the form they would leave rows and columns that do not, so that their sums stand here."
    )

    /// How many agencies are expected; null where nobody can say.
    private static let expectedAgencies = Schema.count.orNull.described(
        "Those that have reports for any year and are expected for this one; null where reports are chosen or grouped by what stands in them: `q`, `finding`, `form`, a figure or indicator."
    )

    static let formTotal = Schema.object(
        [
            (
                "agency",
                .object([
                    "id": .null, "name": .string.orNull, "region": Schema.component(.namedRegion).orNull,
                ])
            ),
            ("year", Schema.component(.year).orNull.described("Null where the question is not about one.")),
            ("years", Schema.array(of: .component(.year)).described("Those that there are reports for.")),
            ("title", Schema.string.described("With the division, the years, and what else reports were chosen by.")),
            (
                "conditions",
                Schema.array(of: .string).described(
                    "What else reports were chosen by, in Chinese, as the title says it.")
            ), ("form", .words(of: ReportForm.self)),
            ("scope", .words(of: ReportScope.self)),
        ] + ReportSchemas.tables + [
            ("indicators", FigureSchemas.indicators), ("reports", .count), ("agencies", .count),
            ("expectedAgencies", expectedAgencies),
            (
                "blanks",
                Schema.map(of: .count).described(
                    "By path: how many reports leave blank a figure that their form prints, where any do.")
            ),
            (
                "missing",
                Schema.object(["count": .count, "agencies": .array(of: .component(.agencyInReport))]).orNull
                    .described(
                        "The agencies that are expected to have a report for the year and have none, a thousand by name; null where the question is not about one year and all reports of its agencies."
                    )
            ),
            (
                "failing",
                Schema.object([
                    "count": .count,
                    "reports": .array(
                        of: .object([
                            "agency": .component(.agencyInReport), "year": .component(.year),
                            "checks": .array(of: .string), "href": .href,
                        ])),
                ]).described("The reports with errors, a thousand by name, each with the checks that found them.")
            ),
            (
                "contradictions",
                Schema.array(
                    of: .object([
                        "check": .string, "label": .string, "message": .string, "paths": .array(of: .string),
                        "left": Schema.integer.orNull, "right": Schema.integer.orNull,
                    ])
                ).described("Where the sums themselves do not add up, since reports leave figures blank or are wrong.")
            ),
            (
                "warnings",
                Schema.array(
                    of: .object([
                        "reason": .words(["stock", "form"]), "message": .string, "paths": .array(of: .string),
                    ])
                ).described(
                    "What a reader of the sums should know: figures of what there is at one time that are added up over years (`stock`), or that there was no official form for the year (`form`)."
                )
            ),
            ("excluded", excluded),
        ], optional: Set(ReportSchemas.tables.map(\.0))
    ).described(
        "The sums of many reports in the shape of the report document. Null where no report states a figure.")

    static let ranking = Schema.object([
        "items": .array(
            of: .object(
                [
                    "rank": .integer(1...), "agency": .object(["id": .integer, "name": .string.orNull]),
                    "region": .string.orNull, "regionName": .string.orNull, "value": .number, "numerator": .integer,
                    "denominator": .integer, "smallN": .boolean, "reports": .count, "reported": .count,
                ], optional: ["agency", "region", "regionName", "numerator", "denominator", "smallN"])),
        "next": Schema.href.orNull.described("The address of the next page; null on the last one."),
        "measure": .string, "ranked": .count, "least": .count,
        "unranked": Schema.object([
            "blank": .count, "withoutUnit": .count, "small": .count, "unplaced": .count, "above": .count,
        ]).described(
            "How many state nothing, how many nothing but amounts of money without a unit, and how many too little; how many reports are of agencies without a division, and how many of agencies of a division above those that are ranked."
        ),
        "excluded": excluded,
    ])

    static let series = Schema.object([
        "agency": .component(.agencyInReport),
        "items": .array(
            of: .object([
                "year": .component(.year), "form": .words(of: ReportForm.self),
                "scope": .words(of: ReportScope.self), "title": .string, "published": Schema.date.orNull,
                "findings": .component(.findingCounts), "measures": .map(of: point), "href": .href,
            ])),
    ])

    private static let point = Schema.object(
        [
            "value": .any(of: .component(.quantity), .null), "numerator": Schema.integer.orNull,
            "denominator": Schema.integer.orNull, "smallN": .boolean,
            "comparable": Schema.boolean.orNull.described(
                "Whether it may stand in one line with the value of the newest year whose form has the figure; null where the form of this year has none."
            ),
            "percentile": Schema.number.orNull.described(
                "How many in a hundred of the peers have no greater value; null among fewer than \(SeriesPoint.Standing.peersMin)."
            ),
            "peers": .integer(1...),
        ], optional: ["numerator", "denominator", "smallN", "percentile", "peers"])

    private static let group = Schema.object([
        "key": key, "reports": .count, "agencies": .count, "expectedAgencies": expectedAgencies,
        "forms": countsByForm, "measures": .map(of: measure),
    ])

    private static let key = Schema.object(
        [
            "year": .component(.year), "region": Schema.string.orNull, "regionName": Schema.string.orNull,
            "level": Schema.words(of: AgencyLevel.self).orNull, "kind": Schema.words(of: AgencyKind.self).orNull,
            "form": .words(of: ReportForm.self),
            "agency": .object(["id": Schema.integer.orNull, "name": Schema.string.orNull]),
        ], optional: ["year", "region", "regionName", "level", "kind", "form", "agency"])

    private static let measure = Schema.object(
        [
            "reported": Schema.count.described(
                "The reports that state a value; of a rate, those that state both of its parts, of which the lower may be 0."
            ),
            "sum": number, "mean": number,
            "value": number, "numerator": Schema.integer.orNull, "denominator": Schema.integer.orNull,
            "smallN": .boolean, "median": number, "p10": number, "p90": number, "min": number, "max": number,
            "forms": .array(of: .words(of: ReportForm.self)), "incomparable": countsByForm,
            "withoutUnit": .count,
        ],
        optional: ["sum", "mean", "value", "numerator", "denominator", "smallN", "incomparable", "withoutUnit"])
}
