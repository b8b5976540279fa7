internal import Foundation
internal import Synchronization

/// Threads of their own for reading documents, one for each core.
///
/// A PDF waits for another process, a large page keeps a core busy: neither may hold a thread of the cooperative pool,
/// of which there are as many as cores.
enum ReadingQueue {
    private static let width = max(2, ProcessInfo.processInfo.activeProcessorCount)

    private static let queue: OperationQueue = {
        let queue = OperationQueue()
        queue.name = "reading"
        queue.maxConcurrentOperationCount = width
        return queue
    }()

    /// Runs a body on one of the threads, after those that came before it.
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws(IngestError) -> Value
    ) async throws(IngestError) -> Value {
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<Value, IngestError>, Never>) in
            queue.addOperation { continuation.resume(returning: Result { () throws(IngestError) in try body() }) }
        }
        return try result.get()
    }

    /// Runs a body for each item on all the threads at once; the results are in the order of the items.
    static func map<Item: Sendable, Value: Sendable>(
        _ items: [Item], _ body: @escaping @Sendable (Item) -> Value
    ) async -> [Value] {
        let work = Work(items, body)
        await withTaskGroup { group in
            for _ in 0..<min(width, items.count) {
                group.addTask {
                    await withCheckedContinuation { continuation in
                        queue.addOperation {
                            work.run()
                            continuation.resume()
                        }
                    }
                }
            }
        }
        return work.results
    }

    /// The same for a caller that blocks its own thread, which works, too. Never on a thread of the cooperative pool.
    static func mapBlocking<Item: Sendable, Value: Sendable>(
        _ items: [Item], _ body: @escaping @Sendable (Item) -> Value
    ) -> [Value] {
        let work = Work(items, body)
        DispatchQueue.concurrentPerform(iterations: min(width, items.count)) { _ in work.run() }
        return work.results
    }

    /// Items that several threads take one after another, so that one long document does not keep the others.
    private final class Work<Item: Sendable, Value: Sendable>: Sendable {
        private let items: [Item]
        private let body: @Sendable (Item) -> Value
        private let next = Atomic(0)
        private let done: Mutex<[Value?]>

        init(_ items: [Item], _ body: @escaping @Sendable (Item) -> Value) {
            self.items = items
            self.body = body
            done = Mutex([Value?](repeating: nil, count: items.count))
        }

        func run() {
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < items.count else { return }
                let value = body(items[index])
                done.withLock { $0[index] = value }
            }
        }

        /// The values, once every thread has come to the end.
        var results: [Value] { done.withLock { $0.compactMap(\.self) } }
    }
}
