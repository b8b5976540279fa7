internal import CArchive
internal import Glibc

/// A process with a socket as its input and a pipe as its output.
struct ChildProcess: ~Copyable {
    /// How a process ended.
    enum Status: Equatable {
        case running
        case exited(Int32)
        case signalled(Int32)
    }

    /// What came of an exchange.
    enum Exchange {
        case finished([UInt8])
        case timedOut
        case tooMuch
    }

    private let process: pid_t
    private var input: Int32
    private var output: Int32
    private var isReaped = false

    /// Starts a program in a process group of its own.
    ///
    /// - Throws: `toolFailed`.
    static func start(_ command: [String], program: String) throws(DocumentError) -> ChildProcess {
        guard let ends = ChildDescriptors() else { throw .toolFailed(program, reason: "no descriptors are left") }
        let process = Spawn.start(command, input: ends.childInput, output: ends.childOutput)
        close(ends.childInput)
        close(ends.childOutput)
        guard let process else {
            close(ends.input)
            close(ends.output)
            throw .toolFailed(program, reason: "it cannot be started")
        }
        return ChildProcess(process: process, input: ends.input, output: ends.output)
    }

    private init(process: pid_t, input: Int32, output: Int32) {
        self.process = process
        self.input = input
        self.output = output
    }

    deinit {
        if input >= 0 { close(input) }
        close(output)
    }

    /// Writes all of the input and reads all of the output, both as far as the process keeps up.
    mutating func exchange(_ bytes: [UInt8], outputBytesMax: Int, until deadline: ContinuousClock.Instant) -> Exchange {
        var written = 0
        var read: [UInt8] = []
        while let milliseconds = ChildProcess.milliseconds(until: deadline) {
            var polled = [pollfd(fd: output, events: Int16(POLLIN), revents: 0)]
            if input >= 0 { polled.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
            guard unsafe poll(&polled, nfds_t(polled.count), milliseconds) > 0 else { continue }
            if polled.count > 1, polled[1].revents != 0 { writeChunk(bytes, &written) }
            guard polled[0].revents != 0 else { continue }
            guard let chunk = readChunk() else { continue }
            if chunk.isEmpty { return .finished(read) }
            guard read.count + chunk.count <= outputBytesMax else { return .tooMuch }
            read += chunk
        }
        return .timedOut
    }

    /// Waits for the end of the process.
    mutating func wait(until deadline: ContinuousClock.Instant) -> Status {
        while true {
            var status: Int32 = 0
            let ended = unsafe waitpid(process, &status, WNOHANG)
            if ended == process {
                isReaped = true
                return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signalled(status & 0x7F)
            }
            guard ended == 0 || errno == EINTR, ChildProcess.milliseconds(until: deadline) != nil else {
                return .running
            }
            // The output has ended, so the process is about to: there is nothing to poll for.
            usleep(500)
        }
    }

    /// Kills the process and all that it has started, unless it was waited for, and lets go of it.
    mutating func kill() {
        guard !isReaped else { return }
        _ = Glibc.kill(-process, SIGKILL)
        _ = Glibc.kill(process, SIGKILL)
        var status: Int32 = 0
        while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
        isReaped = true
    }

    /// The time that is left, at most a second; nil when it is over.
    private static func milliseconds(until deadline: ContinuousClock.Instant) -> Int32? {
        let left = deadline - ContinuousClock.now
        guard left > .zero else { return nil }
        return left > .seconds(1) ? 1000 : Int32(left / .milliseconds(1)) + 1
    }

    private mutating func writeChunk(_ bytes: [UInt8], _ written: inout Int) {
        let count = unsafe bytes.withUnsafeBytes { buffer in
            let start = unsafe buffer.baseAddress.map { unsafe $0 + written }
            return unsafe send(input, start, bytes.count - written, Int32(MSG_NOSIGNAL))
        }
        if count > 0 { written += count }
        // A process that reads no more may still write: only what it says and how it ends counts.
        let isBroken = count < 0 && errno != EAGAIN && errno != EINTR
        guard written == bytes.count || isBroken else { return }
        close(input)
        input = -1
    }

    /// What can be read now, nothing at the end; nil when reading was interrupted.
    private func readChunk() -> [UInt8]? {
        var count = 0
        let chunk = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, initialized in
            count = unsafe read(output, buffer.baseAddress, buffer.count)
            initialized = max(count, 0)
        }
        return count < 0 && (errno == EINTR || errno == EAGAIN) ? nil : chunk
    }
}

/// The two ends of a process's input and output, none of which other processes inherit.
private struct ChildDescriptors {
    let childInput: Int32
    let input: Int32
    let output: Int32
    let childOutput: Int32

    init?() {
        var sockets: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, type, 0, &sockets) == 0 else { return nil }
        var pipes: [Int32] = [-1, -1]
        guard unsafe pipe(&pipes) == 0 else {
            close(sockets[0])
            close(sockets[1])
            return nil
        }
        for descriptor in pipes { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(sockets[0], F_SETFL, O_NONBLOCK)
        (input, childInput) = (sockets[0], sockets[1])
        (output, childOutput) = (pipes[0], pipes[1])
    }
}

/// `posix_spawn`: the one place where its structures are touched.
private enum Spawn {
    /// Starts a program with two descriptors as its input and output and no other; nil when that fails.
    static func start(_ command: [String], input: Int32, output: Int32) -> pid_t? {
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        guard unsafe posix_spawn_file_actions_init(&actions) == 0 else { return nil }
        defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
        guard unsafe posix_spawnattr_init(&attributes) == 0 else { return nil }
        defer { unsafe _ = posix_spawnattr_destroy(&attributes) }
        unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
        unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        unsafe posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        setAttributes(&attributes)
        return unsafe withStrings(command) { arguments in
            unsafe withStrings(["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]) { environment in
                var process: pid_t = 0
                let path = unsafe arguments[0]
                guard let path = unsafe path else { return nil }
                let status = unsafe posix_spawn(&process, path, &actions, &attributes, arguments, environment)
                return status == 0 ? process : nil
            }
        }
    }

    /// A group of its own, no blocked signals, none ignored.
    private static func setAttributes(_ attributes: inout posix_spawnattr_t) {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    }

    /// Calls with a null-terminated list of C strings.
    private static func withStrings<Result>(
        _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result?
    ) -> Result? {
        var pointers = unsafe strings.map { unsafe strdup($0) }
        defer { unsafe pointers.forEach { unsafe free($0) } }
        unsafe pointers.append(nil)
        return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return nil }
            return unsafe body(base)
        }
    }
}
