internal import HTTPServer
internal import ReportStore
internal import Reports

/// The service as one call reads from it: all that it answers is from one snapshot of the store.
struct Reading {
    let service: Service
    let store: StoreSnapshot

    var settings: Service.Settings { service.settings }

    /// When what is made of many reports last changed: with any write, and with the program and the settings that it was
    /// started with.
    func changedAt() throws -> Int64 { max(try store.lastWrite(), service.startedAt) }
}

extension Service {
    /// Reads by key, at once on the calling thread.
    func reading<R: Sendable>(_ body: @Sendable (Reading) throws -> R) throws -> R {
        try store.snapshot { snapshot in try body(Reading(service: self, store: snapshot)) }
    }

    /// Reads that take longer; heavy ones one after another.
    func readingLong<R: Sendable>(isHeavy: Bool = false, _ body: @Sendable (Reading) throws -> R) async throws -> R {
        try await store.longSnapshot(isHeavy: isHeavy) { snapshot in try body(Reading(service: self, store: snapshot)) }
    }

    /// The same for what is made of several reads, to be asked for before them: a date that is too early makes a client ask
    /// once more, one that is too late keeps from it what was written meanwhile.
    func changedAt() throws -> Int64 { try reading { try $0.changedAt() } }
}
