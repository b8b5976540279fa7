internal import CSQLite
internal import Synchronization

extension Connection {
    /// Runs `body`; a statement that still runs when the time is up, or when the current task is cancelled, fails
    /// with ``SQLiteError/Code/interrupt``.
    ///
    /// Nested deadlines hold together: the earlier one wins. An interrupted write ends its transaction. SQLite asks
    /// every few thousand steps of its virtual machine (sqlite.org/c3ref/progress_handler.html), so the delay is well
    /// below a millisecond, except within one step that is long by itself, as a read from a slow disk.
    @discardableResult
    public func withDeadline<R, E: Error>(_ duration: Duration, _ body: () throws(E) -> R) throws(E) -> R {
        let outer = watch
        let end = ContinuousClock.now + duration
        install(Watch(end: outer.map { min($0.end, end) } ?? end))
        defer { install(outer) }
        return try body()
    }

    /// Stops the statement that runs, for use from within a row closure; see ``interrupter`` for other threads.
    public func interrupt() {
        interrupter.interrupt()
    }

    private func install(_ new: Watch?) {
        guard let new else {
            unsafe sqlite3_progress_handler(handle, 0, nil, nil)
            return watch = nil
        }
        // Safe: the connection keeps the watch for as long as it is installed, and calls back on its own thread.
        let context = unsafe Unmanaged.passUnretained(new).toOpaque()
        unsafe sqlite3_progress_handler(handle, Watch.stepsBetweenLooks, watchCallback, context)
        watch = new
    }
}

/// What a progress handler looks at: the moment at which a statement must end.
final class Watch {
    static let stepsBetweenLooks: Int32 = 2_000

    let end: ContinuousClock.Instant

    init(end: ContinuousClock.Instant) {
        self.end = end
    }

    var isOver: Bool {
        Task.isCancelled || ContinuousClock.now >= end
    }
}

private func watchCallback(_ context: UnsafeMutableRawPointer?) -> Int32 {
    guard let context = unsafe context else { return 0 }
    // Safe: the context is the watch that `install` passed, alive while it is installed.
    return unsafe Unmanaged<Watch>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
}

/// Stops what runs on a connection, from any thread and at any time, also after the connection is closed.
public final class Interrupter: Sendable {
    /// The address of the handle; nil once it is closed. The lock keeps it open while it is being interrupted.
    private let address: Mutex<UInt?>

    init(_ handle: OpaquePointer) {
        address = Mutex(UInt(bitPattern: handle))
    }

    /// Makes the statements running on the connection fail with ``SQLiteError/Code/interrupt``. Those begun later
    /// are not concerned.
    public func interrupt() {
        address.withLock { address in
            guard let address, let handle = unsafe OpaquePointer(bitPattern: address) else { return }
            // Safe: the handle is open, since `detach` takes the same lock, and this one call is made for other
            // threads (sqlite.org/c3ref/interrupt.html).
            unsafe sqlite3_interrupt(handle)
        }
    }

    /// Ends the tie before the handle closes.
    func detach() {
        address.withLock { $0 = nil }
    }
}
