internal import HTTPServer
internal import ReportStore
internal import Reports

/// A stored report as the API shows it.
enum ReportRepresentation {
    /// The report document, with the printed cells where they are given.
    static func json(_ stored: StoredReport, cells: [PrintedCell]? = nil) -> [UInt8] {
        var json = JSONWriter(reserving: stored.document.count + 1024)
        json.beginObject()
        json.key("agency")
        AgencyRepresentation.write(stored.head.agency, to: &json)
        // The stored object's members, without its braces.
        json.raw(stored.document.dropFirst().dropLast())
        writeRevision(stored.head, to: &json)
        if let cells {
            json.key("cells")
            CanonicalJSON.write(cells, to: &json)
        }
        writeLinks(stored.head, to: &json)
        json.endObject()
        return json.bytes
    }

    /// A report in a list: what is known of it without its figures.
    static func write(_ head: ReportHead, to json: inout JSONWriter) {
        json.beginObject()
        json.key("agency")
        AgencyRepresentation.write(head.agency, to: &json)
        json.member("year", head.year)
        json.member("title", head.title)
        json.member("form", head.form.rawValue)
        json.member("scope", head.scope.rawValue)
        json.object("findings") { json in
            json.member("error", head.errors)
            json.member("warning", head.warnings)
        }
        writeRevision(head, to: &json)
        writeLinks(head, to: &json)
        json.endObject()
    }

    /// The address of a report: the agency by its name, as the user typed it.
    static func path(_ head: ReportHead) -> String {
        "/reports/\(PercentEncoding.encode(head.agency.name))/\(head.year)"
    }

    /// What the strong tag of a report's representations is made of.
    static func tag(_ head: ReportHead, _ variant: String) -> String {
        var hash = StableHash()
        hash.add(head.id)
        hash.add(head.agency.id)
        hash.add(head.agency.name)
        hash.add(head.revision)
        hash.add(Int(head.revisedAt))
        hash.add(head.sha256)
        hash.add(variant)
        // Another release may write the same report otherwise.
        hash.add(Service.version)
        return hash.hex
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func writeRevision(_ head: ReportHead, to json: inout JSONWriter) {
        json.object("revision") { json in
            json.member("number", head.revision)
            json.member("at", CivilDate.timestamp(head.revisedAt))
            json.member("reason", head.reason)
            json.member("sha256", hex(head.sha256))
        }
    }

    private static func writeLinks(_ head: ReportHead, to json: inout JSONWriter) {
        let path = path(head)
        json.object("links") { json in
            json.member("self", path)
            json.member("source", path + "/source")
            json.member("findings", path + "/findings")
            json.member("narrative", path + "/narrative")
        }
    }
}

/// Agencies as the API shows them.
enum AgencyRepresentation {
    /// An agency wherever it is named.
    static func write(_ agency: Agency, to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", agency.id)
        json.member("name", agency.name)
        // Which division an agency belongs to is not known yet; the member is there, so that clients can rely on it.
        json.member("region", nil as String?)
        json.endObject()
    }
}
