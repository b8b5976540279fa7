internal import Documents
public import ReportStore
internal import Reports

/// What became of one item of an upload of many.
public struct ItemResult: Sendable {
    /// The words of the API.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// The first report of its agency and year.
        case stored
        /// A new revision.
        case revised
        /// Known already.
        case unchanged
        /// Not stored.
        case rejected
    }

    /// Its number in the upload, from 0.
    public let number: Int
    /// Its name; nil where it has none, as a line of NDJSON.
    public let name: String?
    /// The number of its line, from 1, where it is one of NDJSON.
    public let line: Int?
    /// What became of it.
    public let status: Status
    /// The report as it now stands; nil for an item that was rejected.
    public let head: ReportHead?
    /// Why it was rejected.
    public let error: IngestError?
}

extension UploadTally {
    /// Counts results.
    public init(_ results: [ItemResult]) {
        self.init()
        for result in results {
            switch result.status {
            case .stored: stored += 1
            case .revised: revised += 1
            case .unchanged: unchanged += 1
            case .rejected: rejected += 1
            }
        }
    }
}

/// Stores the items of an upload of many: read on all cores, stored in order in transactions of many.
public struct BulkIngestor: Sendable {
    /// How an upload is to be stored.
    public enum Mode: String, Sendable, Hashable {
        /// Each item whole or not at all; a bad one never loses the rest.
        case each
        /// All of them, or none when one is rejected.
        case together
        /// Nothing: what would become of each is told.
        case dryRun
    }

    /// Items are read ahead, stored and told of in groups of so many, or fewer where they are large or take long.
    static let groupItemsMax = 512
    static let groupBytesMax = 8 << 20
    /// One is stored and one waits behind it while the next is read: neither the writer nor the readers stand idle.
    private static let groupsSavingMax = 2

    private let store: Store
    private let limits: IngestLimits

    /// Makes an ingestor.
    public init(store: Store, limits: IngestLimits = IngestLimits()) {
        self.store = store
        self.limits = limits
    }

    /// What is to be noted of a group of items in the transaction that stores them.
    public struct Noting: Sendable {
        /// The upload that it is noted of; when that has ended, nothing more is stored.
        let upload: Int
        /// Makes the note.
        let step: @Sendable (_ results: [ItemResult], _ bytesDone: Int) -> UploadStep

        /// Makes a noting.
        public init(
            upload: Int, step: @escaping @Sendable (_ results: [ItemResult], _ bytesDone: Int) -> UploadStep
        ) {
            self.upload = upload
            self.step = step
        }
    }

    /// Stores every item by itself, in order.
    ///
    /// The next groups are read while one is stored. Memory is bounded by four groups, whatever the upload's size.
    ///
    /// - Parameters:
    ///   - source: the items.
    ///   - template: what came beside them all; its bytes are not looked at.
    ///   - skipping: how many items were done before.
    ///   - clock: the time, in seconds since 1970.
    ///   - noting: what is noted of each group, where the upload is one that can be taken up again.
    ///   - each: told of each group once it is on the disk; when it throws, the upload ends there.
    /// - Throws: why nothing more can be read or stored; what was told of stays stored. `CancellationError`.
    public func run(
        _ source: BulkFeed, template: Upload, skipping: Int = 0, clock: @escaping @Sendable () -> Int64,
        noting: Noting? = nil, each: ([ItemResult], _ bytesDone: Int) async throws -> Void
    ) async throws {
        try await source.skip(skipping)
        var saving: [Saving] = []
        var pace = BulkPace(itemsMax: Self.groupItemsMax)
        func tell(until left: Int) async throws {
            while saving.count > left {
                let done = try await saving.removeFirst().value
                try await each(done.results, done.bytesDone)
            }
        }
        do {
            var start = ContinuousClock.now
            while let group = try await source.next(itemsMax: pace.items, bytesMax: Self.groupBytesMax) {
                let template = try template.with(fields: group.fields, regions: store.regions)
                let read = await read(group.items, template, now: clock())
                pace.read(read.count, in: .now - start)
                try await tell(until: Self.groupsSavingMax - 1)
                try Task.checkCancellation()
                let before = saving.last
                saving.append(
                    Task {
                        // In order, and not behind one that failed.
                        _ = try await before?.value
                        return (try await save(read, group.bytesDone, now: clock(), noting), group.bytesDone)
                    })
                start = .now
            }
            // Fields behind the last file, or without any: none is passed over in silence.
            _ = try template.with(fields: source.fields, regions: store.regions)
        } catch {
            // What was being stored when nothing more could be read is told of, too.
            try await tell(until: 0)
            throw error
        }
        try await tell(until: 0)
    }

    /// A group on its way to the disk.
    private typealias Saving = Task<(results: [ItemResult], bytesDone: Int), any Error>

    /// Stores all items in one transaction, or none where one is rejected or it is a trial.
    ///
    /// Other writers wait until it has ended, readers do not. Memory is bounded by one group and the results.
    ///
    /// - Parameter noting: what is noted of all items in the same transaction, where they are stored.
    /// - Throws: why they could not be read to the end, but for a trial: that tells of those before.
    public func runTogether(
        _ makeSource: @escaping @Sendable () throws(IngestError) -> any BulkItems, template: Upload, isTrial: Bool,
        clock: @escaping @Sendable () -> Int64, noting: Noting? = nil
    ) async throws(IngestError) -> Together {
        let (limits, regions, now) = (limits, store.regions, clock())
        let outcome: Outcome
        do {
            outcome = try await store.saveTogether(
                now: now, keeps: { (outcome: Outcome) in !isTrial && outcome.isWhole },
                { batch in
                    var outcome = Outcome()
                    do {
                        let source = try makeSource()
                        while let group = try BulkFeed.group(
                            from: source, itemsMax: Self.groupItemsMax, bytesMax: Self.groupBytesMax)
                        {
                            // Nobody waits for it any more, and other writers do.
                            outcome.isEnded = Task.isCancelled
                            guard !outcome.isEnded else { return outcome }
                            let template = try template.with(fields: source.fields, regions: regions)
                            let read = ReadingQueue.mapBlocking(group) { Self.read($0, template, limits, regions, now) }
                            outcome.results += Self.results(read, try batch.save(Self.submissions(read)))
                        }
                        _ = try template.with(fields: source.fields, regions: regions)
                        if let noting, !isTrial, outcome.isWhole {
                            let step = noting.step(outcome.results, source.bytesRead)
                            outcome.isEnded = try !batch.note(step, of: noting.upload)
                        }
                    } catch let error as IngestError {
                        // The store would not know it.
                        outcome.failure = error
                    }
                    return outcome
                })
        } catch {
            throw .store(error)
        }
        if let failure = outcome.failure, !isTrial { throw failure }
        return Together(
            results: outcome.results, isKept: !isTrial && outcome.isWhole, isEnded: outcome.isEnded,
            failure: outcome.failure)
    }

    /// What became of items that were to be stored together.
    public struct Together: Sendable {
        /// The results, as far as the items could be read.
        public let results: [ItemResult]
        /// Whether they were stored.
        public let isKept: Bool
        /// Whether it was cancelled meanwhile: then the results are not all, and nothing is stored.
        public let isEnded: Bool
        /// Why the items of a trial could not be read to the end.
        public let failure: IngestError?
    }

    /// What came of items that are stored together.
    private struct Outcome: Sendable {
        var results: [ItemResult] = []
        /// Why they could not be read to the end.
        var failure: IngestError?
        /// The upload was cancelled meanwhile.
        var isEnded = false

        var isWhole: Bool { failure == nil && !isEnded && results.allSatisfy { $0.status != .rejected } }
    }
}

extension BulkIngestor {
    /// An item that has been read and checked, or why not.
    private struct ReadItem: Sendable {
        let number: Int
        let name: String?
        let line: Int?
        let submission: Result<Submission, IngestError>
    }

    private func read(_ items: [BulkItem], _ template: Upload, now: Int64) async -> [ReadItem] {
        let (limits, regions) = (limits, store.regions)
        return await ReadingQueue.map(items) { Self.read($0, template, limits, regions, now) }
    }

    private static func read(
        _ item: BulkItem, _ template: Upload, _ limits: IngestLimits, _ regions: RegionDirectory, _ now: Int64
    ) -> ReadItem {
        let submission = Result { () throws(IngestError) in
            let content = try item.content.get()
            var upload = template
            upload.bytes = content.bytes
            upload.mediaType = content.mediaType
            upload.fileName = item.fileName
            var submission = try Ingestor.submission(upload, limits: limits, regions: regions, now: now)
            submission.isOneOfMany = true
            return submission
        }
        return ReadItem(number: item.index, name: item.name, line: item.line, submission: submission)
    }

    private static func submissions(_ read: [ReadItem]) -> [Submission] {
        read.compactMap { try? $0.submission.get() }
    }

    private func save(
        _ read: [ReadItem], _ bytesDone: Int, now: Int64, _ noting: Noting?
    ) async throws -> [ItemResult] {
        let submissions = Self.submissions(read)
        guard let noting else { return Self.results(read, try await store.save(submissions, now: now)) }
        let saved = try await store.save(submissions, of: noting.upload, now: now) {
            noting.step(Self.results(read, $0), bytesDone)
        }
        guard let saved else { throw CancellationError() }
        return Self.results(read, saved)
    }

    /// The results of all items from those of the reports among them.
    private static func results(
        _ read: [ReadItem], _ saved: [Result<SaveResult, StoreError>]
    ) -> [ItemResult] {
        var rest = saved[...]
        return read.map { item in
            switch item.submission {
            case .failure(let error): return rejected(item, error)
            case .success:
                switch rest.popFirst() {
                case .success(let saved)?:
                    let status = ItemResult.Status(rawValue: saved.outcome.rawValue) ?? .stored
                    return ItemResult(
                        number: item.number, name: item.name, line: item.line, status: status, head: saved.head,
                        error: nil)
                case .failure(let error)?: return rejected(item, .store(error))
                case nil: return rejected(item, .store(.internal("an item has no result")))
                }
            }
        }
    }

    private static func rejected(_ item: ReadItem, _ error: IngestError) -> ItemResult {
        ItemResult(
            number: item.number, name: item.name, line: item.line, status: .rejected, head: nil, error: error)
    }
}
