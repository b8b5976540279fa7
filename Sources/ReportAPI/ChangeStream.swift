internal import HTTPServer
internal import HTTPTypes
internal import ReportStore
internal import Reports

/// Changes as server-sent events (WHATWG HTML, Server-sent events).
enum ChangeStream {
    static let mediaType = "text/event-stream"
    /// Sent first, so that clients see that the stream is open, and know how soon to come back after a loss.
    static let opening = Array("retry: 2000\n\n".utf8)
    /// A comment: it keeps proxies from closing an idle stream, and shows the server that the client is there.
    static let heartbeat = Array(":\n\n".utf8)

    /// Whether a call asks for a stream.
    static func isWanted(_ call: Call) -> Bool {
        let json = MediaType("application", "json")
        let stream = MediaType("text", "event-stream")
        return Accept(call.request.bytes(of: .accept)).best(of: [json, stream]) == stream
    }

    static func write(_ change: Change, to json: inout JSONWriter) {
        json.beginObject()
        json.member("cursor", "\(change.cursor)")
        json.member("at", CivilDate.timestamp(change.at))
        json.member("kind", change.kind.rawValue)
        // What was told stays as it was; the address leads to where the report is now.
        json.member("agency", change.agencyName)
        json.member("year", change.year)
        json.member("revision", change.revision)
        json.member("href", CanonicalJSON.path(agency: change.agency.name, year: change.year))
        json.endObject()
    }

    static func event(_ change: Change) -> [UInt8] {
        var json = JSONWriter(reserving: 256)
        write(change, to: &json)
        return Array("id: \(change.cursor)\nevent: \(change.kind.rawValue)\ndata: ".utf8) + json.bytes
            + Array("\n\n".utf8)
    }
}
