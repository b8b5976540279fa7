internal import HTTPTypes
internal import ReportIngest

// Uploads: one document or many, now or later.

extension Operation {
    static let createReport = Operation(
        name: "createReport", group: .uploads, summary: "Store one document, or many",
        details: """
            One document becomes a report, or the next revision of one. Many come as lines, as a form or as an archive: each \
            item is stored whole or not at all, and a bad one never loses the rest; the answer has a result for each item \
            (with `Accept: application/x-ndjson` a line each, while it runs).

            An answer that takes longer than some seconds is begun with white space, and an error is then its `problem`. What \
            is answered as stored is on the disk. `Prefer: respond-async` answers an upload of many at once with `202` \
            and the address of its progress.
            """,
        query: suppliedWithIdentity + [
            .flag(
                "dry_run", "Judges every item and stores nothing. It is one transaction: others who write wait."),
            .flag("atomic", "Stores all items or none."),
        ],
        head: [
            .ifMatch, .idempotencyKey,
            Parameter("Prefer", .string, "`respond-async`: an upload of many is answered at once with `202`."),
        ],
        body: .documents,
        answers: [
            stored("Stored: a new report, or a new revision.", fields: [.location, .eTag]),
            Reply(
                status: .ok,
                text:
                    "One document: these bytes are stored already, or with `dry_run` what the checks say. Many: the results.",
                contents: [
                    .json(.any(of: .component(.report), .component(.checkedReport), UploadSchemas.summary)),
                    .lines("An `ItemResult` a line, the last line a summary."),
                ]),
            Reply(
                status: .accepted, text: "An upload of many that is worked on from now on.",
                contents: [.json(.component(.upload))], fields: [.location]),
        ],
        problems: documentProblems + [
            .identityMissing, .identityConflict, .agencyNotFound, .severalAgencies, .invalidYear, .uploadRejected,
        ])

    private static let uploadPath = [
        Parameter(
            "id", .string(pattern: "^[^/]+$"), "What the address of the upload ends with.",
            example: .string(Example.upload))
    ]

    static let showUpload = Operation(
        name: "showUpload", group: .uploads, summary: "How far an upload is", path: uploadPath,
        answers: [.kept("Where it stands.", .component(.upload), isDated: false)], problems: [.uploadNotFound])

    static let listUploadResults = Operation(
        name: "listUploadResults", group: .uploads, summary: "What became of each item so far", path: uploadPath,
        query: [.limitOfAny, .cursor, .format(["json", "ndjson"])],
        answers: [
            .kept(
                "A page of results; as lines all of them, without a tag.",
                [
                    .json(.object(["items": .array(of: .component(.itemResult)), "next": .href.orNull])),
                    .lines("An `ItemResult` a line."),
                ], fields: [.link], isDated: false)
        ], problems: [.uploadNotFound])

    static let cancelUpload = Operation(
        name: "cancelUpload", group: .uploads, summary: "Cancel an upload",
        details: "Nothing more of it is stored; what was stored stays.", path: uploadPath,
        answers: [.kept("Where it stood.", [.json(.component(.upload), sample: "showUpload")], isDated: false)],
        problems: [.uploadNotFound, .uploadEnded])
}

/// The formats of documents.
enum DocumentFormat {
    /// Formats of one document.
    static let one: [(mediaType: String, name: String)] = [
        ("text/plain", "text"), ("text/html", "a web page"), ("application/pdf", "PDF with a text layer"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word (`.docx`)"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel (`.xlsx`)"),
    ]

    /// Formats of many.
    static let many: [(mediaType: String, name: String)] = [
        ("application/x-ndjson", "a report document a line"), ("multipart/form-data", "a form with files"),
        ("application/zip", "zip"), ("application/x-tar", "tar"), ("application/gzip", "gzip, of a tar or of one file"),
        ("application/x-7z-compressed", "7z"), ("application/vnd.rar", "rar"),
    ]

    static let sources = one.map { content($0.mediaType) } + [json]

    static func content(_ mediaType: String) -> Content {
        let isText = mediaType.hasPrefix("text/") || mediaType.hasSuffix("ndjson")
        let schema = mediaType == "multipart/form-data" ? form : isText ? .string : bytes
        return Content(mediaType: mediaType, schema: schema, example: examples[mediaType].map { .string($0) })
    }

    /// What one writes by hand.
    private static let examples = [
        "text/plain": """
        清禾县档案馆2024年政府信息公开工作年度报告
        三、收到和处理政府信息公开申请情况
        一、本年新收政府信息公开申请数量\t3\t0\t0\t0\t0\t0\t3
        二、上年结转政府信息公开申请数量\t0\t0\t0\t0\t0\t0\t0

        """,
        "text/html": """
        <h1>清禾县档案馆2024年政府信息公开工作年度报告</h1>
        <table>
        <tr><td>一、本年新收政府信息公开申请数量<td>3<td>0<td>0<td>0<td>0<td>0<td>3
        <tr><td>二、上年结转政府信息公开申请数量<td>0<td>0<td>0<td>0<td>0<td>0<td>0
        </table>

        """,
        "application/x-ndjson": """
        {"agency": "清禾县档案馆", "year": 2022, "requests": {"newReceived": {"total": 3}}}
        {"agency": "清禾县档案馆", "year": 2023, "requests": {"newReceived": {"total": 5}}}

        """,
    ]

    private static let bytes = Schema(["type": "string", "format": "binary"])

    /// Files, and fields that hold for all of them; the names of the files' fields do not matter.
    private static let form = Schema.object(
        Upload.fieldNames.map { ($0, .string) } + [("file", .array(of: bytes))], optional: Set(Upload.fieldNames))

    static let json = Content.json(
        .component(.reportDocument),
        example: [
            "agency": "清禾县档案馆", "year": 2024, "title": "清禾县档案馆2024年政府信息公开工作年度报告",
            "requests": ["newReceived": ["naturalPerson": 3, "total": 3], "carriedOver": ["total": 0]],
        ])
}

extension Body {
    /// One document.
    static let document = Body(
        text: """
            The document, in the format that `Content-Type` names or, without one, that its bytes tell. Text in UTF-8, \
            UTF-16, GB18030 or Big5, with or without a declared charset. `Content-Encoding: gzip` on any.
            """,
        contents: [DocumentFormat.json] + DocumentFormat.one.map { DocumentFormat.content($0.mediaType) })

    /// One document or many.
    static let documents = Body(
        text: document.text,
        contents: document.contents + DocumentFormat.many.map { DocumentFormat.content($0.mediaType) })
}
