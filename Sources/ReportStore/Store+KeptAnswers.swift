internal import SQLite

/// An answer that is repeated for a request that is sent again.
public struct KeptAnswer: Sendable, Hashable {
    /// Its status.
    public let status: Int
    /// Its fields, as the API wrote them.
    public let fields: String
    /// Its body.
    public let body: [UInt8]

    /// Makes an answer.
    public init(status: Int, fields: String, body: [UInt8]) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}

/// What is known of a key when a request comes with it.
public enum KeyState: Sendable, Hashable {
    /// It is the first request with it: it is to be worked on.
    case new
    /// The first request is still being worked on.
    case inProgress
    /// The first request was answered.
    case answered(KeptAnswer)
    /// The first request with it was another one.
    case taken
}

extension Store {
    /// How long answers are kept: a day, in seconds.
    private static let answersKeptSeconds: Int64 = 86_400

    /// Takes a key for a request, unless it is taken.
    ///
    /// - Parameters:
    ///   - key: what the client chose.
    ///   - request: a digest of the request.
    public func takeKey(_ key: String, request: [UInt8], now: Int64) async throws(StoreError) -> KeyState {
        try await write(now: now) { transaction in
            let connection = transaction.connection
            try connection.run("DELETE FROM kept_answer WHERE at < ?1", [.integer(now - Self.answersKeptSeconds)])
            let known = try connection.queryOne(
                "SELECT request, status, fields, body FROM kept_answer WHERE key = ?1", [.text(key)]
            ) { row in
                (
                    request: row.blob(0),
                    answer: row.isNull(1)
                        ? nil : KeptAnswer(status: row.int(1), fields: row.text(2), body: row.blob(3))
                )
            }
            if let known {
                guard known.request == request else { return .taken }
                return known.answer.map { .answered($0) } ?? .inProgress
            }
            try connection.run(
                "INSERT INTO kept_answer (key, at, request) VALUES (?1, ?2, ?3)",
                [.text(key), .integer(now), .blob(request)])
            return .new
        }
    }

    /// Keeps the answer to the request that took a key; nil gives the key back, so that the request can be sent again.
    public func keepAnswer(_ answer: KeptAnswer?, for key: String, now: Int64) async throws(StoreError) {
        try await write(now: now) { transaction in
            guard let answer else {
                _ = try transaction.connection.run("DELETE FROM kept_answer WHERE key = ?1", [.text(key)])
                return
            }
            _ = try transaction.connection.run(
                "UPDATE kept_answer SET status = ?2, fields = ?3, body = ?4 WHERE key = ?1",
                [.text(key), Value(answer.status), .text(answer.fields), .blob(answer.body)])
        }
    }

    /// Gives back the keys of requests that a process before this one did not live to answer.
    public func releaseKeys(now: Int64) async throws(StoreError) {
        try await write(now: now) { transaction in
            _ = try transaction.connection.run("DELETE FROM kept_answer WHERE status IS NULL")
        }
    }
}
