internal import HTTPTypes
internal import Reports

// Reports: reading one, and writing one.

extension Operation {
    static let showReport = Operation(
        name: "showReport", group: .reports, summary: "The statistics of one agency and year",
        details: """
            What the agency printed. A blank or a placeholder is `null` and never 0; printed totals are never replaced by \
            computed ones.

            A former name of the agency answers `301` with the report in the body, a name that several agencies share \
            `300` with the candidates.
            """,
        path: reportPath(),
        query: reportView + [.asOf],
        answers: [
            .kept(reportText, [.json(.component(.report))] + reportTables),
            moved(.component(.report), reportTables),
        ],
        problems: reportProblems)

    /// An uploaded document, of a report as it is or of a revision.
    static let sourceAnswers: [Reply] = [
        .kept("The document, with its own media type.", DocumentFormat.sources),
        Reply(status: .movedPermanently, text: movedText, contents: DocumentFormat.sources, fields: [.location]),
    ]

    static let showSource = Operation(
        name: "showSource", group: .reports, summary: "The uploaded document, byte for byte",
        path: reportPath(), query: [.asOf],
        answers: sourceAnswers,
        problems: reportProblems)

    static let showFindings = Operation(
        name: "showFindings", group: .reports, summary: "What the checks found",
        path: reportPath(Example.contradictory, 2024), query: [.asOf],
        answers: [
            .kept("The findings.", HistorySchemas.findings), moved(HistorySchemas.findings),
        ],
        problems: reportProblems)

    static let showNarrative = Operation(
        name: "showNarrative", group: .reports, summary: "The prose, section by section",
        path: reportPath(), query: [.asOf],
        answers: [
            .kept("The prose.", .component(.narrative)), moved(.component(.narrative)),
        ],
        problems: reportProblems)

    static let replaceReport = Operation(
        name: "replaceReport", group: .reports, summary: "Store or correct the report of this agency and year",
        details: """
            The document becomes the next revision; nothing is overwritten. `409` where the document itself names another \
            agency or year.
            """,
        path: [.agency("清禾县档案馆"), .yearBegun(2024)], query: supplied, head: [.ifMatch, .idempotencyKey],
        body: .document,
        answers: [
            stored("Stored: there was no report.", fields: [.location]),
            Reply(
                status: .ok,
                text:
                    "The next revision of the report. Or these bytes are stored already, and nothing was said of them "
                    + "that is not known: nothing changed.",
                contents: [.json(.component(.report), sample: "showReport")]),
        ],
        problems: documentProblems + [.identityConflict, .agencyNotFound, .severalAgencies, .invalidYear])

    static let withdrawReport = Operation(
        name: "withdrawReport", group: .reports, summary: "Withdraw a report",
        details: "From then on it answers `410`; its revisions stay readable, and a new upload brings it back.",
        path: reportPath(Example.otherAgency), query: [.reason, .author], head: [.ifMatch],
        exampleQuery: "reason=误发&author=李四",
        answers: [.once("The revision that says so.", .component(.revision))],
        problems: [.agencyNotFound, .severalAgencies, .reportNotFound, .reportWithdrawn, .invalidYear])

    static let checkDocument = Operation(
        name: "checkDocument", group: .reports, summary: "Read and check a document without storing it",
        query: suppliedWithIdentity, body: .document,
        answers: [.once("The report document with its findings.", .component(.checkedReport))],
        problems: documentProblems + [.identityMissing, .agencyNotFound, .severalAgencies, .invalidYear])
}

extension Operation {
    static func reportPath(_ agency: String = Example.agency, _ year: Int = Example.year) -> [Parameter] {
        [.agency(agency), .year(year)]
    }

    static let reportText = "The report; as a workbook or a page in the layout of its form."

    /// The formats of a report beside JSON.
    static let reportTables: [Content] = [.csv, .lines("The report in one line."), .xlsx, .html]

    /// How a report is shown.
    static let reportView: [Parameter] = [
        .format(ReportView.formats.map(\.rawValue)), .header, .byteOrderMark,
        Parameter(
            "include", .words(["cells"]), "JSON: adds the raw text and the place of every printed cell.",
            example: "cells"),
    ]

    static let reportProblems: [Problem.Code] = [
        .agencyNotFound, .severalAgencies, .reportNotFound, .reportWithdrawn, .invalidYear,
    ]

    static let documentProblems: [Problem.Code] = [
        .emptyBody, .unsupportedMediaType, .documentUnreadable, .notAReport, .payloadTooLarge, .storageFull, .keyInUse,
        .keyReused,
    ]

    static let movedText = "The name is a former one: the same under the name of now, at `Location`."

    /// The answer under a former name.
    static func moved(_ schema: Schema, _ others: [Content] = [], sample: String? = nil) -> Reply {
        Reply(
            status: .movedPermanently, text: movedText, contents: [.json(schema, sample: sample)] + others,
            fields: [.location])
    }

    /// What may come beside a document that has an address.
    static let supplied: [Parameter] = [
        .scope, .reason, .author,
        Parameter(
            "source_url", .string(pattern: "^[Hh][Tt][Tt][Pp][Ss]?://[^/\\s]\\S*$"),
            "Where the document was published: an address that begins with `http://` or `https://`.",
            example: "https://www.example.gov.cn/xxgk/2024.html"),
        Parameter("region", AgencySchemas.code, "The agency's division, a code of GB/T 2260.", example: "411324"),
        Parameter("published", .date, "The day of publication.", example: "2025-01-20"),
    ]

    /// What may come beside a document that has none.
    static let suppliedWithIdentity =
        supplied + [
            Parameter("agency", .nonBlank, "Whose report it is, where the document does not say.", example: "清禾县档案馆"),
            Parameter(
                "year", .component(.year), "For which year it is, where the document does not say.", example: 2024),
        ]

    static func stored(_ text: String, fields: [HeadField]) -> Reply {
        Reply(
            status: .created, text: text, contents: [.json(.component(.report), sample: "showReport")], fields: fields)
    }
}

extension Content {
    static let csv = Content(mediaType: "text/csv", schema: .string)
    static func lines(_ text: String) -> Content {
        Content(mediaType: Format.ndjson.mediaType, schema: .string.described(text))
    }
    static let xlsx = Content(mediaType: Format.xlsx.mediaType, schema: .string)
}
