internal import Synchronization

/// Brings the index of words in line behind what is written: when writing pauses, or when so much waits that searches
/// would feel it. So an upload does not wait for it, and its words are found at once nevertheless.
final class TextIndexer: Sendable {
    private struct State {
        var isRunning = false
        var writes = 0
        /// Those that have begun and not ended.
        var active = 0
    }

    private static let pause = Duration.milliseconds(500)
    private static let waitingMax = 10_000

    private let state = Mutex(State())

    /// To be told before each write.
    func willWrite() {
        state.withLock { $0.active += 1 }
    }

    /// To be told after each write.
    func wrote(to store: Store) {
        let isFirst = state.withLock { state in
            state.writes += 1
            state.active -= 1
            defer { state.isRunning = true }
            return !state.isRunning
        }
        guard isFirst else { return }
        // Does not keep the store open: nothing is lost, it goes on when the store is opened next.
        Task(priority: .background) { [weak store] in await self.run { store } }
    }

    private func run(_ store: () -> Store?) async {
        var last = -1
        while true {
            let writes = state.withLock(\.writes)
            do {
                if writes != last || state.withLock({ $0.active > 0 }) {
                    last = writes
                    try await Task.sleep(for: Self.pause)
                }
                guard let store = store() else { return }
                let isQuiet = state.withLock { $0.writes == last && $0.active == 0 }
                var isDue = isQuiet
                if !isDue { isDue = try await store.isTextPending(Self.waitingMax) }
                if isDue, try await store.indexSomeTexts() { continue }
            } catch {
                // The store is closed or the disk is full; the next write tries again.
                return state.withLock { $0.isRunning = false }
            }
            let isDone = state.withLock { state in
                guard state.writes == last, state.active == 0 else { return false }
                state.isRunning = false
                return true
            }
            if isDone { return }
        }
    }
}
