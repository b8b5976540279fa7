internal import HTTPServer
internal import HTTPTypes
internal import ReportStore
internal import Reports

/// Which reports a list is of.
struct ReportFilter: Sendable {
    static let parameters: Set<String> = ["year", "agency", "form", "scope", "limit", "cursor", "count"]

    /// Reads the filter; an agency that nobody knows is a wrong value.
    static func filter(_ call: Call, _ service: Service) throws -> Store.Filter {
        var filter = Store.Filter()
        filter.year = try call.query["year"].map { try service.year($0).value }
        filter.form = try call.query.word("form", ReportForm.self)
        filter.scope = try call.query.word("scope", ReportScope.self)
        if let name = try call.query.text("agency") {
            filter.agencyID = try service.reading { reading in try reading.agency(name).id }
        }
        return filter
    }
}

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
        guard query["count"] == nil || query["count"] == "exact" else { throw .parameter("count", "exact") }
        counts = query["count"] != nil
    }
}

extension Service {
    /// `GET /reports`
    func listReports(_ call: Call) async throws -> Response {
        _ = try Format(call, of: [.json])
        let filter = try ReportFilter.filter(call, self)
        let page = try PageRequest(call.query)
        let heads = try await store.reports(filter, after: page.after, limit: page.limit + 1)
        let count = page.counts ? try await store.reportCount(filter) : nil
        return try list(call, page, heads, key: \.id, count: count) { head, json in
            ReportRepresentation.write(head, regions: store.regions, to: &json)
        }
    }

    /// A page of a list: one row more than asked for says that there is a next page.
    func list<Item>(
        _ call: Call, _ page: PageRequest, _ rows: [Item], key: (Item) -> Int, count: Int?,
        write: (Item, inout JSONWriter) -> Void
    ) throws -> Response {
        let items = rows.prefix(page.limit)
        let next = rows.count > page.limit ? items.last.map { nextPage(call, cursor: key($0)) } : nil
        var json = JSONWriter(reserving: 512 * (items.count + 1))
        json.beginObject()
        json.array("items") { json in
            for item in items { write(item, &json) }
        }
        json.member("next", next)
        if let count { json.member("count", count) }
        json.endObject()
        var fields = HTTPFields()
        if let next, let link = HTTPField.Name("Link") { fields[link] = "<\(next)>; rel=\"next\"" }
        return try Entity(mediaType: Format.json.mediaType, bytes: json.bytes, fields: fields)
            .response(to: call.request, cacheControl: settings.cacheControl)
    }

    /// The same address with another cursor.
    private func nextPage(_ call: Call, cursor: Int) -> String {
        let path = String(decoding: call.request.path, as: UTF8.self)
        let parameters = (try? QueryString(call.request.query))?.parameters ?? []
        let kept = parameters.filter { $0.name != "cursor" }.map { "\($0.name)=\(PercentEncoding.encode($0.value))" }
        return path + "?" + (kept + ["cursor=\(cursor)"]).joined(separator: "&")
    }
}
