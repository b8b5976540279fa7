internal import ReportStore
internal import Reports

/// Findings, revisions, differences, changes.
enum HistorySchemas {
    static let fingerprint = Schema.string(pattern: "^[0-9a-f]{16}$")

    static let finding = Schema.object(
        [
            "check": Schema.words(of: Check.ID.self).described("`GET /checks` has the rules."),
            "state": .words([Finding.State.fail, .uncertain, .notice].map(\.rawValue)),
            "severity": .words(Severity.allCases.map(\.name)),
            "fingerprint": fingerprint.described("The same from run to run."),
            "message": .string,
            "paths": Schema.array(of: .string).described("The figures concerned, the one most to blame first."),
            "left": Schema.integer.orNull.described("One side of the rule, such as the printed total."),
            "right": Schema.integer.orNull.described("The other side, such as the computed sum."),
            "places": Schema.array(of: .object(FigureSchemas.place)).described(
                "Where it stands in the document; of checks across reports, where this report's figures stand. None for what "
                    + "never was a document, nor across reports for what was stored before schema 11 of the database."),
            "other": Schema.object(["agency": .string, "year": .component(.year), "href": .href]).described(
                "Of the checks across reports: the report that this one was held against, as it is now; not in the past."
            ),
            "acknowledged": Schema.component(.acknowledgement).orNull,
        ], optional: ["other"])

    /// What an answer of the past says of itself.
    static let past: [(String, Schema)] = [
        (
            "asOf",
            Schema.time.orNull.described(
                "Of the past: the time that was asked for; null for a revision as it stood at last.")
        ),
        (
            "exact",
            Schema(["type": "boolean"]).described(
                """
                Of the past: whether it is known to have been so. False only for what was stored before schema 8 of the \
                database, of which the last document of each revision is known, and not what other reports changed in it \
                before, nor what the checks across reports said of it.
                """)
        ),
    ]

    static let findings = Schema.object(
        [
            ("items", .array(of: .component(.finding))),
            ("revision", Schema.object([("number", .integer(1...))] + past).described("Of the past.")),
        ], optional: ["revision"])

    static let acknowledgement = Schema.object(["at": .time, "author": .string, "reason": .string])

    static let revision = Schema.object([
        "number": .integer(1...),
        "kind": .words([Revision.Kind.stored, .corrected, .withdrawn].map(\.rawValue)),
        "at": .time, "reason": .string.orNull, "author": .string.orNull,
        "sha256": Schema.string(pattern: "^[0-9a-f]{64}$").orNull,
        "source": Schema.object([
            "mediaType": .string, "fileName": .string.orNull, "url": .string.orNull, "bytes": .count,
        ]).orNull,
        "findings": .component(.findingCounts),
        "href": Schema.href.orNull.described("The report document of this revision; null for a withdrawal."),
    ])

    static let diffSide = Schema.object([
        "agency": .string, "year": .component(.year), "revision": .integer(1...), "href": .href,
    ])

    private static let value = Schema.any(of: .number, .string, .null)

    static let diffChange = Schema.object([
        "path": Schema.string.described("The field: `requests.granted.total`, `title`, `narrative.overview`."),
        "from": value, "to": value,
        "change": Schema.any(of: .number, .string, .null).described(
            "By how much a figure grew; null for words and blanks."),
    ])

    static let diff = Schema.object([
        "from": .component(.diffSide), "to": .component(.diffSide), "changes": .array(of: .component(.diffChange)),
    ])

    static let change = Schema.object([
        "cursor": Schema.string(pattern: "^[0-9]+$").described("Its place in the feed: what `since` takes."),
        "at": .time, "kind": .words(of: Change.Kind.self), "agency": .string, "year": .component(.year),
        "revision": .integer(1...), "href": .href,
    ])
}
