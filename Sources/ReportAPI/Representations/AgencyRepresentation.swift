internal import HTTPServer
internal import ReportStore
internal import Reports

/// Agencies and divisions as the API shows them.
enum AgencyRepresentation {
    /// An agency with all that is known of it.
    static func json(_ record: AgencyRecord, regions: RegionDirectory) throws -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        writeHead(record.agency, record.level, record.kind, regions, to: &json)
        for (name, names) in [("aliases", record.aliases), ("formerNames", record.formerNames)] {
            json.array(name) { json in
                for name in names { json.string(name) }
            }
        }
        json.key("successor")
        write(record.successor, to: &json)
        json.array("predecessors") { json in
            for agency in record.predecessors { write(agency, to: &json) }
        }
        json.array("regionCandidates") { json in
            for region in candidates(record, regions) { CanonicalJSON.write(regions.named(region), to: &json) }
        }
        json.array("reports") { json in
            for year in record.years {
                json.beginObject()
                json.member("year", year)
                json.member("href", CanonicalJSON.path(agency: record.agency.name, year: year))
                json.endObject()
            }
        }
        json.endObject()
        return json.bytes
    }

    /// Where an agency may be that nobody has placed yet.
    private static func candidates(_ record: AgencyRecord, _ regions: RegionDirectory) -> [Region] {
        guard record.agency.region == nil,
            case .ambiguous(let candidates) = regions.place(agencyNamed: record.agency.name, year: record.years.last)
        else { return [] }
        return candidates
    }

    /// An agency in a list.
    ///
    /// - Parameters:
    ///   - dutyYear: the year whose reports are missing or late; nil where that was not asked.
    ///   - today: the date, `YYYY-MM-DD`.
    static func write(
        _ summary: AgencySummary, regions: RegionDirectory, dutyYear: Int?, today: String, to json: inout JSONWriter
    ) {
        json.beginObject()
        writeHead(summary.agency, summary.level, summary.kind, regions, to: &json)
        json.member("reports", summary.reports)
        json.member("firstYear", summary.firstYear)
        json.member("lastYear", summary.lastYear)
        if let dutyYear {
            let duty = summary.duty(dutyYear, today: today)
            json.member("due", duty.due)
            json.member("published", summary.publishedOn)
            json.key("overdue")
            json.boolean(duty.isOverdue)
        }
        json.member("href", "/agencies/\(PercentEncoding.encode(summary.agency.name))")
        json.endObject()
    }

    private static func writeHead(
        _ agency: Agency, _ level: AgencyLevel?, _ kind: AgencyKind?, _ regions: RegionDirectory,
        to json: inout JSONWriter
    ) {
        json.member("id", agency.id)
        json.member("name", agency.name)
        json.key("region")
        CanonicalJSON.write(regions.named(agency.region), to: &json)
        json.member("level", level?.rawValue)
        json.member("kind", kind?.rawValue)
    }

    private static func write(_ agency: Agency?, to json: inout JSONWriter) {
        guard let agency else { return json.null() }
        json.beginObject()
        json.member("id", agency.id)
        json.member("name", agency.name)
        json.member("href", "/agencies/\(PercentEncoding.encode(agency.name))")
        json.endObject()
    }
}

extension RegionDirectory {
    /// A division with its full name; nil for none.
    func named(_ code: String?) -> CanonicalJSON.NamedRegion? {
        code.map { code in self[code].map(named) ?? CanonicalJSON.NamedRegion(code: code, name: code) }
    }

    /// A division with the full name that it had in a year, as the reports of that year name it.
    func named(_ code: String?, in year: Int) -> CanonicalJSON.NamedRegion? {
        code.map { code in region(code, in: year).map(named) ?? named(code) ?? .init(code: code, name: code) }
    }

    func named(_ region: Region) -> CanonicalJSON.NamedRegion {
        CanonicalJSON.NamedRegion(code: region.code, name: fullName(of: region))
    }
}
