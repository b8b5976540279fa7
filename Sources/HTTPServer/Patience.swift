/// How long a transfer is still waited for: waiting uses it up, bytes that move earn it back.
///
/// One number holds both the longest pause and the least rate: it starts full, and is full at most.
struct Patience {
    /// The pause that is allowed, in nanoseconds, and the least rate in bytes per second; 0 for none.
    struct Measure {
        let full: UInt64
        let bytesPerSecondMin: Int

        init(seconds: Double, bytesPerSecondMin: Int) {
            // Clamped: a limit may be set to any number.
            full = UInt64((seconds > 0 ? min(seconds, 1e9) : 0) * 1e9)
            self.bytesPerSecondMin = bytesPerSecondMin
        }
    }

    /// Nanoseconds; `nil` while nothing has been used up.
    private var rest: UInt64?

    /// Nanoseconds until it is at its end, should no byte move.
    func left(_ measure: Measure) -> UInt64 {
        rest ?? measure.full
    }

    /// Notes that so many bytes moved after so long a wait. Once used up, it stays so.
    mutating func note(waited: UInt64, bytes: Int, _ measure: Measure) {
        let left = left(measure)
        guard waited < left else {
            rest = 0
            return
        }
        let rate = UInt64(clamping: measure.bytesPerSecondMin)
        let earned = rate > 0 ? UInt64(clamping: min(bytes, 1 << 30)) * 1_000_000_000 / rate : bytes > 0 ? .max : 0
        rest = earned >= measure.full ? measure.full : min(left - waited + earned, measure.full)
    }
}
