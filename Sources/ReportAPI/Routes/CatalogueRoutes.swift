internal import HTTPServer
internal import HTTPTypes
internal import Reports

extension Service {
    /// `GET /`: what there is.
    func index(_ call: Call) throws -> Response {
        try catalogue(call) { json in
            json.member("name", "Disclosure")
            json.array("resources") { json in
                for entry in Route.table {
                    json.beginObject()
                    json.member("method", entry.method.rawValue)
                    json.member("path", entry.template)
                    json.array("parameters") { json in
                        for name in entry.route.parameters.sorted() { json.string(name) }
                    }
                    json.endObject()
                }
            }
        }
    }

    /// `GET /checks`
    func listChecks(_ call: Call) throws -> Response {
        try catalogue(call) { json in
            json.array("items") { json in
                for check in Check.catalogue {
                    json.beginObject()
                    json.member("id", check.id.rawValue)
                    json.member("label", check.id.label)
                    json.member("rule", check.rule)
                    json.member("severity", check.severity.name)
                    json.member("basis", check.basis)
                    json.array("forms") { json in
                        for form in check.forms { json.string(form.rawValue) }
                    }
                    json.endObject()
                }
            }
        }
    }

    /// `GET /indicators`
    func listIndicators(_ call: Call) throws -> Response {
        try catalogue(call) { json in
            json.array("items") { json in
                for measure in Measure.computed { Self.write(measure, to: &json) }
            }
        }
    }

    private static func write(_ measure: Measure, to json: inout JSONWriter) {
        json.beginObject()
        let path = measure.description
        json.member("id", path.hasPrefix("indicators.") ? String(path.dropFirst("indicators.".utf8.count)) : path)
        json.member("path", path)
        json.member("label", measure.label)
        json.member("formula", measure.formula)
        json.member("formulaVersion", Indicator.formulaVersion)
        json.member("unit", measure.unit)
        json.array("forms") { json in
            for form in Crosswalk.forms(of: measure) { json.string(form.rawValue) }
        }
        if case .merged(let figure) = measure { json.member("comparability", figure.comparability) }
        json.member("source", measure.source)
        json.endObject()
    }

    /// `GET /forms`: every figure of every form, with the form's own words.
    func listForms(_ call: Call) throws -> Response {
        try catalogue(call) { json in
            json.array("items") { json in
                for form in ReportForm.allCases { Self.write(form, to: &json) }
            }
        }
    }

    private static func write(_ form: ReportForm, to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", form.rawValue)
        json.member("source", form.source)
        json.array("figures") { json in
            for path in FigurePath.all(in: form, otherIsOneRow: nil) {
                json.beginObject()
                json.member("path", path.description)
                json.member("label", path.label)
                json.member("unit", path.unit)
                json.member("source", path.source(in: form))
                json.endObject()
            }
        }
        json.endObject()
    }

    /// `GET /problems/{code}`: what a problem means, for programs and for people.
    func showProblem(_ call: Call) throws -> Response {
        guard let code = Problem.Code(rawValue: call.path[0]) else {
            throw Problem(.notFound, "There is no problem of this name.", chinese: "没有此名称的问题。")
        }
        let vary: HTTPFields = [.vary: "Accept-Language"]
        if try Format.isPage(call, beside: .json) {
            return try page(ProblemPage.bytes(code, call.language), call.language, call, fields: vary)
        }
        return try catalogue(call, fields: vary) { json in
            json.member("type", code.path)
            json.member("status", code.status.code)
            json.member("title", code.title.english)
            json.member("titleInChinese", code.title.chinese)
            json.member("meaning", code.meaning.english)
            json.member("meaningInChinese", code.meaning.chinese)
        }
    }

    private func catalogue(
        _ call: Call, fields: HTTPFields = [:], _ content: (inout JSONWriter) -> Void
    ) throws -> Response {
        _ = try Format(call, of: [.json])
        var json = JSONWriter()
        json.beginObject()
        content(&json)
        json.endObject()
        return try Entity(mediaType: Format.json.mediaType, bytes: json.bytes, lastModified: startedAt, fields: fields)
            .response(to: call.request, cacheControl: settings.cacheControl)
    }
}
