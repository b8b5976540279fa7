internal import HTTPTypes
internal import Reports

/// What the server knows without any report.
enum CatalogueSchemas {
    private static let forms = Schema.array(of: .words(of: ReportForm.self))

    static let check = Schema.object([
        "id": .words(of: Check.ID.self), "label": .string, "rule": .string,
        "severity": .words(Severity.allCases.map(\.name)),
        "basis": .string, "forms": forms,
    ])

    static let indicator = Schema.object(
        [
            "id": .string, "path": Schema.component(.measurePath).described("How it is asked for."), "label": .string,
            "formula": .string, "formulaVersion": .integer(1...), "unit": .words(["ratio", "per 100", "件"]),
            "forms": forms,
            "comparability": Schema.words(["broad", "approximate", "merged", "total"]).described(
                "Of what forms state in different rows: how far they agree."),
            "source": source,
        ], optional: ["comparability"])

    private static let source = Schema.string.described("The provision that the figures rest on.")

    static let form = Schema.object([
        "id": .words(of: ReportForm.self), "source": .string,
        "figures": .array(
            of: .object([
                "path": .string, "label": .string,
                "unit": Schema.string.orNull.described("As the form names it; null where it stands beside the figure."),
                "source": source,
            ])),
    ])

    static let index = Schema.object([
        "name": .string,
        "resources": .array(
            of: .object(["method": .string, "path": .string, "parameters": .array(of: .string)])),
    ])

    private static let problemPath = Schema.words(Problem.Code.allCases.map(\.path))
    private static let status = Schema.integer(300...599)

    static let meaning = Schema.object([
        "type": problemPath, "status": status, "title": .string, "titleInChinese": .string, "meaning": .string,
        "meaningInChinese": .string,
    ])

    /// What went wrong, with the members that help (RFC 9457).
    static let problem = Schema.object(
        [
            "type": problemPath.described("A page that explains it stands there."),
            "title": .string, "status": status, "detail": .string,
            "instance": Schema(["type": "string", "format": "uri"]).described(
                "The request's number in the server's log."),
            "parameter": Schema.string.described("The parameter at fault."),
            "known": Schema.array(of: .string).described("The parameters that there are."),
            "member": Schema.string.described("The member of the body at fault."),
            "suggestions": Schema.array(of: .string).described("The nearest names of agencies."),
            "candidates": Schema.array(
                of: .any(
                    of: .string,
                    .object([
                        "id": .integer(1...), "name": .string, "region": AgencySchemas.code.orNull, "href": .href,
                    ]))
            ).described("The agencies that share the name."),
            "years": Schema.array(of: .component(.year)).described("The years that there are."),
            "first": Schema.time.orNull.described("When the first revision came."),
            "revisions": Schema.any(of: .href, .count).described("Where revisions can be read, or how many there are."),
            "reason": Schema.string.orNull.described("Why the report was withdrawn."),
            "item": Schema.string.described("What of the document or upload is concerned."),
            "offset": Schema.count.described("The byte at fault."),
            "limit": Schema.string.described("The limit that is exceeded."),
            "maximum": Schema.count.described("What it allows."),
            "stated": Schema.any(of: .string, .integer).described("What the document says."),
            "address": Schema.any(of: .string, .integer).described("What the address says."),
            "agency": Schema.integer.described("The agency that has the name."),
            "items": Schema.array(of: .component(.itemResult)).described("What became of the items of an upload."),
            "stored": .count, "revised": .count, "unchanged": .count, "rejected": .count,
        ],
        optional: [
            "instance", "parameter", "known", "member", "suggestions", "candidates", "years", "first", "revisions",
            "reason", "item", "offset", "limit", "maximum", "stated", "address", "agency", "items", "stored", "revised",
            "unchanged", "rejected",
        ])
}
