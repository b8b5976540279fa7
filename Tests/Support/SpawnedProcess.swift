import Dispatch
import Foundation
import Glibc
import Synchronization

/// A child process on `posix_spawn`. Foundation's `Process` walks through all open descriptors when it starts one, and
/// crashes now and then while other tests open and close hundreds of them.
struct SpawnedProcess: Sendable {
    /// It could not be started.
    struct Failure: Error {
        /// The `errno`.
        let code: Int32
    }

    /// Its number.
    let identifier: Int32
    /// The other ends of its standard streams.
    let input: FileHandle, output: FileHandle, errors: FileHandle

    /// Starts a program. Nothing but the three standard streams is inherited.
    init(_ program: String, _ arguments: [String], environment: [String: String], folder: String) throws {
        self = try Self.spawning.withLock { _ in
            // `env -C` changes the folder: Swift's Glibc module hides posix_spawn's own way.
            try Self("/usr/bin/env", ["-C", folder, program] + arguments, environment)
        }
    }

    /// A pipe is closed to other children only a moment after it is made, so one child is started at a time.
    private static let spawning = Mutex(())

    private init(_ program: String, _ arguments: [String], _ environment: [String: String]) throws {
        let pipes = try (0..<3).map { _ in try Self.pipe() }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pipes[0].read, 0)
        posix_spawn_file_actions_adddup2(&actions, pipes[1].write, 1)
        posix_spawn_file_actions_adddup2(&actions, pipes[2].write, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The child starts with the signals that a shell would give it.
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var argv = ([program] + arguments).map { strdup($0) } + [nil]
        var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        var identifier: pid_t = 0
        let code = posix_spawn(&identifier, program, &actions, &attributes, &argv, &envp)
        for descriptor in [pipes[0].read, pipes[1].write, pipes[2].write] { close(descriptor) }
        guard code == 0 else {
            for descriptor in [pipes[0].write, pipes[1].read, pipes[2].read] { close(descriptor) }
            throw Failure(code: code)
        }
        self.identifier = identifier
        input = FileHandle(fileDescriptor: pipes[0].write, closeOnDealloc: true)
        output = FileHandle(fileDescriptor: pipes[1].read, closeOnDealloc: true)
        errors = FileHandle(fileDescriptor: pipes[2].read, closeOnDealloc: true)
    }

    /// A pipe whose ends no other child inherits.
    private static func pipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { throw Failure(code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// Waits for its end on a thread of its own.
    func end(_ body: @escaping @Sendable (CommandRun.End) -> Void) {
        let identifier = identifier
        Thread.detachNewThread {
            var status: Int32 = 0
            while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
            let signal = status & 0x7f
            body(signal == 0 ? .exit((status >> 8) & 0xff) : .signal(signal))
        }
    }
}
