internal import HTTPServer
internal import ReportIngest
internal import ReportStore
internal import Reports

/// An upload that is worked on after it was answered, as the API shows it.
enum UploadRepresentation {
    /// - Parameter delay: the problem that keeps it from getting on at this moment; nil where there is none.
    static func json(_ upload: StoredUpload, delay: [UInt8]?, now: Int64) -> [UInt8] {
        var json = JSONWriter(reserving: 512)
        json.beginObject()
        json.member("id", upload.name)
        json.member("state", upload.state.rawValue)
        let mode = (try? UploadRequest(upload.request))?.mode
        json.key("dryRun")
        json.boolean(mode == .dryRun)
        json.key("atomic")
        json.boolean(mode == .together)
        json.member("createdAt", CivilDate.timestamp(upload.createdAt))
        json.member("startedAt", upload.startedAt.map(CivilDate.timestamp))
        json.member("endedAt", upload.endedAt.map(CivilDate.timestamp))
        json.object("bytes") { json in
            json.member("done", upload.bytesDone)
            json.member("total", upload.bytes)
        }
        json.object("items") { json in
            json.member("done", upload.tally.items)
            ItemRepresentation.writeTally(upload.tally, to: &json)
        }
        let seconds = upload.startedAt.map { Double(max(1, (upload.endedAt ?? now) - $0)) }
        json.object("rate") { json in
            json.key("itemsPerSecond")
            json.double(seconds.map { Double(upload.tally.items) / $0 })
            json.key("bytesPerSecond")
            json.double(seconds.map { Double(upload.bytesDone) / $0 })
        }
        let isUnfinished = upload.state == .waiting || upload.state == .running
        json.member("secondsLeft", delay == nil ? secondsLeft(upload, seconds) : nil)
        json.key("delayed")
        if isUnfinished, let delay { json.raw(delay) } else { json.null() }
        json.key("failure")
        if let failure = upload.failure { json.raw(Self.problem(failure)) } else { json.null() }
        json.object("links") { json in
            json.member("self", "/uploads/\(upload.name)")
            json.member("results", "/uploads/\(upload.name)/results")
        }
        json.endObject()
        return json.bytes
    }

    /// The problem that ended an upload. One that ended under an older version left words alone.
    private static func problem(_ failure: String) -> [UInt8] {
        let text = Array(failure.utf8)
        return text.first == UInt8(ascii: "{")
            ? text : Problem(.uploadRejected, failure, chinese: failure).body(.english)
    }

    private static func secondsLeft(_ upload: StoredUpload, _ seconds: Double?) -> Int? {
        guard upload.state == .running, let seconds, upload.bytesDone > 0 else { return nil }
        return Int(seconds * Double(upload.bytes - upload.bytesDone) / Double(upload.bytesDone))
    }
}

/// What has to be known to go on with an upload after a restart, as it is stored.
struct UploadRequest: Sendable {
    let template: Upload
    let mode: BulkIngestor.Mode
    let language: Language

    init(template: Upload, mode: BulkIngestor.Mode, language: Language) {
        self.template = template
        self.mode = mode
        self.language = language
    }

    var json: String {
        var json = JSONWriter(reserving: 512)
        json.beginObject()
        json.member("mediaType", template.mediaType)
        json.member("agency", template.supplied.agency)
        json.member("year", template.supplied.year?.value)
        json.member("region", template.region)
        json.member("scope", template.scope?.rawValue)
        json.member("published", template.published?.description)
        json.member("sourceURL", template.url)
        json.member("reason", template.note.reason)
        json.member("author", template.note.author)
        json.member("mode", mode.rawValue)
        json.member("language", language.rawValue)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// Reads what ``json`` wrote.
    init(_ text: String) throws(JSONError) {
        let json = try JSONValue(Array(text.utf8))
        var template = Upload(
            bytes: [], mediaType: json["mediaType"]?.string, url: json["sourceURL"]?.string,
            note: Note(reason: json["reason"]?.string, author: json["author"]?.string),
            supplied: Upload.Identity(
                agency: json["agency"]?.string, year: json["year"]?.integer.flatMap { ReportYear($0) }),
            scope: json["scope"]?.string.flatMap { ReportScope(rawValue: $0) })
        template.region = json["region"]?.string
        template.published = json["published"]?.string.flatMap { DocumentDate($0) }
        self.template = template
        mode = json["mode"]?.string.flatMap { BulkIngestor.Mode(rawValue: $0) } ?? .each
        language = json["language"]?.string.flatMap { Language(rawValue: $0) } ?? .english
    }
}
