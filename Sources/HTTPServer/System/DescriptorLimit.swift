import Glibc

/// How many descriptors the process may have open (getrlimit(2)); each connection takes one.
public enum DescriptorLimit {
    /// Raises the soft limit to the hard one: it is low by default only for programs that use select(2).
    ///
    /// - Returns: The limit now in force.
    @discardableResult
    public static func raise() -> Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        limit.rlim_cur = limit.rlim_max
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        _ = unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return Int(clamping: limit.rlim_cur)
    }
}
