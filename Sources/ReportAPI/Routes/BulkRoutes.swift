internal import HTTPServer
internal import HTTPTypes
internal import ReportIngest
internal import ReportStore
internal import Reports

/// An upload of many documents, as it is to be stored.
struct Many: Sendable {
    let spool: Spool
    let kind: BulkKind
    let template: Upload
    let mode: BulkIngestor.Mode
}

extension Service {
    /// Stores many documents; the answer tells of each.
    func storeAll(_ many: Many, _ call: Call) async throws -> Response {
        let lines = MediaType("application", "x-ndjson")
        let json = MediaType("application", "json")
        let isLines = Accept(call.request.bytes(of: .accept)).best(of: [json, lines]) == lines
        var list = ItemRepresentation.List(isLines: isLines, call.language)
        switch many.mode {
        case .together, .dryRun: list.add(try await storeTogether(many, call))
        // An answer that is kept for a key is one that is there.
        case .each where isLines && call.idempotencyKey == nil: return streamed(many, call.language)
        case .each:
            do {
                try await run(many) { results in list.add(results) }
            } catch {
                let problem = Problem(any: error)
                guard list.tally.items > 0, problem.code != .internal else { throw error }
                throw problem.after(list)
            }
        }
        return answer(list.answer, .ok, mediaType: isLines ? "application/x-ndjson" : Format.json.mediaType)
    }

    /// Runs an upload whose items are stored one by one.
    private func run(_ many: Many, _ each: ([ItemResult]) async throws -> Void) async throws {
        let feed = BulkFeed(try BulkReader(many.spool, kind: many.kind, limits: settings.bulkLimits))
        var yield = BulkYield()
        try await bulkIngestor.run(feed, template: many.template, clock: settings.clock) { results, _ in
            yield.add(results)
            changes.signal()
            try await each(results)
        }
        try yield.requireSomething()
    }

    /// The results, a line each, while the items are stored; the last line is the summary.
    private func streamed(_ many: Many, _ language: Language) -> Response {
        Response(
            .ok, fields: [.contentType: "application/x-ndjson", .cacheControl: "no-store"],
            body: .stream(length: nil) { writer in
                var tally = UploadTally()
                var problem: Problem?
                do {
                    try await run(many) { results in
                        var list = ItemRepresentation.List(isLines: true, language)
                        list.add(results)
                        tally.add(list.tally)
                        try await writer.write(list.bytes)
                    }
                } catch let gone as ClientGone {
                    throw gone
                } catch {
                    problem = Problem(any: error)
                }
                let end = ItemRepresentation.summary(tally, problem: problem, language: language)
                try await writer.write(end + [UInt8(ascii: "\n")])
            })
    }

    /// All of them or none, or none of them for a trial.
    private func storeTogether(_ many: Many, _ call: Call) async throws -> [ItemResult] {
        let limits = settings.bulkLimits
        let outcome = try await bulkIngestor.runTogether(
            { () throws(IngestError) in try BulkReader(many.spool, kind: many.kind, limits: limits) },
            template: many.template, isTrial: many.mode == .dryRun, clock: settings.clock)
        changes.signal()
        var yield = BulkYield()
        yield.add(outcome.results)
        try yield.requireSomething()
        guard outcome.isKept || many.mode == .dryRun else {
            throw Problem.rejected(outcome.results, call.language)
        }
        return outcome.results
    }

    func answer(
        _ bytes: [UInt8], _ status: HTTPResponse.Status, _ fields: HTTPFields = [:],
        mediaType: String = Format.json.mediaType
    ) -> Response {
        var fields = fields
        fields[.contentType] = mediaType
        fields[.cacheControl] = "no-store"
        return Response(status, fields: fields, body: .bytes(bytes))
    }
}

extension Problem {
    /// Why an upload of all or nothing came to nothing.
    static func rejected(_ results: [ItemResult], _ language: Language) -> Problem {
        let rejected = results.filter { $0.status == .rejected }
        return Problem(
            .uploadRejected, "\(rejected.count) of \(results.count) items cannot be stored, so none was.",
            chinese: "共 \(results.count) 项，其中 \(rejected.count) 项无法存储，因此均未存储。",
            members: ["items": .array(rejected.prefix(1_000).map { ItemRepresentation.value($0, language) })])
    }

    /// The same after a restart, when no more is known than how many were refused.
    static func rejected(_ count: Int) -> Problem {
        Problem(
            .uploadRejected, "\(count) items cannot be stored, so none was.", chinese: "\(count) 项无法存储，因此均未存储。")
    }

    /// The problem that ended an upload, with what became of the items before it: those stay stored.
    fileprivate func after(_ list: ItemRepresentation.List) -> Problem {
        // Lines are told of by the numbers alone.
        let items = list.isLines ? nil : list.bytes
        let summary = try? JSONValue(ItemRepresentation.summary(list.tally, items: items))
        guard case .object(let told)? = summary else { return self }
        return Problem(code, detail, chinese: detailInChinese, members: members.merging(told) { own, _ in own })
    }
}
