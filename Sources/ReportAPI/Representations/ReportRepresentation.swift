internal import ReportStore
internal import Reports

/// A stored report as the API shows it.
enum ReportRepresentation {
    /// The report document with the printed cells.
    static func json(_ document: [UInt8], cells: [PrintedCell]) -> [UInt8] {
        var json = JSONWriter(reserving: document.count * 4)
        json.beginObject()
        // The stored object's members, without its braces.
        json.raw(document.dropFirst().dropLast())
        json.key("cells")
        CanonicalJSON.write(cells, to: &json)
        json.endObject()
        return json.bytes
    }

    /// A report in a list: what is known of it without its figures.
    ///
    /// - Parameter snippet: a passage with the words that it was found by.
    static func write(
        _ head: ReportHead, snippet: String? = nil, regions: RegionDirectory, to json: inout JSONWriter
    ) {
        json.beginObject()
        json.key("agency")
        let filed = CanonicalJSON.Filed(
            agency: CanonicalJSON.NamedAgency(
                id: head.agency.id, name: head.agencyName, region: regions.named(head.agency.region, in: head.year)),
            currentName: head.agency.name, year: head.year, revision: head.revision, at: head.revisedAt,
            reason: head.reason, sha256: head.sha256)
        CanonicalJSON.write(filed.agency, to: &json)
        json.member("year", head.year)
        json.member("title", head.title)
        json.member("form", head.form.rawValue)
        json.member("scope", head.scope.rawValue)
        json.member("published", head.publishedOn)
        json.object("findings") { json in
            json.member("error", head.errors)
            json.member("warning", head.warnings)
        }
        if let snippet { json.member("snippet", snippet) }
        CanonicalJSON.writeRevisionAndLinks(filed, to: &json)
        json.endObject()
    }
}
