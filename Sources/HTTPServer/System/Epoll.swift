import CEpoll
import Glibc

/// An epoll descriptor and the room for its events (epoll(7)); the events belong to one loop.
@safe
struct Epoll {
    /// What can be done from any thread: the kernel guards it.
    let interest: EpollInterest
    private var events = unsafe [epoll_event](repeating: epoll_event(), count: 256)

    /// What happened to one descriptor.
    struct Event {
        let descriptor: Int32
        let generation: UInt32
        let readable: Bool
        let writable: Bool
        /// The peer has ended its side, or both sides are gone.
        let finished: Bool
        let broken: Bool
    }

    init() throws(SocketError) {
        let descriptor = epoll_create1(Int32(O_CLOEXEC))
        guard descriptor >= 0 else { throw SocketError(operation: "epoll_create1", code: errno) }
        interest = EpollInterest(descriptor: descriptor)
    }

    /// Collects what is ready, waiting at most so many milliseconds; the events are then `self[0..<result]`.
    mutating func poll(milliseconds: Int32) -> Int {
        let count = unsafe epoll_wait(interest.descriptor, &events, Int32(events.count), milliseconds)
        return Int(max(count, 0))
    }

    subscript(index: Int) -> Event {
        let (flags, data) = unsafe (events[index].events, events[index].data.u64)
        return Event(
            descriptor: Int32(truncatingIfNeeded: data), generation: UInt32(truncatingIfNeeded: data >> 32),
            readable: flags & EPOLLIN.rawValue != 0, writable: flags & EPOLLOUT.rawValue != 0,
            finished: flags & (EPOLLRDHUP.rawValue | EPOLLHUP.rawValue) != 0,
            broken: flags & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0)
    }
}

/// The interest list of an epoll descriptor, which any thread may change.
struct EpollInterest: Sendable {
    let descriptor: Int32

    /// Watches a connection, edge-triggered for reading and writing; its state is reported once at once.
    func add(_ socket: Socket, generation: UInt32) -> Bool {
        let flags = EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
        return control(EPOLL_CTL_ADD, socket, flags, generation)
    }

    /// Watches a listening socket that other loops watch, too: of those that rest, a new connection wakes one.
    func addListener(_ socket: Socket) {
        _ = control(EPOLL_CTL_ADD, socket, EPOLLIN.rawValue | EPOLLEXCLUSIVE.rawValue, 0)
    }

    /// Watches for the ringing of a bell.
    func addBell(_ bell: Bell) {
        _ = control(EPOLL_CTL_ADD, bell.socket, EPOLLIN.rawValue, 0)
    }

    func remove(_ socket: Socket) {
        _ = control(EPOLL_CTL_DEL, socket, 0, 0)
    }

    func close() {
        _ = Glibc.close(descriptor)
    }

    private func control(_ operation: Int32, _ socket: Socket, _ flags: UInt32, _ generation: UInt32) -> Bool {
        var event = unsafe epoll_event()
        unsafe event.events = flags
        unsafe event.data.u64 = UInt64(generation) << 32 | UInt64(UInt32(bitPattern: socket.descriptor))
        return unsafe epoll_ctl(descriptor, operation, socket.descriptor, &event) == 0
    }
}

/// A descriptor that one thread makes readable to wake another (eventfd(2)).
struct Bell: Sendable {
    let socket: Socket

    init() throws(SocketError) {
        let descriptor = eventfd(0, Int32(O_CLOEXEC | O_NONBLOCK))
        guard descriptor >= 0 else { throw SocketError(operation: "eventfd", code: errno) }
        socket = Socket(descriptor: descriptor)
    }

    func ring() {
        var one: UInt64 = 1
        _ = unsafe write(socket.descriptor, &one, 8)
    }

    /// Makes it quiet again.
    func still() {
        var count: UInt64 = 0
        _ = unsafe read(socket.descriptor, &count, 8)
    }
}
