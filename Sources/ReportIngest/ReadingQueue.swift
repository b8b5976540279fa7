internal import Foundation

/// Threads of their own for reading documents, one for each core.
///
/// A PDF waits for another process, a large page keeps a core busy: neither may hold a thread of the cooperative pool,
/// of which there are as many as cores.
enum ReadingQueue {
    private static let queue: OperationQueue = {
        let queue = OperationQueue()
        queue.name = "reading"
        queue.maxConcurrentOperationCount = max(2, ProcessInfo.processInfo.activeProcessorCount)
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
}
