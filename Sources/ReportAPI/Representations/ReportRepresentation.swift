internal import ReportStore
internal import Reports

/// A stored report as the API shows it.
enum ReportRepresentation {
    /// The report document with the printed cells.
    static func json(_ stored: StoredReport, cells: [PrintedCell]) -> [UInt8] {
        var json = JSONWriter(reserving: stored.document.count * 4)
        json.beginObject()
        // The stored object's members, without its braces.
        json.raw(stored.document.dropFirst().dropLast())
        json.key("cells")
        CanonicalJSON.write(cells, to: &json)
        json.endObject()
        return json.bytes
    }

    /// A report in a list: what is known of it without its figures.
    static func write(_ head: ReportHead, to json: inout JSONWriter) {
        json.beginObject()
        json.key("agency")
        CanonicalJSON.writeAgency(id: head.agency.id, name: head.agency.name, to: &json)
        json.member("year", head.year)
        json.member("title", head.title)
        json.member("form", head.form.rawValue)
        json.member("scope", head.scope.rawValue)
        json.object("findings") { json in
            json.member("error", head.errors)
            json.member("warning", head.warnings)
        }
        CanonicalJSON.writeRevisionAndLinks(head.filed, to: &json)
        json.endObject()
    }
}
