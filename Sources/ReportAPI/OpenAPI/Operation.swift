internal import HTTPServer
internal import HTTPTypes
internal import Reports

/// What a resource does for a method, as people and programs are told of it.
struct Operation: Sendable {
    /// The groups in which operations are shown.
    enum Group: String, Sendable, CaseIterable {
        case reports = "Reports"
        case history = "History"
        case uploads = "Uploads"
        case agencies = "Agencies and divisions"
        case changes = "Changes"
        case catalogues = "Catalogues"
        case server = "Server"
    }

    /// A name that is this operation's alone, for generated clients.
    let name: String
    let group: Group
    /// What it does, in a few words.
    let summary: String
    /// What else is to be known. Paragraphs; `code` in backticks.
    var details = ""
    /// The parameters of the path, in its order.
    var path: [Parameter] = []
    /// The parameters that the query may have.
    var query: [Parameter] = []
    /// Those of the query that are conditions; with them each figure and indicator can be asked about by its path.
    var filters: Set<String> = []
    /// The fields of the head that matter beside those that matter everywhere.
    var head: [Parameter] = []
    /// What the body may be.
    var body: Body?
    /// The query of the example, where it needs one.
    var exampleQuery = ""
    /// What it answers where nothing is wrong.
    let answers: [Reply]
    /// What may be wrong beside what may be wrong everywhere.
    var problems: [Problem.Code] = []

    /// The names of the query's parameters; figures and indicators are parameters by their own names.
    var queryNames: Set<String> { Set(query.filter { $0.style != .members }.map(\.name)) }

    /// The address of the example, as people type it.
    func exampleTarget(_ template: String) -> String {
        let target = path.reduce(template) { target, parameter in
            target.replacing("{\(parameter.name)}", with: parameter.example?.plain ?? "")
        }
        return exampleQuery.isEmpty ? target : target + "?" + exampleQuery
    }
}

/// A body in the formats that it may have.
struct Body: Sendable {
    let text: String
    let contents: [Content]
    var isRequired = true
}

/// A format of a body.
struct Content: Sendable {
    /// The media type without parameters.
    let mediaType: String
    let schema: Schema
    var example: JSONTree?
    /// Whose example it shares: an operation that answers the same.
    var sample: String?

    static func json(_ schema: Schema, example: JSONTree? = nil, sample: String? = nil) -> Content {
        Content(mediaType: "application/json", schema: schema, example: example, sample: sample)
    }

    var tree: JSONTree {
        let tree: JSONTree = ["schema": schema.tree]
        return example.map { tree.with("example", $0) } ?? tree
    }

    /// As an answer of an operation, with what a server with the sample reports answers.
    func tree(_ operation: String, _ status: HTTPResponse.Status) -> JSONTree {
        let name = sampleName(operation, status)
        guard example == nil, SampleAnswers.all[name] != nil else { return tree }
        return tree.with("examples", ["sample": ["$ref": .string("#/components/examples/\(name)")]])
    }

    /// The name of its example: that of the operation, with the status and format where they are not the usual ones.
    func sampleName(_ operation: String, _ status: HTTPResponse.Status) -> String {
        let stands = [.ok, .movedPermanently].contains(status) ? "" : "-\(status.code)"
        let format = mediaType.split(separator: "/").last ?? ""
        return sample ?? (operation + stands + (format == "json" ? "" : "-\(format)"))
    }
}

/// An answer where nothing is wrong.
struct Reply: Sendable {
    let status: HTTPResponse.Status
    let text: String
    var contents: [Content] = []
    var fields: [HeadField] = []

    /// 200 with JSON that a client can keep and ask about again.
    static func kept(
        _ text: String, _ schema: Schema, example: JSONTree? = nil, fields: [HeadField] = [], isDated: Bool = true
    ) -> Reply {
        kept(text, [.json(schema, example: example)], fields: fields, isDated: isDated)
    }

    static func kept(
        _ text: String, _ contents: [Content], fields: [HeadField] = [], isDated: Bool = true
    ) -> Reply {
        Reply(
            status: .ok, text: text, contents: contents, fields: [.eTag] + (isDated ? [.lastModified] : []) + fields)
    }

    /// 200 with JSON that is not for keeping.
    static func once(_ text: String, _ schema: Schema, example: JSONTree? = nil) -> Reply {
        Reply(status: .ok, text: text, contents: [.json(schema, example: example)])
    }

    /// Whether a client can keep it and ask about it again.
    var isKept: Bool { fields.contains(.eTag) }

    /// Whether every answer of this kind has a field: a last page has no next one, and a stream no tag.
    func isSure(_ field: HeadField) -> Bool {
        switch field {
        case .location: true
        case .eTag: !contents.contains { [ChangeStream.mediaType, Format.ndjson.mediaType].contains($0.mediaType) }
        case .link, .lastModified, .retryAfter: false
        }
    }
}

/// A field of an answer's head.
enum HeadField: String, Sendable {
    case eTag = "ETag"
    case lastModified = "Last-Modified"
    case link = "Link"
    case location = "Location"
    case retryAfter = "Retry-After"

    var text: String {
        switch self {
        case .eTag: "A strong tag that changes when and only when the answer does."
        case .lastModified: "When the content last changed."
        case .link: "The next page, `rel=\"next\"`."
        case .location: "Where it is."
        case .retryAfter: "After how many seconds to try again."
        }
    }
}
