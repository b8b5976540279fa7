public import Dispatch

/// A serial Dispatch queue that runs the jobs of actors.
///
/// An actor that returns one of these as its `unownedExecutor` runs all its code on that queue, so it may block there
/// without holding a thread of the cooperative pool, and code already on the queue may enter it with
/// `assumeIsolated`. Several actors may share one executor; they then exclude each other.
///
/// `DispatchSerialQueue`, which is such an executor on Apple platforms, is absent from Dispatch on Linux.
///
/// The executor lives as long as something holds it: an actor must keep it in a stored property.
public final class QueueExecutor: SerialExecutor {
    /// The serial queue itself, for work that is not an actor's: timers, sources, `async`.
    public let queue: DispatchQueue

    /// Marks the queue as this executor's, so that code can ask whether it runs on it.
    private let mark = DispatchSpecificKey<Bool>()

    /// Makes a new serial queue and the executor over it.
    ///
    /// - Parameters:
    ///   - label: Names the queue in debuggers and thread listings.
    ///   - qos: How urgent the work is to the scheduler.
    public init(label: String, qos: DispatchQoS = .userInitiated) {
        queue = DispatchQueue(label: label, qos: qos)
        queue.setSpecific(key: mark, value: true)
    }

    /// Runs a job on the queue after all jobs enqueued before it. Never runs it in place.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = unsafe asUnownedSerialExecutor()
        // The block keeps the executor alive until the job has run: the unowned reference above does not.
        queue.async {
            withExtendedLifetime(self) { unsafe job.runSynchronously(on: executor) }
        }
    }

    /// Whether the calling thread runs on the queue at this moment; also true within `queue.sync`.
    public var isCurrent: Bool {
        DispatchQueue.getSpecific(key: mark) == true
    }

    /// Tells the runtime whether the caller is isolated here, which is exact: the answer is never "unknown".
    public func isIsolatingCurrentContext() -> Bool? {
        isCurrent
    }

    /// Traps unless the calling code runs on the queue. The runtime asks this for `assumeIsolated`.
    public func checkIsolated() {
        precondition(isCurrent, "This code must run on the queue \(queue.label) of its executor.")
    }

    /// The reference by which actors name this executor; two actors on the same executor switch without a hop.
    public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        unsafe UnownedSerialExecutor(ordinary: self)
    }
}
