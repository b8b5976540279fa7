import Glibc

/// The clocks of the kernel, read without a system call (vdso(7)).
enum Clock {
    /// Nanoseconds since some moment in the past; never goes back.
    static var nanoseconds: UInt64 {
        let time = read(CLOCK_MONOTONIC)
        return UInt64(truncatingIfNeeded: time.tv_sec) &* 1_000_000_000 &+ UInt64(truncatingIfNeeded: time.tv_nsec)
    }

    /// Whole seconds since 1970.
    static var secondsSince1970: Int {
        read(CLOCK_REALTIME_COARSE).tv_sec
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        _ = unsafe clock_gettime(clock, &time)
        return time
    }
}
