internal import HTTPServer
internal import HTTPTypes
internal import ReportIngest
internal import ReportStore
internal import Reports

extension Service {
    static let editedMembers: Set<String> = [
        "name", "aliases", "formerNames", "successor", "region", "level", "kind",
    ]
    /// Longer lists of names are refused.
    static let namesMax = 64

    static let agencyFormats: [Format] = [.json, .csv, .ndjson, .xlsx]

    /// `GET /agencies`: a page, or all of them as a table.
    func listAgencies(_ call: Call) async throws -> Response {
        let format = try Format(call, of: Self.agencyFormats)
        let csv = try CSVOptions(call.query, format)
        let (filter, dutyYear) = try agencyFilter(call)
        guard format == .json else {
            if call.query["count"] != nil { throw Problem.parameter("count", besides: "format=\(format.rawValue)") }
            let limit = try call.query.integer("limit", 1...Int.max) ?? .max
            let after = try call.query.integer("cursor", 0...Int.max) ?? 0
            let table = AgencyTable(
                filter: filter, dutyYear: dutyYear, today: CivilDate.chineseDay(at: settings.clock()),
                format: format, csv: csv, store: store)
            if format == .xlsx { return try await workbook(table, after: after, limit: limit) }
            return streamed(format, call) { send in try await table.write(after: after, limit: limit, send) }
        }
        let page = try PageRequest(call.query)
        // Which reports are overdue is another matter each day.
        let changedAt = dutyYear == nil ? try changedAt() : nil
        let agencies = try await store.agencies(filter, after: page.after, limit: page.limit + 1)
        let count = page.counts ? try await store.agencyCount(filter) : nil
        let today = CivilDate.chineseDay(at: settings.clock())
        return try list(
            call, page, agencies, key: \.agency.id, count: count, lastModified: changedAt
        ) { summary, json in
            AgencyRepresentation.write(summary, regions: store.regions, dutyYear: dutyYear, today: today, to: &json)
        }
    }

    private func workbook(_ table: AgencyTable, after: Int, limit: Int) async throws -> Response {
        let rowsMax = ReportListRequest.sheetCellsMax / table.columnCount
        guard min(limit, try await store.agencyCount(table.filter)) <= rowsMax else {
            throw Problem.workbookFull(rows: rowsMax, columns: table.columnCount)
        }
        return try await table.workbook(after: after, limit: limit, in: settings.temporaryFolder)
            .response(fields: [
                .contentType: Format.xlsx.mediaType, .cacheControl: settings.cacheControl, .vary: "Accept",
                .contentDisposition: "attachment; filename=\"agencies.xlsx\"",
            ])
    }

    private func agencyFilter(_ call: Call) throws -> (AgencyFilter, dutyYear: Int?) {
        var filter = AgencyFilter()
        filter.region = try regionPrefix(call)
        filter.level = try call.query.word("level", AgencyLevel.self)
        filter.kind = try call.query.word("kind", AgencyKind.self)
        filter.name = try call.query.text("name")
        let missing = try call.query["missing"].map { try year($0, "missing").value }
        let late = try call.query["late"].map { try year($0, "late").value }
        switch (missing, late) {
        case (let year?, nil): filter.duty = .missing(year: year)
        case (nil, let year?): filter.duty = .late(year: year)
        case (nil, nil): break
        default: throw Problem.parameter("late", besides: "missing")
        }
        return (filter, missing ?? late)
    }

    /// The code of `region`, or what codes begin with.
    func regionPrefix(_ call: Call) throws(Problem) -> String? {
        guard let text = call.query["region"] else { return nil }
        guard (2...6).contains(text.utf8.count), text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
        else {
            throw .parameter(
                "region", "a code of GB/T 2260, or the two to six digits that codes begin with,",
                "GB/T 2260 代码，或其前 2 至 6 位")
        }
        try requireRegion(text)
        return text
    }

    /// `PATCH /agencies/{agency}`: a JSON merge patch (RFC 7396) of what can be set.
    func editAgency(_ call: Call) async throws -> Response {
        try requireWrites(call)
        let body = try await BodyMembers(call, bytesMax: 1 << 20, known: Self.editedMembers)
        let agency = try named(call.path[0])
        var edit = AgencyEdit()
        edit.name = try body.optionalText("name").map { try agencyName($0, member: "name") }
        edit.aliases = try names(body, "aliases")
        edit.formerNames = try names(body, "formerNames")
        edit.level = try body.nullableWord("level")
        edit.kind = try body.nullableWord("kind")
        if let code = try body.nullableText("region") {
            guard code.map({ store.regions[$0] != nil }) ?? true else {
                throw Problem.member("region", "a code of GB/T 2260 with six digits, or null,", "GB/T 2260 六位代码，或 null")
            }
            edit.region = .some(code)
        }
        if let name = try body.nullableText("successor") {
            edit.successor = .some(try name.map { try named($0).id })
        }
        try await store.edit(agency, edit, now: settings.clock(), if: precondition(call))
        return try changed(agency)
    }

    private func names(_ body: BodyMembers, _ member: String) throws -> [String]? {
        try body.texts(member, max: Self.namesMax)?.map { try agencyName($0, member: member) }
    }

    /// A name that can stand in an address, and is not too long.
    private func agencyName(_ name: String, member: String) throws(Problem) -> String {
        guard name.unicodeScalars.count <= 200, Upload.Identity.isName(name) else {
            throw .member(
                member, "a name of at most 200 characters, in one line, that is no number",
                "单行、不超过 200 字且不是数字的名称")
        }
        return name
    }

    /// `POST /agencies/{agency}/merge`: its reports become those of the agency in `into`.
    func mergeAgency(_ call: Call) async throws -> Response {
        try requireWrites(call)
        let body = try await BodyMembers(call, bytesMax: 65_536, known: ["into"])
        let agency = try named(call.path[0])
        let other = try named(try body.text("into"))
        let merge = try await store.merge(agency, into: other, now: settings.clock())
        var json = JSONWriter()
        json.beginObject()
        for (name, years) in [("moved", merge.moved), ("kept", merge.kept)] {
            json.array(name) { json in
                for year in years { json.integer(year) }
            }
        }
        json.key("agency")
        json.raw(try reading { reading in try reading.representation(of: other) })
        json.endObject()
        return answer(json.bytes, .ok)
    }

    private func changed(_ agency: Agency) throws -> Response {
        let bytes = try reading { reading in try reading.representation(of: agency) }
        return answer(bytes, .ok)
    }
}

extension Service {
    /// The one agency that a name or number leads to.
    private func named(_ nameOrID: String) throws -> Agency {
        try reading { reading in try reading.agency(nameOrID) }
    }
}

extension Reading {
    /// `GET /agencies/{agency}`
    func showAgency(_ call: Call) throws -> Response {
        _ = try Format(call, of: [.json])
        return try Entity(mediaType: Format.json.mediaType, bytes: representation(of: try namedAgency(call)))
            .response(to: call.request, cacheControl: settings.cacheControl)
    }

    fileprivate func representation(of agency: Agency) throws -> [UInt8] {
        guard let record = try store.record(of: agency) else { throw UnknownAgency(name: agency.name) }
        return try AgencyRepresentation.json(record, regions: service.store.regions)
    }
}
