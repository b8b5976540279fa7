internal import ReportStore
internal import Synchronization

/// Wakes those who listen to the feed of changes, and reads for all of them at once what is new.
///
/// Writes through this process wake them at once, writes of other programs within a second. While nobody listens it
/// does nothing.
final class ChangeHub: Sendable {
    /// What wakes a listener.
    enum Signal: Sendable, Hashable {
        /// Something may be new.
        case change
        /// Nothing was new for a while.
        case heartbeat
    }

    /// One who listens. It keeps no more than one signal: whoever is slow reads all that is new at once.
    struct Listener: Sendable {
        fileprivate let id: UInt64
        fileprivate let signals: AsyncStream<Signal>

        /// The next signal; nil when the hub has closed.
        func next() async -> Signal? {
            var iterator = signals.makeAsyncIterator()
            return await iterator.next()
        }
    }

    /// Changes after a cursor, as they are sent.
    struct Batch: Sendable {
        let after: Int
        let cursor: Int
        let bytes: [UInt8]
        /// How many signals there had been when it was read.
        let signals: UInt64
    }

    private struct State {
        var listeners: [UInt64: AsyncStream<Signal>.Continuation] = [:]
        var lastID: UInt64 = 0
        var isClosed = false
        var ticker: Task<Void, Never>?
    }

    private static let batchMax = 256
    private static let heartbeatSeconds = 15

    private let store: Store
    private let state = Mutex(State())
    /// What was read last: most listeners are at the same place.
    private let last = Mutex<Batch?>(nil)
    private let signals = Atomic<UInt64>(0)

    init(store: Store) {
        self.store = store
    }

    func listen() -> Listener {
        let (signals, continuation) = AsyncStream.makeStream(of: Signal.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            state.lastID += 1
            if state.isClosed {
                continuation.finish()
            } else {
                state.listeners[state.lastID] = continuation
                if state.ticker == nil { state.ticker = Task { await tick() } }
            }
            return state.lastID
        }
        return Listener(id: id, signals: signals)
    }

    /// How many listen.
    var listenerCount: Int { state.withLock { $0.listeners.count } }

    func forget(_ listener: Listener) {
        state.withLock { state in
            state.listeners[listener.id]?.finish()
            state.listeners[listener.id] = nil
            guard state.listeners.isEmpty else { return }
            state.ticker?.cancel()
            state.ticker = nil
        }
    }

    /// Wakes every listener.
    func signal(_ signal: Signal = .change) {
        if signal == .change { signals.add(1, ordering: .releasing) }
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners { listener.yield(signal) }
    }

    /// Ends every stream.
    func close() {
        let listeners = state.withLock { state in
            state.isClosed = true
            state.ticker?.cancel()
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.finish() }
    }

    /// What came after a cursor; nil where nothing has.
    func batch(after cursor: Int) throws -> Batch? {
        let signals = signals.load(ordering: .acquiring)
        if let batch = last.withLock(\.self), batch.after == cursor, batch.signals == signals { return batch }
        let changes = try store.changes(since: cursor, limit: Self.batchMax)
        guard let end = changes.last else { return nil }
        let batch = Batch(
            after: cursor, cursor: end.cursor, bytes: changes.flatMap(ChangeStream.event), signals: signals)
        last.withLock { $0 = batch }
        return batch
    }

    /// Looks for what other programs wrote each second, and sends heartbeats.
    private func tick() async {
        var seen = try? store.lastChange()
        var seconds = 0
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            seconds += 1
            let last = try? store.lastChange()
            if last != seen {
                seen = last
                signal()
            } else if seconds.isMultiple(of: Self.heartbeatSeconds) {
                signal(.heartbeat)
            }
        }
    }
}
