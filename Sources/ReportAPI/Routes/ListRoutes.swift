internal import HTTPServer
internal import HTTPTypes
internal import ReportStore
internal import Reports

/// The page of a list that a call asks for: keyset paging, so that rows are neither skipped nor repeated while
/// others arrive.
struct PageRequest: Sendable {
    static let limitMax = 1_000
    static let limitDefault = 100

    /// The key of the last row of the page before; 0 for the first page.
    let after: Int
    /// The number of rows.
    let limit: Int
    /// Whether the number of all rows is wanted.
    let counts: Bool

    init(_ query: Query) throws(Problem) {
        limit = try query.integer("limit", 1...Self.limitMax) ?? Self.limitDefault
        after = try query.integer("cursor", 0...Int.max) ?? 0
        counts = try query.countsExactly
    }
}

extension Query {
    /// Whether `count=exact` asks for the number of all rows.
    var countsExactly: Bool {
        get throws(Problem) {
            guard self["count"] == nil || self["count"] == "exact" else { throw .parameter("count", "exact", "exact") }
            return self["count"] != nil
        }
    }
}

extension Service {
    /// A page of a list: one row more than asked for says that there is a next page.
    func list<Item>(
        _ call: Call, _ page: PageRequest, _ rows: [Item], key: (Item) -> Int, count: Int?, lastModified: Int64?,
        write: (Item, inout JSONWriter) -> Void
    ) throws -> Response {
        try list(
            call, limit: page.limit, rows, cursor: { String(key($0)) }, count: count, lastModified: lastModified,
            write: write)
    }

    /// A page of a list whose rows have keys of any kind.
    ///
    /// - Parameter behind: writes what else is said of the list.
    func list<Item>(
        _ call: Call, limit: Int, _ rows: [Item], cursor: (Item) throws -> String, count: Int?,
        lastModified: Int64?, write: (Item, inout JSONWriter) -> Void, behind: (inout JSONWriter) -> Void = { _ in }
    ) throws -> Response {
        let items = rows.prefix(limit)
        let next = try rows.count > limit ? items.last.map { nextPage(call, cursor: try cursor($0)) } : nil
        var json = JSONWriter(reserving: 512 * (items.count + 1))
        json.beginObject()
        json.array("items") { json in
            for item in items { write(item, &json) }
        }
        json.member("next", next)
        if let count { json.member("count", count) }
        behind(&json)
        json.endObject()
        var fields = HTTPFields()
        if let next, let link = HTTPField.Name("Link") { fields[link] = "<\(next)>; rel=\"next\"" }
        return try Entity(
            mediaType: Format.json.mediaType, bytes: json.bytes, lastModified: lastModified, fields: fields
        )
        .response(to: call.request, cacheControl: settings.cacheControl)
    }

    /// The same address with another cursor.
    private func nextPage(_ call: Call, cursor: String) -> String {
        let path = String(decoding: call.request.path, as: UTF8.self)
        let parameters = (try? QueryString(call.request.query))?.parameters ?? []
        let kept = parameters.filter { $0.name != "cursor" }.map { "\($0.name)=\(PercentEncoding.encode($0.value))" }
        return path + "?" + (kept + ["cursor=\(PercentEncoding.encode(cursor))"]).joined(separator: "&")
    }
}
