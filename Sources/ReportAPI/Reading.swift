internal import HTTPServer
internal import ReportStore
internal import Reports

/// The service as one call reads from it: all that it answers is from one snapshot of the store.
struct Reading {
    let service: Service
    let store: StoreSnapshot

    var settings: Service.Settings { service.settings }
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
}
