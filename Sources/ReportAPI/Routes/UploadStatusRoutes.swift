internal import HTTPServer
internal import HTTPTypes
internal import ReportIngest
internal import ReportStore
internal import Reports

extension Service {
    /// Takes an upload that will be worked on after this answer: 202 and its address.
    func accept(_ many: Many, _ call: Call) async throws -> Response {
        guard let path = many.spool.keptPath else { return try await storeAll(many, call) }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let request = UploadRequest(template: many.template, mode: many.mode, language: call.language)
        _ = try await store.createUpload(
            name: name, request: request.json, file: path, bytes: many.spool.byteCount, now: settings.clock())
        worker.wake()
        guard let upload = try store.upload(named: name) else {
            throw StoreError.internal("an upload is missing right after it was entered")
        }
        var fields: HTTPFields = [.location: "/uploads/\(name)"]
        if let applied = HTTPField.Name("Preference-Applied") { fields[applied] = "respond-async" }
        return answer(representation(of: upload, call.language), .accepted, fields)
    }

    private func representation(of upload: StoredUpload, _ language: Language) -> [UInt8] {
        UploadRepresentation.json(upload, delay: worker.delay?.body(language), now: settings.clock())
    }

    /// `GET /uploads/{id}`: how far it is.
    func showUpload(_ call: Call) throws -> Response {
        _ = try Format(call, of: [.json])
        let upload = try upload(named: call.path[0])
        return try Entity(mediaType: Format.json.mediaType, bytes: representation(of: upload, call.language))
            .response(to: call.request, cacheControl: settings.cacheControl)
    }

    /// `GET /uploads/{id}/results`: what became of each item so far.
    func listUploadResults(_ call: Call) throws -> Response {
        let upload = try upload(named: call.path[0])
        let limit = try call.query.integer("limit", 1...PageRequest.limitMax) ?? PageRequest.limitDefault
        // A cursor is the number of the last item, and the first is 0.
        let after = try call.query.integer("cursor", 0...Int.max) ?? -1
        let rows = try store.uploadResults(upload.id, after: after, limit: limit + 1)
        let items = rows.prefix(limit)
        let next =
            rows.count > limit
            ? items.last.map { "/uploads/\(upload.name)/results?limit=\(limit)&cursor=\($0.number)" } : nil
        var json = JSONWriter()
        json.beginObject()
        json.array("items") { json in
            for item in items { json.raw(item.result) }
        }
        json.member("next", next)
        json.endObject()
        var fields = HTTPFields()
        if let next, let link = HTTPField.Name("Link") { fields[link] = "<\(next)>; rel=\"next\"" }
        return try Entity(mediaType: Format.json.mediaType, bytes: json.bytes, fields: fields)
            .response(to: call.request, cacheControl: settings.cacheControl)
    }

    /// The formats of results.
    private static let resultFormats: [Format] = [.json, .ndjson]

    /// Whether a call asks for all results and not for a page; also where it asks for what there is not.
    static func asksForAllResults(_ call: Call) -> Bool {
        let format = try? Format(call, of: resultFormats)
        return format != .json
    }

    /// `GET /uploads/{id}/results` as lines: all of them, made while the client reads.
    func streamUploadResults(_ call: Call) async throws -> Response {
        let format = try Format(call, of: Self.resultFormats)
        let upload = try upload(named: call.path[0])
        let limit = try call.query.integer("limit", 1...Int.max) ?? .max
        let after = try call.query.integer("cursor", 0...Int.max) ?? -1
        return streamed(format, call) { send in
            var (last, left) = (after, limit)
            while left > 0 {
                let count = min(left, PageRequest.limitMax)
                let rows = try store.uploadResults(upload.id, after: last, limit: count)
                try await send(JSONWriter.lines(rows) { row, json in json.raw(row.result) })
                guard rows.count == count, let end = rows.last else { return }
                last = end.number
                left -= count
            }
        }
    }

    /// `DELETE /uploads/{id}`: nothing more of it is stored; what was stored stays.
    func cancelUpload(_ call: Call) async throws -> Response {
        try requireWrites(call)
        let upload = try upload(named: call.path[0])
        worker.interrupt(upload)
        guard try await store.endUpload(upload.id, .cancelled, now: settings.clock()) else {
            throw Problem(.uploadEnded, "The upload has ended.", chinese: "该上传已结束。")
        }
        worker.cancel(upload)
        return try showUpload(call)
    }

    private func upload(named name: String) throws -> StoredUpload {
        let kept = settings.uploadKeepSeconds
        guard let upload = try store.upload(named: name), (upload.endedAt ?? .max) >= settings.clock() - kept else {
            throw Problem(
                .uploadNotFound,
                "There is no such upload. Results are kept for \(kept / 86_400) days after an upload has ended.",
                chinese: "没有此上传。上传结束后，结果保留 \(kept / 86_400) 天。")
        }
        return upload
    }
}
