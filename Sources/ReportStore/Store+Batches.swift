internal import Reports
internal import SQLite

/// What became of one item of a batch.
public struct SaveResult: Sendable {
    /// Whether it is new, a new revision, or known already.
    public let outcome: SaveOutcome
    /// The report as it now stands.
    public let head: ReportHead
}

extension Store {
    /// Stores several reports in one transaction, each whole or not at all: one that cannot be stored does not keep the
    /// others from it. When this returns, those that were stored are on the disk.
    ///
    /// - Throws: what keeps all of them from being stored, such as a full disk.
    public func save(_ batch: [Submission], now: Int64) async throws(StoreError) -> [Result<SaveResult, StoreError>] {
        try await writeBatch(now: now) { transaction, isSmooth in try transaction.save(batch, isSmooth: isSmooth) }
    }

    /// Runs a body that stores reports: in the hope that none has to be left out, and where one has, again.
    func writeBatch<R: Sendable>(
        now: Int64, _ body: @Sendable (WriteTransaction, _ isSmooth: Bool) throws -> R
    ) async throws(StoreError) -> R {
        do {
            return try await write(now: now) { try body($0, true) }
        } catch {
            guard error.concernsOneReport else { throw error }
            return try await write(now: now) { try body($0, false) }
        }
    }

    /// A transaction that is kept open while reports are put into it, for those that shall be stored together or not
    /// at all.
    ///
    /// Not `Sendable`: it lives on the writer's queue.
    public struct OpenBatch {
        fileprivate let transaction: WriteTransaction

        /// Puts reports in.
        public func save(_ batch: [Submission]) throws(StoreError) -> [Result<SaveResult, StoreError>] {
            try StoreError.mapping { try transaction.save(batch) }
        }

        /// Notes what became of the items of an upload, to stay or go with the reports.
        ///
        /// - Returns: false, and nothing is noted, where the upload has ended.
        public func note(_ step: UploadStep, of upload: Int) throws(StoreError) -> Bool {
            try StoreError.mapping {
                guard try transaction.isRunning(upload) else { return false }
                try transaction.note(step, of: upload)
                return true
            }
        }
    }

    /// Runs a body that puts reports into one transaction; what it has put in stays when `keeps` says so of its result.
    ///
    /// Other writers wait meanwhile, readers do not.
    public func saveTogether<Value: Sendable>(
        now: Int64, keeps: @Sendable (Value) -> Bool, _ body: @Sendable (OpenBatch) throws -> Value
    ) async throws(StoreError) -> Value {
        texts.willWrite()
        defer { texts.wrote(to: self) }
        do {
            return try await transact(now: now) { transaction in
                let value = try body(OpenBatch(transaction: transaction))
                guard keeps(value) else { throw TakenBack(value) }
                return value
            }
        } catch let error as TakenBack<Value> {
            return error.value
        } catch {
            throw StoreError(any: error)
        }
    }
}

/// Ends a transaction whose work is not to stay, and carries what it came to.
private struct TakenBack<Value: Sendable>: Error {
    let value: Value

    init(_ value: Value) { self.value = value }
}

extension WriteTransaction {
    /// Stores reports, each whole or not at all.
    ///
    /// - Parameter isSmooth: whether none is expected to be left out; then the first that has to be ends the transaction
    ///   with its error. A savepoint for each makes SQLite copy every page that is touched in it.
    func save(_ batch: [Submission], isSmooth: Bool = false) throws -> [Result<SaveResult, StoreError>] {
        try batch.map { isSmooth ? .success(try saveNow($0)) : try saveApart($0) }
    }

    private func saveNow(_ submission: Submission) throws -> SaveResult {
        let (outcome, head) = try save(submission)
        return SaveResult(outcome: outcome, head: head)
    }

    /// Stores one report in a savepoint of its own.
    private func saveApart(_ submission: Submission) throws -> Result<SaveResult, StoreError> {
        do {
            return .success(try connection.savepoint { try saveNow(submission) })
        } catch {
            shapes.forget()
            guard connection.isInTransaction, case let error = StoreError(any: error), error.concernsOneReport else {
                throw error
            }
            return .failure(error)
        }
    }
}

extension StoreError {
    /// Whether another report could be stored nevertheless.
    fileprivate var concernsOneReport: Bool {
        switch self {
        case .busy, .full, .readOnly, .unfinishedLog, .cannotOpen, .timedOut, .newerSchema, .olderSchema,
            .foreignSchema,
            .unreachableSchema:
            false
        case .corrupt, .ambiguousAgency, .otherRegion, .nameTaken, .preconditionFailed, .successorCycle, .internal: true
        }
    }
}
