import Glibc
import HTTPServer
import HTTPTypes
import Support
import Testing

/// Clients that mean harm, or break: they lose their own connection, and nobody else loses anything.
struct AbuseTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test
    func `an address has no more connections than it may, and gets others when it closes one`() async throws {
        var limits = Limits.patient
        limits.connectionsPerAddressMax = 2
        limits.exemptsLoopback = false
        try await withServer(limits) { server in
            let first = try server.client()
            var second: RawClient? = try server.client()
            #expect(try await first.exchange(Self.get).status == 200)
            #expect(try await second?.exchange(Self.get).status == 200)
            let third = try server.client()
            await third.send(Self.get)
            #expect(try await third.readToEnd().isEmpty)
            #expect(server.events.all.contains { if case .refused = $0 { true } else { false } })
            second = nil
            #expect(await server.events.closeReason() == .finished)
            #expect(try await server.exchange(Self.get).status == 200)
            #expect(try await first.exchange(Self.get).status == 200)
        }
    }

    @Test
    func `loopback, where proxies stand, has no limit of its own`() async throws {
        var limits = Limits.patient
        limits.connectionsPerAddressMax = 1
        try await withServer(limits) { server in
            let clients = try (0..<5).map { _ in try server.client() }
            for client in clients { #expect(try await client.exchange(Self.get).status == 200) }
        }
    }

    @Test(arguments: ["", "GET / HTTP/1.1\r\nHo"])
    func `who holds all connections and asks nothing gives way to who asks`(beginning: String) async throws {
        var limits = Limits.patient
        limits.connectionsMax = 8
        limits.eventLoopsMax = 1
        try await withServer(limits) { server in
            let holders = try (0..<8).map { _ in try server.client() }
            for holder in holders {
                // Who has never said a word is not accepted for a second, and holds nothing.
                if beginning.isEmpty { #expect(try await holder.exchange(Self.get).status == 200) }
                await holder.send(beginning)
            }
            #expect(try await server.exchange(Self.get).status == 200)
            let evicted = server.events.all.contains { if case .closed(_, .evicted, _) = $0 { true } else { false } }
            #expect(evicted)
        }
    }

    @Test
    func `a slow head takes nothing from others and ends in time`() async throws {
        var limits = Limits.patient
        limits.headSeconds = 0.3
        try await withServer(limits) { server in
            let slow = try (0..<50).map { _ in try server.client() }
            let other = try server.client()
            for byte in "GET / HTTP/1.1\r\nHost: a\r\nX: abcdefghijklm".utf8 {
                for client in slow { await client.send([byte]) }
                #expect(try await other.exchange(Self.get).status == 200)
            }
            for client in slow { #expect(try await client.readResponse().status == 408) }
        }
    }

    @Test
    func `a body slower than the least rate is answered 408 though it never stalls`() async throws {
        var limits = Limits.patient
        limits.bodyStallSeconds = 0.3
        limits.bodyBytesPerSecondMin = 10_000_000
        try await withServer(limits) { server in
            let (slow, other) = (try server.client(), try server.client())
            await slow.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n")
            let end = ContinuousClock.now + .seconds(1)
            while ContinuousClock.now < end {
                await slow.send([0x61])
                #expect(try await other.exchange(Self.get).status == 200)
            }
            #expect(try await slow.readResponse().status == 408)
        }
    }

    @Test
    func `a reader slower than the least rate is cut off though it never stalls`() async throws {
        var limits = Limits.patient
        limits.writeStallSeconds = 0.3
        limits.writeBytesPerSecondMin = 1 << 30
        let body = [UInt8](repeating: 0x61, count: 32 << 20)
        try await withServer(
            limits, handler: { .now(Response(.ok, body: $0.path.count == 1 ? .bytes(body) : .empty)) },
            { server in
                let slow = try RawClient(server.address, receiveBufferBytes: 64 * 1024)
                let other = try server.client()
                await slow.send(Self.get)
                var received = 0
                while case let piece = try await slow.readSome(atMost: 8 * 1024), !piece.isEmpty {
                    received += piece.count
                    #expect(try await other.exchange("GET /other HTTP/1.1\r\nHost: a\r\n\r\n").status == 200)
                }
                #expect(received < body.count)
                #expect(await server.events.closeReason() == .writeStall)
            })
    }

    @Test
    func `a reset in the middle of an answer ends its producer and nothing else`() async throws {
        let gone = Gate()
        let handler: @Sendable (Request) -> Answer = { request in
            guard request.path.count == 1 else { return .now(Response(.ok)) }
            let body = Response.Body.stream(length: nil) { writer in
                defer { gone.open() }
                while true { try await writer.write([UInt8](repeating: 0x61, count: 50_000)) }
            }
            return .now(Response(.ok, body: body))
        }
        try await withServer(handler: handler) { server in
            do {
                let client = try server.client()
                await client.send(Self.get)
                let beginning = try await client.readSome()
                #expect(!beginning.isEmpty)
                client.resetOnClose()
            }
            await gone.wait()
            #expect(await server.events.closeReason() == .reset)
            try await server.expect(200, for: "GET /other HTTP/1.1\r\nHost: a\r\n\r\n")
        }
    }

    @Test
    func `a flood of connections that ask nothing is survived`() async throws {
        try await withServer { server in
            let other = try server.client()
            for round in 0..<300 {
                let client = try server.client()
                if round % 2 == 0 { client.resetOnClose() }
                if round % 3 == 0 { await client.send("GE") }
                if round % 50 == 0 { #expect(try await other.exchange(Self.get).status == 200) }
            }
            #expect(try await other.exchange(Self.get).status == 200)
        }
    }

    /// In a process of its own, for the limit holds for all of it.
    @Test
    func `without descriptors accepting rests, and goes on when there are some again`() async {
        await #expect(processExitsWith: .success) {
            var limit = rlimit(rlim_cur: 100, rlim_max: 100)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            try await withServer { server in
                let served = try server.client()
                #expect(try await served.exchange(Self.get).status == 200)
                var taken: [Int32] = []
                while case let descriptor = open("/dev/null", O_RDONLY), descriptor >= 0 { taken.append(descriptor) }
                close(taken.removeLast())
                // Takes the last one: the server has none to accept it with.
                let waiting = try server.client()
                await waiting.send(Self.get)
                await server.events.backoff(.descriptorsExhausted)
                #expect(try await served.exchange(Self.get).status == 200)
                for descriptor in taken { close(descriptor) }
                #expect(try await waiting.readResponse().status == 200)
            }
        }
    }

    /// In a process of its own, for its memory is measured; a sanitizer keeps what was freed.
    @Test(.enabled(if: getenv("SANITIZER") == nil))
    func `a quarter of a gigabyte is streamed in constant memory`() async {
        await #expect(processExitsWith: .success) {
            let (count, piece) = (4096, [UInt8](repeating: 0x61, count: 64 * 1024))
            let body = Response.Body.stream(length: nil) { writer in
                for _ in 0..<count { try await writer.write(piece) }
            }
            try await withServer(handler: { _ in .now(Response(.ok, body: body)) }) { server in
                let client = try RawClient(server.address, receiveBufferBytes: 64 * 1024)
                await client.send("GET / HTTP/1.0\r\n\r\n")
                var received = 0
                var peaks: [Int] = []
                while case let bytes = try await client.readSome(), !bytes.isEmpty {
                    received += bytes.count
                    if received >> 24 > peaks.count { peaks.append(anonymousMemory()) }
                }
                #expect(received > count * piece.count)
                let (first, most) = (try #require(peaks.first), try #require(peaks.max()))
                #expect(most - first < 4 << 20)
            }
        }
    }
}

/// Anonymous memory of this process, in bytes (proc(5), RssAnon).
private func anonymousMemory() -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 256)
    while fgets(&buffer, 256, file) != nil {
        let line = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if line.hasPrefix("RssAnon:") { return (Int(line.filter(\.isNumber)) ?? 0) * 1024 }
    }
    return 0
}
