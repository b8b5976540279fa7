import Glibc

/// A stream socket: the POSIX calls and nothing else. `unsafe` stands in this folder alone.
///
/// Nothing here blocks: sockets are made non-blocking, and what cannot be done at once says so.
/// Whoever holds a socket closes it exactly once.
struct Socket: Sendable, Hashable {
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

    /// Has ``close()`` drop what the kernel has not sent yet and reset the connection: a client that takes nothing would
    /// else keep megabytes of it for hours, counted by no limit (socket(7), SO_LINGER).
    func dropUnsent() {
        var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
        _ = unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
    }

    func close() {
        // close(2): after EINTR the descriptor is gone on Linux; a second call could hit another's.
        _ = Glibc.close(descriptor)
    }
}

private let noSignal = Int32(MSG_NOSIGNAL)
