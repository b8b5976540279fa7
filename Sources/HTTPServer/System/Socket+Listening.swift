import CEpoll
import Glibc

extension Socket {
    enum Accepted {
        case socket(Socket, PeerAddress)
        case wouldBlock
        /// Out of descriptors or memory: the connection stays in the backlog.
        case exhausted
    }

    /// Opens a listening socket on the first address that `host` names and that can be bound.
    ///
    /// - Parameter sharesPort: Other processes of this user may listen on the same port (`SO_REUSEPORT`, socket(7)).
    static func listen(host: String, port: UInt16, backlog: Int, sharesPort: Bool) throws(SocketError) -> Socket {
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
            do throws(SocketError) {
                return try unsafe listen(on: info.pointee, backlog: backlog, sharesPort: sharesPort)
            } catch { failure = error }
            unsafe next = info.pointee.ai_next
        }
        throw failure
    }

    private static func listen(on info: addrinfo, backlog: Int, sharesPort: Bool) throws(SocketError) -> Socket {
        // From the first moment: another thread may be starting a child.
        let type = unsafe info.ai_socktype | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = unsafe socket(info.ai_family, type, info.ai_protocol)
        guard descriptor >= 0 else { throw SocketError(operation: "socket", code: errno) }
        let socket = Socket(descriptor: descriptor)
        socket.enable(SO_REUSEADDR, of: SOL_SOCKET)
        if sharesPort { socket.enable(SO_REUSEPORT, of: SOL_SOCKET) }
        socket.prepareToAccept()
        guard unsafe bind(descriptor, info.ai_addr, info.ai_addrlen) == 0 else { throw socket.failure("bind") }
        guard Glibc.listen(descriptor, Int32(clamping: backlog)) == 0 else { throw socket.failure("listen") }
        return socket
    }

    /// What accepted sockets inherit on Linux, and what `accept` needs.
    func prepareToAccept() {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        // Head and body in two writes would otherwise wait for an ACK (tcp(7), TCP_NODELAY).
        enable(TCP_NODELAY, of: Int32(IPPROTO_TCP))
        // A connection is accepted once its first bytes have come, or after a second (tcp(7), TCP_DEFER_ACCEPT; the value
        // is in seconds): it is then answered at once, instead of being watched and waking us twice.
        enable(TCP_DEFER_ACCEPT, of: Int32(IPPROTO_TCP))
    }

    /// Whether this is a TCP socket that listens already.
    var isListening: Bool {
        option(SO_ACCEPTCONN, of: SOL_SOCKET) == 1 && option(SO_PROTOCOL, of: SOL_SOCKET) == Int32(IPPROTO_TCP)
    }

    /// Has the kernel give new connections to the second socket of those that share this port, if there is a second.
    ///
    /// A process that takes over is the second; this one, about to close, can then empty its backlog at leisure instead
    /// of resetting what arrives in the last moment (socket(7), SO_ATTACH_REUSEPORT_CBPF).
    func steerToSuccessor() {
        // BPF_RET | BPF_K: the number of the socket. Without such a socket the kernel chooses as ever.
        var instruction = sock_filter(code: UInt16(BPF_RET | BPF_K), jt: 0, jf: 0, k: 1)
        unsafe withUnsafeMutablePointer(to: &instruction) {
            var program = unsafe sock_fprog(len: 1, filter: $0)
            let size = unsafe socklen_t(MemoryLayout<sock_fprog>.size)
            _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, &program, size)
        }
    }

    private func failure(_ operation: String) -> SocketError {
        defer { close() }
        return SocketError(operation: operation, code: errno)
    }

    private func enable(_ option: Int32, of level: Int32) {
        var on: Int32 = 1
        _ = unsafe setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    private func option(_ option: Int32, of level: Int32) -> Int32? {
        var value: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return unsafe getsockopt(descriptor, level, option, &value, &size) == 0 ? value : nil
    }

    /// Takes the next connection from a listening socket.
    func accept() -> Accepted {
        while true {
            var storage = sockaddr_storage()
            var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let descriptor = unsafe withSockaddr(&storage) { address in
                unsafe accept4(self.descriptor, address, &size, Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
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
}

private func withSockaddr<Result>(
    _ storage: inout sockaddr_storage, _ body: (UnsafeMutablePointer<sockaddr>) -> Result
) -> Result {
    unsafe withUnsafeMutablePointer(to: &storage) {
        unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
    }
}

extension PeerAddress {
    /// `sockaddr_in` and `sockaddr_in6` keep the port and the address in network order (ip(7), ipv6(7)).
    fileprivate init(_ storage: sockaddr_storage) {
        self = unsafe withUnsafeBytes(of: storage) { bytes in
            let port = unsafe UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
            guard storage.ss_family == sa_family_t(AF_INET6) else {
                let address = unsafe bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
                return .v4(address: UInt32(bigEndian: address), port: port)
            }
            let high = unsafe bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            let low = unsafe bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
            return .v6(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low), port: port)
        }
    }
}
