import Glibc

/// A listening socket that is older than this process, passed on as systemd does it (sd_listen_fds(3)).
///
/// Whoever passes it keeps it open, so a new process takes over without a connection being refused.
public struct InheritedSocket: Sendable, Hashable {
    let socket: Socket

    /// The first socket that was passed to this process; `nil` when none was.
    ///
    /// - Parameter environment: That of the process: `LISTEN_FDS` and `LISTEN_PID`.
    /// - Throws: `SocketError` when what was passed is not one listening TCP socket.
    public static func passed(environment: [String: String]) throws(SocketError) -> InheritedSocket? {
        try passed(environment: environment, first: 3)
    }

    /// - Parameter first: The number of the first descriptor that is passed: behind the standard streams.
    static func passed(environment: [String: String], first: Int32) throws(SocketError) -> InheritedSocket? {
        guard let count = environment["LISTEN_FDS"].flatMap({ Int($0) }), count > 0 else { return nil }
        // Set for another process, and inherited by us.
        guard environment["LISTEN_PID"] == "\(getpid())" else { return nil }
        let socket = Socket(descriptor: first)
        guard count == 1, socket.isListening else {
            throw SocketError(operation: "LISTEN_FDS: one listening TCP socket is needed", code: EINVAL)
        }
        socket.prepareToAccept()
        return InheritedSocket(socket: socket)
    }

    /// The address it is bound to.
    public var address: PeerAddress { socket.localAddress }
}
