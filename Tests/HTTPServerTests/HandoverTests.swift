import Dispatch
import Glibc
import Support
import Synchronization
import Testing

@testable import HTTPServer

/// A new process takes over while clients go on connecting: none is refused, none is left without an answer.
struct HandoverTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

    private func server(_ name: String) -> Server {
        Server(limits: .patient, handler: { _ in .now(Response(.ok, body: .bytes(Array(name.utf8)))) })
    }

    @Test
    func `servers that share a port hand over from one to the next`() async throws {
        let first = server("0")
        let address = try await first.start(sharesPort: true)
        let clients = Clients(address)
        async let done: Void = clients.run()
        var running = first
        for generation in 1...3 {
            let next = server("\(generation)")
            #expect(try await next.start(port: address.port, sharesPort: true) == address)
            await running.stop(graceSeconds: 5)
            await clients.answer(by: "\(generation)")
            running = next
        }
        clients.stop()
        await done
        #expect(clients.failures == [])
        await running.stop(graceSeconds: 5)
    }

    @Test
    func `a socket that was passed on is handed from server to server`() async throws {
        let original = try Socket.listen(host: "127.0.0.1", port: 0, backlog: 128, sharesPort: false)
        defer { original.close() }
        var running: Server?
        let clients = Clients(original.localAddress)
        async let done: Void = clients.run()
        for generation in 1...3 {
            let environment = ["LISTEN_FDS": "1", "LISTEN_PID": "\(getpid())"]
            let passed = try InheritedSocket.passed(environment: environment, first: dup(original.descriptor))
            let inherited = try #require(passed)
            #expect(inherited.address == original.localAddress)
            let next = server("\(generation)")
            try await next.start(on: inherited)
            await running?.stop(graceSeconds: 5)
            await clients.answer(by: "\(generation)")
            running = next
        }
        clients.stop()
        await done
        #expect(clients.failures == [])
        await running?.stop(graceSeconds: 5)
    }

    @Test
    func `a restart on one port serves what waits in the backlog before it ends`() async throws {
        var limits = Limits.patient
        limits.eventLoopsMax = 1
        let entered = Gate()
        let release = Mutex(false)
        let server = Server(limits: limits) { request in
            // Holds the only loop, so that connections stay in the backlog.
            if request.path.elementsEqual("/hold".utf8) {
                entered.open()
                while !release.withLock({ $0 }) { sched_yield() }
            }
            return .now(Response(.ok))
        }
        let address = try await server.start()
        let holder = try RawClient(address)
        await holder.send("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n")
        await entered.wait()
        let waiting = try (0..<20).map { _ in try RawClient(address) }
        for client in waiting { await client.send(Self.get) }
        async let stopped: Void = server.stop(graceSeconds: 5)
        release.withLock { $0 = true }
        for client in waiting { #expect(try await client.readResponse().status == 200) }
        #expect(try await holder.readResponse().status == 200)
        await stopped
    }

    @Test
    func `nothing is passed without the environment, or for another process`() throws {
        let environments = [
            [:], ["LISTEN_FDS": "0", "LISTEN_PID": "\(getpid())"], ["LISTEN_FDS": "1", "LISTEN_PID": "1"],
            ["LISTEN_FDS": "x", "LISTEN_PID": "\(getpid())"],
        ]
        for environment in environments {
            let passed = try InheritedSocket.passed(environment: environment)
            #expect(passed == nil)
        }
    }

    @Test
    func `what is passed must be one listening TCP socket`() throws {
        let environment = ["LISTEN_FDS": "1", "LISTEN_PID": "\(getpid())"]
        let file = open("/dev/null", O_RDONLY)
        defer { close(file) }
        #expect(throws: SocketError.self) { try InheritedSocket.passed(environment: environment, first: file) }
        // One that listens, but in this machine alone.
        let local = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(local) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let isBound = withUnsafePointer(to: &address) { pointer in
            // The family alone: the kernel finds a name (unix(7), autobind).
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(local, $0, socklen_t(MemoryLayout<sa_family_t>.size)) == 0
            }
        }
        #expect(isBound && listen(local, 1) == 0)
        #expect(throws: SocketError.self) { try InheritedSocket.passed(environment: environment, first: local) }
    }
}

/// Clients that connect, ask and read the answer, again and again, each on a thread of its own: one that had to wait
/// between its steps until a long computation is over would be given up by the server that ends.
private final class Clients: Sendable {
    private let address: PeerAddress
    private let state = Mutex((answers: [String: Int](), failures: [String](), isStopped: false))

    init(_ address: PeerAddress) {
        self.address = address
    }

    var failures: [String] { state.withLock { $0.failures } }

    func stop() { state.withLock { $0.isStopped = true } }

    func run() async {
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<4 {
                group.addTask {
                    await withCheckedContinuation { done in
                        DispatchQueue(label: "client \(number)").async {
                            self.connectAgainAndAgain()
                            done.resume()
                        }
                    }
                }
            }
        }
    }

    private func connectAgainAndAgain() {
        while !state.withLock({ $0.isStopped || !$0.failures.isEmpty }) {
            do {
                let request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                let name = try RawClient(address).exchangeNow(request).text
                state.withLock { $0.answers[name, default: 0] += 1 }
            } catch {
                state.withLock { $0.failures.append("\(error)") }
            }
        }
    }

    /// Returns once that server has answered a hundred times.
    func answer(by name: String) async {
        while state.withLock({ $0.answers[name, default: 0] < 100 && $0.failures.isEmpty }) { await Task.yield() }
    }
}
