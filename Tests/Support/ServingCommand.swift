import Foundation
import HTTPServer

/// `disclosure serve` as a process, on a free port.
public final class ServingCommand: Sendable {
    /// It ended, or said something else, before it listened.
    public struct NotListening: Error {
        /// Its first line on standard output.
        public let line: String?
        /// How it ended.
        public let end: CommandRun.End
        /// What it wrote to standard error.
        public let errors: String
    }

    /// The process.
    public let process: CommandProcess
    /// Where it listens.
    public let address: PeerAddress
    private let errors: Task<[UInt8], Never>

    /// Starts it and waits for its `listening on` line.
    ///
    /// - Parameter asNobody: whether it runs as the user who may do nothing; only root can ask for that.
    public init(
        _ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil, asNobody: Bool = false
    ) async throws {
        // Time for clients that wait for their turn beside tests that compute.
        let patience = ["HEAD", "BODY", "IDLE", "WRITE", "HANDLER"].map { ("HTTP_LIMITS_\($0)_SECONDS", "300") }
        let other = ["--reuid=65534", "--regid=65534", "--clear-groups", CommandProcess.executable.path]
        let process = try CommandProcess(
            (asNobody ? other : []) + ["serve", "--port", "0"] + arguments,
            program: asNobody ? URL(filePath: "/usr/bin/setpriv") : CommandProcess.executable,
            environment: environment.merging(patience) { given, _ in given }, in: folder)
        let errors = Task { await process.errors.readToEnd() }
        let line = await process.output.readLine()
        guard let line, let port = line.split(separator: ":").last.flatMap({ UInt16($0) }),
            line == "listening on http://127.0.0.1:\(port)"
        else {
            process.signal(SIGKILL)
            throw NotListening(
                line: line, end: await process.end(), errors: String(decoding: await errors.value, as: UTF8.self))
        }
        self.process = process
        self.errors = errors
        address = .v4(address: 0x7f00_0001, port: port)
    }

    /// A new connection.
    public func client() throws -> RawClient {
        try RawClient(address)
    }

    /// Sends a signal and waits for the end.
    @discardableResult
    public func stop(_ signal: Int32 = SIGTERM) async -> CommandRun.End {
        process.signal(signal)
        return await process.end()
    }

    /// What it wrote to standard error until its end.
    public func errorText() async -> String {
        String(decoding: await errors.value, as: UTF8.self)
    }
}
