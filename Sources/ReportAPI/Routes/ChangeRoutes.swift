internal import HTTPServer
internal import HTTPTypes
internal import ReportStore
internal import Reports

extension Service {
    /// `GET /changes`: what was stored, corrected and withdrawn, oldest first.
    func listChanges(_ call: Call) throws -> Response {
        _ = try Format(call, of: [.json])
        let since = try call.query.integer("since", 0...Int.max) ?? 0
        let limit = try call.query.integer("limit", 1...PageRequest.limitMax) ?? PageRequest.limitDefault
        let changedAt = try changedAt()
        let items = try store.changes(since: since, limit: limit)
        // Whoever knows more than there is, as after a backup was put back, is led to where the feed ends now.
        let end = try items.last?.cursor ?? min(since, store.lastChange())
        let next = "/changes?since=\(end)" + (call.query["limit"].map { "&limit=\($0)" } ?? "")
        var json = JSONWriter(reserving: 256 * (items.count + 1))
        json.beginObject()
        json.array("items") { json in
            for change in items { ChangeStream.write(change, to: &json) }
        }
        // Always there: the address at which to ask for what comes after these.
        json.member("next", next)
        json.endObject()
        var fields = HTTPFields()
        if let link = HTTPField.Name("Link") { fields[link] = "<\(next)>; rel=\"next\"" }
        return try Entity(mediaType: Format.json.mediaType, bytes: json.bytes, lastModified: changedAt, fields: fields)
            .response(to: call.request, cacheControl: settings.cacheControl)
    }

    /// `GET /changes` with `Accept: text/event-stream`: the changes after `Last-Event-ID`, else after `since`, else
    /// from now on, as they happen, until the client goes.
    func streamChanges(_ call: Call) async throws -> Response {
        guard call.query["limit"] == nil else { throw Problem.parameter("limit", besides: "text/event-stream") }
        let since = try call.query.integer("since", 0...Int.max)
        let cursor: Int
        if let text = call.request[.lastEventID], !text.isEmpty {
            guard let last = Int(text), last >= 0 else { throw Problem.lastEventID("a number", "数字") }
            try requireKnown(cursor: last, Problem.lastEventID)
            cursor = last
        } else if let since {
            try requireKnown(cursor: since) { .parameter("since", $0, $1) }
            cursor = since
        } else {
            cursor = try store.lastChange()
        }
        let changes = changes
        return Response(
            .ok, fields: [.contentType: ChangeStream.mediaType, .cacheControl: "no-store"],
            body: .stream(length: nil) { writer in
                var cursor = cursor
                let listener = changes.listen()
                defer { changes.forget(listener) }
                try await writer.write(ChangeStream.opening)
                repeat {
                    while let batch = try changes.batch(after: cursor) {
                        try await writer.write(batch.bytes)
                        cursor = batch.cursor
                    }
                    guard let signal = await listener.next() else { return }
                    if signal == .heartbeat { try await writer.write(ChangeStream.heartbeat) }
                } while !Task.isCancelled
            })
    }
}

extension Service {
    /// Whoever knows more than there is has it from elsewhere, or from before a backup was put back: what comes would be
    /// passed over in silence.
    private func requireKnown(cursor: Int, _ problem: (String, String) -> Problem) throws {
        let last = try store.lastChange()
        guard cursor > last else { return }
        throw problem("a cursor of this feed, at most \(last),", "本更新流的游标（至多 \(last)）")
    }
}

extension Problem {
    fileprivate static func lastEventID(_ expected: String, _ chinese: String) -> Problem {
        Problem(
            .badRequest, "Last-Event-ID: \(expected) is expected.", chinese: "Last-Event-ID：应为\(chinese)。")
    }
}

extension HTTPField.Name {
    /// `Last-Event-ID`: the last event that a client has (WHATWG HTML, Server-sent events).
    static var lastEventID: HTTPField.Name { HTTPField.Name("Last-Event-ID") ?? .origin }
}
