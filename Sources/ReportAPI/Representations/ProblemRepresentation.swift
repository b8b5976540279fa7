internal import HTTPServer
internal import HTTPTypes
internal import Reports

extension Problem {
    /// The answer: `application/problem+json`, in the language that the client prefers.
    ///
    /// - Parameters:
    ///   - status: another status than the code's own, for errors of the wire.
    ///   - request: the request's number, for `instance`; nil where none was read.
    func response(_ language: Language, status: HTTPResponse.Status? = nil, request: UInt64? = nil) -> Response {
        let status = status ?? code.status
        var fields = fields
        fields[.contentType] = "application/problem+json"
        fields[.contentLanguage] = language.rawValue
        fields[.cacheControl] = "no-store"
        if code == .busy { fields[.retryAfter] = "2" }
        return Response(status, fields: fields, body: .bytes(body(language, status.code, request)))
    }

    /// The problem within another answer.
    func body(_ language: Language) -> [UInt8] { body(language, code.status.code, nil) }

    private func body(_ language: Language, _ status: Int, _ request: UInt64?) -> [UInt8] {
        var json = JSONWriter(reserving: 512)
        json.beginObject()
        json.member("type", code.path)
        json.member("title", language == .chinese ? code.title.chinese : code.title.english)
        json.member("status", status)
        json.member("detail", language == .chinese ? detailInChinese : detail)
        if let request { json.member("instance", "urn:disclosure:request:\(request)") }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            json.key(name)
            json.value(value)
        }
        json.endObject()
        return json.bytes
    }
}

/// The languages of problems.
enum Language: String, Sendable {
    case english = "en"
    case chinese = "zh"

    /// The client's choice by `Accept-Language`; English where it has none.
    init(_ request: Request) {
        let names = WeightedNames(request.bytes(of: .acceptLanguage))
        self = names.bestLanguage(of: ["en", "zh"]).flatMap { Language(rawValue: $0) } ?? .english
    }
}

extension JSONWriter {
    /// Writes any JSON value; members of objects in the order of their names.
    mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .boolean(let flag): boolean(flag)
        case .number(let text): raw(text.utf8)
        case .string(let text): string(text)
        case .array(let items):
            beginArray()
            for item in items { self.value(item) }
            endArray()
        case .object(let members):
            beginObject()
            for (name, item) in members.sorted(by: { $0.key < $1.key }) {
                key(name)
                self.value(item)
            }
            endObject()
        }
    }
}
