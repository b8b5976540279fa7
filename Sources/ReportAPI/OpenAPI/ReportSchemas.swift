internal import Reports

/// Reports as they are answered and taken.
enum ReportSchemas {
    private static let head: [(String, Schema)] = [
        ("year", .component(.year)), ("title", .string), ("form", form), ("scope", .words(of: ReportScope.self)),
        ("published", Schema.date.orNull.described("The day of publication, where it is known.")),
    ]

    private static let form = Schema.words(of: ReportForm.self).described(
        "The form that the report fills in: "
            + ReportForm.allCases.map { "\($0.rawValue) is \($0.source)" }.joined(separator: ", ") + ".")

    static let tables: [(String, Schema)] = [
        (
            "proactiveDisclosure",
            .one(of: .component(.proactive2021), .component(.proactive2019), .null)
        ),
        ("requests", Schema.component(.requests).orNull),
        ("reviewsAndLitigation", Schema.component(.reviews).orNull),
        ("statistics2014", Schema.component(.statistics2014).orNull),
    ]

    /// Which tables there are depends on the form.
    private static let optional = Set(tables.map(\.0)).union(["cells"])

    private static let computed: [(String, Schema)] = [
        ("indicators", FigureSchemas.indicators), ("quality", .component(.quality)),
    ]

    private static let cells = (
        "cells",
        Schema.map(of: .component(.cell)).described(
            "With `include=cells`: every printed cell, by the path of its figure.")
    )

    private static let revisionAndLinks: [(String, Schema)] = [
        (
            "revision",
            .object(
                [
                    ("number", .integer(1...)), ("at", .time), ("reason", .string.orNull),
                    ("sha256", Schema.string(pattern: "^[0-9a-f]{64}$").described("The digest of the document.")),
                ] + HistorySchemas.past, optional: Set(HistorySchemas.past.map(\.0)))
        ),
        (
            "links",
            .object(["self": .href, "source": .href, "findings": .href, "narrative": .href, "revisions": .href])
        ),
    ]

    static let report = Schema.object(
        [("agency", .component(.agencyInReport))] + head + tables + computed + revisionAndLinks + [cells],
        optional: optional
    ).described("The report document: what the agency printed. Only `indicators` and `quality` are computed.")

    static let checkedReport = Schema.object(
        [("agency", .object(["name": .string]))] + head + tables + computed
            + [cells, ("findings", .array(of: .component(.finding)))],
        optional: optional
    ).described("A report that was read and checked, and not stored.")

    static let summary = Schema.object(
        [("agency", .component(.agencyInReport))] + head
            + [
                ("findings", .component(.findingCounts)),
                (
                    "snippet",
                    Schema.string.described(
                        "With `q`: a passage of the prose or a name, with « and » around the words that were found.")
                ),
            ] + revisionAndLinks,
        optional: ["snippet"]
    ).described("What is known of a report, without its figures.")

    /// Tables that have parts of themselves missing are taken, too: what is missing is null, with a finding.
    static let uploaded = Schema.object(
        [
            ("agency", .any(of: .string, .object(["name": Schema.string.orNull], optional: ["name"]), .null)),
            ("year", .component(.yearBegun)), ("title", Schema.string.orNull), ("form", form.orNull),
            ("scope", Schema.words(of: ReportScope.self).orNull), ("published", Schema.date.orNull),
        ]
            + ["proactiveDisclosure", "requests", "reviewsAndLitigation", "statistics2014"].map { name in
                (
                    name,
                    Schema(["type": ["object", "null"]]).described(
                        "As in the report document; what is missing is blank.")
                )
            },
        optional: Set(["agency", "title", "form", "scope", "published"] + tables.map(\.0))
    ).described(
        "A report document as it is taken: what `Report` shows, without what is computed. Members that are missing are blank."
    )

    static let narrative = Schema.object([
        "opening": .array(of: .string),
        "sections": .array(
            of: .object([
                "key": Schema.words(SectionKind.allCases.map(\.key)).described(
                    SectionKind.allCases.map { "\($0.key): \($0.label)" }.joined(separator: "; ")),
                "heading": .string, "paragraphs": .array(of: .string),
            ])),
        "statements": .array(
            of: .object(
                [("subject", .words(of: Statement.Subject.self)), ("count", .integer)]
                    + FigureSchemas.place.map { ($0.key, $0.value) })
        ).described("Counts that the prose states of what the tables state."),
    ])
}
