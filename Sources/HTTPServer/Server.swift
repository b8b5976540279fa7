import Dispatch
import Glibc

/// What a server is made of.
struct ServerConfiguration: Sendable {
    let limits: Limits
    let makeHandler: @Sendable (_ loop: Int) -> Handler
    let renderProtocolError: @Sendable (ProtocolError) -> Response
    let onEvent: (@Sendable (ServerEvent) -> Void)?
    let tellsRequests: Bool
}

/// An HTTP/1.1 server (RFC 9110, RFC 9112).
///
/// A started server lives until `stop` has returned. It can be started and stopped once.
public actor Server {
    /// Renders a protocol error. Its body must be `.empty` or `.bytes`; the connection closes after it.
    public typealias ErrorRenderer = @Sendable (ProtocolError) -> Response
    /// Hears of events, on the event loops.
    public typealias EventListener = @Sendable (ServerEvent) -> Void

    private enum State {
        case ready
        case running([EventLoop], Socket, Origin)
        case stopped
    }

    /// Whose the listening socket is.
    private enum Origin {
        case own
        /// Other processes listen on the same port, or soon will.
        case ownOfSharedPort
        case inherited
    }

    private let configuration: ServerConfiguration
    private var state = State.ready

    /// A server whose loops each make their own handler, on their own queue.
    ///
    /// - Parameters:
    ///   - limits: Every bound on what clients may take.
    ///   - renderProtocolError: The answer to what a client did wrong on the wire.
    ///   - onEvent: Hears of everything that can be noticed.
    ///   - tellsRequests: Whether requests are among it: who does not log them need not pay for each.
    ///   - makeHandler: Called once on each event loop, with the loop's number. What the handler captures stays on that
    ///     loop and need not be `Sendable`.
    public init(
        limits: Limits = Limits(), renderProtocolError: @escaping ErrorRenderer = { Response($0.status) },
        onEvent: EventListener? = nil, tellsRequests: Bool = true,
        makeHandler: @escaping @Sendable (_ loop: Int) -> Handler
    ) {
        configuration = ServerConfiguration(
            limits: limits, makeHandler: makeHandler, renderProtocolError: renderProtocolError, onEvent: onEvent,
            tellsRequests: tellsRequests)
    }

    /// A server whose loops share one handler.
    public init(
        limits: Limits = Limits(), handler: @escaping @Sendable (Request) -> Answer,
        renderProtocolError: @escaping ErrorRenderer = { Response($0.status) }, onEvent: EventListener? = nil
    ) {
        self.init(limits: limits, renderProtocolError: renderProtocolError, onEvent: onEvent) { _ in handler }
    }

    /// Starts to listen and to serve.
    ///
    /// - Parameters:
    ///   - host: An address or name; `0.0.0.0` or `::` for all.
    ///   - port: A TCP port; 0 takes a free one.
    ///   - sharesPort: Other processes of this user may listen on the same port (`SO_REUSEPORT`): start the new one, stop
    ///     the old one, and no connection is refused in between.
    /// - Returns: The address bound.
    /// - Throws: `SocketError` when the name is unknown or the address cannot be bound.
    @discardableResult
    public func start(
        host: String = "127.0.0.1", port: UInt16 = 0, sharesPort: Bool = false
    ) async throws(SocketError) -> PeerAddress {
        let socket = try Socket.listen(
            host: host, port: port, backlog: configuration.limits.backlogConnectionsMax, sharesPort: sharesPort)
        try await run(on: socket, sharesPort ? .ownOfSharedPort : .own)
        return socket.localAddress
    }

    /// Starts to serve on a socket that another process has opened.
    ///
    /// - Throws: `SocketError` when the system has no descriptors left.
    public func start(on inherited: InheritedSocket) async throws(SocketError) {
        try await run(on: inherited.socket, .inherited)
    }

    private func run(on socket: Socket, _ origin: Origin) async throws(SocketError) {
        guard case .ready = state else { preconditionFailure("A server is started once.") }
        let loops: [EventLoop]
        do throws(SocketError) { loops = try makeLoops() } catch {
            socket.close()
            throw error
        }
        state = .running(loops, socket, origin)
        for loop in loops { await loop.start() }
        for loop in loops { await loop.listen(on: socket, loops: loops) }
    }

    private func makeLoops() throws(SocketError) -> [EventLoop] {
        let count = configuration.limits.eventLoops(cores: sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let addresses = AddressRegister(configuration.limits)
        var loops: [EventLoop] = []
        for index in 0..<count {
            do throws(SocketError) { loops.append(try EventLoop(index: index, configuration, addresses)) } catch {
                for loop in loops { loop.discard() }
                throw error
            }
        }
        return loops
    }

    /// Stops accepting, closes idle connections, lets requests in flight finish with `Connection: close`, then closes.
    ///
    /// What waits in the backlog is served first. Returns when every descriptor has been given back. A client that has
    /// connected within the last second and said nothing is not known yet: it hears of the end when it speaks.
    ///
    /// - Parameter graceSeconds: How long requests in flight may take; then they are cut off.
    public func stop(graceSeconds: Double) async {
        guard case .running(let loops, let socket, let origin) = state else { return }
        state = .stopped
        if origin == .ownOfSharedPort { await handOver(socket, loops) }
        // The backlog of a socket that was passed on is for whoever takes over.
        for loop in loops { await loop.stopListening(emptiesBacklog: origin != .inherited) }
        socket.close()
        await withTaskGroup(of: Void.self) { group in
            for loop in loops {
                group.addTask {
                    await loop.drain(graceSeconds: graceSeconds)
                    await loop.shutDown()
                }
            }
        }
    }

    /// Lets another process have the new connections, and serves those whose handshake is on the way.
    private func handOver(_ socket: Socket, _ loops: [EventLoop]) async {
        for loop in loops { await loop.announceStop() }
        socket.steerToSuccessor()
        // The kernel holds a connection back for a second if its client says nothing (see `Socket.prepareToAccept`).
        try? await Task.sleep(for: .milliseconds(1250))
    }
}
