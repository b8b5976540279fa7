internal import Glibc

/// A program that turns a document on its standard input into text on its standard output, kept within limits.
///
/// It runs in a process group of its own, below `prlimit` for processor time, memory and core files, with no descriptor
/// but its three. The document goes in through a socket: nothing of it is ever in a file, a socket can be written to
/// without the signal that a broken pipe raises, and poppler reads its input whole anyhow.
struct PDFTool: Sendable {
    /// The program: a name to be looked for in the usual folders, or a path.
    var program = "pdftotext"
    /// What it is called with.
    var arguments = ["-bbox-layout", "-enc", "UTF-8", "-", "-"]
    /// The Debian package that it is in.
    var package = "poppler-utils"

    /// Whether the maps of characters are there that fonts outside of a document need.
    var hasMaps: Bool { unsafe access("/usr/share/poppler/cMap", F_OK) == 0 }

    /// Runs the program over a document.
    ///
    /// - Throws: `toolMissing`, `toolFailed`, `timedOut`, `limitExceeded`; `damaged` when the program refuses the bytes.
    func run(_ bytes: [UInt8], limits: DocumentLimits) throws(DocumentError) -> [UInt8] {
        let path = try find(program, package: package)
        let command = [
            try find("prlimit", package: "util-linux"), "--cpu=\(limits.toolSeconds)",
            "--as=\(limits.toolMemoryBytesMax)", "--core=0", path,
        ]
        var child = try ChildProcess.start(command + arguments, program: program)
        let deadline = ContinuousClock.now + .seconds(limits.toolSeconds)
        defer { child.kill() }
        let result = child.exchange(bytes, outputBytesMax: limits.toolOutputBytesMax, until: deadline)
        switch result {
        case .timedOut: throw .timedOut(program, seconds: limits.toolSeconds)
        case .tooMuch: throw .limitExceeded(.toolOutputBytes, maximum: limits.toolOutputBytesMax)
        case .finished(let output):
            try check(child.wait(until: deadline), limits)
            return output
        }
    }

    private func check(_ status: ChildProcess.Status, _ limits: DocumentLimits) throws(DocumentError) {
        switch status {
        case .exited(0): return
        case .exited(126), .exited(127): throw .toolFailed(program, reason: "it cannot be started")
        case .exited: throw .damaged("PDF")
        case .running, .signalled(SIGXCPU), .signalled(SIGKILL): throw .timedOut(program, seconds: limits.toolSeconds)
        case .signalled(let signal): throw .toolFailed(program, reason: "signal \(signal)")
        }
    }

    private func find(_ name: String, package: String) throws(DocumentError) -> String {
        let candidates = name.contains("/") ? [name] : ["/usr/bin/", "/usr/local/bin/", "/bin/"].map { $0 + name }
        guard let path = candidates.first(where: { unsafe access($0, X_OK) == 0 }) else {
            throw .toolMissing(name, package: package)
        }
        return path
    }
}
