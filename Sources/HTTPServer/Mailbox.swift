import Synchronization

/// What threads tell each other about a loop: it can rest in `epoll_wait` and still hear of jobs put on its queue.
///
/// Whoever is about to enter the loop announces it; the loop, once entered, takes note. Between the two it does not rest.
/// A rest on the spot costs a tenth of going back to Dispatch and being started anew.
final class Mailbox: Sendable {
    /// Becomes readable when the loop is to wake up.
    let bell: Bell
    private let waiting = Atomic<Int>(0)
    private let isResting = Atomic<Bool>(false)
    private let connections = Atomic<Int>(0)

    init() throws(SocketError) {
        bell = try Bell()
    }

    /// Connections that are the loop's, or on their way to it.
    var openConnections: Int { connections.load(ordering: .relaxed) }
    func connectionOpened() { connections.add(1, ordering: .relaxed) }
    func connectionClosed() { connections.subtract(1, ordering: .relaxed) }

    /// Whether jobs wait on the queue.
    var isEmpty: Bool { waiting.load(ordering: .sequentiallyConsistent) == 0 }

    /// Says that a job will be put on the loop's queue, and wakes the loop if it rests.
    func announce() {
        // Sequential consistency: either we see that the loop rests, or it sees that we wait.
        waiting.add(1, ordering: .sequentiallyConsistent)
        if isResting.load(ordering: .sequentiallyConsistent) { bell.ring() }
    }

    /// Takes note that an announced job runs.
    func receive() {
        waiting.subtract(1, ordering: .sequentiallyConsistent)
    }

    /// Runs `rest` unless jobs wait.
    func rest<Result>(_ rest: () -> Result) -> Result? {
        isResting.store(true, ordering: .sequentiallyConsistent)
        defer { isResting.store(false, ordering: .sequentiallyConsistent) }
        return isEmpty ? rest() : nil
    }
}
