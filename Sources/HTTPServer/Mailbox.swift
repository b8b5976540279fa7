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
    /// Connections on their way here, by descriptor. A lock, taken once for each connection that changes its loop.
    private let arrivals = Mutex<[Int32: Arrival]>([:])

    /// What is known of a connection that another loop accepted.
    struct Arrival {
        let generation: UInt32
        let peer: PeerAddress
        /// Those it was answered there.
        let requests: Int
    }

    init() throws(SocketError) {
        bell = try Bell()
    }

    /// Connections that are the loop's, or on their way to it.
    var openConnections: Int { connections.load(ordering: .relaxed) }
    func connectionOpened() { connections.add(1, ordering: .relaxed) }
    func connectionClosed() { connections.subtract(1, ordering: .relaxed) }

    /// Says that the loop will hear of a connection by an event.
    func expect(_ arrival: Arrival, on descriptor: Int32) {
        connectionOpened()
        arrivals.withLock { $0[descriptor] = arrival }
    }

    /// Takes back what was said.
    func forget(_ descriptor: Int32) {
        arrivals.withLock { $0[descriptor] = nil }
        connectionClosed()
    }

    /// What is known of the connection whose first event has come; `nil` for the late event of another.
    func welcome(_ descriptor: Int32, generation: UInt32) -> Arrival? {
        arrivals.withLock { arrivals in
            arrivals[descriptor]?.generation == generation ? arrivals.removeValue(forKey: descriptor) : nil
        }
    }

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
