internal import Glibc

/// A file that is read at any place and written at any place: what streams are kept in and archives are read from.
///
/// It keeps no place of its own, so any number of readers may share it. Calls block as long as the disk does.
@safe
public final class ByteFile: Sendable {
    private let descriptor: Int32

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        _ = close(descriptor)
    }

    /// Opens a regular file for reading; a pipe or a device is refused and never waited for.
    ///
    /// - Parameter followingLinks: whether the path may be a symbolic link.
    public static func open(_ path: String, followingLinks: Bool = true) throws(FileError) -> ByteFile {
        try open(RawPath(path), followingLinks: followingLinks)
    }

    /// Opens a regular file for reading by the bytes of its path, as ``open(_:followingLinks:)`` does.
    public static func open(_ path: RawPath, followingLinks: Bool = true) throws(FileError) -> ByteFile {
        let file = try open(path, O_RDONLY | O_NONBLOCK | (followingLinks ? 0 : O_NOFOLLOW))
        guard try file.status().st_mode & S_IFMT == S_IFREG else { throw FileError.notAFile }
        return file
    }

    /// Makes a new file that only this user may read; one that is there already is not touched.
    public static func create(_ path: String) throws(FileError) -> ByteFile {
        try open(RawPath(path), O_RDWR | O_CREAT | O_EXCL)
    }

    /// Makes a file that has no name and is gone when it is let go of, however the process ends.
    public static func temporary(in folder: String) throws(FileError) -> ByteFile {
        let path = "\(folder)/.\(UInt64.random(in: 0 ... .max)).tmp"
        let file = try create(path)
        try remove(path)
        return file
    }

    /// A path by which this process can open the file anew, even one that has no name (proc(5)).
    public var descriptorPath: String { "/proc/self/fd/\(descriptor)" }

    /// Removes a file by its path.
    public static func remove(_ path: String) throws(FileError) {
        try check(unsafe unlink(path))
    }

    /// Gives a file another path, in place of what is there, so that a power cut leaves one or the other.
    public static func rename(_ path: String, to other: String) throws(FileError) {
        try check(unsafe Glibc.rename(path, other))
        let folder = other.lastIndex(of: "/").map { String(other[..<$0]) } ?? "."
        // The name stands in the folder, which has a cache of its own.
        try open(RawPath(folder.isEmpty ? "/" : folder), O_RDONLY).synchronize()
    }

    /// The number of bytes.
    public func byteCount() throws(FileError) -> Int {
        Int(try status().st_size)
    }

    /// Reads bytes from an offset on: as many as asked for, or as there are.
    public func read(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
        guard count > 0, offset >= 0 else { return [] }
        var failure: FileError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            do throws(FileError) {
                initialized = unsafe try read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Fills a buffer from an offset on and returns how many bytes there were.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        var done = 0
        while done < buffer.count {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = unsafe pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
            if count == 0 { break }
            if count > 0 { done += count } else if errno != EINTR { throw FileError(errno) }
        }
        return done
    }

    /// Writes all bytes at an offset.
    public func write(_ bytes: [UInt8], at offset: Int) throws(FileError) {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[done...])
                return unsafe pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
            }
            if count > 0 { done += count } else if count < 0, errno != EINTR { throw FileError(errno) }
        }
    }

    /// Marks the file as in use for as long as this process has it open: a mark that goes when the process ends, however
    /// it ends (flock(2)).
    ///
    /// - Returns: false where somebody else has it in use.
    public func lock() -> Bool {
        flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    /// Waits until the disk has what was written.
    public func synchronize() throws(FileError) {
        try ByteFile.check(fsync(descriptor))
    }
}

extension ByteFile {
    private static func open(_ path: RawPath, _ flags: Int32) throws(FileError) -> ByteFile {
        guard let path = path.terminated else { throw FileError(ENOENT) }
        let descriptor = unsafe Glibc.open(path, flags | O_CLOEXEC, 0o600)
        try check(descriptor)
        return ByteFile(descriptor)
    }

    private static func check(_ result: Int32) throws(FileError) {
        if result < 0 { throw FileError(errno) }
    }

    private func status() throws(FileError) -> stat {
        var status = stat()
        try ByteFile.check(unsafe fstat(descriptor, &status))
        return status
    }
}

/// Why a file could not be opened, read or written.
public struct FileError: Error, Sendable, Hashable {
    /// The system's number (errno); 0 where there is none.
    public let code: Int32
    /// What is wrong, in a few words, without the path.
    public let reason: String

    init(_ code: Int32) {
        self.code = code
        reason = unsafe strerror(code).map { unsafe String(cString: $0).lowercased() } ?? "error \(code)"
    }

    private init(reason: String) {
        code = 0
        self.reason = reason
    }

    /// It is a folder, a pipe or a device.
    static let notAFile = FileError(reason: "not a file")

    /// Whether the disk, or what the user may have of it, is full.
    public var isFull: Bool { [ENOSPC, EDQUOT, EFBIG].contains(code) }
    /// Whether the path is a symbolic link that was not to be followed.
    public var isLink: Bool { code == ELOOP }
    /// Whether the folder or the file may not be written to.
    public var isReadOnly: Bool { [EROFS, EACCES, EPERM].contains(code) }
}
