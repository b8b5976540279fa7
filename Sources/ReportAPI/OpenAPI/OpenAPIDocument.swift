internal import HTTPTypes

/// The description of the whole surface as OpenAPI 3.1 writes it, made from the table of routes.
enum OpenAPIDocument {
    /// The release of the standard.
    static let standard = "3.1.1"

    /// The document.
    ///
    /// - Parameter lastYear: the last year that there can be a report for.
    static func tree(lastYear: Int) -> JSONTree {
        [
            "openapi": .string(standard),
            "info": [
                "title": "Disclosure", "version": .string(Service.version), "summary": .string(About.summary),
                "description": .string(About.paragraphs.joined(separator: "\n\n")),
                "license": ["name": "MIT", "identifier": "MIT"],
            ],
            "servers": [["url": "/"]],
            "tags": .array(Operation.Group.allCases.map { ["name": .string($0.rawValue)] }),
            "paths": .object(paths),
            "components": [
                "schemas": .object(
                    Component.allCases.map { component in
                        member(component.rawValue, component.schema(lastYear: lastYear).tree)
                    }),
                "parameters": .object([member(Parameter.figures.name, Parameter.figures.tree(in: .query))]),
                "examples": .object(
                    SampleAnswers.names.map { name in
                        member(name, ["value": .raw(SampleAnswers.all[name] ?? [])])
                    } + Problem.Code.allCases.map { member($0.rawValue, $0.example) }),
            ],
        ]
    }

    /// The table's templates in their order, each with its methods.
    private static var paths: [JSONTree.Member] {
        var templates: [String] = []
        for entry in Route.table where !templates.contains(entry.template) { templates.append(entry.template) }
        return templates.map { template in
            let entries = Route.table.filter { $0.template == template }
            return member(
                template,
                .object(entries.map { member($0.method.rawValue.lowercased(), tree($0.route.operation, $0.method)) }))
        }
    }

    private static func member(_ name: String, _ value: JSONTree) -> JSONTree.Member {
        JSONTree.Member(name: name, value: value)
    }

    private static func tree(_ operation: Operation, _ method: HTTPRequest.Method) -> JSONTree {
        var tree: JSONTree = [
            "operationId": .string(operation.name), "tags": [.string(operation.group.rawValue)],
            "summary": .string(operation.summary),
        ]
        if !operation.details.isEmpty { tree = tree.with("description", .string(operation.details)) }
        let parameters =
            operation.path.map { $0.tree(in: .path) } + operation.query.map(query)
            + operation.headOf(method).map { $0.tree(in: .header) }
        if !parameters.isEmpty { tree = tree.with("parameters", .array(parameters)) }
        if let body = operation.body {
            tree = tree.with(
                "requestBody",
                [
                    "description": .string(body.text), "required": true,
                    "content": .object(body.contents.map { member($0.mediaType, $0.tree) }),
                ])
        }
        return tree.with("responses", .object(responses(operation, method)))
    }

    /// What is long stands in the document once.
    private static func query(_ parameter: Parameter) -> JSONTree {
        guard parameter.style == .members else { return parameter.tree(in: .query) }
        return ["$ref": .string("#/components/parameters/\(parameter.name)")]
    }

    private static func responses(_ operation: Operation, _ method: HTTPRequest.Method) -> [JSONTree.Member] {
        var responses = operation.answers.map { member("\($0.status.code)", $0.tree(operation.name)) }
        if operation.isKept {
            let tag: JSONTree = ["ETag": HeadField.eTag.tree(isRequired: true)]
            responses.append(
                member("304", ["description": "The client has the current answer already.", "headers": tag]))
        }
        for (status, codes) in operation.problemsByStatus(method) {
            responses.append(member("\(status)", problem(codes)))
        }
        return responses
    }

    private static func problem(_ codes: [Problem.Code]) -> JSONTree {
        let examples = codes.map {
            member($0.rawValue, ["$ref": .string("#/components/examples/\($0.rawValue)")])
        }
        let tree: JSONTree = [
            "description": .string(codes.map(\.title.english).joined(separator: "; ")),
            "content": [
                "application/problem+json": [
                    "schema": Schema.component(.problem).tree, "examples": .object(examples),
                ]
            ],
        ]
        return codes.contains(.busy)
            ? tree.with("headers", ["Retry-After": HeadField.retryAfter.tree(isRequired: false)]) : tree
    }
}

extension Operation {
    /// Whether clients can keep its answer and ask about it again.
    var isKept: Bool { answers.contains { $0.status == .ok && $0.isKept } && body == nil && !name.hasPrefix("cancel") }

    /// The fields of a request's head that matter.
    func headOf(_ method: HTTPRequest.Method) -> [Parameter] {
        head + (method == .get && isKept ? [.ifNoneMatch] : [])
    }

    /// What may be wrong, by status; what may be wrong with any request of this kind included.
    func problemsByStatus(_ method: HTTPRequest.Method) -> [(status: Int, codes: [Problem.Code])] {
        var codes = problems + Problem.Code.everywhere
        if method == .get {
            if isKept { codes += [.notAcceptable, .preconditionFailed] }
        } else {
            codes += [.preconditionFailed, .forbidden, .readOnly, .storageFull]
        }
        if body != nil { codes += [.unsupportedMediaType, .invalidBody, .payloadTooLarge, .requestTimeout] }
        let statuses = Set(codes.map(\.status.code)).sorted()
        return statuses.map { status in
            (status, Problem.Code.allCases.filter { codes.contains($0) && $0.status.code == status })
        }
    }
}

extension Problem.Code {
    /// What may be wrong with any request.
    fileprivate static let everywhere: [Problem.Code] = [
        .badRequest, .invalidParameter, .addressTooLong, .headTooLarge, .internal, .busy, .databaseDamaged,
    ]
}

extension Reply {
    fileprivate func tree(_ operation: String) -> JSONTree {
        var tree: JSONTree = ["description": .string(text)]
        if !fields.isEmpty {
            tree = tree.with(
                "headers",
                .object(fields.map { JSONTree.Member(name: $0.rawValue, value: $0.tree(isRequired: isSure($0))) }))
        }
        guard !contents.isEmpty else { return tree }
        return tree.with(
            "content", .object(contents.map { JSONTree.Member(name: $0.mediaType, value: $0.tree(operation, status)) }))
    }
}

extension HeadField {
    fileprivate func tree(isRequired: Bool) -> JSONTree {
        ["description": .string(text), "required": .boolean(isRequired), "schema": ["type": "string"]]
    }
}

extension Problem.Code {
    fileprivate var example: JSONTree {
        [
            "summary": .string(title.english),
            "value": [
                "type": .string(path), "title": .string(title.english), "status": .integer(status.code),
                "detail": .string(meaning.english), "instance": "urn:disclosure:request:1",
            ],
        ]
    }
}

/// What holds for the whole surface.
enum About {
    static let summary = "The statistics of China's yearly reports on government information disclosure (政府信息公开工作年度报告)"

    /// Paragraphs; `code` in backticks.
    static let paragraphs = [
        "What each agency published for each year: documents read exactly, their arithmetic checked, every revision kept. A blank is `null` and never 0.",
        "`{agency}` is the agency's name, an alias, a former name or its number, as UTF-8 percent-encoded or as it is. A former name answers `301` with the content in the body, a name that several agencies share `300` with the candidates. Times are RFC 3339; a date alone is the end of that day in China.",
        "Every `GET` but `/health`, `/ready` and what is made while it is sent has a strong `ETag` and answers `If-None-Match` with `304`; with `If-Match` a change reaches only what its author has read (`412` otherwise). `HEAD` works wherever `GET` does, `OPTIONS` everywhere. Bodies over 1 KiB are compressed for those who accept gzip.",
        "Errors are `application/problem+json` (RFC 9457), in English, or in Chinese for `Accept-Language: zh`. Unknown parameters are refused by name; a method that the path does not know is `405` with `Allow`.",
        "Lists are paged by key: follow `next`, or the field `Link`, until it is null; nothing is skipped or repeated while reports arrive. Members may be added to answers with a later release.",
        "Writing is open to the server's own machine alone (a loopback address) while there are no access tokens.",
    ]
}
