internal import Codecs
internal import HTTPServer
internal import HTTPTypes
internal import ReportIngest
internal import ReportStore
internal import Reports

// Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): a request that is sent again gets the first answer.

extension Service {
    /// Answers a request with a document once for each key.
    func once(
        _ call: Call, _ bytes: [UInt8], _ answer: () async throws -> Response
    ) async throws -> Response {
        guard let key = try key(call) else { return try await answer() }
        return try await once(call, key, content: Digest(of: bytes).bytes, answer)
    }

    /// Answers a request with many documents once for each key.
    func once(
        _ call: Call, _ spool: Spool, _ kind: BulkKind, _ answer: () async throws -> Response
    ) async throws -> Response {
        guard let key = try key(call) else { return try await answer() }
        return try await once(call, key, content: try spool.digest(of: kind), answer)
    }

    private static let keyCharactersMax = 255

    private func key(_ call: Call) throws(Problem) -> String? {
        guard let key = call.idempotencyKey else { return nil }
        guard !key.isEmpty, key.utf8.count <= Self.keyCharactersMax else {
            throw Problem(
                .badRequest, "Idempotency-Key has 1 to \(Self.keyCharactersMax) characters.",
                chinese: "Idempotency-Key 应为 1 至 \(Self.keyCharactersMax) 个字符。")
        }
        return key
    }

    private func once(
        _ call: Call, _ key: String, content: [UInt8], _ answer: () async throws -> Response
    ) async throws -> Response {
        let target = call.request.method.rawValue + " " + String(decoding: call.request.target, as: UTF8.self)
        let request = Digest(of: Array(target.utf8) + content).bytes
        switch try await store.takeKey(key, request: request, now: settings.clock()) {
        case .answered(let kept): return Response(kept)
        case .inProgress:
            throw Problem(
                .keyInUse, "The first request with this Idempotency-Key is still being worked on.",
                chinese: "使用此 Idempotency-Key 的首个请求仍在处理中。")
        case .taken:
            throw Problem(
                .keyReused, "This Idempotency-Key was used for another request.",
                chinese: "此 Idempotency-Key 已用于另一请求。")
        case .new: break
        }
        do {
            let response = try await answer()
            try await store.keepAnswer(KeptAnswer(response), for: key, now: settings.clock())
            return response
        } catch {
            // A request that failed may be sent again.
            try await store.keepAnswer(nil, for: key, now: settings.clock())
            throw error
        }
    }
}

extension Call {
    /// `Idempotency-Key`.
    var idempotencyKey: String? {
        HTTPField.Name("Idempotency-Key").flatMap { request[$0] }
    }
}

extension KeptAnswer {
    /// Nil for an answer whose body is not there yet.
    fileprivate init?(_ response: Response) {
        guard case .bytes(let body) = response.body else { return nil }
        var json = JSONWriter(reserving: 256)
        json.beginObject()
        for field in response.fields { json.member(field.name.rawName, field.value) }
        json.endObject()
        self.init(
            status: response.status.code, fields: String(decoding: json.bytes, as: UTF8.self), body: body)
    }
}

extension Response {
    fileprivate init(_ kept: KeptAnswer) {
        var fields = HTTPFields()
        if case .object(let members)? = try? JSONValue(Array(kept.fields.utf8)) {
            for (name, value) in members {
                if let name = HTTPField.Name(name), let value = value.string { fields[name] = value }
            }
        }
        // What is kept has succeeded; these have their words with them.
        let statuses: [HTTPResponse.Status] = [.ok, .created, .accepted]
        let status = statuses.first { $0.code == kept.status } ?? .init(code: kept.status)
        self.init(status, fields: fields, body: .bytes(kept.body))
    }
}
