import Foundation
import Synchronization

/// The built `disclosure` command, run as a process of its own.
public struct CommandRun: Sendable {
    /// How it ended.
    public enum End: Sendable, Equatable {
        case exit(Int32)
        case signal(Int32)
    }

    /// How it ended.
    public let end: End
    /// What it wrote to standard output.
    public let output: [UInt8]
    /// What it wrote to standard error.
    public let errors: String

    /// Standard output as text.
    public var text: String { String(decoding: output, as: UTF8.self) }

    /// Runs the command to its end.
    ///
    /// - Parameters:
    ///   - environment: the whole environment of the process; nothing is inherited.
    ///   - folder: its working directory; the root of the work tree where none is given.
    public static func of(
        _ arguments: [String], program: URL = CommandProcess.executable, input: [UInt8] = [],
        environment: [String: String] = [:], in folder: URL? = nil
    ) async throws -> CommandRun {
        let process = try CommandProcess(arguments, program: program, environment: environment, in: folder)
        async let output = process.output.readToEnd()
        async let errors = process.errors.readToEnd()
        await process.write(input)
        return CommandRun(
            end: await process.end(), output: await output, errors: String(decoding: await errors, as: UTF8.self))
    }
}

/// A running process of the command.
public final class CommandProcess: Sendable {
    /// Its standard output.
    public let output: PipeReader
    /// Its standard error.
    public let errors: PipeReader
    /// Its number.
    public let identifier: Int32

    private let input: FileHandle
    private let ended: Task<CommandRun.End, Never>
    /// Whether its number may be another process's by now.
    private let isGone = Flag()

    /// Starts the command, or another program.
    public init(
        _ arguments: [String], program: URL = CommandProcess.executable, environment: [String: String] = [:],
        in folder: URL? = nil
    ) throws {
        let process = try SpawnedProcess(
            program.path, arguments, environment: environment, folder: (folder ?? SampleReport.root).path)
        let (stream, continuation) = AsyncStream<CommandRun.End>.makeStream()
        process.end { [isGone] end in
            isGone.set()
            continuation.yield(end)
            continuation.finish()
        }
        identifier = process.identifier
        output = PipeReader(process.output)
        errors = PipeReader(process.errors)
        input = process.input
        ended = Task {
            for await end in stream { return end }
            return .exit(-1)
        }
    }

    deinit {
        // A test that failed half way leaves nothing behind.
        signal(SIGKILL)
    }

    /// Sends a signal.
    public func signal(_ number: Int32) {
        if !isGone.isSet { kill(identifier, number) }
    }

    /// Writes to its standard input and ends that.
    func write(_ bytes: [UInt8]) async {
        let input = input
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "input").async {
                try? input.write(contentsOf: Data(bytes))
                try? input.close()
                continuation.resume()
            }
        }
    }

    /// Waits for its end.
    public func end() async -> CommandRun.End {
        await ended.value
    }

    /// The built command: it stands beside the program that runs the tests.
    public static let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "disclosure")
}

/// Set once, on whichever thread.
private final class Flag: Sendable {
    private let value = Atomic(false)
    var isSet: Bool { value.load(ordering: .acquiring) }
    func set() { value.store(true, ordering: .releasing) }
}

/// Reads a pipe on a queue of its own: its blocking calls never hold the cooperative pool.
public final class PipeReader: Sendable {
    private let handle: FileHandle
    private let queue = DispatchQueue(label: "PipeReader")

    init(_ handle: FileHandle) {
        self.handle = handle
    }

    /// Reads to the end.
    public func readToEnd() async -> [UInt8] {
        await onQueue { handle in (try? handle.readToEnd()).map { [UInt8]($0) } ?? [] }
    }

    /// Reads the next line without its end; nil at the end.
    public func readLine() async -> String? {
        await onQueue { handle in
            var line: [UInt8] = []
            while let byte = (try? handle.read(upToCount: 1))?.first {
                if byte == 0x0a { return String(decoding: line, as: UTF8.self) }
                line.append(byte)
            }
            return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
        }
    }

    private func onQueue<Result: Sendable>(_ body: @escaping @Sendable (FileHandle) -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: body(self.handle)) }
        }
    }
}
