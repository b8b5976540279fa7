import Glibc

/// A stream socket: the POSIX calls and nothing else. The only file of the module in which `unsafe` stands.
///
/// Nothing here blocks: sockets are made non-blocking, and what cannot be done at once says so.
/// Whoever holds a socket closes it exactly once.
struct Socket: Sendable {
    let descriptor: Int32

    /// What a read or a write came to.
    enum Transfer: Equatable {
        case bytes(Int)
        case wouldBlock
        /// The peer has ended its side (reads only).
        case end
        case failed
    }

    /// Reads what is there into the start of `buffer`, up to its count.
    func receive(into buffer: inout [UInt8]) -> Transfer {
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count > 0 { return .bytes(count) }
            if count == 0 { return .end }
            if errno == EINTR { continue }
            return errno == EAGAIN ? .wouldBlock : .failed
        }
    }

    /// Writes the bytes after `offset`, as many as the kernel takes.
    func send(_ bytes: [UInt8], from offset: Int) -> Transfer {
        while true {
            let count = unsafe bytes.withUnsafeBytes {
                // SIGPIPE would end the process (send(2), MSG_NOSIGNAL).
                unsafe Glibc.send(descriptor, $0.baseAddress?.advanced(by: offset), $0.count - offset, noSignal)
            }
            if count >= 0 { return .bytes(count) }
            if errno == EINTR { continue }
            return errno == EAGAIN ? .wouldBlock : .failed
        }
    }

    /// Writes several pieces in order with one call, the first of them from `offset` on; takes 16 pieces at most.
    func send(_ pieces: ArraySlice<[UInt8]>, from offset: Int) -> Transfer {
        var vectors: [iovec] = unsafe []
        unsafe vectors.reserveCapacity(16)
        return unsafe gather(pieces.prefix(16), from: offset, into: &vectors)
    }

    /// Nests one `withUnsafeBytes` for each piece: the pointers are then valid while the kernel reads them.
    private func gather(_ pieces: ArraySlice<[UInt8]>, from offset: Int, into vectors: inout [iovec]) -> Transfer {
        guard let first = pieces.first else { return unsafe send(&vectors) }
        return unsafe first.withUnsafeBytes { bytes in
            let base = unsafe UnsafeMutableRawPointer(mutating: bytes.baseAddress?.advanced(by: offset))
            unsafe vectors.append(iovec(iov_base: base, iov_len: bytes.count - offset))
            return unsafe gather(pieces.dropFirst(), from: 0, into: &vectors)
        }
    }

    private func send(_ vectors: inout [iovec]) -> Transfer {
        while true {
            let count = unsafe vectors.withUnsafeMutableBufferPointer { buffer in
                var message = unsafe msghdr()
                unsafe message.msg_iov = buffer.baseAddress
                unsafe message.msg_iovlen = buffer.count
                return unsafe sendmsg(descriptor, &message, noSignal)
            }
            if count >= 0 { return .bytes(count) }
            if errno == EINTR { continue }
            return errno == EAGAIN ? .wouldBlock : .failed
        }
    }

    /// Tells the peer that nothing more will be sent; reading stays possible.
    func finishSending() {
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    func close() {
        // close(2): after EINTR the descriptor is gone on Linux; a second call could hit another's.
        _ = Glibc.close(descriptor)
    }
}

private let noSignal = Int32(MSG_NOSIGNAL)

// MARK: - Listening and accepting

/// A system call that failed while a listener was set up.
public struct SocketError: Error, Sendable, CustomStringConvertible {
    /// The call, and the host and port where they matter.
    public let operation: String
    /// `errno`, or the code of `getaddrinfo(3)` where `operation` says so.
    public let code: Int32

    /// The operation and the system's sentence for the code.
    public var description: String {
        if operation.hasPrefix("getaddrinfo") {
            return unsafe "\(operation): \(String(cString: gai_strerror(code)))"
        }
        return unsafe "\(operation): \(String(cString: strerror(code)))"
    }
}

extension Socket {
    enum Accepted {
        case socket(Socket, PeerAddress)
        case wouldBlock
        /// Out of descriptors or memory: the connection stays in the backlog.
        case exhausted
    }

    /// Opens a listening socket on the first address that `host` names and that can be bound.
    static func listen(host: String, port: UInt16, backlog: Int) throws(SocketError) -> Socket {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        let code = unsafe getaddrinfo(host, String(port), &hints, &found)
        guard code == 0 else { throw SocketError(operation: "getaddrinfo \(host)", code: code) }
        defer { unsafe freeaddrinfo(found) }
        var failure = SocketError(operation: "getaddrinfo \(host)", code: EAI_NONAME)
        var next = unsafe found
        while let info = unsafe next {
            do throws(SocketError) { return try unsafe listen(on: info.pointee, backlog: backlog) } catch {
                failure = error
            }
            unsafe next = info.pointee.ai_next
        }
        throw failure
    }

    private static func listen(on info: addrinfo, backlog: Int) throws(SocketError) -> Socket {
        let descriptor = unsafe socket(info.ai_family, info.ai_socktype, info.ai_protocol)
        guard descriptor >= 0 else { throw SocketError(operation: "socket", code: errno) }
        let socket = Socket(descriptor: descriptor)
        socket.setNonBlocking()
        socket.set(SOL_SOCKET, SO_REUSEADDR)
        // Accepted sockets inherit this on Linux: head and body in two writes would otherwise wait for an ACK.
        socket.set(Int32(IPPROTO_TCP), TCP_NODELAY)
        guard unsafe bind(descriptor, info.ai_addr, info.ai_addrlen) == 0 else { throw socket.failure("bind") }
        guard Glibc.listen(descriptor, Int32(clamping: backlog)) == 0 else { throw socket.failure("listen") }
        return socket
    }

    private func failure(_ operation: String) -> SocketError {
        defer { close() }
        return SocketError(operation: operation, code: errno)
    }

    private func set(_ level: Int32, _ option: Int32) {
        var on: Int32 = 1
        _ = unsafe setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    private func setNonBlocking() {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// Takes the next connection from a listening socket.
    func accept() -> Accepted {
        while true {
            var storage = sockaddr_storage()
            var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let descriptor = unsafe withSockaddr(&storage) { address in
                let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
                return unsafe CLibrary.shared.accept4(self.descriptor, address, &size, flags)
            }
            if descriptor >= 0 { return .socket(Socket(descriptor: descriptor), PeerAddress(storage)) }
            switch errno {
            case EAGAIN: return .wouldBlock
            case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
            // accept(2): errors already pending on the new connection concern only that connection.
            case EINTR, ECONNABORTED, EPROTO, ENETDOWN, EHOSTDOWN, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT, EPERM: continue
            default: return .exhausted
            }
        }
    }

    /// The address this socket is bound to.
    var localAddress: PeerAddress {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        _ = unsafe withSockaddr(&storage) { unsafe getsockname(descriptor, $0, &size) }
        return PeerAddress(storage)
    }

    /// The address of the other end; all zero when it is gone already.
    var peerAddress: PeerAddress {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        _ = unsafe withSockaddr(&storage) { unsafe getpeername(descriptor, $0, &size) }
        return PeerAddress(storage)
    }
}

private func withSockaddr<Result>(
    _ storage: inout sockaddr_storage, _ body: (UnsafeMutablePointer<sockaddr>) -> Result
) -> Result {
    unsafe withUnsafeMutablePointer(to: &storage) {
        unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
    }
}

extension PeerAddress {
    fileprivate init(_ storage: sockaddr_storage) {
        let bytes = unsafe withUnsafeBytes(of: storage) { unsafe Array($0.prefix(24)) }
        // sockaddr_in and sockaddr_in6 keep the port and the address in network order (ip(7), ipv6(7)).
        func number(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
        let port = UInt16(truncatingIfNeeded: number(2..<4))
        if storage.ss_family == sa_family_t(AF_INET6) {
            self = .v6(high: number(8..<16), low: number(16..<24), port: port)
        } else {
            self = .v4(address: UInt32(truncatingIfNeeded: number(4..<8)), port: port)
        }
    }
}

// MARK: - Readiness

/// An epoll descriptor and the room for its events (epoll(7)); the events belong to one loop.
@safe
struct Epoll {
    /// What can be done from any thread: the kernel guards it.
    let interest: EpollInterest
    private let wait: CLibrary.EpollWait
    private var events = [UInt8](repeating: 0, count: EventLayout.stride * 256)

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
        let descriptor = CLibrary.shared.epollCreate(Int32(O_CLOEXEC))
        guard descriptor >= 0 else { throw SocketError(operation: "epoll_create1", code: errno) }
        interest = EpollInterest(descriptor: descriptor)
        unsafe wait = unsafe CLibrary.shared.epollWait
    }

    /// Collects what is ready, waiting at most so many milliseconds; the events are then `self[0..<result]`.
    mutating func poll(milliseconds: Int32) -> Int {
        let descriptor = interest.descriptor
        let call = unsafe wait
        let count = unsafe events.withUnsafeMutableBytes { unsafe call(descriptor, $0.baseAddress, 256, milliseconds) }
        return Int(max(count, 0))
    }

    subscript(index: Int) -> Event {
        let start = index * EventLayout.stride
        let (flags, data) = unsafe events.withUnsafeBytes {
            unsafe (
                $0.loadUnaligned(fromByteOffset: start, as: UInt32.self),
                $0.loadUnaligned(fromByteOffset: start + EventLayout.dataOffset, as: UInt64.self)
            )
        }
        return Event(
            descriptor: Int32(truncatingIfNeeded: data), generation: UInt32(truncatingIfNeeded: data >> 32),
            readable: flags & EventLayout.readable != 0, writable: flags & EventLayout.writable != 0,
            finished: flags & (EventLayout.peerFinished | EventLayout.hungUp) != 0,
            broken: flags & (EventLayout.failed | EventLayout.hungUp) != 0)
    }
}

/// The interest list of an epoll descriptor, which any thread may change.
struct EpollInterest: Sendable {
    let descriptor: Int32

    /// Watches a connection, edge-triggered for reading and writing; its state is reported once at once.
    @discardableResult
    func add(_ socket: Socket, generation: UInt32) -> Bool {
        let edge: UInt32 = 1 << 31
        return control(
            1, socket, EventLayout.readable | EventLayout.writable | EventLayout.peerFinished | edge, generation)
    }

    /// Watches a listening socket that other loops watch, too: of those that rest, a new connection wakes one.
    func addListener(_ socket: Socket) {
        let exclusive: UInt32 = 1 << 28
        control(1, socket, EventLayout.readable | exclusive, 0)
    }

    /// Watches for the ringing of a bell.
    func addBell(_ bell: Bell) {
        control(1, bell.socket, EventLayout.readable, 0)
    }

    func remove(_ socket: Socket) {
        control(2, socket, 0, 0)
    }

    func close() {
        _ = Glibc.close(descriptor)
    }

    @discardableResult
    private func control(_ operation: Int32, _ socket: Socket, _ flags: UInt32, _ generation: UInt32) -> Bool {
        var event = [UInt8](repeating: 0, count: 16)
        return unsafe event.withUnsafeMutableBytes {
            unsafe $0.storeBytes(of: flags, toByteOffset: 0, as: UInt32.self)
            let data = UInt64(generation) << 32 | UInt64(UInt32(bitPattern: socket.descriptor))
            unsafe $0.storeBytes(of: data, toByteOffset: EventLayout.dataOffset, as: UInt64.self)
            return unsafe CLibrary.shared.epollControl(descriptor, operation, socket.descriptor, $0.baseAddress) == 0
        }
    }
}

/// A descriptor that one thread makes readable to wake another (eventfd(2)).
struct Bell: Sendable {
    let socket: Socket

    init() throws(SocketError) {
        let descriptor = CLibrary.shared.eventDescriptor(0, Int32(O_CLOEXEC | O_NONBLOCK))
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

/// `struct epoll_event` and the values of <sys/epoll.h>, which the Glibc module leaves out.
private enum EventLayout {
    // The kernel packs the structure on x86-64 alone (linux/eventpoll.h, EPOLL_PACKED).
    #if arch(x86_64)
    static let stride = 12
    static let dataOffset = 4
    #else
    static let stride = 16
    static let dataOffset = 8
    #endif
    static let readable: UInt32 = 0x001
    static let writable: UInt32 = 0x004
    static let failed: UInt32 = 0x008
    static let hungUp: UInt32 = 0x010
    static let peerFinished: UInt32 = 0x2000
}

/// The functions of the C library that the Glibc module does not declare.
@safe
private struct CLibrary: Sendable {
    typealias EpollCreate = @convention(c) (Int32) -> Int32
    typealias EpollControl = @convention(c) (Int32, Int32, Int32, UnsafeMutableRawPointer?) -> Int32
    typealias EpollWait = @convention(c) (Int32, UnsafeMutableRawPointer?, Int32, Int32) -> Int32
    typealias EventDescriptor = @convention(c) (UInt32, Int32) -> Int32
    typealias Accept4 =
        @convention(c) (Int32, UnsafeMutablePointer<sockaddr>?, UnsafeMutablePointer<socklen_t>?, Int32) -> Int32

    let epollCreate: EpollCreate
    let epollControl: EpollControl
    let epollWait: EpollWait
    let eventDescriptor: EventDescriptor
    let accept4: Accept4

    static let shared = CLibrary()

    private init() {
        epollCreate = Self.function("epoll_create1", as: EpollCreate.self)
        unsafe epollControl = unsafe Self.function("epoll_ctl", as: EpollControl.self)
        unsafe epollWait = unsafe Self.function("epoll_wait", as: EpollWait.self)
        eventDescriptor = Self.function("eventfd", as: EventDescriptor.self)
        unsafe accept4 = unsafe Self.function("accept4", as: Accept4.self)
    }

    private static func function<Function>(_ name: String, as type: Function.Type) -> Function {
        guard let symbol = unsafe dlsym(nil, name) else { preconditionFailure("glibc has \(name) since 2.10.") }
        return unsafe unsafeBitCast(symbol, to: type)
    }
}

// MARK: - Clocks

/// The clocks of the kernel, read without a system call (vdso(7)).
enum Clock {
    /// Nanoseconds since some moment in the past; never goes back.
    static var nanoseconds: UInt64 {
        let time = read(CLOCK_MONOTONIC)
        return UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000 &+ UInt64(truncatingIfNeeded: time.tv_nsec)
    }

    /// Whole seconds since 1970.
    static var secondsSince1970: Int {
        read(CLOCK_REALTIME_COARSE).tv_sec
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        _ = unsafe clock_gettime(clock, &time)
        return time
    }
}
