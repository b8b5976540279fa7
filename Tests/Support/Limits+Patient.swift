import HTTPServer

extension Limits {
    /// For tests of anything but time: beside tests that compute for long, a client and a handler may wait many seconds
    /// for a thread, which is no offence of theirs.
    public static var patient: Limits {
        var limits = Limits()
        (limits.headSeconds, limits.bodyStallSeconds, limits.idleSeconds) = (600, 600, 600)
        (limits.handlerSeconds, limits.writeStallSeconds, limits.lingerSeconds) = (600, 600, 600)
        // Connections change their loop wherever there are several cores, and so they do here.
        limits.eventLoopsMax = 2
        return limits
    }
}
