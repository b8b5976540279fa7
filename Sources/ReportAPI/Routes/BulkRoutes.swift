internal import HTTPServer
internal import HTTPTypes
internal import ReportIngest
internal import ReportStore
internal import Reports
internal import Synchronization

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
        let mediaType = isLines ? "application/x-ndjson" : Format.json.mediaType
        // An answer that is kept for a key is one that is there.
        guard call.idempotencyKey == nil else {
            return answer(try await results(many, call, isLines), .ok, mediaType: mediaType)
        }
        if many.mode == .each, isLines { return streamed(many, call.language) }
        return try await answerInTime(call, mediaType) { try await results(many, call, isLines) }
    }

    /// Stores them all; the whole answer. What keeps further items from being looked at stands beside the results of those
    /// before: these stay stored, and are no error.
    private func results(_ many: Many, _ call: Call, _ isLines: Bool) async throws -> [UInt8] {
        var list = ItemRepresentation.List(isLines: isLines, call.language)
        var failure: (any Error)?
        switch many.mode {
        case .together, .dryRun:
            let outcome = try await storeTogether(many, call)
            list.add(outcome.results)
            failure = outcome.failure
        case .each:
            do { try await run(many) { results in list.add(results) } } catch { failure = error }
        }
        guard let failure else { return list.answer(nil) }
        guard list.tally.items > 0, !(failure is CancellationError) else { throw failure }
        let problem = noted(failure, call)
        // Nothing came of it; and what is kept for a key is repeated for ever: a fault of this machine passes.
        let isKept = call.idempotencyKey != nil && problem.code.status.code >= 500
        guard list.tally.items > list.tally.rejected, !isKept else { throw problem.after(list) }
        return list.answer(problem)
    }

    /// An answer that is there in time, or that has begun in time: thousands of documents must not be cut off in their midst
    /// because they take long. White space goes before the JSON until it is there; an error is then its `problem`, since the
    /// status has been sent.
    private func answerInTime(
        _ call: Call, _ mediaType: String, _ work: @escaping @Sendable () async throws -> [UInt8]
    ) async throws -> Response {
        let task = Task { try await work() }
        let pause = Duration.seconds(settings.answerSeconds)
        let isDone = await withTaskCancellationHandler {
            await task.ends(within: pause)
        } onCancel: {
            task.cancel()
        }
        guard !isDone else { return answer(try await task.value, .ok, mediaType: mediaType) }
        let stream = Response.Body.stream(length: nil) { writer in
            try await withTaskCancellationHandler {
                repeat { try await writer.write([0x20]) } while await !task.ends(within: pause)
                do {
                    try await writer.write(try await task.value)
                } catch let gone as ClientGone {
                    throw gone
                } catch {
                    let end = ItemRepresentation.summary(
                        UploadTally(), problem: noted(error, call), language: call.language)
                    try await writer.write(end)
                }
            } onCancel: {
                task.cancel()
            }
        }
        return Response(.ok, fields: [.contentType: mediaType, .cacheControl: "no-store"], body: stream)
    }

    /// Runs an upload whose items are stored one by one.
    private func run(_ many: Many, _ each: ([ItemResult]) async throws -> Void) async throws {
        let feed = BulkFeed(try BulkReader(many.spool, kind: many.kind, limits: settings.limitsOfMany))
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
    private func storeTogether(_ many: Many, _ call: Call) async throws -> BulkIngestor.Together {
        let limits = settings.limitsOfMany
        let outcome = try await bulkIngestor.runTogether(
            { () throws(IngestError) in try BulkReader(many.spool, kind: many.kind, limits: limits) },
            template: many.template, isTrial: many.mode == .dryRun, clock: settings.clock)
        changes.signal()
        guard !outcome.isEnded else { throw CancellationError() }
        var yield = BulkYield()
        yield.add(outcome.results)
        if outcome.failure == nil { try yield.requireSomething() }
        guard outcome.isKept || many.mode == .dryRun else {
            if let fault = outcome.results.storeFault { throw fault }
            throw Problem.rejected(outcome.results, call.language)
        }
        return outcome
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

extension [ItemResult] {
    /// What kept one of the items from being stored and is no fault of the client's.
    var storeFault: IngestError? {
        lazy.compactMap(\.error).first { error in
            if case .store(.corrupt) = error { true } else { false }
        }
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

    /// The problem that ended an upload, with the numbers of the items before it and what became of the first of them.
    fileprivate func after(_ list: ItemRepresentation.List) -> Problem {
        let tally = list.tally
        let told: [String: JSONValue] = [
            "stored": .number("\(tally.stored)"), "revised": .number("\(tally.revised)"),
            "unchanged": .number("\(tally.unchanged)"), "rejected": .number("\(tally.rejected)"),
            "items": .array(list.first.map { ItemRepresentation.value($0, list.language) }),
        ]
        return Problem(code, detail, chinese: detailInChinese, members: members.merging(told) { own, _ in own })
    }
}

extension Task where Failure == any Error {
    /// Waits until it has ended, or for a time.
    ///
    /// - Returns: whether it has ended.
    fileprivate func ends(within time: Duration) async -> Bool {
        let first = FirstWord()
        let timer = Task<Void, Never> {
            // Cancelled or not, nobody waits longer.
            try? await Task<Never, Never>.sleep(for: time)
            first.say(false)
        }
        Task<Void, Never> {
            _ = await result
            first.say(true)
            timer.cancel()
        }
        return await first.heard()
    }
}

/// Of several who may say something the first one is heard.
private final class FirstWord: Sendable {
    private enum State {
        case silent
        case awaited(CheckedContinuation<Bool, Never>)
        case said(Bool)
    }

    private let state = Mutex(State.silent)

    func say(_ word: Bool) {
        let waiter: CheckedContinuation<Bool, Never>? = state.withLock { state in
            switch state {
            case .said: return nil
            case .silent:
                state = .said(word)
                return nil
            case .awaited(let waiter):
                state = .said(word)
                return waiter
            }
        }
        waiter?.resume(returning: word)
    }

    /// What was said first. Asked once.
    func heard() async -> Bool {
        await withCheckedContinuation { waiter in
            let word: Bool? = state.withLock { state in
                if case .said(let word) = state { return word }
                state = .awaited(waiter)
                return nil
            }
            if let word { waiter.resume(returning: word) }
        }
    }
}
