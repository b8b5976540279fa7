internal import HTTPServer
internal import HTTPTypes
internal import ReportStore
internal import Reports

extension Service {
    /// `GET /regions`: the divisions of GB/T 2260 by their codes, with what is stored of them and of those below.
    func listRegions(_ call: Call) async throws -> Response {
        _ = try Format(call, of: [.json])
        let page = try PageRequest(call.query)
        let level = try call.query.word("level", RegionLevel.self)
        let name = try call.query.text("name")
        let parent = call.query["parent"]
        if let parent, store.regions[parent] == nil {
            guard parent.utf8.count == 6, parent.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                throw Problem.parameter("parent", "a code of GB/T 2260, six digits,", "GB/T 2260 六位代码")
            }
            throw regionNotFound(parent, isParameter: "parent")
        }
        let onlyInForce = try call.query["in_force"] == nil ? true : call.query.flag("in_force")
        // The place in the list is the key: the list is the same for as long as the program runs.
        let found = store.regions.all.enumerated().filter { _, region in
            (level == nil || region.level == level) && (parent.map { isChild(region, of: $0) } ?? true)
                && (name.map { region.name.contains($0) } ?? true) && (!onlyInForce || region.isInForce)
                && !region.isFiller
        }
        let changedAt = try changedAt()
        let counts = try await RegionCounts(store)
        let rows = Array(found.filter { $0.offset >= page.after }.prefix(page.limit + 1))
        return try list(
            call, page, rows, key: { $0.offset + 1 }, count: page.counts ? found.count : nil, lastModified: changedAt
        ) { row, json in
            json.beginObject()
            write(row.element, counts, to: &json)
            json.endObject()
        }
    }

    /// `GET /regions/{code}`
    func showRegion(_ call: Call) async throws -> Response {
        _ = try Format(call, of: [.json])
        guard let region = store.regions[call.path[0]] else { throw regionNotFound(call.path[0]) }
        let changedAt = try changedAt()
        let counts = try await RegionCounts(store)
        var json = JSONWriter()
        json.beginObject()
        write(region, counts, to: &json)
        json.array("children") { json in
            for child in divisions(below: region.code) {
                json.beginObject()
                write(child, counts, to: &json)
                json.endObject()
            }
        }
        json.endObject()
        return try Entity(mediaType: Format.json.mediaType, bytes: json.bytes, lastModified: changedAt)
            .response(to: call.request, cacheControl: settings.cacheControl)
    }

    /// Whether a division is one level below another; a code that is no division (市辖区) does not stand between them.
    private func isChild(_ region: Region, of code: String) -> Bool {
        guard let parent = region.parent, parent != code else { return region.parent == code }
        return store.regions[parent].map { $0.isFiller && $0.parent == code } ?? false
    }

    /// The divisions in force one level down; codes that are no divisions (市辖区) give way to those below them.
    private func divisions(below code: String) -> [Region] {
        store.regions.children(of: code).filter(\.isInForce).flatMap { child in
            child.isFiller ? store.regions.children(of: child.code).filter(\.isInForce) : [child]
        }
    }

    private func write(_ region: Region, _ counts: RegionCounts, to json: inout JSONWriter) {
        let count = counts.below(region.code)
        json.member("code", region.code)
        json.member("name", region.name)
        json.member("fullName", store.regions.fullName(of: region))
        json.member("level", region.level.rawValue)
        json.member("parent", region.parent)
        json.member("validFrom", region.validFrom)
        json.member("validUntil", region.validUntil)
        json.member("successor", region.successor)
        json.member("agencies", count.agencies)
        json.member("reports", count.reports)
        json.member("href", "/regions/\(region.code)")
    }

    /// Refuses the beginning of a code that no division has: nothing could be found below it, and a wrong digit would look
    /// like a division without reports. Without a list of divisions every code may be right.
    func requireRegion(_ prefix: String) throws(Problem) {
        guard !store.regions.all.isEmpty, !store.regions.hasDivision(beginning: prefix) else { return }
        throw regionNotFound(prefix, isParameter: "region")
    }

    private func regionNotFound(_ code: String, isParameter name: String? = nil) -> Problem {
        Problem(
            .regionNotFound, "GB/T 2260 has no division “\(code)”; codes have six digits.",
            chinese: "GB/T 2260 中没有代码“\(code)”；代码为六位数字。", members: name.map { ["parameter": .string($0)] } ?? [:])
    }
}

/// How many agencies and reports each division has, with those below it.
private struct RegionCounts {
    private var counts: [String: (agencies: Int, reports: Int)] = [:]

    init(_ store: Store) async throws {
        for (code, own) in try await store.regionCounts() {
            let above = store.regions[code].map { store.regions.ancestors(of: $0).map(\.code) } ?? []
            for code in [code] + above {
                counts[code, default: (0, 0)].agencies += own.agencies
                counts[code, default: (0, 0)].reports += own.reports
            }
        }
    }

    func below(_ code: String) -> (agencies: Int, reports: Int) { counts[code] ?? (0, 0) }
}
