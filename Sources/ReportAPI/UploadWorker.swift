internal import HTTPServer
internal import ReportIngest
internal import ReportStore
internal import Reports
internal import Synchronization

/// Works on the uploads that were answered before they were stored, one after another, and goes on after a restart
/// where the last process stopped: what became of an item is noted in the transaction that stores it.
final class UploadWorker: Sendable {
    private struct State {
        var task: Task<Void, Never>?
        /// The upload that is being worked on, and its work.
        var current: (id: Int, work: Task<Void, any Error>)?
        /// Why it does not get on, where it is a fault that passes.
        var delay: Problem?
        var isWanted = false
        var isClosed = false
    }

    private let store: Store
    private let ingestor: BulkIngestor
    private let limits: BulkLimits
    private let folder: String
    private let keepSeconds: Int64
    private let clock: @Sendable () -> Int64
    private let onChange: @Sendable () -> Void
    private let onFault: @Sendable (any Error) -> Void
    private let state = Mutex(State())

    init(
        store: Store, ingestor: BulkIngestor, limits: BulkLimits, folder: String, keepSeconds: Int64,
        clock: @escaping @Sendable () -> Int64,
        onChange: @escaping @Sendable () -> Void, onFault: @escaping @Sendable (any Error) -> Void
    ) {
        self.store = store
        self.ingestor = ingestor
        self.limits = limits
        self.folder = folder
        self.keepSeconds = keepSeconds
        self.clock = clock
        self.onChange = onChange
        self.onFault = onFault
    }

    /// Why uploads wait: a fault of this machine that has to pass, such as a full disk; nil while they get on.
    var delay: Problem? { state.withLock(\.delay) }

    /// Sees to it that all uploads there are will be worked on.
    func wake() {
        state.withLock { state in
            state.isWanted = true
            guard state.task == nil, !state.isClosed else { return }
            state.task = Task { await workOnAll() }
        }
    }

    /// Stops the work on an upload that is to be cancelled: one that is stored as a whole keeps the writer until it ends.
    func interrupt(_ upload: StoredUpload) {
        state.withLock { state in
            if let current = state.current, current.id == upload.id { current.work.cancel() }
        }
    }

    /// Ends the work on an upload that was cancelled, and removes its file.
    func cancel(_ upload: StoredUpload) {
        let isCurrent = state.withLock { state in
            guard let current = state.current, current.id == upload.id else { return false }
            current.work.cancel()
            return true
        }
        if !isCurrent { remove(upload) }
    }

    /// Stops after the items at hand; the rest is done by the next process.
    func close() async {
        let task = state.withLock { state in
            state.isClosed = true
            state.current?.work.cancel()
            // It may be waiting for a fault to pass.
            state.task?.cancel()
            return state.task
        }
        await task?.value
    }

    private func workOnAll() async {
        await tidy()
        while let upload = next() {
            let work = Task { try await workOn(upload) }
            let isClosed = state.withLock { state in
                state.current = (upload.id, work)
                return state.isClosed
            }
            if isClosed { work.cancel() }
            let result = await work.result
            state.withLock { $0.current = nil }
            do {
                try await end(upload, result)
                goesOn()
                await tidy()
            } catch is WorkedOnElsewhere {
                guard (try? await Task.sleep(for: .milliseconds(50))) != nil else { return }
            } catch {
                // A fault that passes, as a full disk: the upload will be taken up again, and not at once.
                delayed(by: error)
                guard (try? await Task.sleep(for: .seconds(1))) != nil else { return }
            }
        }
    }

    /// The next upload; nil when there is none, or no more may be begun.
    private func next() -> StoredUpload? {
        while true {
            let upload = state.withLock(\.isClosed) ? nil : try? store.unfinishedUploads().first
            if let upload { return upload }
            let isDone = state.withLock { state in
                guard state.isWanted, !state.isClosed else {
                    state.task = nil
                    return true
                }
                // Another may have come since the look.
                state.isWanted = false
                return false
            }
            if isDone { return nil }
        }
    }

    private func end(_ upload: StoredUpload, _ result: Result<Void, any Error>) async throws {
        // One that this process must leave stays unfinished, for the next one, and one that is being cancelled for whoever
        // does it.
        if case .failure(let error) = result, state.withLock(\.isClosed) || error is CancellationError,
            isUnfinished(upload)
        {
            return
        }
        switch result {
        case .success: _ = try await store.endUpload(upload.id, .done, now: clock())
        // What was accepted is not lost to a fault of this machine.
        case .failure(let error) where Self.passes(error) || error is WorkedOnElsewhere: throw error
        case .failure(let error):
            let problem = Problem(any: error)
            if problem.code == .internal { onFault(error) }
            // Nothing happens where it was cancelled before: that is its end.
            let language = (try? UploadRequest(upload.request))?.language ?? .english
            _ = try await store.endUpload(
                upload.id, .failed, failure: String(decoding: problem.body(language), as: UTF8.self), now: clock())
        }
        remove(upload)
    }

    private func delayed(by error: any Error) {
        let problem = Problem(any: error).ofWaitingUpload
        let isNew = state.withLock { state in
            defer { state.delay = problem }
            return state.delay?.detail != problem.detail
        }
        // Once, and not each second.
        if isNew { onFault(error) }
    }

    private func goesOn() {
        state.withLock { $0.delay = nil }
    }

    /// Whether an upload can go on when the fault is gone: nothing is wrong with what was sent.
    private static func passes(_ error: any Error) -> Bool {
        switch error {
        case IngestError.store(let error): passes(error)
        case IngestError.outOfMemory, StoreError.busy, StoreError.timedOut, StoreError.full, StoreError.readOnly: true
        default: false
        }
    }

    private func isUnfinished(_ upload: StoredUpload) -> Bool {
        guard let state = try? store.upload(named: upload.name)?.state else { return true }
        return state == .waiting || state == .running
    }

    private func remove(_ upload: StoredUpload) {
        (try? Spool.opened(at: path(upload)))?.remove()
    }

    /// By the name: the database may have been moved with its folder since.
    private func path(_ upload: StoredUpload) -> String { folder + "/" + upload.name }

    /// Removes results that are no longer kept, and files that a crash has left.
    private func tidy() async {
        // What cannot be done now, as on a full disk, is done the next time.
        try? await store.removeUploads(endedBefore: clock() - keepSeconds)
        try? Spool.sweep(folder) { name in
            guard let state = try store.upload(named: name)?.state else { return false }
            return state == .waiting || state == .running
        }
    }

    /// The upload is being worked on by another process, as while a new one takes over from the one before.
    private struct WorkedOnElsewhere: Error {}

    private func workOn(_ listed: StoredUpload) async throws {
        guard try await store.beginUpload(listed.id, now: clock()) else { return }
        guard let spool = try? Spool.opened(at: path(listed)) else {
            throw Problem(
                .internal, "The body of the upload is no longer there. Send what is not among its results again.",
                chinese: "上传的内容已不存在，请重新发送结果中没有的部分。")
        }
        guard spool.claim() else { throw WorkedOnElsewhere() }
        // Another process may have got on with it since it was listed, or ended it.
        guard let upload = try store.upload(named: listed.name), upload.state == .running else { return }
        let request = try UploadRequest(upload.request)
        guard let kind = try BulkKind.of(mediaType: request.template.mediaType, spool: spool, fileName: nil) else {
            throw StoreError.internal("the file of an upload is not what it was")
        }
        guard request.mode == .each else { return try await workTogether(upload, request, spool, kind) }
        let feed = BulkFeed(try BulkReader(spool, kind: kind, limits: limits))
        var yield = BulkYield()
        try await ingestor.run(
            feed, template: request.template, skipping: upload.tally.items, clock: clock,
            noting: BulkIngestor.Noting(upload: upload.id) { Self.step($0, $1, request.language) },
            each: { results, _ in
                yield.add(results)
                goesOn()
                onChange()
            })
        // Of one that was taken up again, what was read before is not looked at once more.
        if upload.tally.items == 0 { try yield.requireSomething() }
    }

    private func workTogether(
        _ upload: StoredUpload, _ request: UploadRequest, _ spool: Spool, _ kind: BulkKind
    ) async throws {
        // It is one step: what was noted before a restart is all of it.
        guard upload.tally.items == 0 else {
            if request.mode == .together, upload.tally.rejected > 0 { throw Problem.rejected(upload.tally.rejected) }
            return
        }
        let limits = limits
        let outcome = try await ingestor.runTogether(
            { () throws(IngestError) in try BulkReader(spool, kind: kind, limits: limits) },
            template: request.template, isTrial: request.mode == .dryRun, clock: clock,
            noting: BulkIngestor.Noting(upload: upload.id) { results, _ in
                Self.step(results, upload.bytes, request.language, isLast: !results.isEmpty)
            })
        goesOn()
        onChange()
        guard !outcome.isEnded else { throw CancellationError() }
        var yield = BulkYield()
        yield.add(outcome.results)
        if outcome.failure == nil { try yield.requireSomething() }
        guard !outcome.isKept else { return }
        // Where none was stored, none is told of as stored.
        let isNone = request.mode == .together
        let results = isNone ? outcome.results.filter { $0.status == .rejected } : outcome.results
        _ = try await store.save([], of: upload.id, now: clock()) { _ in
            Self.step(results, upload.bytes, request.language)
        }
        if isNone, let fault = outcome.results.storeFault { throw fault }
        if isNone { throw Problem.rejected(outcome.results, request.language) }
        if let failure = outcome.failure { throw failure }
    }

    private static func step(
        _ results: [ItemResult], _ bytesDone: Int, _ language: Language, isLast: Bool = false
    ) -> UploadStep {
        UploadStep(
            items: results.map { ($0.number, ItemRepresentation.json($0, language)) }, tally: UploadTally(results),
            bytesDone: bytesDone, isLast: isLast)
    }
}

extension Problem {
    /// The same of an upload that goes on by itself: nobody has to send anything again.
    fileprivate var ofWaitingUpload: Problem {
        let (reason, chinese) =
            switch code {
            case .storageFull: ("the disk is full", "磁盘已满")
            case .readOnly: ("the database cannot be written", "数据库不可写")
            default: ("the database is busy", "数据库繁忙")
            }
        return Problem(
            code,
            "The upload waits, since \(reason). It goes on by itself once that has passed; what was stored stays.",
            chinese: "\(chinese)，上传正在等待，恢复后将自动继续；已存储的内容不受影响。")
    }
}
