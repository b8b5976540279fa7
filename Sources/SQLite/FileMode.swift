internal import Glibc

/// What may be done with a file, as the operating system says.
enum FileMode {
    static func exists(_ path: String) -> Bool {
        // Safe: the path is a C string for the call.
        unsafe access(path, F_OK) == 0
    }

    static func isWritable(_ path: String) -> Bool {
        unsafe access(path, W_OK) == 0
    }

    /// Whether a file holds nothing, or is not there.
    static func isEmpty(_ path: String) -> Bool {
        var status = stat()
        // Safe: `stat` fills a variable that outlives the call.
        guard unsafe stat(path, &status) == 0 else { return true }
        return status.st_size == 0
    }
}
