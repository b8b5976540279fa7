internal import HTTPServer
internal import ReportStore
internal import Reports

/// An entry of a report's history as the API shows it.
enum RevisionRepresentation {
    static func write(_ revision: Revision, of head: ReportHead, to json: inout JSONWriter) {
        let path = CanonicalJSON.path(agency: head.agency.name, year: head.year)
        json.beginObject()
        json.member("number", revision.number)
        json.member("kind", revision.kind.rawValue)
        json.member("at", CivilDate.timestamp(revision.at))
        json.member("reason", revision.note.reason)
        json.member("author", revision.note.author)
        json.member("sha256", revision.sha256.map(CanonicalJSON.hex))
        json.key("source")
        if let source = revision.source {
            json.beginObject()
            json.member("mediaType", source.mediaType)
            json.member("fileName", source.fileName)
            json.member("url", source.url)
            json.member("bytes", source.length)
            json.endObject()
        } else {
            json.null()
        }
        json.object("findings") { json in
            json.member("error", revision.errors)
            json.member("warning", revision.warnings)
        }
        json.member("href", revision.kind == .withdrawn ? nil : "\(path)/revisions/\(revision.number)")
        json.endObject()
    }
}
