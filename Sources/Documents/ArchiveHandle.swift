internal import CArchive
internal import Glibc

/// libarchive's reader and the memory it reads from: the one place where its pointers are touched.
@safe
final class ArchiveHandle {
    /// What a step came to.
    enum Step {
        case entry
        case end
        case failed
        /// There are more members than were to be taken into memory.
        case tooMany
    }

    private let handle: OpaquePointer
    // libarchive reads from here until it is freed; an array's memory could move.
    private let memory: UnsafeMutableRawBufferPointer
    private let file: ArchiveFileSource?
    private var entry: OpaquePointer?

    /// Takes the bytes over; nil when memory is short.
    init?(_ bytes: [UInt8]) {
        guard let handle = unsafe archive_read_new() else { return nil }
        unsafe self.handle = handle
        // At least one byte, so that there is an address.
        unsafe memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
        unsafe memory.copyBytes(from: bytes)
        file = nil
    }

    /// Reads from a file; nil when memory is short.
    init?(_ file: ArchiveFileSource) {
        guard let handle = unsafe archive_read_new() else { return nil }
        unsafe self.handle = handle
        unsafe memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
        self.file = file
    }

    deinit {
        unsafe archive_read_free(handle)
        unsafe memory.deallocate()
    }

    /// Opens the file, or the first `count` bytes of the memory; false when they are no archive.
    func open(count: Int) -> Bool {
        // Formats and filters that libarchive holds in itself: others would start a program.
        unsafe archive_read_support_format_zip(handle)
        unsafe archive_read_support_format_tar(handle)
        unsafe archive_read_support_format_7zip(handle)
        unsafe archive_read_support_format_rar(handle)
        unsafe archive_read_support_format_rar5(handle)
        unsafe archive_read_support_filter_gzip(handle)
        unsafe archive_read_support_filter_bzip2(handle)
        unsafe archive_read_support_filter_xz(handle)
        unsafe archive_read_support_filter_zstd(handle)
        return UTF8Locale.use {
            if let file { return unsafe file.open(handle) }
            return unsafe archive_read_open_memory(handle, memory.baseAddress, count) == ARCHIVE_OK
        }
    }

    /// Goes to the next member.
    func advance() -> Step {
        let status = UTF8Locale.use { unsafe archive_read_next_header(handle, &entry) }
        if file?.hasTooManyEntries == true { return .tooMany }
        file?.endDirectory()
        if status == ARCHIVE_EOF { return .end }
        return unsafe status >= ARCHIVE_WARN && entry != nil ? .entry : .failed
    }

    /// Whether the list of members could not be read since it is encrypted: libarchive says so in words alone.
    var failsForEncryption: Bool {
        guard let text = unsafe archive_error_string(handle) else { return false }
        return unsafe String(cString: text).contains("ncrypt")
    }

    /// The bytes of the member's name; empty where it has none.
    var name: [UInt8] {
        UTF8Locale.use {
            guard let text = unsafe archive_entry_pathname(entry) else { return [] }
            return unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
        }
    }

    /// Whether the member's content can be passed over without unpacking it: in a zip that states its size.
    var canBeSkipped: Bool { unsafe isZip && archive_entry_size_is_set(entry) != 0 }

    private var isZip: Bool { unsafe archive_format(handle) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_ZIP }

    /// The compression of a zip's member that only asks for as much memory as its author likes; else nil.
    var unboundedCompression: String? {
        // libarchive says it in no other way than "ZIP 2.0 (deflation)".
        guard isZip, let text = unsafe archive_format_name(handle) else { return nil }
        let name = unsafe String(cString: text).split(separator: "(").last?.prefix { $0 != ")" } ?? ""
        return ["lzma", "xz", "ppmd"].first { name.lowercased().hasPrefix($0) }
    }

    /// How far into the file reading has come; 0 for memory.
    var position: Int { file?.position ?? 0 }

    /// Whether the member's content is encrypted.
    var isEncrypted: Bool { unsafe archive_entry_is_encrypted(entry) != 0 }

    /// Whether the member is a file; neither a folder nor a link nor a device.
    var isFile: Bool { unsafe archive_entry_filetype(entry) == S_IFREG && !isLink }

    /// Whether the member is a folder.
    var isFolder: Bool { unsafe archive_entry_filetype(entry) == S_IFDIR && !isLink }

    private var isLink: Bool {
        unsafe archive_entry_hardlink(entry) != nil || archive_entry_symlink(entry) != nil
    }

    private static let chunkBytes = 1 << 18

    /// The next bytes of the member's content, none at its end; nil when they are damaged.
    func chunk() -> [UInt8]? {
        var count = 0
        let chunk = unsafe [UInt8](unsafeUninitializedCapacity: ArchiveHandle.chunkBytes) { buffer, initialized in
            count = unsafe archive_read_data(handle, buffer.baseAddress, buffer.count)
            initialized = max(count, 0)
        }
        return count >= 0 ? chunk : nil
    }
}

/// libarchive turns names into the character set of the thread's locale, which would lose Chinese ones in `C`.
private enum UTF8Locale {
    /// The address of a locale that lives as long as the program and is never changed; 0 where there is none.
    private static let address: UInt = {
        let locale = unsafe newlocale(1 << LC_CTYPE, "C.UTF-8", nil)
        return UInt(bitPattern: locale)
    }()

    /// Runs a call with the names of files in UTF-8, on this thread only.
    static func use<Result>(_ body: () -> Result) -> Result {
        guard let locale = unsafe locale_t(bitPattern: address) else { return body() }
        let before = unsafe uselocale(locale)
        defer { unsafe _ = uselocale(before) }
        return body()
    }
}
