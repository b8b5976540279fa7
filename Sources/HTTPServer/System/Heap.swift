internal import CEpoll
internal import Glibc

/// The memory that the process has allocated for itself (malloc(3)).
public enum Heap {
    /// How much of it is in memory, in bytes: pages that no file stands behind. 0 where the system does not say. One read of
    /// a file of the kernel's.
    public static func residentBytes() -> Int {
        // Safe: the buffer is there for the calls and as long as they are told.
        let file = unsafe open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        let text = unsafe [UInt8](unsafeUninitializedCapacity: 128) { buffer, count in
            count = max(0, unsafe read(file, buffer.baseAddress, buffer.count))
        }
        // The second and the third number are the pages in memory, and those of them that files stand behind.
        let pages = String(decoding: text, as: UTF8.self).split(separator: " ").prefix(3).compactMap { Int($0) }
        guard pages.count == 3 else { return 0 }
        return (pages[1] - pages[2]) * Int(getpagesize())
    }

    /// Lets the C library keep what is freed until ``giveBack()``: what each group of an upload is read into need not be
    /// fetched from the system anew, page by page.
    public static func keepFreed() {
        mallopt(M_TRIM_THRESHOLD, 256 << 20)
        mallopt(M_MMAP_THRESHOLD, 32 << 20)
    }

    /// Gives back to the system what was freed and lies between what was not: the C library keeps it by itself, and after a
    /// large upload it is several times what is in use. Milliseconds for each 100 MiB; who allocates meanwhile may wait.
    public static func giveBack() {
        malloc_trim(0)
    }
}
