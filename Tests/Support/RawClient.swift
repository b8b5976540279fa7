import Dispatch
import Glibc
public import HTTPServer
import Synchronization

/// Bytes over a TCP socket, for tests that say exactly what goes over the wire.
///
/// Its blocking calls run on a queue of its own, never on the cooperative pool, where the server's handlers run.
public final class RawClient: Sendable {
    /// What went wrong on the client's side.
    public enum Failure: Error {
        case cannotConnect(Int32)
        case cannotSend(Int32)
        case cannotReceive(Int32)
        case timedOut
        case ended(after: [UInt8])
        case malformedResponse([UInt8])
    }

    private let descriptor: Int32
    private let queue = DispatchQueue(label: "RawClient")
    private let unread = Mutex<[UInt8]>([])

    /// Connects; every read then waits at most so many seconds: many, since beside tests that compute for long a handler
    /// may wait for its thread.
    public init(_ address: PeerAddress, timeoutSeconds: Int = Patience.seconds, receiveBufferBytes: Int32? = nil) throws
    {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var limit = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4)
        if var bytes = receiveBufferBytes { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, 4) }
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = address.port.bigEndian
        target.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &target) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        // `deinit` closes the descriptor also then: a second close would hit another's.
        guard result == 0 else { throw Failure.cannotConnect(errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Sends all the bytes; false when the server is gone.
    @discardableResult
    public func send(_ bytes: [UInt8]) async -> Bool {
        await onQueue { self.sendNow(bytes) }
    }

    /// Sends text as UTF-8.
    @discardableResult
    public func send(_ text: String) async -> Bool {
        await send(Array(text.utf8))
    }

    /// Ends the sending side; reading goes on.
    public func finishSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Makes the end of the connection a reset.
    public func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// Reads whatever comes next; empty at the end of the connection.
    public func readSome(atMost limit: Int = 64 * 1024) async throws -> [UInt8] {
        let kept = unread.withLock { kept in
            let taken = Array(kept.prefix(limit))
            kept.removeFirst(taken.count)
            return taken
        }
        guard kept.isEmpty else { return kept }
        let (bytes, code) = await onQueue { self.receiveNow(atMost: limit) }
        guard code != EAGAIN else { throw Failure.timedOut }
        return bytes
    }

    /// Reads to the end of the connection; a reset counts as its end.
    public func readToEnd() async throws -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let piece = try await readSome()
            if piece.isEmpty { return all }
            all += piece
        }
    }

    /// Reads one response.
    public func readResponse(toHead: Bool = false) async throws -> RawResponse {
        var bytes: [UInt8] = []
        while true {
            if let (response, used) = try RawResponse.parse(bytes, toHead: toHead, isWhole: false) {
                let rest = Array(bytes[used...])
                unread.withLock { $0.insert(contentsOf: rest, at: 0) }
                return response
            }
            let piece = try await readSome()
            guard !piece.isEmpty else {
                if let (response, _) = try RawResponse.parse(bytes, toHead: toHead, isWhole: true) { return response }
                throw Failure.ended(after: bytes)
            }
            bytes += piece
        }
    }

    /// Sends a request and reads its response.
    public func exchange(_ request: String, toHead: Bool = false) async throws -> RawResponse {
        await send(request)
        return try await readResponse(toHead: toHead)
    }

    /// Open sockets of this process, the client's own among them, whose local port is this one.
    public static func openSockets(boundTo port: UInt16) -> Int {
        (0..<4096).count { descriptor in
            var address = sockaddr_in()
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let result = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(Int32(descriptor), $0, &size) }
            }
            return result == 0 && address.sin_family == sa_family_t(AF_INET) && address.sin_port.bigEndian == port
        }
    }

    /// Sends a request, reads to the end of the connection, and gives the one response in it. Blocks: for threads of the
    /// test's own, which go on from one step to the next whatever else is computed.
    public func exchangeNow(_ request: String) throws -> RawResponse {
        guard sendNow(Array(request.utf8)) else { throw Failure.cannotSend(errno) }
        var all: [UInt8] = []
        while true {
            let (piece, code) = receiveNow(atMost: 64 * 1024)
            guard code != EAGAIN else { throw Failure.timedOut }
            guard code == 0 || !all.isEmpty else { throw Failure.cannotReceive(code) }
            guard !piece.isEmpty else { break }
            all += piece
        }
        guard let (response, _) = try RawResponse.parse(all, toHead: false, isWhole: true) else {
            throw Failure.ended(after: all)
        }
        return response
    }

    private func sendNow(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress?.advanced(by: sent), $0.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private func receiveNow(atMost limit: Int) -> ([UInt8], code: Int32) {
        var buffer = [UInt8](repeating: 0, count: limit)
        let count = recv(descriptor, &buffer, limit, 0)
        return count < 0 ? ([], errno) : (Array(buffer[..<count]), 0)
    }

    private func onQueue<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: body()) }
        }
    }
}
