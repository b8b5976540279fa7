/// How a handler answers.
public enum Answer: Sendable {
    /// At once, on the event loop: for what takes microseconds. Nothing else is served by the loop meanwhile.
    case now(Response)
    /// In a task off the event loop: for what waits, computes or reads the body. Cancelled when the client is gone.
    case later(@concurrent @Sendable () async -> Response)
}

/// Answers requests. Called on an event loop, for one request at a time, so it must not block.
///
/// It is not `Sendable`: each loop makes its own (see `Server.init`), which may own a cache or a database connection
/// without a lock.
public typealias Handler = (Request) -> Answer
