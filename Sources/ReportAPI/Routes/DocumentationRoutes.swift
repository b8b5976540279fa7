internal import HTTPServer
internal import HTTPTypes
internal import Reports

extension Service {
    /// The last year that there can be a report for.
    var lastYear: Int { CivilDate.year(at: settings.clock()) + 1 }

    /// `GET /openapi.json`: the description of every route, for programs.
    func showDescription(_ call: Call) async throws -> Response {
        _ = try Format(call, of: [.json])
        return try Entity(mediaType: Format.json.mediaType, bytes: OpenAPIDocument.tree(lastYear: lastYear).bytes)
            .response(to: call.request, cacheControl: settings.cacheControl)
    }

    /// `GET /docs`: the same for people.
    func showDocumentation(_ call: Call) async throws -> Response {
        _ = try Format.isPage(call)
        return try page(DocumentationPage.bytes(lastYear: lastYear), .english, call)
    }

    /// The answer that is a page.
    func page(_ bytes: [UInt8], _ language: Language, _ call: Call, fields: HTTPFields = [:]) throws -> Response {
        var fields = fields
        fields[.contentLanguage] = language.rawValue
        fields[.contentSecurityPolicy] = Page.policy
        return try Entity(mediaType: Page.mediaType, bytes: bytes, fields: fields)
            .response(to: call.request, cacheControl: settings.cacheControl)
    }
}
