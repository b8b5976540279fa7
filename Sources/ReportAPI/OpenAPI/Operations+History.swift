internal import HTTPTypes

// Findings that were looked into, revisions, differences, the feed of changes.

extension Operation {
    private static let findingPath: [Parameter] =
        reportPath(Example.contradictory, 2024) + [
            Parameter(
                "fingerprint", HistorySchemas.fingerprint, "The finding's fingerprint.",
                example: .string(Example.fingerprint))
        ]
    private static let findingProblems: [Problem.Code] = reportProblems + [.findingNotFound]

    static let acknowledgeFinding = Operation(
        name: "acknowledgeFinding", group: .history, summary: "Say of a finding that it was looked into",
        path: findingPath,
        body: .json(
            .object(["reason": text, "author": text]).closed,
            example: ["reason": "总计栏误印，原件为65", "author": "李四"]),
        answers: [
            .once(
                "What was said.",
                .object(["fingerprint": HistorySchemas.fingerprint, "acknowledged": .component(.acknowledgement)]))
        ],
        problems: findingProblems)

    private static let text = Schema.nonBlank.with("maxLength", .integer(BodyMembers.charactersMax))

    static let withdrawAcknowledgement = Operation(
        name: "withdrawAcknowledgement", group: .history, summary: "Take back what was said of a finding",
        path: findingPath, answers: [Reply(status: .noContent, text: "Taken back.")], problems: findingProblems)

    private static let historyProblems: [Problem.Code] = [
        .agencyNotFound, .severalAgencies, .reportNotFound, .invalidYear,
    ]

    static let listRevisions = Operation(
        name: "listRevisions", group: .history, summary: "What happened to a report, newest first",
        path: reportPath(),
        answers: [
            .kept("The revisions.", .list(of: .component(.revision))),
            moved(.list(of: .component(.revision))),
        ],
        problems: historyProblems)

    private static let revisionPath: [Parameter] =
        reportPath() + [Parameter("number", .integer(1...), "The number of the revision.", example: 1)]
    private static let revisionProblems: [Problem.Code] = historyProblems + [.revisionNotFound, .reportWithdrawn]

    static let showRevision = Operation(
        name: "showRevision", group: .history, summary: "The report as a revision had it",
        details:
            "As it stood at last: other reports may have changed what the checks say while it was the current one.",
        path: revisionPath,
        query: reportView,
        answers: [
            .kept(
                reportText, [.json(.component(.report), sample: "showReport")] + reportTables),
            moved(.component(.report), reportTables, sample: "showReport"),
        ],
        problems: revisionProblems)

    static let showRevisionSource = Operation(
        name: "showRevisionSource", group: .history, summary: "The document of a revision, byte for byte",
        path: revisionPath,
        answers: sourceAnswers,
        problems: revisionProblems)

    static let showRevisionFindings = Operation(
        name: "showRevisionFindings", group: .history, summary: "What the checks found in a revision",
        path: revisionPath,
        answers: [
            .kept("The findings as they stood at last.", HistorySchemas.findings),
            moved(HistorySchemas.findings),
        ],
        problems: revisionProblems)

    static let showRevisionNarrative = Operation(
        name: "showRevisionNarrative", group: .history, summary: "The prose of a revision",
        path: revisionPath,
        answers: [
            .kept("The prose.", .component(.narrative)), moved(.component(.narrative)),
        ],
        problems: revisionProblems)

    static let showDiff = Operation(
        name: "showDiff", group: .history, summary: "What changed, field by field",
        details: """
            Between two revisions (`from`, `to`; the last two unless given), or `against` another year or another agency's \
            report, which cannot stand beside `from` and `to`.
            """,
        path: reportPath(),
        query: [
            Parameter("from", .integer(1...), "The older revision."),
            Parameter("to", .integer(1...), "The newer revision."),
            Parameter(
                "against", .string(pattern: "^([^/]*[^/\\s][^/]*/)?[0-9]{4}$"), "A year, or `{agency}/{year}`.",
                example: "2022"),
        ],
        exampleQuery: "against=2022",
        answers: [.kept("The differences.", HistorySchemas.diff), moved(HistorySchemas.diff)],
        problems: historyProblems + [.revisionNotFound, .reportWithdrawn])

    static let listChanges = Operation(
        name: "listChanges", group: .changes, summary: "What was stored, corrected, withdrawn or reassessed",
        details: """
            Oldest first; `next` is the address of what comes after. With `Accept: text/event-stream` the answer stays open \
            and sends changes as they happen (server-sent events); `Last-Event-ID` takes it up again. A \
            cursor beyond the last change is from elsewhere, or from before a backup was put back: `next` leads to where \
            the feed ends, and a stream is refused. What is told stays as it was, with the name that the agency had then; `href` leads to where the report is now.
            """,
        query: [
            Parameter(
                "since", .integer(0...Int.max),
                "The cursor of the last change that the client has.",
                example: 3),
            .limit,
        ],
        head: [Parameter("Last-Event-ID", .string, "The last event that a listener has: a cursor.")],
        answers: [
            .kept(
                "Changes.",
                [
                    .json(.object(["items": .array(of: .component(.change)), "next": .href])),
                    Content(mediaType: ChangeStream.mediaType, schema: .string),
                ], fields: [.link])
        ])
}

extension Body {
    /// A small JSON object.
    static func json(_ schema: Schema, example: JSONTree) -> Body {
        Body(text: "A JSON object.", contents: [.json(schema, example: example)])
    }
}
