internal import Codecs
internal import Documents
internal import Foundation
internal import Synchronization

/// A body on the disk: written piece by piece as it arrives, then read any number of times, by any number of readers.
///
/// It takes the same memory whatever its size. Calls block as long as the disk does.
public final class Spool: Sendable {
    let file: ByteFile
    /// Where temporary files may be made beside it.
    let folder: String
    private let path: String?
    private let bytesMax: Int
    private let state: Mutex<State>

    private struct State {
        var byteCount: Int
        var inflater: Decompressor?
        var isFinished: Bool
    }

    private init(_ file: ByteFile, folder: String, path: String?, bytesMax: Int, _ state: sending State) {
        self.file = file
        self.folder = folder
        self.path = path
        self.bytesMax = bytesMax
        self.state = Mutex(state)
    }

    private static func empty(isGzipped: Bool, _ bytesMax: Int) throws(IngestError) -> sending State {
        guard isGzipped else { return State(byteCount: 0, inflater: nil, isFinished: false) }
        let limits = CompressionLimits(outputBytesMax: bytesMax, ratioMax: BulkLimits().ratioMax)
        do {
            let inflater = try Decompressor(format: .gzip, limits: limits)
            return State(byteCount: 0, inflater: inflater, isFinished: false)
        } catch {
            throw .outOfMemory
        }
    }

    /// Makes a spool that has no name in its folder and is gone when it is let go of, however the process ends.
    ///
    /// - Parameters:
    ///   - bytesMax: Bytes that it takes, after inflating.
    ///   - isGzipped: Whether what is appended is to be inflated: `Content-Encoding: gzip`.
    public static func temporary(
        in folder: String, bytesMax: Int, isGzipped: Bool = false
    ) throws(IngestError) -> Spool {
        let file = try IngestError.ofFile { () throws(FileError) in try ByteFile.temporary(in: folder) }
        return Spool(
            file, folder: folder, path: nil, bytesMax: bytesMax, try empty(isGzipped: isGzipped, bytesMax))
    }

    /// Makes a spool that stays: it has its path from ``finish()`` on, whole and on the disk; until then it has the
    /// path with `.part` behind it, which a crash leaves there for whoever starts next to remove.
    public static func kept(at path: String, bytesMax: Int, isGzipped: Bool = false) throws(IngestError) -> Spool {
        let file = try IngestError.ofFile { () throws(FileError) in try ByteFile.create(path + ".part") }
        // So that nobody takes it for one that a crash has left.
        _ = file.lock()
        return Spool(
            file, folder: folder(of: path), path: path, bytesMax: bytesMax,
            try empty(isGzipped: isGzipped, bytesMax))
    }

    /// Opens a kept spool again, to be read.
    public static func opened(at path: String) throws(IngestError) -> Spool {
        let (file, byteCount) = try IngestError.ofFile { () throws(FileError) in
            let file = try ByteFile.open(path)
            return (file, try file.byteCount())
        }
        let state = State(byteCount: byteCount, inflater: nil, isFinished: true)
        return Spool(file, folder: folder(of: path), path: path, bytesMax: byteCount, state)
    }

    /// Takes a kept spool for as long as this object lives; false where another has it, in this process or another one.
    /// The system takes it back when a process ends, however it does (flock(2)).
    public func claim() -> Bool { file.lock() }

    /// Removes the spools that a crash has left in a folder: those that no process has in use and nobody needs.
    ///
    /// - Parameter isNeeded: asked of each name after its last use: whether it is still to be read.
    public static func sweep(_ folder: String, isNeeded: (_ name: String) throws -> Bool) rethrows {
        for file in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            let name = file.hasSuffix(".part") ? String(file.dropLast(5)) : file
            let path = folder + "/" + file
            guard isName(name), let opened = try? ByteFile.open(path, followingLinks: false), opened.lock() else {
                continue
            }
            if try file != name || !isNeeded(name) { try? ByteFile.remove(path) }
        }
    }

    /// A name for a spool that is kept: 32 hexadecimal digits that nobody comes upon.
    public static func newName() -> String {
        RandomBytes.make(count: 16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func isName(_ name: String) -> Bool {
        name.utf8.count == 32 && name.utf8.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The bytes it holds, inflated.
    public var byteCount: Int { state.withLock { $0.byteCount } }

    /// Appends a piece.
    ///
    /// - Throws: `limitExceeded`, `store(.full)`, `unreadableText` when it is to be inflated and is no gzip.
    public func append(_ bytes: [UInt8]) throws(IngestError) {
        try state.withLock { (state) throws(IngestError) in
            precondition(!state.isFinished, "a spool takes nothing more when it is finished")
            guard let inflater = state.inflater else { return try append(bytes, &state) }
            // A piece of 4 KiB inflates to 4 MiB at most: that is all the memory a bomb gets.
            for start in stride(from: 0, to: bytes.count, by: 4096) {
                let piece = Array(bytes[start..<min(start + 4096, bytes.count)])
                try append(try IngestError.ofCodec { () throws(CodecError) in try inflater.push(piece) }, &state)
            }
        }
    }

    private func append(_ bytes: [UInt8], _ state: inout State) throws(IngestError) {
        guard bytes.count <= bytesMax - state.byteCount else { throw .limitExceeded("bytes", maximum: bytesMax) }
        let offset = state.byteCount
        try IngestError.ofFile { () throws(FileError) in try file.write(bytes, at: offset) }
        state.byteCount += bytes.count
    }

    /// Says that nothing is to come. When this returns, a spool that is kept is on the disk.
    ///
    /// - Throws: `unreadableText` when what is to be inflated is cut short; `store`.
    public func finish() throws(IngestError) {
        try state.withLock { (state) throws(IngestError) in
            guard !state.isFinished else { return }
            if let inflater = state.inflater {
                try IngestError.ofCodec { () throws(CodecError) in try inflater.finish() }
            }
            if let path {
                try IngestError.ofFile { () throws(FileError) in
                    try file.synchronize()
                    try ByteFile.rename(path + ".part", to: path)
                }
            }
            state.isFinished = true
            state.inflater = nil
        }
    }

    /// A path at which others in this process can write its file, even one without a name; ``finishWritten()`` then.
    public var writingPath: String { file.descriptorPath }

    /// Says that all has been written at ``writingPath``.
    public func finishWritten() throws(IngestError) {
        let byteCount = try IngestError.ofFile { () throws(FileError) in try file.byteCount() }
        state.withLock { state in
            state.byteCount = byteCount
            state.isFinished = true
        }
    }

    /// Where it is kept; nil for a temporary one.
    public var keptPath: String? { path }

    /// Removes a kept spool, finished or not; a temporary one goes by itself. What is read from it can be read on.
    public func remove() {
        guard let path else { return }
        // Whatever of the two is not there need not be removed.
        try? ByteFile.remove(path)
        try? ByteFile.remove(path + ".part")
    }

    /// Bytes from an offset on: as many as asked for, or as there are.
    public func read(at offset: Int, count: Int) throws(IngestError) -> [UInt8] {
        try IngestError.ofFile { () throws(FileError) in try file.read(at: offset, count: count) }
    }
}
