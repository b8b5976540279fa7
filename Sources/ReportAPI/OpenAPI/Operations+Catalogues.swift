internal import HTTPTypes
internal import Reports

// What the server knows without any report, and what it says of itself.

extension Operation {
    private static func catalogue(
        _ name: String, _ summary: String, _ text: String, _ schema: Schema
    ) -> Operation {
        Operation(name: name, group: .catalogues, summary: summary, answers: [.kept(text, schema)])
    }

    static let listChecks = catalogue(
        "listChecks", "What is checked", "The checks, with their rules and their basis.",
        .list(of: .component(.check)))

    static let listIndicators = catalogue(
        "listIndicators", "What the rates mean",
        "What is computed of figures: the indicators, the mix of the reasons of refusals, and what forms state in different rows, with their formulas.",
        .list(of: .component(.indicator)))

    static let listForms = catalogue(
        "listForms", "Every figure of every form", "The forms, with the form's own words for each figure.",
        .list(of: .component(.form)))

    static let index = catalogue(
        "index", "What there is", "Every resource with its methods and parameters.", CatalogueSchemas.index)

    static let showProblem = Operation(
        name: "showProblem", group: .catalogues, summary: "What a problem means",
        details: "The `type` of every problem leads here. A browser gets a page, in Chinese where it prefers that.",
        path: [
            Parameter(
                "code", .string(pattern: "^[a-z-]+$"), "The name of the problem.",
                example: .string(Problem.Code.reportNotFound.rawValue))
        ],
        head: [.language],
        answers: [.kept("What it means, and what helps.", [.json(CatalogueSchemas.meaning), .html])],
        problems: [.notFound])

    static let showDescription = Operation(
        name: "showDescription", group: .catalogues, summary: "This description",
        answers: [
            .kept(
                "An OpenAPI 3.1 document.",
                .object([
                    "openapi": .string(pattern: "^3\\.1\\."), "info": anyObject, "paths": anyObject,
                    "components": anyObject,
                    "tags": .array(of: .anything), "servers": .array(of: .anything),
                ]),
                example: [
                    "openapi": .string(OpenAPIDocument.standard),
                    "info": ["title": "Disclosure", "version": .string(Service.version)], "servers": [["url": "/"]],
                    "tags": [], "paths": [:], "components": [:],
                ], isDated: false)
        ])

    private static let anyObject = Schema(["type": "object", "additionalProperties": true])

    static let showDocumentation = Operation(
        name: "showDocumentation", group: .catalogues, summary: "This description as a page",
        answers: [.kept("A page that needs nothing from elsewhere.", [.html], isDated: false)])

    static let health = status("health", "ok", "Whether the process answers")
    static let ready = status("ready", "ready", "Whether the database answers, too")

    private static func status(_ name: String, _ word: String, _ summary: String) -> Operation {
        Operation(
            name: name, group: .server, summary: summary,
            answers: [.once("It does.", .object(["status": Schema(["const": .string(word)])]))])
    }
}

extension Content {
    static let html = Content(mediaType: "text/html", schema: .string)
}
