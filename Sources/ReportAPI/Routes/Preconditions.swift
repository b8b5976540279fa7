internal import HTTPServer
internal import HTTPTypes

/// What the current representation of a resource is known by, for the preconditions of RFC 9110 §13.
struct CurrentRepresentation {
    /// Its tags, one for each content coding: whoever has one of them has the current figures.
    let tags: [EntityTag]
    /// When it last changed, in seconds since 1970.
    let lastModified: Int64?

    /// Whether `If-Match` lets a request through, or `If-Unmodified-Since` where there is no `If-Match`.
    func permits(_ request: Request) -> Bool {
        if let field = request.bytes(of: .ifMatch) {
            guard let condition = EntityTagCondition(field) else { return false }
            return tags.contains { condition.permits($0) }
        }
        guard let lastModified, let field = request.bytes(of: .ifUnmodifiedSince), let since = HTTPDate(field) else {
            return true
        }
        return lastModified <= Int64(since.secondsSince1970)
    }

    /// Whether `If-None-Match` names it: `*` names any.
    func isNamed(by request: Request) -> Bool {
        guard let field = request.bytes(of: .ifNoneMatch), let condition = EntityTagCondition(field) else {
            return false
        }
        return tags.contains { condition.contains($0) }
    }
}

extension Request {
    /// Whether it is for the representation alone that the client has, or for one no newer than it knows.
    var demandsWhatIsKnown: Bool { bytes(of: .ifMatch) != nil || bytes(of: .ifUnmodifiedSince) != nil }
}

extension Service {
    /// Holds a request that writes to what it demands of the resource at its address, as a GET shows it.
    ///
    /// The look comes before the write, not within it: what is written at the same moment may be missed. Nothing is lost
    /// by it, since every revision is kept.
    ///
    /// - Throws: ``Problem/Code/preconditionFailed``.
    func requirePreconditions(_ call: Call) async throws {
        let request = call.request
        guard request.method != .get, request.method != .head,
            request.demandsWhatIsKnown || request.bytes(of: .ifNoneMatch) != nil
        else { return }
        try requireWrites(call)
        guard let current = try await currentRepresentation(of: request) else {
            // Without a current representation, `If-Match` is false whatever it says.
            guard request.bytes(of: .ifMatch) == nil else { throw Problem.preconditionFailed }
            return
        }
        guard current.permits(request), !current.isNamed(by: request) else { throw Problem.preconditionFailed }
    }

    /// Nil where a GET answers with none.
    private func currentRepresentation(of request: Request) async throws -> CurrentRepresentation? {
        let response: Response
        switch route(try Request(.get, String(decoding: request.path, as: UTF8.self), peer: request.peer)) {
        case .now(let ready): response = ready
        case .later(let answer): response = await answer()
        }
        guard response.status == .ok else { return nil }
        let tag = response.fields[.eTag].map { Array($0.utf8.dropFirst().dropLast()) }
        let lastModified = response.fields[.lastModified].flatMap { HTTPDate($0.utf8) }
        return CurrentRepresentation(
            tags: tag.map(Entity.tags) ?? [], lastModified: lastModified.map { Int64($0.secondsSince1970) })
    }
}

extension Problem {
    static var preconditionFailed: Problem {
        Problem(
            .preconditionFailed, "The resource is not, or no longer, as the request's preconditions demand.",
            chinese: "资源不符合请求的前提条件，或已改变。")
    }
}
