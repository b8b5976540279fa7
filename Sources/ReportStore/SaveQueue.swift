internal import Reports
internal import Synchronization

/// Gathers the reports that many requests store at once into one transaction (group commit): what waits while one
/// transaction is written to the disk goes into the next.
final class SaveQueue: Sendable {
    private struct Waiting {
        let submission: Submission
        let now: Int64
        let continuation: CheckedContinuation<Result<SaveResult, StoreError>, Never>
    }

    private struct State {
        var waiting: [Waiting] = []
        var isSaving = false
    }

    /// More are left for the transaction after it, so that nobody waits long.
    private static let batchMax = 64

    private let state = Mutex(State())

    /// Stores a report together with those that others bring meanwhile.
    func save(_ submission: Submission, now: Int64, in store: Store) async throws(StoreError) -> SaveResult {
        let result = await withCheckedContinuation { continuation in
            let isFirst = state.withLock { state in
                state.waiting.append(Waiting(submission: submission, now: now, continuation: continuation))
                defer { state.isSaving = true }
                return !state.isSaving
            }
            // Not the caller's task: that one may be cancelled, and others' reports are in the batch.
            if isFirst { Task { await saveAll(in: store) } }
        }
        return try result.get()
    }

    private func saveAll(in store: Store) async {
        while let batch = next() {
            do {
                let now = batch.map(\.now).max() ?? 0
                let results = try await store.save(batch.map(\.submission), now: now)
                for (waiting, result) in zip(batch, results) { waiting.continuation.resume(returning: result) }
            } catch {
                for waiting in batch { waiting.continuation.resume(returning: .failure(error)) }
            }
        }
    }

    private func next() -> [Waiting]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isSaving = false
                return nil
            }
            let batch = Array(state.waiting.prefix(Self.batchMax))
            state.waiting.removeFirst(batch.count)
            return batch
        }
    }
}
