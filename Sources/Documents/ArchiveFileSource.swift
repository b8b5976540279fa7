internal import CArchive
internal import Glibc

/// A part of a file as libarchive reads it, block by block: what its callbacks are given.
@safe
final class ArchiveFileSource {
    private static let blockBytes = 1 << 16

    private let file: ByteFile
    private let range: Range<Int>
    private let membersMax: Int
    private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: blockBytes, alignment: 16)
    /// Where the next block begins, from the start of the range.
    private(set) var position = 0
    /// Counts the entries of a zip's directory, all of which libarchive takes into memory before the first member.
    private var directory: DirectoryCount?

    init(_ file: ByteFile, in range: Range<Int>, membersMax: Int) {
        self.file = file
        self.range = range
        self.membersMax = membersMax
    }

    deinit {
        unsafe block.deallocate()
    }

    /// Whether reading was stopped because the directory has too many entries.
    var hasTooManyEntries: Bool { directory?.isOver ?? false }

    /// Says that the first member was reached.
    func endDirectory() {
        if !hasTooManyEntries { directory = nil }
    }

    /// Reads the next block; a negative count is an error.
    func read() -> Int {
        let count = min(ArchiveFileSource.blockBytes, range.count - position)
        guard count > 0 else { return 0 }
        let part = unsafe UnsafeMutableRawBufferPointer(rebasing: block[..<count])
        guard let count = unsafe try? file.read(at: range.lowerBound + position, into: part) else { return -1 }
        position += count
        unsafe directory?.add(UnsafeRawBufferPointer(rebasing: part[..<count]))
        return hasTooManyEntries ? -1 : count
    }

    /// Goes to another place; nil when it lies outside.
    func seek(_ offset: Int, from origin: Int32) -> Int? {
        let start = origin == SEEK_SET ? 0 : origin == SEEK_CUR ? position : range.count
        let (target, overflows) = start.addingReportingOverflow(offset)
        guard !overflows, target >= 0, target <= range.count else { return nil }
        position = target
        directory?.breakOff()
        return target
    }

    /// Has libarchive read from here; both must be kept until it is freed.
    func open(_ handle: OpaquePointer) -> Bool {
        unsafe archive_read_set_callback_data(handle, Unmanaged.passUnretained(self).toOpaque())
        unsafe archive_read_set_read_callback(handle) { _, source, buffer in
            guard let source = unsafe source.map(ArchiveFileSource.at) else { return -1 }
            unsafe buffer?.pointee = unsafe UnsafeRawPointer(source.block.baseAddress)
            return source.read()
        }
        unsafe archive_read_set_seek_callback(handle) { _, source, offset, origin in
            guard let source = unsafe source.map(ArchiveFileSource.at) else { return Int64(ARCHIVE_FATAL) }
            return source.seek(Int(offset), from: origin).map(Int64.init) ?? Int64(ARCHIVE_FATAL)
        }
        unsafe archive_read_set_skip_callback(handle) { _, source, count in
            guard let source = unsafe source.map(ArchiveFileSource.at) else { return 0 }
            // Less than was asked for is allowed: the rest is then read, and its end met.
            let count = min(max(Int(count), 0), source.range.count - source.position)
            source.position += count
            return Int64(count)
        }
        guard unsafe archive_read_open1(handle) == ARCHIVE_OK else { return false }
        // What was read so far was to recognise the format: the directory is read with the first member.
        directory = DirectoryCount(entriesMax: membersMax)
        return true
    }

    private static func at(_ pointer: UnsafeMutableRawPointer) -> ArchiveFileSource {
        unsafe Unmanaged.fromOpaque(pointer).takeUnretainedValue()
    }
}

/// Counts the signatures of a zip's directory in blocks.
private struct DirectoryCount {
    private let entriesMax: Int
    private var count = 0
    /// How many bytes of the signature have been seen last.
    private var matched = 0

    init(entriesMax: Int) {
        self.entriesMax = entriesMax
    }

    var isOver: Bool { count > entriesMax }

    mutating func breakOff() {
        matched = 0
    }

    mutating func add(_ block: UnsafeRawBufferPointer) {
        for index in 0..<block.count {
            let byte = unsafe block[index]
            let isNext =
                switch matched {
                case 1: byte == 0x4B
                case 2: byte == 1
                case 3: byte == 2
                default: false
                }
            matched = isNext ? matched + 1 : byte == 0x50 ? 1 : 0
            if matched == 4 { count += 1 }
        }
    }
}
