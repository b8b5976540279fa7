internal import Reports

/// A parameter of a path, a query or a head.
struct Parameter: Sendable {
    /// Where it stands.
    enum Place: String, Sendable {
        case path
        case query
        case header
    }

    /// How its value is written in a query.
    enum Style: Sendable {
        /// As it is.
        case plain
        /// The items of an array, with commas between.
        case list
        /// Each member of an object as a parameter of its own.
        case members
    }

    let name: String
    let schema: Schema
    /// What it says, for people.
    let text: String
    /// A value that the sample reports have an answer to.
    var example: JSONTree?
    var style = Style.plain
    /// What has to stand beside it: a parameter with its value.
    var beside: String?

    init(_ name: String, _ schema: Schema, _ text: String, example: JSONTree? = nil) {
        self.name = name
        self.schema = schema
        self.text = text
        self.example = example
    }

    /// Items of one kind, with commas between.
    static func list(
        _ name: String, of items: Schema, most: Int, _ text: String, example: [String]
    ) -> Parameter {
        let array = Schema.array(of: items).with("minItems", 1).with("maxItems", .integer(most))
        var parameter = Parameter(name, array, text, example: .array(example.map { .string($0) }))
        parameter.style = .list
        return parameter
    }

    /// The parameter as OpenAPI writes it.
    func tree(in place: Place) -> JSONTree {
        var tree: JSONTree = ["name": .string(name), "in": .string(place.rawValue)]
        if place == .path { tree = tree.with("required", true) }
        tree = tree.with("description", .string(text))
        if style != .plain { tree = tree.with("style", "form").with("explode", .boolean(style == .members)) }
        tree = tree.with("schema", schema.tree)
        return example.map { tree.with("example", $0) } ?? tree
    }

    /// A value as it stands in a query, not encoded yet.
    func query(_ value: JSONTree) -> String {
        switch style {
        case .plain: "\(name)=\(value.plain)"
        case .list: "\(name)=\(value.items.map(\.plain).joined(separator: ","))"
        case .members: value.members.map { "\($0.name)=\($0.value.plain)" }.joined(separator: "&")
        }
    }

    /// A flag: `1` or `0`.
    static func flag(_ name: String, _ text: String) -> Parameter {
        Parameter(name, .words(["1", "0", "true", "false"]), text, example: "1")
    }
}

// Parameters that several resources have.
extension Parameter {
    static func agency(_ example: String = Example.agency) -> Parameter {
        Parameter(
            "agency", .nonBlank,
            "The agency: its name as published, an alias, a former name, or its number. White space and full-width forms do not matter.",
            example: .string(example))
    }

    static func year(_ example: Int = Example.year) -> Parameter {
        Parameter("year", .component(.year), "The year that the figures are for.", example: .integer(example))
    }

    static func yearBegun(_ example: Int) -> Parameter {
        Parameter(
            "year", .component(.yearBegun), "The year that the figures are for.", example: .integer(example))
    }

    static let asOf = Parameter(
        "as_of", .any(of: .time, .date),
        "The answer as it was at this time (RFC 3339; a date alone is the end of that day in China).",
        example: "2099-01-01")
    static let limit = Parameter(
        "limit",
        .integer(1...PageRequest.limitMax).with("default", .integer(PageRequest.limitDefault)),
        "The number of items on a page.", example: 10)
    /// Of a list that comes as lines or as a table, too.
    static let limitOfAny = Parameter(
        "limit", .integer(1...Int.max),
        "The number of items: on a page at most \(PageRequest.limitMax), and \(PageRequest.limitDefault) where it is not given; as lines or in a table any, and all where it is not given.",
        example: 10)
    static let cursor = Parameter(
        "cursor", .integer(0...Int.max), "Where the page begins: follow `next`.", example: 0)
    static let count = Parameter("count", .words(["exact"]), "Adds the number of all items.", example: "exact")
    static let paging = [limit, cursor, count]
    static let scope = Parameter(
        "scope", .words(of: ReportScope.self),
        "Whose figures: the agency's own, or a 汇总 (`consolidated`) of all that it covers.", example: "own")
    static let region = Parameter(
        "region", .string(pattern: "^[0-9]{2,6}$"),
        "A code of GB/T 2260, or what codes begin with: `4113` takes all of 南阳市.", example: "41")

    // What goes with what is written.
    static let reason = Parameter("reason", .nonBlank, "Why; it is kept in the history.", example: "原表有误")
    static let author = Parameter("author", .nonBlank, "Who; it is kept in the history.", example: "李四")

    // Fields of the head.
    static let ifNoneMatch = Parameter(
        "If-None-Match", .string, "Tags that the client has: `304` without a body while one of them is current.")
    static let ifMatch = Parameter(
        "If-Match", .string, "The tag that the client has read: `412` where the resource has changed since.")
    static let idempotencyKey = Parameter(
        "Idempotency-Key", Schema(["type": "string", "minLength": 1, "maxLength": 255]),
        "A key of the client's making: sent again within a day, the request gets the first answer.")
    static let language = Parameter(
        "Accept-Language", .string, "`zh` for Chinese, else English.", example: "zh")
}

extension Schema {
    /// A text with something to see in it.
    static let nonBlank = string(pattern: visible)

    /// A sign that is neither white space nor of Unicode's control and format characters.
    static let visible =
        "[^\\s\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u08e2\\u180e\\u200b-\\u200f"
        + "\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]"
}

/// Values that examples share: they are of the sample reports.
enum Example {
    static let agency = "清禾县教育局"
    static let otherAgency = "清禾县卫生健康委员会"
    static let year = 2023
    /// The agency whose report contradicts itself.
    static let contradictory = "清禾县市场监督管理局"
    /// An upload.
    static let upload = "3f0d9a5c1b7e4268a4c2d1e0f9b87654"
    static let fingerprint = "70192987279b1a90"
}
