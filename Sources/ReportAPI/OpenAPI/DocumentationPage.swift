internal import HTTPServer
internal import HTTPTypes

/// The description of the surface as a page to read.
enum DocumentationPage {
    /// - Parameter lastYear: the last year that there can be a report for.
    static func bytes(lastYear: Int) -> [UInt8] {
        let content = [
            "<header><h1>Disclosure</h1>", "<p>\(HTMLText.inline(About.summary)).</p></header>", "<main>",
            About.paragraphs.map { "<p>\(HTMLText.inline($0))</p>" }.joined(separator: "\n"),
            "<p>For programs: <a href=\"/openapi.json\">/openapi.json</a> (OpenAPI 3.1). The lines of <code>curl</code> suit the sample reports.</p>",
            navigation, Operation.Group.allCases.map(section).joined(separator: "\n"),
            problems, schemas(lastYear), "</main>",
        ]
        return Page(language: .english, title: "Disclosure: the API", content: content.joined(separator: "\n")).bytes
    }

    private static func entries(_ group: Operation.Group) -> [Route.Entry] {
        Route.table.filter { $0.route.operation.group == group }
    }

    private static var navigation: String {
        let items = Operation.Group.allCases.flatMap { group in
            entries(group).map { entry in
                "<li><a href=\"#\(entry.route.operation.name)\">\(HTMLText.escaped(entry.route.operation.summary))</a></li>"
            }
        }
        let rest = ["problems": "Problems", "schemas": "Shapes"].sorted { $0.key < $1.key }.map {
            "<li><a href=\"#\($0.key)\">\($0.value)</a></li>"
        }
        return "<nav><ul>\n\((items + rest).joined(separator: "\n"))\n</ul></nav>"
    }

    private static func section(_ group: Operation.Group) -> String {
        "<section><h2>\(HTMLText.escaped(group.rawValue))</h2>\n"
            + entries(group).map(article).joined(separator: "\n") + "\n</section>"
    }

    private static func article(_ entry: Route.Entry) -> String {
        let operation = entry.route.operation
        var parts = [
            "<article id=\"\(operation.name)\"><h3>\(HTMLText.escaped(operation.summary))</h3>",
            "<p><code><span class=\"method\">\(entry.method.rawValue)</span> \(HTMLText.escaped(entry.template))</code></p>",
            HTMLText.paragraphs(operation.details),
        ]
        let parameters =
            operation.path.map { ($0, "path") } + operation.query.map { ($0, "query") }
            + operation.head.map { ($0, "head") }
        if !parameters.isEmpty {
            parts.append(
                table(
                    ["Parameter", "Value", ""],
                    parameters.map { parameter, place in
                        [
                            "<code>\(HTMLText.escaped(parameter.name))</code><br><span class=\"soft\">\(place)</span>",
                            parameter.schema.summary,
                            HTMLText.inline(parameter.text) + (place == "query" ? example(parameter) : ""),
                        ]
                    }))
        }
        if let body = operation.body {
            let formats = body.contents.map { "<code>\($0.mediaType)</code> \($0.schema.summary)" }
            parts.append("<p>Body: \(HTMLText.inline(body.text))</p><p>\(formats.joined(separator: ", "))</p>")
        }
        parts.append("<pre>\(HTMLText.escaped(curl(entry)))</pre>")
        parts.append(answers(operation, entry.method))
        return (parts + ["</article>"]).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// The parameter as it stands in an address.
    private static func example(_ parameter: Parameter) -> String {
        parameter.example.map { "<br><code>\(HTMLText.escaped(parameter.query($0)))</code>" } ?? ""
    }

    private static func answers(_ operation: Operation, _ method: HTTPRequest.Method) -> String {
        let fine = operation.answers.map { answer in
            let formats = answer.contents.map { "<code>\($0.mediaType)</code> \($0.schema.summary)" }
            return [
                "<code>\(answer.status.code)</code>",
                HTMLText.inline(answer.text) + " " + formats.joined(separator: ", "),
            ]
        }
        let wrong = operation.problemsByStatus(method).map { status, codes in
            [
                "<code>\(status)</code>",
                codes.map { "<a href=\"\($0.path)\">\($0.rawValue)</a>" }.joined(separator: ", "),
            ]
        }
        return table(["Status", "Answer"], fine + wrong)
    }

    private static var problems: String {
        "<section id=\"problems\"><h2>Problems</h2>\n"
            + table(
                ["Code", "Status", "Meaning"],
                Problem.Code.allCases.map { code in
                    [
                        "<a href=\"\(code.path)\">\(code.rawValue)</a>", "\(code.status.code)",
                        "\(HTMLText.escaped(code.meaning.english)) <span lang=\"zh\">\(HTMLText.escaped(code.meaning.chinese))</span>",
                    ]
                }) + "\n</section>"
    }

    private static func schemas(_ lastYear: Int) -> String {
        "<section id=\"schemas\"><h2>Shapes</h2>\n"
            + Component.allCases.map { component in
                let schema = component.schema(lastYear: lastYear)
                let text = schema.tree["description"]?.text ?? ""
                let rows = schema.rows
                return """
                    <article id="\(component.rawValue)"><h3>\(component.rawValue)</h3>
                    <p>\(HTMLText.inline(text))</p>
                    \(rows.isEmpty ? "<p>\(schema.summary)</p>" : table(["Member", "Value", ""], rows))
                    </article>
                    """
            }.joined(separator: "\n") + "\n</section>"
    }

    private static func table(_ head: [String], _ rows: [[String]]) -> String {
        let heads = head.map { "<th>\($0)</th>" }.joined()
        let lines = rows.map { row in "<tr>" + row.map { "<td>\($0)</td>" }.joined() + "</tr>" }
        return "<div class=\"wide\"><table><thead><tr>\(heads)</tr></thead><tbody>\n"
            + lines.joined(separator: "\n") + "\n</tbody></table></div>"
    }
}

extension DocumentationPage {
    /// A line for a shell that asks for an operation with its examples.
    static func curl(_ entry: Route.Entry, host: String = "http://localhost:8080") -> String {
        let operation = entry.route.operation
        var line = "curl"
        if entry.method != .get, operation.body == nil || entry.method != .post {
            line += " -X \(entry.method.rawValue)"
        }
        if let content = operation.body?.contents.first {
            let body = content.example.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
            line += " -H 'Content-Type: \(content.mediaType)' -d '\(body)'"
        }
        return line + " '\(host)\(operation.exampleTarget(entry.template))'"
    }
}

extension Schema {
    /// In a few words what the value is, as HTML.
    var summary: String {
        if let reference = tree["$ref"]?.text {
            let name = reference.split(separator: "/").last ?? ""
            return "<a href=\"#\(name)\">\(name)</a>"
        }
        if let constant = tree["const"] { return "<code>\(HTMLText.escaped(constant.plain))</code>" }
        if let words = tree["enum"]?.items, words.count <= 16 {
            return words.map { "<code>\(HTMLText.escaped($0.plain))</code>" }.joined(separator: " ")
        }
        if let choices = (tree["anyOf"] ?? tree["oneOf"])?.items {
            return choices.map { Schema($0).summary }.joined(separator: " or ")
        }
        let types = tree["type"].map { $0.text.map { [$0] } ?? $0.items.compactMap(\.text) } ?? []
        return types.map { $0 == "array" ? listSummary : $0 == "object" ? objectSummary : $0 + bounds }
            .joined(separator: " or ")
    }

    private var listSummary: String { "list of " + (tree["items"].map { Schema($0).summary } ?? "values") }

    private var objectSummary: String {
        if let values = tree["additionalProperties"], values.members.count > 0 {
            return "map of " + Schema(values).summary
        }
        let names = (tree["properties"]?.members ?? []).map { "<code>\(HTMLText.escaped($0.name))</code>" }
        return names.isEmpty ? "object" : "{ \(names.joined(separator: ", ")) }"
    }

    private var bounds: String {
        switch (tree["minimum"], tree["maximum"], tree["format"]) {
        case (let low?, let high?, _): " \(low.plain) to \(high.plain)"
        case (let low?, nil, _): " from \(low.plain)"
        case (_, _, let format?): " (\(format.plain))"
        default: ""
        }
    }

    /// The members of an object, those of objects within it as paths, as rows of HTML.
    var rows: [[String]] { rows(below: "") }

    private func rows(below path: String) -> [[String]] {
        let schema = tree["type"]?.text == "array" ? tree["items"].map { Schema($0) } ?? self : self
        let required = Set((schema.tree["required"]?.items ?? []).compactMap(\.text))
        return (schema.tree["properties"]?.members ?? []).flatMap { member in
            let value = Schema(member.value)
            let below = value.rows(below: path + member.name + ".")
            let note = required.contains(member.name) ? "" : " <span class=\"soft\">(may be left out)</span>"
            let row = [
                "<code>\(path)\(HTMLText.escaped(member.name))</code>",
                (below.isEmpty ? value.summary : value.kind) + note,
                HTMLText.inline(value.tree["description"]?.text ?? ""),
            ]
            return [row] + below
        }
    }

    private var kind: String { tree["type"]?.text == "array" ? "list" : "object" }
}
