import ArgumentParser
import Foundation

/// What listeners to the feed of changes cost a running server: memory each, and the time until all were told of an
/// upload. `swift run -c release benchmarks listeners --port 8080 --pid 1234`.
struct ListenersBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "listeners")

    @Option(help: "The server's port on 127.0.0.1.")
    var port: UInt16

    @Option(help: "The server's process.")
    var pid: Int

    @Option(help: "How many listen.")
    var count = 10_000

    @Option(help: "A document that the server does not have yet.")
    var document = "Config/samples/qinghe-education-2024.txt"

    func run() throws {
        raiseDescriptorLimit()
        let before = anonymousKiB()
        let listeners = try (0..<count).map { _ in try listen() }
        defer { for listener in listeners { close(listener) } }
        try wait(for: "retry:", on: listeners)
        let open = anonymousKiB()
        let start = ContinuousClock.now
        try upload()
        let stored = ContinuousClock.now
        try wait(for: "event: stored", on: listeners)
        let told = ContinuousClock.now
        let each = Double(open - before) / Double(count)
        print("\(count) listeners: \(String(format: "%.1f", each)) KiB each (RssAnon \(before) to \(open) KiB)")
        print("an upload: stored after \(stored - start), all listeners told after \(told - start)")
    }

    private func connect() throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard descriptor >= 0, result == 0 else { throw Failure("no connection: \(String(cString: strerror(errno)))") }
        return descriptor
    }

    private func listen() throws -> Int32 {
        let descriptor = try connect()
        try send("GET /changes HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n", descriptor)
        return descriptor
    }

    private func upload() throws {
        let body = try Data(contentsOf: URL(filePath: document))
        let descriptor = try connect()
        defer { close(descriptor) }
        try send(
            "POST /reports HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: \(body.count)\r\n\r\n",
            descriptor)
        try body.withUnsafeBytes { bytes in
            guard write(descriptor, bytes.baseAddress, bytes.count) == bytes.count else { throw Failure("not sent") }
        }
        let answer = try readUntil("\r\n", on: descriptor)
        // A document that the server has already is answered 200 at once, and nobody is told.
        guard answer.hasPrefix("HTTP/1.1 201 ") else {
            throw Failure("the document was not new to the server: \(answer.prefix { $0 != "\r\n" })")
        }
    }

    private func send(_ text: String, _ descriptor: Int32) throws {
        let bytes = Array(text.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else { throw Failure("not sent") }
    }

    /// Reads each connection until it has brought a word.
    private func wait(for word: String, on descriptors: [Int32]) throws {
        for descriptor in descriptors { _ = try readUntil(word, on: descriptor) }
    }

    private func readUntil(_ word: String, on descriptor: Int32) throws -> String {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        var text = ""
        while !text.contains(word) {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { throw Failure("the server closed a connection before it sent “\(word)”") }
            text += String(decoding: buffer.prefix(count), as: UTF8.self)
        }
        return text
    }

    private func anonymousKiB() -> Int {
        let status = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon") }
        return line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0
    }

    private func raiseDescriptorLimit() {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) { self.description = description }
    }
}
