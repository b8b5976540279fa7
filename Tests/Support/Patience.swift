/// How long tests wait for what must come: for so long that only a fault ends it, since beside tests that keep every core
/// busy, or on a machine that is shared, anything may take minutes.
public enum Patience {
    /// So many.
    public static let seconds = 600

    /// Whether it comes true; asks again and again until then.
    public static func until(_ isTrue: () async throws -> Bool) async rethrows -> Bool {
        let end = ContinuousClock.now + .seconds(seconds)
        while try await !isTrue() {
            guard ContinuousClock.now < end else { return false }
            await Task.yield()
        }
        return true
    }
}
